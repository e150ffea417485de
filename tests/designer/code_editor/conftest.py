"""Editors to try things with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from loginwright_designer.code_editor.colours import editor_colours
from loginwright_designer.code_editor.editor import CodeEditor
from loginwright_designer.code_editor.editor_look import EditorLook
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.flow.model import Language


class MakeEditor(Protocol):
    """Makes an editor that is shown and has the focus."""

    def __call__(self, text: str, language: Language = "javascript") -> CodeEditor: ...


@pytest.fixture
def look(make_theme: Callable[..., Theme]) -> EditorLook:
    """The editor's look in the light theme."""
    theme = make_theme()
    return EditorLook(
        editor_colours(theme.tokens),
        theme.font(TextStyle.CODE),
        theme.font(TextStyle.VALUE),
        theme.font(TextStyle.SECONDARY),
    )


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
