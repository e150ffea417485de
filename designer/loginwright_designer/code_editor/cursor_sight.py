"""Keeps the line of the cursor in sight while code or its viewport takes another size."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QPlainTextEdit


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
