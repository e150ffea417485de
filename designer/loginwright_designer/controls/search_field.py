"""Fields to search in: with a magnifying glass, and a cross that empties them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.labels import IconLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

GLASS = 16
CROSS = 24
PADDING = 8
"""At a zoom of 100 %. What Qt itself puts into a field stays small at every zoom."""


class SearchField(QLineEdit):
    """A field with a glass before what is typed, and a cross behind it.

    Args:
        theme: The colours.
        name: What is searched; shown while nothing is typed, and read out.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.glass = IconLabel(theme, "search", size=GLASS, parent=self)
        self.glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        word = translate("SearchField", "Clear")
        self.cross = IconButton(theme, "x", word, size=CROSS, parent=self)
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys, the field is emptied itself
        self.cross.setCursor(Qt.CursorShape.ArrowCursor)
        self.cross.clicked.connect(self.clear)
        self.textChanged.connect(self._show_cross)
        self._show_cross(self.text())
        self._fit()
        theme.theme_changed.connect(self._fit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _show_cross(self, text: str) -> None:
        self.cross.setVisible(bool(text))

    def _fit(self) -> None:
        px = self._theme.px
        self.setTextMargins(px(GLASS + PADDING), 0, px(CROSS - PADDING // 2), 0)
        self.glass.resize(self.glass.sizeHint())
        side = px(GLASS - 4)
        self.cross.setIconSize(QSize(side, side))
        self._place()

    def _place(self) -> None:
        px = self._theme.px
        self.glass.move(px(PADDING) + 1, (self.height() - self.glass.height()) // 2)
        left = self.width() - self.cross.width() - px(PADDING // 2)
        self.cross.move(left, (self.height() - self.cross.height()) // 2)
