"""A theme's file gives every role a colour, or is refused at the place where it does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QColor

from loginwright_designer.resource_files import ResourceError, ResourceFiles
from loginwright_designer.theme.roles import Role, Scheme, SyntaxRole
from loginwright_designer.theme.tokens import read_tokens

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def content(resources: ResourceFiles) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resources.tokens("loginwright").read_text(encoding="utf-8"))
    return loaded


def refusal(folder: Path, content: object) -> str:
    file = folder / "mine.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ResourceError) as refused:
        read_tokens(file)
    return str(refused.value)


def test_every_role_has_a_colour_in_both_schemes(resources: ResourceFiles) -> None:
    tokens = read_tokens(resources.tokens("loginwright"))
    assert set(tokens) == set(Scheme)
    for of_scheme in tokens.values():
        assert set(of_scheme.colours) == set(Role)
        assert set(of_scheme.syntax) == set(SyntaxRole)


def test_opacity_stands_last(resources: ResourceFiles) -> None:
    scrim = read_tokens(resources.tokens("loginwright"))[Scheme.LIGHT].colour(Role.SCRIM)
    assert (scrim.red(), scrim.green(), scrim.blue(), scrim.alpha()) == (0x0F, 0x14, 0x20, 0x59)


def test_a_colour_that_was_handed_out_can_be_changed_without_harm(
    resources: ResourceFiles,
) -> None:
    tokens = read_tokens(resources.tokens("loginwright"))[Scheme.DARK]
    tokens.colour(Role.AWAY).setRed(0)
    tokens.code_colour(SyntaxRole.STRING).setRed(0)
    assert tokens.colour(Role.AWAY) == QColor("#55c8da")
    assert tokens.code_colour(SyntaxRole.STRING) == QColor("#7ccf9f")


def test_missing_role_is_named(tmp_path: Path, content: dict[str, Any]) -> None:
    del content["dark"]["away"]
    assert refusal(tmp_path, content) == "mine.json $.dark.away: the role has no colour."


def test_unknown_role_is_named(tmp_path: Path, content: dict[str, Any]) -> None:
    content["syntax"]["light"]["variable"] = "#000000"
    assert refusal(tmp_path, content) == (
        "mine.json $.syntax.light.variable: the role is not a role the designer knows."
    )


@pytest.mark.parametrize("value", ["red", "#fff", "#12345", "#1234567", "#12345g", 7, None])
def test_what_is_no_colour_is_refused(
    tmp_path: Path, content: dict[str, Any], value: object
) -> None:
    content["light"]["text"] = value
    assert refusal(tmp_path, content) == (
        "mine.json $.light.text: #rrggbb or #rrggbbaa is expected."
    )


@pytest.mark.parametrize("wrong", [[], {}, {"light": []}, "light"])
def test_other_json_is_refused(tmp_path: Path, wrong: object) -> None:
    assert refusal(tmp_path, wrong).startswith("mine.json $.light: an object ")


def test_what_is_not_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_bytes(b"{\xff")
    with pytest.raises(ResourceError, match=r"mine\.json cannot be read as JSON"):
        read_tokens(file)
