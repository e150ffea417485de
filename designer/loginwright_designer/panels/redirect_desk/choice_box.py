"""A list to choose from that takes no more room than it has, and leaves the wheel to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent


class ChoiceBox(QComboBox):
    """A list to choose from.

    Args:
        name: What it is called.
        code: Its words are names out of code.
        parent: Qt's owner.
    """

    def __init__(self, name: str, *, code: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        if code:
            self.setProperty("text_style", TextStyle.VALUE.value)

    def show_choices(self, choices: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Show keys with their words; the signal ``activated`` follows no such change."""
        shown = tuple((str(self.itemData(at)), self.itemText(at)) for at in range(self.count()))
        if shown != choices:
            self.clear()
            for key, words in choices:
                self.addItem(words, key)
        self.setCurrentIndex(self.findData(chosen))

    @property
    def chosen(self) -> str:
        """The key of what is chosen."""
        return str(self.currentData() or "")

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
