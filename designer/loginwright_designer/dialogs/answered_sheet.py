"""A sheet that Enter answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox
from typing_extensions import override

from loginwright_designer.controls.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnsweredSheet(Sheet):
    """Enter presses the button that the keyboard is on, and elsewhere does what the sheet asks."""

    def answer(self) -> None:
        """Do what the sheet asks, where that can be done."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
            return
        pressed = _focused_button()
        if pressed is None:
            self.answer()
        else:
            pressed.click()
        event.accept()


def _focused_button() -> QAbstractButton | None:
    """Return the button that the keyboard is on, other than a tick."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractButton) and not isinstance(focused, QCheckBox):
        return focused
    return None
