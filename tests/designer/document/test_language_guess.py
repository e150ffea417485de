"""Pasted code is recognised, and given a name where it suggests one."""

from __future__ import annotations

import pytest

from loginwright_designer.document.language_guess import guess_language, guess_name
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import sample, samples, template, templates

_SHIPPED = [sample(name) for name in samples()] + [template(name) for name in templates()]


@pytest.mark.parametrize("folder", _SHIPPED, ids=lambda folder: folder.name)
def test_language_of_every_shipped_action_is_recognised(folder: object) -> None:
    flow = read_flow_folder(folder)  # type: ignore[arg-type]  # parametrize loses its type
    for action in flow.actions:
        code = flow.source(action).decode()
        assert guess_language(code) == action.language


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("", "javascript"),
        ("import json\n\ndef on_execute_post_login(event, api):\n    pass", "python"),
        ("const x = 1;", "javascript"),
        ("module.exports = function (user) { }", "javascript"),
        ("# nothing but a note", "python"),
    ],
)
def test_language_is_guessed_from_little(code: str, language: str) -> None:
    assert guess_language(code) == language


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("/**\n * Asks for consent.\n */\nexports.a = 1;", "Asks for consent"),
        ('"""Denies by country."""\n', "Denies by country"),
        ("// Link accounts\nmodule.exports = 1;", "Link accounts"),
        ("/**\n * @param {Event} event - Long.\n */\napi.redirect.sendUserTo('https://shop.example.com/a')",
         "Redirect to shop.example.com"),
        ("exports.onExecutePostLogin = 1;", None),
        ("/* " + "long " * 30 + "*/", None),
    ],
)  # fmt: skip
def test_name_is_taken_from_what_the_code_says(code: str, name: str | None) -> None:
    assert guess_name(code) == name
