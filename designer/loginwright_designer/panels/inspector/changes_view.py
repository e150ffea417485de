"""*Changes*: the one list of all that a login has asked for, and who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loginwright_designer.panels.inspector.change_rows import change_rows
from loginwright_designer.panels.inspector.row_list import RowList
from loginwright_designer.panels.inspector.row_values import Row, place_of
from loginwright_designer.simulation.change_list import ChangeList

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class ChangesView(QWidget):
    """Shows a ``ChangeList``.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    place_opened = Signal(object)
    """A ``SourcePlace``: the user asked for the line that asked for a change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RowList(theme, translate("Changes", "Changes"), self)
        self.list.link_pressed.connect(self._on_link_pressed)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown = ChangeList()
        self.show_changes(self._shown)

    @property
    def shown(self) -> ChangeList:
        """What is shown."""
        return self._shown

    def show_changes(self, shown: ChangeList) -> None:
        """Show what a login has asked for at a step."""
        self._shown = shown
        self.list.show_rows(change_rows(shown))

    def _on_link_pressed(self, row: Row) -> None:
        place = place_of(row)
        if place is not None:
            self.place_opened.emit(place)
