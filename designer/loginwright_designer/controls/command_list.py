"""A list of which some keys are commands of its own, before they are shortcuts of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView
from typing_extensions import override


class CommandList(QListView):
    """Tells of its keys; the first row is current as soon as it has the keyboard."""

    key_pressed = Signal(str)  # what the key means

    def command_of(self, event: QKeyEvent) -> str:
        """Return what a key means here; empty where it is none of the list's."""
        raise NotImplementedError

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the list's own keys from the window's shortcuts."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self.command_of(event):
            event.accept()
            return True
        return bool(super().event(event))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self.command_of(event)
        if command:
            self.key_pressed.emit(command)
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
