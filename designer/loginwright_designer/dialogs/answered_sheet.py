"""A sheet that Enter answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_designer.controls.command_keys import is_enter
from loginwright_designer.controls.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class AnsweredSheet(Sheet):
    """Enter does what the sheet asks, unless the keyboard is on a button, which it presses."""

    def answer(self) -> None:
        """Do what the sheet asks, where that can be done."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.answer()
        else:
            super().keyPressEvent(event)
