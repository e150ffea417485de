"""Draws a change: a mark, the name, before and after, and the line that asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from loginwright_designer.panels.inspector.row_look import EDGE, INDENT, RowLook
from loginwright_designer.panels.inspector.row_values import ChangeRow, change_name
from loginwright_designer.panels.inspector.text_painting import (
    Ink,
    paint_line,
    paint_new_word,
    text_width,
)
from loginwright_designer.simulation.changes import NONE, Change, side_words
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme import marks
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


translate = QCoreApplication.translate

HEIGHT, _GAP = 72, 4
_FIRST, _SECOND, _THIRD, _LINE = 8, 26, 44, 18
_TINTS = {
    marks.Change.ADDED: Role.SUCCESS_TINT,
    marks.Change.CHANGED: Role.SURFACE_MUTED,
    marks.Change.REMOVED: Role.DANGER_TINT,
}


def kind_of(change: Change) -> marks.Change:
    """Return whether something was added, changed or removed."""
    if change.after == NONE:
        return marks.Change.REMOVED
    return marks.Change.ADDED if change.before == NONE else marks.Change.CHANGED


@dataclass(frozen=True, slots=True)
class ChangePicture:
    """Draws a change."""

    row: ChangeRow
    theme: Theme

    def height(self, width: float) -> float:
        """Return the height, which is always the same."""
        return self.theme.px(HEIGHT)

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint it on its tint."""
        theme, change = self.theme, self.row.change
        kind = kind_of(change)
        tint = self._tint(rect)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.SURFACE_MUTED if change.lost else _TINTS[kind]))
        painter.drawRoundedRect(tint, theme.px(6), theme.px(6))
        painter.restore()
        middle = self._line(rect, _FIRST).center().y()
        centre = QPointF(rect.left() + theme.px(EDGE + 8), middle)
        marks.paint_change_mark(painter, centre, theme, kind)
        first = self._line(rect, _FIRST)
        first.setRight(first.right() - self._paint_word(painter, first))
        role = Role.TEXT_SECONDARY if change.lost else Role.TEXT
        struck = change.lost or kind is marks.Change.REMOVED
        ink = Ink(TextStyle.VALUE, role, struck=struck, mode=Qt.TextElideMode.ElideMiddle)
        paint_line(painter, first, change_name(change), theme, ink)
        self._paint_values(painter, self._line(rect, _SECOND))
        link = Ink(TextStyle.SECONDARY, Role.ACCENT_TEXT, underlined=look.link_hovered)
        paint_line(painter, self._line(rect, _THIRD), self.row.set_by, theme, link)

    def link(self, rect: QRectF) -> QRectF:
        """Return where the words stand that lead to the code."""
        place = self._line(rect, _THIRD)
        width = text_width(self.row.set_by, self.theme, TextStyle.SECONDARY)
        place.setWidth(min(place.width(), width))
        return place

    def _paint_word(self, painter: QPainter, line: QRectF) -> float:
        """Say at the right that it is new, or that it is lost; return the room that takes."""
        theme = self.theme
        right = QPointF(line.right(), line.center().y())
        if self.row.change.lost:
            word = translate("Changes", "lost")
            ink = Ink(TextStyle.SECONDARY, Role.DANGER, right=True)
            return paint_line(painter, line, word, theme, ink) + theme.px(8)
        if self.row.change.new:
            word = translate("Changes", "new")
            return paint_new_word(painter, right, theme, word) + theme.px(8)
        return 0

    def _paint_values(self, painter: QPainter, line: QRectF) -> None:
        """Paint ``before → after``; before gives way first."""
        theme, change = self.theme, self.row.change
        before, after = (visible_line(side_words(side)) for side in (change.before, change.after))
        arrow = " → "
        arrow_width = text_width(arrow, theme, TextStyle.VALUE)
        wanted = text_width(after, theme, TextStyle.VALUE)
        room = max(line.width() - arrow_width - wanted, line.width() * 0.35)
        first = QRectF(line)
        first.setWidth(min(text_width(before, theme, TextStyle.VALUE), room) + 1)
        quiet = Ink(TextStyle.VALUE, Role.TEXT_SECONDARY)
        first.setWidth(paint_line(painter, first, before, theme, quiet))
        rest = QRectF(line)
        rest.setLeft(first.right())
        rest.setLeft(rest.left() + paint_line(painter, rest, arrow, theme, quiet))
        role = Role.TEXT_SECONDARY if change.lost else Role.TEXT
        paint_line(painter, rest, after, theme, Ink(TextStyle.VALUE, role))

    def _tint(self, rect: QRectF) -> QRectF:
        side, gap = self.theme.px(8), self.theme.px(_GAP)
        return rect.adjusted(side, 0, -side, -gap)

    def _line(self, rect: QRectF, top: int) -> QRectF:
        px = self.theme.px
        left, right = rect.left() + px(INDENT), rect.right() - px(EDGE)
        return QRectF(left, rect.top() + px(top), max(right - left, 1), px(_LINE))
