"""Keeps the line of the cursor in sight, also while code or its viewport takes another size."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QPlainTextEdit

LINES_AFTER = 4
"""Of code, that are read with the line that is shown."""


def is_well_seen(view: QPlainTextEdit, cursor: QTextCursor) -> bool:
    """Return whether a place is seen, with the lines after it as far as there are any.

    Args:
        view: The text area.
        cursor: The place.
    """
    room, place = view.viewport().rect(), view.cursorRect(cursor)
    bar = view.verticalScrollBar()
    after = 0 if bar.value() == bar.maximum() else LINES_AFTER * place.height()
    return room.top() <= place.top() and place.bottom() + after <= room.bottom()


def bring_cursor(view: QPlainTextEdit) -> None:
    """Bring the cursor to the middle if it, or what comes after it, is not seen."""
    if not is_well_seen(view, view.textCursor()):
        view.centerCursor()


@contextmanager
def cursor_kept_in_sight(view: QPlainTextEdit, area: QRect) -> Iterator[None]:
    """Scroll afterwards as far as is needed; what is read elsewhere in the code stays.

    Args:
        view: The text area.
        area: Its viewport as it is before.
    """
    box = view.cursorRect()
    line_seen = area.top() <= box.top() and box.bottom() <= area.bottom()
    column_seen = area.left() <= box.left() and box.right() <= area.right()
    yield
    if line_seen:
        across = view.horizontalScrollBar()
        left = across.value()
        view.ensureCursorVisible()
        if not column_seen:
            across.setValue(left)
