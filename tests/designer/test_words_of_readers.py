"""What the readers of files say themselves is given to a translator, as all that is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer.document.draft import Draft
from loginwright_designer.document.env_file import MAX_ENV_BYTES, read_env
from loginwright_designer.document.folder import SaveRefused, new_folder
from loginwright_designer.document.language_guess import guess_name
from loginwright_designer.preferences import Preferences, PreferencesFile
from loginwright_runtime.flow.model import Flow
from pseudo_locale import PseudoLocale, pseudo
from untranslated import Data, untranslated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from loginwright_runtime.errors import Problem

DATA = Data(
    [
        "Loginwright",
        "designer.malformed.json",
        "designer.v99.json",
        "UTF",
        "NAME",
        "value",
        "malformed",
        "env",
    ]
)


@pytest.fixture(autouse=True)
def pseudo_locale(qapp: QApplication) -> Iterator[None]:
    """A language that nobody speaks."""
    language = PseudoLocale()
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Of the preferences; there is none yet."""
    return tmp_path / "designer.json"


def is_translated(*problems: Problem | None) -> None:
    found = [one for one in problems if one is not None]
    assert len(found) == len(problems)
    texts = [text for one in found for text in (one.message, one.remedy)]
    assert untranslated(texts, DATA) == set()


@pytest.mark.parametrize("content", [b"no value", b"\xff", b"A=1\n" * MAX_ENV_BYTES])
def test_what_is_wrong_with_a_file_of_secrets(content: bytes) -> None:
    is_translated(*read_env(content).problems)


def test_a_new_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    refused = new_folder(tmp_path, Draft.of(Flow(name="Checkout", version="0")))
    assert isinstance(refused, SaveRefused)
    is_translated(*refused.problems)


@pytest.mark.parametrize(
    "content",
    ["{", '{"format": "loginwright/preferences@1", "zoom": "wide"}', '{"format": "x"}'],
)
def test_preferences_that_cannot_be_read(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    is_translated(PreferencesFile(file).load().problem)


def test_preferences_of_a_newer_version(file: Path) -> None:
    file.write_text('{"format": "loginwright/preferences@99"}', encoding="utf-8")
    is_translated(PreferencesFile(file).load().problem)


def test_preferences_where_a_folder_stands(file: Path) -> None:
    (file / "in").mkdir(parents=True)
    read = PreferencesFile(file).load().problem
    written = PreferencesFile(file).save(Preferences())
    assert read is not None
    assert written is not None
    assert read.message.startswith(pseudo("The file of preferences cannot be read (")[:30])
    assert written.remedy == pseudo("Preferences are lost at the end.")


def test_the_name_that_pasted_code_gets() -> None:
    code = 'exports.onExecutePostLogin = async (e, api) => api.redirect.sendUserTo("https://a.b/");'
    assert guess_name(code) == pseudo("Redirect to {host}").format(host="a.b")
