"""Draws headings, facts, sentences, JSON, and what an empty list says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from loginwright_designer.panels.inspector.row_look import EDGE, INDENT, Linkless, RowLook
from loginwright_designer.panels.inspector.row_values import (
    CodeText,
    CommandRow,
    EmptyRow,
    FactLine,
    HeadingRow,
    TextLine,
)
from loginwright_designer.panels.inspector.text_painting import (
    Ink,
    paint_line,
    paint_wrapped,
    text_width,
    wrapped_height,
)
from loginwright_designer.simulation.visible_text import visible, visible_line
from loginwright_designer.theme.marks import paint_mark
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_icon
from loginwright_designer.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


_ABOVE = 17
"""A line above a row and the room around it."""


def paint_line_above(painter: QPainter, rect: QRectF, theme: Theme) -> QRectF:
    """Paint the line that parts a row from those above; return what is left for the row."""
    y = rect.top() + theme.px(8)
    side = theme.px(EDGE)
    line = QRectF(rect.left() + side, y, rect.width() - 2 * side, 1)
    painter.fillRect(line, theme.colour(Role.SEPARATOR))
    return rect.adjusted(0, theme.px(_ABOVE), 0, 0)


def _inside(rect: QRectF, theme: Theme, left: int = EDGE) -> QRectF:
    return rect.adjusted(theme.px(left), 0, -theme.px(EDGE), 0)


@dataclass(frozen=True, slots=True)
class HeadingPicture(Linkless):
    """Draws the title of a part."""

    row: HeadingRow
    theme: Theme

    def height(self, width: float) -> float:
        """Return 36, and more under a line."""
        return self.theme.px(36 if not self.row.line_above else 36 + _ABOVE)

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint the title, and the note at the right."""
        theme = self.theme
        if self.row.line_above:
            rect = paint_line_above(painter, rect, theme)
        place = _inside(rect, theme)
        style = TextStyle.TITLE if self.row.large else TextStyle.BODY_STRONG
        note = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY, right=True)
        room = 0.0
        if self.row.note:
            at_right = place.adjusted(place.width() / 3, 0, 0, 0)
            room = paint_line(painter, at_right, self.row.note, theme, note) + theme.px(8)
        title = place.adjusted(0, 0, -room, 0)
        paint_line(painter, title, self.row.text, theme, Ink(style))


@dataclass(frozen=True, slots=True)
class FactPicture(Linkless):
    """Draws a name and its value."""

    row: FactLine
    theme: Theme

    def height(self, width: float) -> float:
        """Return 24 or, with the value at the right, 28."""
        plain = float(self.theme.px(28 if self.row.at_right else 24))
        if self.row.wraps:
            inner = width - 2 * self.theme.px(EDGE)
            value = visible(self.row.value)
            style = TextStyle.VALUE
            room = inner - self._column(inner)
            words = wrapped_height(value, room, self.theme, style)
            plain = max(plain, words + self.theme.px(8))
        return plain + (self.theme.px(_ABOVE) if self.row.line_above else 0)

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint both in their columns."""
        theme = self.theme
        if self.row.line_above:
            rect = paint_line_above(painter, rect, theme)
        place = _inside(rect, theme)
        value = visible_line(self.row.value)
        if self.row.at_right:
            room = text_width(value, theme, TextStyle.SECONDARY) + theme.px(8)
            name = place.adjusted(0, 0, -room, 0)
            paint_line(painter, name, self.row.name, theme, Ink(role=Role.TEXT_SECONDARY))
            quiet = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY, right=True)
            paint_line(painter, place, value, theme, quiet)
            return
        column = self._column(place.width())
        name = QRectF(place.left(), place.top(), column - theme.px(8), theme.px(24))
        mono = Ink(TextStyle.VALUE, Role.TEXT_SECONDARY)
        paint_line(painter, name, self.row.name, theme, mono)
        rest = place.adjusted(column, 0, 0, 0)
        if self.row.wraps:
            rest.adjust(0, theme.px(4), 0, 0)
            text = visible(self.row.value)
            paint_wrapped(painter, rest, text, theme, Ink(TextStyle.VALUE))
        else:
            paint_line(painter, rest, value, theme, Ink(TextStyle.VALUE))

    def _column(self, width: float) -> float:
        return max(self.theme.px(120), width * 0.42)


@dataclass(frozen=True, slots=True)
class TextPicture(Linkless):
    """Draws a sentence."""

    row: TextLine
    theme: Theme

    def height(self, width: float) -> float:
        """Return as much as its words take."""
        words = wrapped_height(
            visible(self.row.text), self._width(width), self.theme, TextStyle.SECONDARY
        )
        above = self.theme.px(_ABOVE) if self.row.line_above else 0
        return max(words, self.theme.px(16)) + self.theme.px(12) + above

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint its mark and its words."""
        theme = self.theme
        if self.row.line_above:
            rect = paint_line_above(painter, rect, theme)
        left = EDGE
        if self.row.mark is not None:
            left = INDENT
            centre = QPointF(rect.left() + theme.px(EDGE + 8), rect.top() + theme.px(14))
            paint_mark(painter, centre, theme, self.row.mark)
        place = _inside(rect, theme, left).adjusted(0, theme.px(6), 0, 0)
        ink = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        paint_wrapped(painter, place, visible(self.row.text), theme, ink)

    def _width(self, width: float) -> float:
        left = EDGE if self.row.mark is None else INDENT
        return width - self.theme.px(left) - self.theme.px(EDGE)


@dataclass(frozen=True, slots=True)
class CodePicture(Linkless):
    """Draws JSON."""

    row: CodeText
    theme: Theme

    def height(self, width: float) -> float:
        """Return as much as its lines take."""
        inner = width - 2 * self.theme.px(EDGE)
        text = visible(self.row.text)
        lines = wrapped_height(text, inner, self.theme, TextStyle.VALUE, anywhere=True)
        return lines + self.theme.px(12)

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint it as it is."""
        place = _inside(rect, self.theme).adjusted(0, self.theme.px(4), 0, 0)
        ink = Ink(TextStyle.VALUE)
        paint_wrapped(painter, place, visible(self.row.text), self.theme, ink, anywhere=True)


@dataclass(frozen=True, slots=True)
class EmptyPicture(Linkless):
    """Draws why there is nothing here."""

    row: EmptyRow
    theme: Theme

    def height(self, width: float) -> float:
        """Return as much as its words take."""
        words = wrapped_height(self.row.text, self._width(width), self.theme, TextStyle.SECONDARY)
        return self.theme.px(20 + 20 + 4) + words + self.theme.px(12)

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint icon, title and sentence."""
        theme = self.theme
        middle = rect.top() + theme.px(16 + 10)
        centre = QPointF(rect.left() + theme.px(EDGE + 9), middle)
        paint_icon(painter, centre, theme, self.row.icon)
        left, width = rect.left() + theme.px(48), self._width(rect.width())
        title = QRectF(left, rect.top() + theme.px(16), width, theme.px(20))
        paint_line(painter, title, self.row.title, theme, Ink())
        words = QRectF(left, title.bottom() + theme.px(4), width, rect.height())
        ink = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        paint_wrapped(painter, words, self.row.text, theme, ink)

    def _width(self, width: float) -> float:
        return max(width - self.theme.px(48) - self.theme.px(EDGE), 1)


@dataclass(frozen=True, slots=True)
class CommandPicture:
    """Draws something to do."""

    row: CommandRow
    theme: Theme

    def height(self, width: float) -> float:
        """Return 28."""
        return self.theme.px(28)

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint icon and words."""
        theme = self.theme
        centre = QPointF(rect.left() + theme.px(EDGE + 8), rect.center().y())
        paint_icon(painter, centre, theme, self.row.icon, Role.ACCENT_TEXT, 16)
        ink = Ink(
            role=Role.ACCENT_TEXT,
            underlined=look.link_hovered,
            mode=Qt.TextElideMode.ElideRight,
        )
        paint_line(painter, _inside(rect, theme, INDENT), self.row.text, theme, ink)

    def link(self, rect: QRectF) -> QRectF:
        """Return the icon and the words."""
        place = _inside(rect, self.theme)
        width = text_width(self.row.text, self.theme, TextStyle.BODY)
        place.setWidth(min(place.width(), width + self.theme.px(INDENT - EDGE)))
        return place
