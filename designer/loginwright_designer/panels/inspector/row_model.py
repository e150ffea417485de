"""Holds the rows of a list, and tells Qt what has changed between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from typing_extensions import override

from loginwright_designer.controls.rows_model import RowsModel
from loginwright_designer.panels.inspector.row_values import Row, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class RowModel(RowsModel[Row]):
    """Rows of a list; those that stay the same keep selection and keyboard."""

    @override
    def show_rows(self, rows: Iterable[Row]) -> None:
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
    def told(self, row: Row, role: int) -> object:
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
