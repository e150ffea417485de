"""Editors to try things with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from loginwright_designer.code_editor.editor import CodeEditor
from loginwright_designer.code_editor.editor_look import EditorLook, editor_look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.flow.model import Language


class MakeEditor(Protocol):
    """Makes an editor that is shown and has the focus."""

    def __call__(self, text: str, language: Language = "javascript") -> CodeEditor: ...


@pytest.fixture
def look(make_theme: Callable[..., Theme]) -> Iterator[EditorLook]:
    """The editor's look in the light theme."""
    theme = make_theme()  # its icons are files that go when it goes
    yield editor_look(theme)
    del theme


@pytest.fixture
def make_editor(qtbot: QtBot, look: EditorLook) -> MakeEditor:
    """Makes an editor that is shown and has the focus."""

    def make(text: str, language: Language = "javascript") -> CodeEditor:
        editor = CodeEditor("ask.js", language, look)
        qtbot.addWidget(editor)
        editor.resize(800, 500)
        editor.set_text(text)
        with qtbot.waitActive(editor):
            editor.show()
            editor.activateWindow()
        editor.view.setFocus()
        return editor

    return make
