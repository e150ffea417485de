"""The steps of a login as Qt's list model: one row a step, with the words that are spoken."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QAbstractListModel, QObject, Qt
from typing_extensions import override

from loginwright_designer.controls.model_index import NOWHERE, Index
from loginwright_designer.panels.bottom.strip_words import group_of, spoken_step
from loginwright_designer.simulation.steps import StepCell, Steps


class StripModel(QAbstractListModel):
    """The steps shown; a login that goes on adds rows, another one begins anew.

    Args:
        parent: Qt's owner of this object.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = Steps()
        self._count = 0
        self._shown: int | None = None

    @property
    def steps(self) -> Steps:
        """What is shown."""
        return self._steps

    def show_steps(self, steps: Steps, shown: int | None) -> None:
        """Show more steps, or another login's.

        Args:
            steps: All of them.
            shown: Number of the step that is looked at; None is now.
        """
        self._shown = shown
        if steps is self._steps:
            return
        before, after = self._count, steps.total
        if after < before:
            self.beginResetModel()
            self._steps, self._count = steps, after
            self.endResetModel()
            return
        self._steps = steps
        if after > before:
            self.beginInsertRows(NOWHERE, before, after - 1)
            self._count = after
            self.endInsertRows()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self._cell(index)
        if cell is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.label
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_step(self._steps, cell, self._shown)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return group_of(self._steps, cell.number).note
            case Qt.ItemDataRole.ToolTipRole:
                return escape(spoken_step(self._steps, cell, self._shown))
            case _:
                return None

    def _cell(self, index: Index) -> StepCell | None:
        return self._steps.numbered(index.row() + 1) if index.isValid() else None
