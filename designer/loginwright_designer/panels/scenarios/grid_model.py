"""Scenarios as rows: how each stands, how it ends, what every action did, what differs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    Qt,
)
from typing_extensions import override

from loginwright_designer.controls.model_index import NOWHERE, Index
from loginwright_designer.panels.scenarios.marks import fact_words
from loginwright_designer.simulation.scenario_results import (
    ScenarioState,
    in_order_of_need,
    state_word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.simulation.scenario_results import ActionFact, ScenarioResult

translate = QCoreApplication.translate

RESULT_ROLE = int(Qt.ItemDataRole.UserRole)
"""The row's ``ScenarioResult``."""
FACT_ROLE = RESULT_ROLE + 1
"""What the column's action did in the row's login, an ``ActionFact``."""


class Column(IntEnum):
    """The columns before those of the actions."""

    STATE = 0
    NAME = 1
    ENDS_AS = 2


LEADING = len(Column)


@dataclass(frozen=True, slots=True)
class GridAction:
    """A column of an action.

    Attributes:
        action_id: Which one.
        name: What people call it.
        icon: The drawing on its card.
        number: Its place in the flow, from 1.
    """

    action_id: str
    name: str
    icon: str
    number: int


class GridModel(QAbstractTableModel):
    """The rows that pass the filter, what needs a look first.

    While scenarios run, rows stay where they are.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: tuple[GridAction, ...] = ()
        self._all: tuple[ScenarioResult, ...] = ()
        self._rows: list[ScenarioResult] = []
        self._filter = ""

    @property
    def actions(self) -> tuple[GridAction, ...]:
        """The actions that have a column."""
        return self._actions

    @property
    def difference_column(self) -> int:
        """The column that says what differs."""
        return LEADING + len(self._actions)

    @property
    def time_column(self) -> int:
        """The last column."""
        return self.difference_column + 1

    def show_actions(self, actions: tuple[GridAction, ...]) -> None:
        """Show other columns."""
        if actions != self._actions:
            self.beginResetModel()
            self._actions = actions
            self.endResetModel()

    def show_results(self, results: Iterable[ScenarioResult]) -> None:
        """Show how scenarios stand now."""
        self._all = tuple(results)
        self._replace(self._arranged())

    def filter_by(self, text: str) -> None:
        """Show only scenarios in whose name, state or ending a text stands."""
        self._filter = text.strip().casefold()
        self._replace(self._arranged())

    def result(self, index: Index) -> ScenarioResult | None:
        """Return the scenario of a row."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def index_of(self, file: str | None, column: int = 0) -> QModelIndex:
        """Return the row of a scenario; an invalid index where it has none."""
        for row, result in enumerate(self._rows):
            if result.file == file:
                return self.index(row, column)
        return QModelIndex()

    def _arranged(self) -> list[ScenarioResult]:
        passing = [result for result in self._all if self._passes(result)]
        if all(result.state is not ScenarioState.RUNNING for result in self._all):
            return list(in_order_of_need(passing))
        places = {result.file: place for place, result in enumerate(self._rows)}
        return sorted(passing, key=lambda result: places.get(result.file, len(places)))

    def _passes(self, result: ScenarioResult) -> bool:
        words = (result.name, state_word(result.state), result.ends_as)
        return not self._filter or any(self._filter in word.casefold() for word in words)

    def _replace(self, rows: list[ScenarioResult]) -> None:
        """Show other rows; those that stay keep their selection, also where they move."""
        before = [result.file for result in self._rows]
        after = [result.file for result in rows]
        if before == after:
            self._change(rows)
        elif set(before) == set(after):
            self._reorder(rows)
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def _change(self, rows: list[ScenarioResult]) -> None:
        pairs = enumerate(zip(self._rows, rows, strict=True))
        changed = [place for place, (old, new) in pairs if old != new]
        self._rows = rows
        if changed:
            first = self.index(min(changed), 0)
            self.dataChanged.emit(first, self.index(max(changed), self.time_column))

    def _reorder(self, rows: list[ScenarioResult]) -> None:
        self.layoutAboutToBeChanged.emit()
        places = {result.file: place for place, result in enumerate(rows)}
        old = self.persistentIndexList()
        new = [self.index(places[self._rows[index.row()].file], index.column()) for index in old]
        self._rows = rows
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _fact(self, result: ScenarioResult, column: int) -> ActionFact | None:
        return result.fact(self._actions[column - LEADING].action_id)

    def _is_action(self, column: int) -> bool:
        return LEADING <= column < self.difference_column

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.time_column + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        result = self.result(index)
        if result is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(result, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(result, index.column())
            case _ if role == FACT_ROLE and self._is_action(index.column()):
                return self._fact(result, index.column())
            case _:
                return result if role == RESULT_ROLE else None

    def words(self, column: int, most: int) -> list[tuple[str, bool]]:
        """Return what the first rows say in a column, and whether they differ."""
        return [
            (self._text(result, column), result.state is ScenarioState.DIFFERS)
            for result in self._rows[:most]
        ]

    def _text(self, result: ScenarioResult, column: int) -> str:
        if self._is_action(column):
            return fact_words(self._fact(result, column)) if result.has_run else ""
        if column == self.difference_column:
            return _difference(result)
        if column == self.time_column:
            return duration_words(result.duration_ms)
        texts = {
            Column.STATE: state_word(result.state),
            Column.NAME: result.name,
            Column.ENDS_AS: result.ends_as,
        }
        return texts[Column(column)]

    def _spoken(self, result: ScenarioResult, column: int) -> str:
        """Return a cell's words; those of the first cell are the whole row's."""
        if column == Column.STATE:
            parts = (result.name, state_word(result.state), result.ends_as, _difference(result))
            return ", ".join(part for part in parts if part)
        text = self._text(result, column) or translate("Scenarios", "nothing yet")
        return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {text}"

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        if orientation is not Qt.Orientation.Horizontal:
            return self._rows[section].name if section < len(self._rows) else None
        if self._is_action(section):
            action = self._actions[section - LEADING]
            return f"{action.number} {action.name}"
        if section == self.difference_column:
            return translate("Scenarios", "From expected")
        if section == self.time_column:
            return translate("Scenarios", "Time")
        titles = {
            Column.STATE: translate("Scenarios", "State"),
            Column.NAME: translate("Scenarios", "Scenario"),
            Column.ENDS_AS: translate("Scenarios", "Ends as"),
        }
        return titles[Column(section)]


def _difference(result: ScenarioResult) -> str:
    if result.problems:
        return result.problems[0].message
    return result.difference


def duration_words(milliseconds: float | None) -> str:
    """Return a duration as the last column says it; empty where nothing ran."""
    if milliseconds is None:
        return ""
    if milliseconds >= 1000:
        return translate("Scenarios", "{number} s").format(number=f"{milliseconds / 1000:.2f}")
    return translate("Scenarios", "{number} ms").format(number=f"{milliseconds:.2f}")
