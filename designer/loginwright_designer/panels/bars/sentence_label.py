"""A sentence in one line, or in two smaller ones where one is not enough; never mark-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme


class SentenceLabel(QWidget):
    """Shows as much of a sentence as fits; all of it is its accessible name and, cut, its tooltip.

    Args:
        theme: Colours and fonts.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.theme_changed.connect(self._on_theme_changed)

    def setText(self, text: str) -> None:
        """Show another sentence."""
        self._text = text
        self.setAccessibleName(text)
        self._on_theme_changed()

    def text(self) -> str:
        """Return the whole sentence."""
        return self._text

    def lines(self) -> list[str]:
        """Return what is shown, line by line."""
        room = float(self.width())
        if self.style_shown() is TextStyle.BODY:
            return [self._text]
        metrics = self._theme.fonts.metrics(TextStyle.SECONDARY)
        first = self._break_at(room)
        rest = self._text[first:].strip()
        second = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)
        return [self._text[:first].strip(), second] if rest else [self._text]

    def style_shown(self) -> TextStyle:
        """Return how large it is written: smaller where it would be cut, if only by a word."""
        fits = self._width(TextStyle.BODY) <= self.width()
        return TextStyle.BODY if fits else TextStyle.SECONDARY

    @override
    def sizeHint(self) -> QSize:
        return QSize(int(self._width(TextStyle.BODY)) + 2, self._theme.px(20))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self._theme.px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        lines = self.lines()
        style = self.style_shown()
        metrics = self._theme.fonts.metrics(style)
        painter = QPainter(self)
        painter.setFont(self._theme.font(style))
        painter.setPen(self._theme.colour(Role.TEXT))
        height = metrics.height()
        y = (self.height() - height * len(lines)) / 2 + metrics.ascent()
        for line in lines:
            painter.drawText(QPointF(0, y), line)
            y += height
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tip()

    def _break_at(self, room: float) -> int:
        layout = QTextLayout(self._text, self._theme.font(TextStyle.SECONDARY))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(max(room, 1.0))
        layout.endLayout()
        return line.textLength()

    def _width(self, style: TextStyle) -> float:
        return self._theme.fonts.metrics(style).horizontalAdvance(self._text)

    def _show_tip(self) -> None:
        shown = " ".join(self.lines())
        self.setToolTip("" if shown == self._text else self._text)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self._show_tip()
        self.update()
