"""Holds a list of a sheet that gives way where the window is small."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override


class YieldingPlace(QWidget):
    """As high as its list should be where there is room, down to a few rows where there is none.

    A list of a fixed height would scroll inside a sheet that scrolls too.

    Args:
        view: What scrolls by itself.
        parent: Qt's owner.
    """

    def __init__(self, view: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = 0
        self._view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)

    def set_heights(self, wanted: int, least: int) -> None:
        """Say how high the list is where there is room, and what it keeps; in pixels."""
        self._wanted = wanted
        self._view.setMinimumHeight(min(least, wanted))
        self.setMaximumHeight(wanted)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted)
