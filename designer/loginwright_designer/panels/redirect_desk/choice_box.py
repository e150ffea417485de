"""A list to choose from that takes no more room than it has, and leaves the wheel to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)
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

    @property
    def whole_width(self) -> int:
        """How wide it is where each of its choices can be read."""
        self.ensurePolished()
        words = (self.itemText(at) for at in range(self.count()))
        widest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
        frame = self.minimumSizeHint().width() - self._room(self.minimumSizeHint().width())
        return widest + frame + 1

    @property
    def is_elided(self) -> bool:
        """Whether there is no room for all of its words; pointed at, it says the rest."""
        return self.fontMetrics().horizontalAdvance(self.currentText()) > self._room(self.width())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QStylePainter(self)
        option = self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self._room(self.width())
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    @override
    def event(self, event: QEvent, /) -> bool:
        is_asked = event.type() == QEvent.Type.ToolTip and self.is_elided and not self.toolTip()
        if is_asked and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.currentText(), self)
            return True
        return super().event(event)

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _room(self, width: int) -> int:
        """Return how many pixels words have in a box of a width."""
        option = self._option()
        option.rect.setWidth(width)
        part = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        return self.style().subControlRect(kind, option, part, self).width()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
