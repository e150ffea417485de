from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import loginwright_runtime.validation
from flow_folders import write_folder
from login_bench import a_flow
from loginwright_runtime.cli.sound_code import refuse_broken_code
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.loading import load_flow

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.validation import Analysis


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the test a cache of its own; return the versions whose code was looked at."""
    monkeypatch.setenv("LOGINWRIGHT_CACHE_DIR", str(tmp_path / "cache"))
    versions: list[str] = []
    analyse = loginwright_runtime.validation.analyse

    def noted(flow: Flow) -> Analysis:
        versions.append(flow.version)
        return analyse(flow)

    monkeypatch.setattr(loginwright_runtime.validation, "analyse", noted)
    return versions


def test_sound_code_is_looked_at_once(checked: list[str]) -> None:
    flow = a_flow("one")
    refuse_broken_code(flow)
    refuse_broken_code(flow)
    assert checked == [flow.version]


def test_changed_code_is_looked_at_anew(checked: list[str]) -> None:
    refuse_broken_code(a_flow("one"))
    refuse_broken_code(a_flow("one", "two"))
    assert len(checked) == 2


def test_broken_code_is_refused_every_time(checked: list[str], tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow", None, {"actions/colour.js": b"exports.x = (;\n"})
    flow = load_flow(folder)
    for _ in range(2):
        with pytest.raises(FlowError) as refused:
            refuse_broken_code(flow)
        assert refused.value.problems[0].file == "actions/colour.js"
    assert len(checked) == 2


def test_code_that_could_not_be_read_is_looked_at_again(
    checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_NODE", "/no/such/node")
    refuse_broken_code(a_flow("one"))
    monkeypatch.delenv("LOGINWRIGHT_NODE")
    refuse_broken_code(a_flow("one"))
    refuse_broken_code(a_flow("one"))
    assert len(checked) == 2


def test_a_cache_that_cannot_be_written_stops_nothing(
    checked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LOGINWRIGHT_CACHE_DIR", str(tmp_path / "file"))
    for _ in range(2):
        refuse_broken_code(a_flow("one"))
    assert len(checked) == 2


def test_the_list_does_not_grow_for_ever(checked: list[str], tmp_path: Path) -> None:
    refuse_broken_code(a_flow("one"))
    (listed,) = (tmp_path / "cache").iterdir()
    listed.write_text("".join(f"sha256:{number}\n" for number in range(500)))
    refuse_broken_code(a_flow("two"))
    assert len(listed.read_text().split()) == 200
    assert checked[-1] in listed.read_text()
