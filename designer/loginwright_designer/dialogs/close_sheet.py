"""Asks before the window closes, only where something would be lost although it is journalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class CloseSheet(Sheet):
    """Normally nothing is asked: what is not saved is journalled and comes back.

    Args:
        theme: The colours.
        host: The window.
    """

    save_wanted = Signal()  # save first, then close
    close_wanted = Signal()  # close although it is lost

    def __init__(self, theme: Theme, host: QWidget) -> None:
        title = translate("CloseSheet", "Close and lose this?")
        super().__init__(theme, host, title, "triangle-alert", 480)
        self._said = text_label("", TextStyle.BODY, wrap=True)
        self.body.addWidget(self._said)
        self.stay_button = Button(theme, translate("CloseSheet", "Stay"))
        self.stay_button.clicked.connect(self.close_sheet)
        self.lose_button = Button(theme, translate("CloseSheet", "Close anyway"))
        self.lose_button.clicked.connect(self._on_lose)
        self.save_button = Button(theme, translate("CloseSheet", "Save"), kind="primary")
        self.save_button.clicked.connect(self._on_save)
        self.footer.addStretch(1)
        for button in (self.stay_button, self.lose_button, self.save_button):
            self.footer.addWidget(button)

    def show_loss(self, lost: str, *, can_save: bool = True) -> None:
        """Ask; the keyboard is on what loses nothing.

        Args:
            lost: What would be lost and why, one sentence.
            can_save: Whether saving would keep it.
        """
        self._said.setText(lost)
        self.save_button.setVisible(can_save)
        self.open(self.save_button if can_save else self.stay_button)

    def _on_save(self) -> None:
        self.close_sheet()
        self.save_wanted.emit()

    def _on_lose(self) -> None:
        self.close_sheet()
        self.close_wanted.emit()
