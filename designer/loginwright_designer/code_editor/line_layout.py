"""Gives lines of code more room than the font asks for, as the plain text layout cannot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPlainTextDocumentLayout
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextDocument

LINE_SPACING = 20 / 13
"""Height of a line of code, in sizes of its font (mocks: 20 pixels at 13)."""


class LineLayout(QPlainTextDocumentLayout):
    """A plain text layout whose lines are ``LINE_SPACING`` of the font high, text in the middle."""

    def __init__(self, document: QTextDocument) -> None:
        """Lay out ``document``; measure again with ``measure`` when its font has changed."""
        super().__init__(document)
        self._height = 0.0
        self._shift = 0.0
        self.measure()

    @property
    def line_height(self) -> float:
        """The height of every line, in pixels."""
        return self._height

    @property
    def baseline(self) -> float:
        """How far below a line's upper edge its letters stand, in pixels."""
        return self._shift + QFontMetricsF(self.document().defaultFont()).ascent()

    def measure(self) -> None:
        """Take the heights from the document's font."""
        font = self.document().defaultFont()
        size = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * 4 / 3
        metrics = QFontMetricsF(font)
        self._height = float(max(round(size * LINE_SPACING), math.ceil(metrics.height())))
        self._shift = math.floor((self._height - metrics.height()) / 2)

    @override
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        # An area without a width counts as invalid: the cursor would not be scrolled to it.
        layout = block.layout()
        if layout.lineCount() == 1:
            line = layout.lineAt(0)
            if line.y() == self._shift:
                return QRectF(0, 0, max(1.0, line.naturalTextWidth()), self._height)
        rect = super().blockBoundingRect(block)
        if rect.height() <= 0 or layout.lineCount() != 1:
            return rect
        line = layout.lineAt(0)
        line.setPosition(QPointF(line.x(), self._shift))
        return QRectF(0, 0, max(1.0, rect.width()), self._height)
