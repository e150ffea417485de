"""Paints the rows of problems: severity, message, rule, remedy, place, and a fix where there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from typing_extensions import override

from loginwright_designer.controls.row_delegate import RowDelegate
from loginwright_designer.controls.rows_model import ROW_ROLE, RowsModel
from loginwright_designer.panels.bottom.problem_rows import ProblemRow, severity_word
from loginwright_designer.panels.bottom.row_painting import (
    link_place,
    paint_row_ground,
    paint_words,
    plain_tip,
    text_width,
)
from loginwright_designer.theme.marks import State, paint_mark
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme

ROW_HEIGHT = 36
LINE_HEIGHT = 17
FIX_HEIGHT = 28
TEXT_AT = 40


class ProblemModel(RowsModel[ProblemRow]):
    """The problems as Qt's list model.

    Args:
        parent: Qt's owner of this object.
    """

    @override
    def told(self, row: ProblemRow, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.problem.message
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join((row.problem.message, row.problem.remedy, row.place)))
            case _:
                return None


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the parts of a row are that can be pressed, and how far the words may go."""

    link: QRectF
    fix: QRectF
    words_end: float


class ProblemDelegate(RowDelegate):
    """Draws a row as the theme says.

    Args:
        theme: Its colours, fonts and zoom.
        parent: Qt's owner of this object.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, (120, ROW_HEIGHT), parent)

    def places(self, row: ProblemRow, place: QRectF) -> RowPlaces:
        """Return where a row's link and fix are."""
        theme = self._theme
        link = link_place(place, row.place, theme) if row.place else QRectF()
        end = place.right() - theme.px(16) if link.isEmpty() else link.left() - theme.px(16)
        if not row.fix:
            return RowPlaces(link, QRectF(), end)
        wanted = text_width(theme, TextStyle.SECONDARY, row.fix) + theme.px(24)
        width = min(wanted, (end - place.left()) * 0.4)
        height = theme.px(FIX_HEIGHT)
        fix = QRectF(end - width, place.center().y() - height / 2, width, height)
        return RowPlaces(link, fix, fix.left() - theme.px(16))

    @override
    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, ProblemRow):
            return
        paint_row_ground(painter, option, self._theme)
        place = QRectF(option.rect)
        parts = self.places(row, place)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._paint_words(painter, place, row, parts.words_end)
        paint_words(
            painter,
            parts.link,
            row.place,
            TextStyle.SECONDARY,
            Role.ACCENT_TEXT,
            self._theme,
            underlined=hovered,
        )
        if row.fix:
            self._paint_fix(painter, parts.fix, row.fix)

    def _paint_words(self, painter: QPainter, place: QRectF, row: ProblemRow, end: float) -> None:
        theme, problem = self._theme, row.problem
        error = problem.severity == "error"
        height = theme.px(LINE_HEIGHT)
        top = place.center().y() - height
        mark = QPointF(place.left() + theme.px(24), top + height / 2)
        paint_mark(painter, mark, theme, State.ERROR if error else State.WARNING)
        line = QRectF(place.left() + theme.px(TEXT_AT), top, 0, height)
        line.setRight(end)
        word = severity_word(problem)
        role = Role.DANGER if error else Role.PAUSED
        at = paint_words(painter, line, word, TextStyle.BODY_STRONG, role, theme)
        line.setLeft(at + theme.px(8))
        rule = min(text_width(theme, TextStyle.VALUE, problem.rule), line.width() / 3)
        line.setRight(end - rule - theme.px(12))
        at = paint_words(painter, line, problem.message, TextStyle.BODY, Role.TEXT, theme)
        line.setLeft(at + theme.px(12))
        line.setRight(end)
        paint_words(painter, line, problem.rule, TextStyle.VALUE, Role.TEXT_SECONDARY, theme)
        below = QRectF(place.left() + theme.px(TEXT_AT), top + height, 0, height)
        below.setRight(end)
        paint_words(painter, below, problem.remedy, TextStyle.SECONDARY, Role.TEXT_SECONDARY, theme)

    def _paint_fix(self, painter: QPainter, place: QRectF, text: str) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Role.ACCENT), theme.px(1)))
        painter.setBrush(theme.colour(Role.SURFACE))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        words = place.adjusted(theme.px(12), 0, -theme.px(8), 0)
        paint_words(painter, words, text, TextStyle.SECONDARY, Role.ACCENT_TEXT, theme)
