"""A page of the inspector that holds a column of widgets and scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from loginwright_designer.controls.layout_parts import empty

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme


class Page(QScrollArea):
    """Scrolls a column of widgets; never sideways.

    Args:
        theme: The colours.
        name: What it is called when it is read out.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QFrame()
        content.setProperty("ground", "surface")
        self.column = QVBoxLayout(content)
        self.setWidget(content)
        self._fit_page()
        theme.theme_changed.connect(self._fit_page)

    def clear(self) -> None:
        """Take everything out."""
        empty(self.column)

    def _fit_page(self) -> None:
        side = self._theme.px(16)
        self.column.setContentsMargins(side, side, side, side)
        self.column.setSpacing(self._theme.px(8))
