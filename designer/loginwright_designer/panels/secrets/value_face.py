"""Draws a secret's value: dots, and what it says for as long as somebody asks to see it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

DOTS = "•" * 12
"""As many for every value: their number tells nothing."""

BUTTON_SIDE = 28
"""Of the square buttons beside it, at a zoom of 100 %."""

_MOST_LINES = 8


class ValueFace(QWidget):
    """Holds a value only while it shows it.

    Args:
        theme: Colours and fonts.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide_value()
        theme.theme_changed.connect(self._on_theme_changed)

    @property
    def is_revealed(self) -> bool:
        """Whether the value can be read."""
        return self._value is not None

    def show_value(self, value: str) -> None:
        """Show a value."""
        self._value = value
        self.setAccessibleName(value)
        self._on_theme_changed()

    def hide_value(self) -> None:
        """Show dots, and hold the value no longer."""
        self._value = None
        self.setAccessibleName(translate("Secrets", "Hidden value"))
        self._on_theme_changed()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self.heightForWidth(max(self.width(), 1)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self._line_height() + 2 * self._margin())

    @override
    def heightForWidth(self, width: int) -> int:
        lines = max(1, self._laid_out(width).lineCount())
        return self._line_height() * lines + 2 * self._margin()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        role = Role.TEXT_SECONDARY if self._value is None else Role.TEXT
        painter.setPen(self._theme.colour(role))
        self._laid_out(self.width()).draw(painter, QPointF(0, self._margin()))
        painter.end()

    def _laid_out(self, width: int) -> QTextLayout:
        text = DOTS if self._value is None else self._value
        shown = text.replace("\r\n", "\n").replace("\n", "\u2028")
        layout = QTextLayout(shown, self._theme.font(TextStyle.VALUE))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(False)
        layout.beginLayout()
        for number in range(_MOST_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, number * self._line_height()))
        layout.endLayout()
        return layout

    def _line_height(self) -> int:
        return math.ceil(self._theme.fonts.metrics(TextStyle.VALUE).lineSpacing())

    def _margin(self) -> int:
        """Return what puts one line in the middle beside the buttons."""
        return max(0, (self._theme.px(BUTTON_SIDE) - self._line_height()) // 2)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
