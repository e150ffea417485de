"""The field in which somebody types an expression that is to be watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from loginwright_designer.panels.inspector.inspector_signals import WatchEdit
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class WatchField(QWidget):
    """One line; Enter adds what stands in it.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    watch_edited = Signal(object)
    """A ``WatchEdit``: an expression to be watched."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = QLineEdit()
        self.field.setProperty("text_style", TextStyle.VALUE.value)
        self.field.setPlaceholderText(translate("Variables", "Watch an expression"))
        self.field.setAccessibleName(translate("Variables", "Expression to watch at every pause"))
        self.field.returnPressed.connect(self._on_return)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.field)
        self.setFocusProxy(self.field)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _on_return(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.clear()
            self.watch_edited.emit(WatchEdit(added=text))

    def _fit(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), px(8), px(16), px(8))
