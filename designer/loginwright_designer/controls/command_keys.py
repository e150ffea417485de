"""Keys of a view that are commands of its own, before they are shortcuts of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

KeyStroke: TypeAlias = tuple[Qt.KeyboardModifier, Qt.Key]
"""What is held, and the key."""

ALONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def is_enter(event: QKeyEvent) -> bool:
    """Tell whether a key is Enter, on either side of the keyboard, with nothing held."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommandKeys(QObject):
    """Tells of a view's keys; the view itself never sees them.

    Args:
        view: Has the keyboard while they are pressed; owns this object.
        commands: What each key means.
    """

    pressed = Signal(str)  # what the key means

    def __init__(self, view: QWidget, commands: Mapping[KeyStroke, str]) -> None:
        super().__init__(view)
        self._commands = commands
        view.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the keys from the window's shortcuts, and tell of them."""
        if not isinstance(event, QKeyEvent) or event.type() == QEvent.Type.KeyRelease:
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = self._commands.get((held, Qt.Key(event.key())))
        if command is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.pressed.emit(command)
        return True
