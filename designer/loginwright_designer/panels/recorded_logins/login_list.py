"""Recorded logins as a list with its keys: Enter opens, Del deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from loginwright_designer.controls.command_keys import ALONE
from loginwright_designer.controls.command_list import CommandList
from loginwright_designer.panels.recorded_logins.login_rows import (
    LoginRowDelegate,
    LoginRowsModel,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.simulation.recorded_rows import RecordedRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_COMMANDS = {
    (ALONE, Qt.Key.Key_Return): "open",
    (ALONE, Qt.Key.Key_Enter): "open",
    (ALONE, Qt.Key.Key_Delete): "delete",
}


class LoginList(CommandList):
    """The list as a widget; ``key_pressed`` says "open" or "delete".

    Args:
        theme: Colours and fonts.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _COMMANDS, parent)
        self.rows = LoginRowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(LoginRowDelegate(self, theme))
        self.setAccessibleName(translate("RecordedLogins", "Recorded logins"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)

    @property
    def current_key(self) -> str | None:
        """Key of the current login, or None."""
        row = self.rows.row_at(self.currentIndex())
        return None if row is None else row.key

    def show_rows(self, rows: Iterable[RecordedRow]) -> None:
        """Show other rows; the current login stays current, else the one in its place."""
        key, place = self.current_key, self.currentIndex().row()
        self.rows.show_rows(rows)
        if self.current_key == key and key is not None:
            return
        index = self.rows.index_of(key)
        if not index.isValid():
            last = self.rows.rowCount() - 1
            index = self.rows.index(min(max(place, 0), last)) if last >= 0 else index
        self.setCurrentIndex(index)
