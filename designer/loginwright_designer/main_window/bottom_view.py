"""What the window needs of whatever stands at its bottom."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget


class BottomView(QFrame):
    """Panels that take turns at the bottom, known by their keys; made by subclasses."""

    chosen = Signal(str)  # the user brought the panel with this key to the front
    close_wanted = Signal()  # the user wishes to close them all

    @property
    def shown(self) -> str:
        """The key of the panel in front."""
        raise NotImplementedError

    def has(self, key: str) -> bool:
        """Whether there is such a panel."""
        raise NotImplementedError

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front, without saying that the user did."""
        raise NotImplementedError

    def first(self) -> QWidget | None:
        """Return what takes the keyboard in the panel in front."""
        raise NotImplementedError
