"""The rows of recorded logins as a model, and how one is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt
from typing_extensions import override

from loginwright_designer.controls.row_delegate import RowDelegate
from loginwright_designer.controls.row_painting import paint_row_ground, paint_row_text
from loginwright_designer.controls.rows_model import ROW_ROLE, RowsModel
from loginwright_designer.panels.bars.outcome_bar import LOOKS
from loginwright_designer.panels.scenarios.marks import paint_mark_of
from loginwright_designer.simulation.recorded_rows import RecordedRow
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QListView, QStyleOptionViewItem

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme

ROW_HEIGHT = 64


class LoginRowsModel(RowsModel[RecordedRow]):
    """The rows, in the order they are given.

    Args:
        parent: Qt's owner.
    """

    @override
    def show_rows(self, rows: Iterable[RecordedRow]) -> None:
        """Show other rows; where only what they say is another, the selection stays."""
        shown = tuple(rows)
        if [row.key for row in shown] == [row.key for row in self._rows]:
            self._rows = shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        super().show_rows(shown)

    def index_of(self, key: str | None) -> QModelIndex:
        """Return where a login stands; an invalid index where it does not."""
        keys = [row.key for row in self._rows]
        return self.index(keys.index(key)) if key in keys else QModelIndex()

    @override
    def told(self, row: RecordedRow, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.word
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                parts = (row.word, row.scenario, row.when, row.facts)
                return "\n".join(part for part in parts if part)
            case _:
                return None


class LoginRowDelegate(RowDelegate):
    """Paints a row: mark, word and time; the scenario; legs and steps.

    Args:
        view: The list.
        theme: Colours and fonts.
    """

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(theme, (160, ROW_HEIGHT), view)
        self._view = view

    @override
    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, RecordedRow):
            return
        theme, rect = self._theme, option.rect
        focused = self._view.hasFocus()
        paint_row_ground(painter, option, theme, barred=row.is_open, focused=focused)
        left, right = rect.left() + theme.px(16), rect.right() - theme.px(12)
        line, top = theme.px(19), rect.top() + theme.px(4)
        centre = QPointF(left + theme.px(8), top + line / 2)
        paint_mark_of(painter, centre, theme, LOOKS[row.state])
        left += theme.px(28)
        time = theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(row.time) + theme.px(2)
        after = QRectF(right - time, top, time, line)
        paint_row_text(painter, after, row.time, theme, TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        word = QRectF(left, top, right - left - time - theme.px(8), line)
        style = TextStyle.BODY_STRONG if row.is_open else TextStyle.BODY
        paint_row_text(painter, word, row.word, theme, style, Role.TEXT)
        below = ((row.scenario, Role.TEXT), (row.facts, Role.TEXT_SECONDARY))
        for number, (text, role) in enumerate(below, start=1):
            room = QRectF(left, top + number * theme.px(18), right - left, line)
            paint_row_text(painter, room, text, theme, TextStyle.SECONDARY, role)
