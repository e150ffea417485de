"""A list's rows, each of them one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QObject, Qt
from typing_extensions import override

from loginwright_designer.controls.model_index import NOWHERE, Index

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = TypeVar("Row")

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""A row's value."""


class RowsModel(QAbstractListModel, Generic[Row]):
    """The rows, in the order they are given.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        """Return a row; None where there is none."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def told(self, row: Row, role: int) -> object:
        """Return what a row says: its words, what is read out, and its tip."""
        raise NotImplementedError

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None or role == ROW_ROLE:
            return row
        return self.told(row, role)
