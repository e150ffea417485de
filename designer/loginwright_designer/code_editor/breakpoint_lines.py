"""Keeps breakpoints on their lines while the code around them changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QTextDocument


class BreakpointPlaces:
    """The lines with a breakpoint, each held by a cursor that moves with the text."""

    def __init__(self, document: QTextDocument) -> None:
        """Begin without one."""
        self._document = document
        self._cursors: tuple[QTextCursor, ...] = ()
        self._lines: frozenset[int] = frozenset()

    @property
    def lines(self) -> frozenset[int]:
        """All lines with a breakpoint, from 1, as of the last ``set`` or ``moved``."""
        return self._lines

    def set(self, lines: Iterable[int]) -> None:
        """Replace all breakpoints; lines that are not there are left out."""
        cursors = []
        for line in sorted(set(lines)):
            block = self._document.findBlockByNumber(line - 1)
            if block.isValid():
                cursor = QTextCursor(block)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
                cursor.setKeepPositionOnInsert(True)
                cursors.append(cursor)
        self._cursors = tuple(cursors)
        self._lines = self._now()

    def moved(self) -> bool:
        """Take the places after an edit; whether a breakpoint has another line than before."""
        before, self._lines = self._lines, self._now()
        return before != self._lines

    def _now(self) -> frozenset[int]:
        return frozenset(cursor.blockNumber() + 1 for cursor in self._cursors)
