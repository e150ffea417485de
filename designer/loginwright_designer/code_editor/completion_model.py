"""Proposals as rows for a list view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, Qt
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.code_editor.completion import CompletionItem
    from loginwright_designer.controls.model_index import Index

DETAIL_ROLE = Qt.ItemDataRole.UserRole
"""Type or arguments of a row."""


class CompletionModel(QAbstractListModel):
    """The proposals for one place, best first."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__()
        self._items: tuple[CompletionItem, ...] = ()

    def set_items(self, items: Sequence[CompletionItem]) -> None:
        """Show other proposals."""
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def item(self, row: int) -> CompletionItem:
        """Return the proposal of a row."""
        return self._items[row]

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._items)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.label
        if role == DETAIL_ROLE:
            return item.detail
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.label}, {item.detail}. {item.doc}"
        return None
