"""The table of the grid: its columns' widths and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from typing_extensions import override

from loginwright_designer.controls.command_keys import ALONE, CTRL, CommandKeys
from loginwright_designer.panels.scenarios.grid_model import LEADING, Column, GridModel
from loginwright_designer.panels.scenarios.grid_painting import (
    MARK_ROOM,
    PADDING,
    ROW_HEIGHT,
    GridDelegate,
    GridHeader,
)
from loginwright_designer.simulation.scenario_results import ScenarioState, state_word
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from loginwright_designer.theme.theme import Theme

_ACTION_WIDTH = 40
_LEAST = (144, 160, 112)
"""Widths of name, ending and difference, where there is little room."""
_ROWS_MEASURED = 60

_COMMANDS = {
    (ALONE, Qt.Key.Key_Return): "open",
    (ALONE, Qt.Key.Key_Enter): "open",
    (ALONE, Qt.Key.Key_Space): "difference",
    (ALONE, Qt.Key.Key_A): "keep",
    (CTRL, Qt.Key.Key_Return): "run",
    (CTRL, Qt.Key.Key_Enter): "run",
}


class GridTable(QTableView):
    """Rows of scenarios.

    Args:
        theme: Colours and fonts.
        model: The rows.
        parent: Qt's owner.
    """

    key_pressed = Signal(str)  # "open", "difference", "keep" or "run"

    def __init__(self, theme: Theme, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(GridDelegate(self, theme))
        self.setHorizontalHeader(GridHeader(theme, self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        CommandKeys(self, _COMMANDS).pressed.connect(self.key_pressed)
        model.modelReset.connect(self._fit)
        model.dataChanged.connect(self._fit)
        model.layoutChanged.connect(self._fit)
        theme.theme_changed.connect(self._fit)
        self._fit()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters look for a scenario's name."""
        current = self.currentIndex()
        start = self._rows.index(max(current.row(), 0), Column.NAME)
        found = self._rows.match(start, Qt.ItemDataRole.DisplayRole, search)
        if found:
            self.setCurrentIndex(found[0])

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0, 0))
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, *_change: object) -> None:
        theme, model = self._theme, self._rows
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        state_width = self._wanted(Column.STATE)
        time_width = self._wanted(model.time_column) + theme.px(PADDING)
        self.setColumnWidth(Column.STATE, state_width)
        for column in range(LEADING, model.difference_column):
            self.setColumnWidth(column, theme.px(_ACTION_WIDTH))
        self.setColumnWidth(model.time_column, time_width)
        taken = state_width + time_width + theme.px(_ACTION_WIDTH) * len(model.actions)
        room = self.viewport().width() - taken
        columns = (int(Column.NAME), int(Column.ENDS_AS), model.difference_column)
        leasts = tuple(theme.px(least) for least in _LEAST)
        wanted = tuple(self._wanted(column) for column in columns)
        if room < sum(leasts):  # it is scrolled anyway: names are read whole
            name = min(wanted[0], self.viewport().width() // 3)
            leasts = (max(leasts[0], name), *leasts[1:])
        for column, width in zip(columns, shared_widths(room, leasts, wanted), strict=True):
            self.setColumnWidth(column, width)
        header = self.horizontalHeader()
        header.updateGeometry()
        rows = model.rowCount() * theme.px(ROW_HEIGHT)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setMaximumHeight(header.sizeHint().height() + rows + bar)
        self.viewport().update()

    def _wanted(self, column: int) -> int:
        """Return how wide a column of words would like to be, by its first rows."""
        fonts, model = self._theme.fonts, self._rows
        title = fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(
            str(model.headerData(column, Qt.Orientation.Horizontal))
        )
        strong, body = fonts.metrics(TextStyle.BODY_STRONG), fonts.metrics(TextStyle.BODY)
        widths = [float(title)]
        if column == Column.STATE:
            widths += [strong.horizontalAdvance(state_word(ScenarioState.AS_EXPECTED))]
        for text, differs in model.words(column, _ROWS_MEASURED):
            widths.append((strong if differs else body).horizontalAdvance(text))
        mark = MARK_ROOM if column in (Column.STATE, Column.ENDS_AS) else 0
        return int(max(widths)) + self._theme.px(PADDING + mark + 9)


def shared_widths(room: int, leasts: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Return the widths of columns that share a room.

    Args:
        room: All of it.
        leasts: None gets smaller than its own, also where there is no room.
        wanted: What each would like; what is left over goes to all alike.
    """
    needs = [max(want - least, 0) for want, least in zip(wanted, leasts, strict=True)]
    more = max(room - sum(leasts), 0)
    if more >= sum(needs):
        spare = (more - sum(needs)) // len(leasts)
        return tuple(least + need + spare for least, need in zip(leasts, needs, strict=True))
    return tuple(
        least + more * need // sum(needs) for least, need in zip(leasts, needs, strict=True)
    )
