"""Paints the console's rows: level, text, and the line that said it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from typing_extensions import override

from loginwright_designer.controls.row_delegate import RowDelegate
from loginwright_designer.controls.rows_model import ROW_ROLE
from loginwright_designer.panels.bottom.console_model import (
    LATER_ROLE,
    break_words,
    later_word,
    level_word,
    one_line,
)
from loginwright_designer.panels.bottom.row_painting import (
    link_place,
    paint_row_ground,
    paint_words,
    text_width,
)
from loginwright_designer.simulation.console_lines import ConsoleLevel, ConsoleLine, LegBreak
from loginwright_designer.theme.marks import MARKS, State
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import LATER_OPACITY, paint_icon
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme

ROW_HEIGHT = 28
ICONS = {
    ConsoleLevel.ERROR: (MARKS[State.ERROR].icon, MARKS[State.ERROR].role),
    ConsoleLevel.WARNING: (MARKS[State.WARNING].icon, MARKS[State.WARNING].role),
    ConsoleLevel.INFO: ("info", Role.TEXT_SECONDARY),
    ConsoleLevel.DEBUG: ("bug", Role.TEXT_MUTED),
}
"""Shape and colour of each level."""


class ConsoleDelegate(RowDelegate):
    """Draws a row as the theme says.

    Args:
        theme: Its colours, fonts and zoom.
        parent: Qt's owner of this object.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, (120, ROW_HEIGHT), parent)

    def link_at(self, row: object, place: QRectF) -> QRectF:
        """Return where a row's link is; an empty place where it has none."""
        if not isinstance(row, ConsoleLine) or row.action is None:
            return QRectF()
        return link_place(place, row.place, self._theme)

    @override
    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, later = index.data(ROW_ROLE), bool(index.data(LATER_ROLE))
        paint_row_ground(painter, option, self._theme)
        place = QRectF(option.rect)
        if isinstance(row, ConsoleLine):
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._paint_line(painter, place, row, later=later, hovered=hovered)
        elif isinstance(row, LegBreak):
            self._paint_break(painter, place, row, later=later)

    def _paint_line(
        self, painter: QPainter, place: QRectF, row: ConsoleLine, *, later: bool, hovered: bool
    ) -> None:
        theme = self._theme
        icon, colour = ICONS[row.level]
        self._paint_mark(painter, place, icon, colour, later=later)
        quiet = Role.TEXT_MUTED if later else Role.TEXT_SECONDARY
        left = place.left() + theme.px(40)
        word = QRectF(left, place.top(), self._word_width(), place.height())
        paint_words(painter, word, level_word(row.level), TextStyle.SECONDARY, quiet, theme)
        link = self.link_at(row, place)
        end = place.right() - theme.px(16) if link.isEmpty() else link.left() - theme.px(16)
        if later:
            end = self._paint_later(painter, place, end)
        text = QRectF(place)
        text.setLeft(word.right() + theme.px(12))
        text.setRight(end)
        role = Role.TEXT_MUTED if later else Role.TEXT
        text.setLeft(
            paint_words(painter, text, one_line(row.text), TextStyle.VALUE, role, theme)
            + theme.px(12)
        )
        paint_words(painter, text, row.code, TextStyle.VALUE, quiet, theme)
        shown = Role.TEXT_MUTED if later else Role.ACCENT_TEXT
        paint_words(painter, link, row.place, TextStyle.SECONDARY, shown, theme, underlined=hovered)

    def _paint_break(self, painter: QPainter, place: QRectF, row: LegBreak, *, later: bool) -> None:
        theme = self._theme
        self._paint_mark(painter, place, "globe", Role.AWAY, later=later)
        role = Role.TEXT_MUTED if later else Role.TEXT_SECONDARY
        words = QRectF(place)
        words.setLeft(place.left() + theme.px(40))
        words.setRight(place.right() - theme.px(16))
        end = paint_words(painter, words, break_words(row), TextStyle.SECONDARY, role, theme)
        y = place.center().y()
        painter.setPen(theme.colour(Role.SEPARATOR))
        painter.drawLine(QPointF(end + theme.px(12), y), QPointF(words.right(), y))

    def _paint_mark(
        self, painter: QPainter, place: QRectF, icon: str, role: Role, *, later: bool
    ) -> None:
        centre = QPointF(place.left() + self._theme.px(24), place.center().y())
        painter.setOpacity(LATER_OPACITY if later else 1.0)
        paint_icon(painter, centre, self._theme, icon, role, 16, STATE_STROKE)
        painter.setOpacity(1.0)

    def _paint_later(self, painter: QPainter, place: QRectF, end: float) -> float:
        width = text_width(self._theme, TextStyle.SECONDARY, later_word())
        words = QRectF(end - width, place.top(), width, place.height())
        paint_words(painter, words, later_word(), TextStyle.SECONDARY, Role.TEXT_MUTED, self._theme)
        return words.left() - self._theme.px(12)

    def _word_width(self) -> float:
        words = [level_word(level) for level in ConsoleLevel]
        return max(text_width(self._theme, TextStyle.SECONDARY, word) for word in words)
