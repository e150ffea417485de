"""What an empty panel of the bottom area says, in one row: it is only 104 high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, IconLabel, text_label
from loginwright_designer.theme.roles import Role, TextStyle

_TWO_LINES = 56
"""Below this height all is said in one line."""

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.theme.theme import Theme


class EmptyRow(QWidget):
    """One sentence, one button, its key (desktop.md, "Secrets, export, first start").

    Args:
        theme: The colours.
        icon: Before it.
        parent: Qt's owner.
    """

    offered = Signal()  # the button was pressed

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words_said = ("", "")
        self._icon = IconLabel(theme, icon)
        self._title = ElidedLabel("", TextStyle.BODY)
        self._text = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.button = Button(theme, "")
        self.button.clicked.connect(self.offered)
        self._words = QVBoxLayout()
        self._words.addWidget(self._title)
        self._words.addWidget(self._text)
        self._words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_words(self, title: str, text: str, offer: str = "", shortcut: str = "") -> None:
        """Say what is missing, what would fill it, and offer that."""
        self._words_said = (title, text)
        self._text.setText(text)
        self._fit_height()
        self.button.show_text(offer, shortcut)
        self.button.setVisible(bool(offer))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Say all in one line where there is no room for two."""
        low = self.height() < self._theme.px(_TWO_LINES)
        title, text = self._words_said
        self._text.setVisible(not low)
        self._title.setText(f"{title} · {text}" if low and text else title)
        margin = self._theme.px(16)
        edge = self._theme.px(4 if low else 16)
        self._row.setContentsMargins(margin, edge, margin, self._theme.px(0 if low else 8))

    def _fit(self) -> None:
        self._row.setSpacing(self._theme.px(12))
        self._words.setSpacing(self._theme.px(4))
        self._fit_height()
