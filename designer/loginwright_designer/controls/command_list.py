"""A list of which some keys are commands of its own, before they are shortcuts of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from loginwright_designer.controls.command_keys import CommandKeys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFocusEvent

    from loginwright_designer.controls.command_keys import KeyStroke
    from loginwright_designer.theme.theme import Theme


class CommandList(QListView):
    """Tells of its keys; the first row is current as soon as it has the keyboard.

    Args:
        theme: Gives the rows their height.
        commands: What its keys mean, each with what is held.
        parent: Qt's owner.
    """

    key_pressed = Signal(str)  # what the key means

    def __init__(
        self, theme: Theme, commands: Mapping[KeyStroke, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        CommandKeys(self, commands).pressed.connect(self.key_pressed)
        theme.theme_changed.connect(self.doItemsLayout)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
