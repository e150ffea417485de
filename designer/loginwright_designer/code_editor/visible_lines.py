"""A line of code as it stands on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from PySide6.QtGui import QTextBlock


@dataclass(frozen=True, slots=True)
class VisibleLine:
    """One line and its place in the viewport.

    Attributes:
        block: The line in the document.
        number: From 1.
        top: Upper edge in pixels.
        height: In pixels.
        baseline: Where its letters stand.
        left: Where its first column begins.
    """

    block: QTextBlock
    number: int
    top: float
    height: float
    baseline: float
    left: float

    def x(self, column: int) -> float:
        """Return where a column begins; columns are Qt's, from 0."""
        layout = self.block.layout()
        if layout.lineCount() == 0:
            return self.left
        x, _column = cast("tuple[float, int]", layout.lineAt(0).cursorToX(column))
        return self.left + x
