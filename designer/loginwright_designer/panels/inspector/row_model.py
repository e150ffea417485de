"""Holds the rows of a list, and tells Qt what has changed between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from typing_extensions import override

from loginwright_designer.controls.model_index import NOWHERE, Index
from loginwright_designer.panels.inspector.row_values import Row, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class RowModel(QAbstractListModel):
    """Rows of a list; those that stay the same keep selection and keyboard."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        new, old = tuple(rows), self._rows
        first = _same(old, new)
        last = min(_same(old[::-1], new[::-1]), len(old) - first, len(new) - first)
        if len(old) > first + last:
            self.beginRemoveRows(QModelIndex(), first, len(old) - last - 1)
            self._rows = old[:first] + old[len(old) - last :]
            self.endRemoveRows()
        if len(new) > first + last:
            self.beginInsertRows(QModelIndex(), first, len(new) - last - 1)
            self._rows = new
            self.endInsertRows()

    def replace(self, number: int, row: Row) -> None:
        """Show another row in the place of one."""
        self._rows = (*self._rows[:number], row, *self._rows[number + 1 :])
        index = self.index(number)
        self.dataChanged.emit(index, index)

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None


def _same(first: Sequence[Row], second: Sequence[Row]) -> int:
    """Return how many rows at the beginning are the same."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
