"""Lets typed text be undone a word at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.code_editor.text_edits import text_around
from loginwright_designer.code_editor.typing_rules import begins_word

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor


class WordUndo:
    """Joins a typed character to the step of undo before it, while that is the same word."""

    def __init__(self) -> None:
        """Begin with nothing typed."""
        self._end: int | None = None
        self._revision = -1

    def insert(self, cursor: QTextCursor, typed: str) -> None:
        """Insert what was typed at the cursor, instead of what is selected."""
        document = cursor.document()
        goes_on = (
            not cursor.hasSelection()
            and self._end == cursor.position()
            and self._revision == document.revision()
            and not begins_word(text_around(cursor)[0], typed)
        )
        if goes_on:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        cursor.insertText(typed)
        cursor.endEditBlock()
        self._end, self._revision = cursor.position(), document.revision()
