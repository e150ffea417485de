"""Paints the grid: its header and its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.row_delegate import RowDelegate
from loginwright_designer.controls.row_painting import ground_role, is_selected
from loginwright_designer.panels.scenarios.grid_model import (
    FACT_ROLE,
    LEADING,
    RESULT_ROLE,
    Column,
    GridModel,
)
from loginwright_designer.panels.scenarios.marks import (
    ENDING_MARKS,
    STATE_MARKS,
    Shade,
    paint_glyphs,
    paint_mark_of,
)
from loginwright_designer.simulation.scenario_results import (
    ActionFact,
    ScenarioResult,
    ScenarioState,
)
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_edge_bar, paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme

ROW_HEIGHT = 48
HEADER_HEIGHT = 44
PADDING = 16
MARK_ROOM = 24
"""Of a mark and the gap to its words."""


class GridDelegate(RowDelegate):
    """Paints one cell; a row is one band.

    Args:
        view: The grid.
        theme: Colours and fonts.
    """

    def __init__(self, view: QTableView, theme: Theme) -> None:
        super().__init__(theme, (40, ROW_HEIGHT), view)
        self._view = view

    @override
    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        result = index.data(RESULT_ROLE)
        model = index.model()
        if not isinstance(result, ScenarioResult) or not isinstance(model, GridModel):
            return
        rect = option.rect
        self._paint_ground(painter, rect, option, index)
        fact = index.data(FACT_ROLE)
        if isinstance(fact, ActionFact):
            centre = QRectF(rect).center()
            paint_glyphs(painter, centre, self._theme, fact, _shade_of(result))
        else:
            self._paint_words(painter, rect, index, model, result)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        theme = self._theme
        painter.fillRect(rect, theme.colour(ground_role(option)))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, theme.colour(Role.SEPARATOR))
        if is_selected(option) and index.column() == 0:
            paint_edge_bar(painter, QRectF(rect), theme, Role.ACCENT)
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._paint_focus(painter, rect, index)

    def _paint_focus(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the part of the row's ring that lies in a cell."""
        colour, width = self._theme.colour(Role.ACCENT), 2
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), width), colour)
        low = rect.bottom() - width + 1
        painter.fillRect(QRect(rect.left(), low, rect.width(), width), colour)
        if index.column() == index.model().columnCount() - 1:
            right = rect.right() - width + 1
            painter.fillRect(QRect(right, rect.top(), width, rect.height()), colour)

    def _paint_words(
        self, painter: QPainter, rect: QRect, index: Index, model: GridModel, result: ScenarioResult
    ) -> None:
        theme, column = self._theme, index.column()
        shade = _shade_of(result)
        text = str(index.data() or "")
        inside = QRectF(rect).adjusted(theme.px(PADDING), 0, -theme.px(8), 0)
        role = Role.TEXT_SECONDARY if shade.stale else Role.TEXT
        strong = result.state is ScenarioState.DIFFERS and column in (Column.STATE, Column.NAME)
        mark = None
        if column == Column.STATE:
            mark = STATE_MARKS[result.state]
        elif column == Column.ENDS_AS:
            mark = ENDING_MARKS.get(result.ending)
        if column >= model.difference_column and result.state is not ScenarioState.DIFFERS:
            role = Role.TEXT_SECONDARY
        if mark is not None:
            centre = QPointF(inside.left() + theme.px(8), inside.center().y())
            own = Shade(shade.stale and column == Column.ENDS_AS)
            paint_mark_of(painter, centre, theme, mark, own)
            inside.setLeft(inside.left() + theme.px(MARK_ROOM))
        painter.setPen(theme.colour(role))
        painter.setFont(theme.font(TextStyle.BODY_STRONG if strong else TextStyle.BODY))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if column == model.time_column:
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            inside.setRight(rect.right() - theme.px(PADDING))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(inside.width())
        )
        painter.drawText(inside, align, shown)


def _shade_of(result: ScenarioResult) -> Shade:
    """Nothing stale has a colour, nor what is about to be another."""
    return Shade(result.state in (ScenarioState.STALE, ScenarioState.RUNNING))


class GridHeader(QHeaderView):
    """The grid's header; an action's column has its number above its icon.

    Args:
        theme: Colours and fonts.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(HEADER_HEIGHT))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, model = self._theme, self.model()
        painter.save()
        painter.fillRect(rect, theme.colour(Role.SURFACE_MUTED))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, theme.colour(Role.SEPARATOR))
        painter.setPen(theme.colour(Role.TEXT_SECONDARY))
        painter.setFont(theme.font(TextStyle.SECONDARY))
        if isinstance(model, GridModel):
            if LEADING <= logicalIndex < model.difference_column:
                self._paint_action(painter, rect, model, logicalIndex)
            else:
                self._paint_title(painter, rect, model, logicalIndex)
        painter.restore()

    def _paint_action(self, painter: QPainter, rect: QRect, model: GridModel, column: int) -> None:
        action = model.actions[column - LEADING]
        middle, half = rect.center().x() + 0.5, rect.height() / 2
        number = QRectF(rect.left(), rect.top() + self._theme.px(3), rect.width(), half)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(action.number))
        centre = QPointF(middle, rect.bottom() - self._theme.px(13))
        paint_icon(painter, centre, self._theme, action.icon, Role.TEXT_SECONDARY, 16)

    def _paint_title(self, painter: QPainter, rect: QRect, model: GridModel, column: int) -> None:
        inside = QRectF(rect).adjusted(self._theme.px(PADDING), 0, -self._theme.px(8), 0)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if column == model.time_column:
            inside.setRight(rect.right() - self._theme.px(PADDING))
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        title = str(model.headerData(column, Qt.Orientation.Horizontal))
        shown = painter.fontMetrics().elidedText(
            title, Qt.TextElideMode.ElideRight, int(inside.width())
        )
        painter.drawText(inside, align, shown)
