"""The line in which somebody types an expression for code that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from loginwright_designer.controls.labels import text_label
from loginwright_designer.panels.bottom.bottom_signals import Evaluation
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

PROMPT_SIGN = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
MOST_REMEMBERED = 100


class ConsoleInput(QWidget):
    """Takes expressions while code stands still; Up and Down bring earlier ones back.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    evaluated = Signal(Evaluation)  # Enter was pressed

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._remembered: list[str] = []
        self._at = 0
        self.field = _Field(self._recall)
        self.field.setProperty("text_style", TextStyle.VALUE.value)
        self.field.setAccessibleName(translate("Console", "Expression to evaluate"))
        self.field.returnPressed.connect(self._on_return)
        self._sign = text_label(PROMPT_SIGN, TextStyle.VALUE, Role.TEXT_SECONDARY)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addWidget(self.field, 1)
        self.setFocusProxy(self.field)
        self.set_ready(ready=False)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def set_ready(self, *, ready: bool, function: str = "") -> None:
        """Take expressions, or be away: there is little room, and nothing to be asked.

        Args:
            ready: Whether code stands still.
            function: In which function.
        """
        self.setVisible(ready)
        if function:
            words = translate("Console", "Evaluate in {function}").format(function=function)
        else:
            words = translate("Console", "Evaluate an expression")
        self.field.setPlaceholderText(words)

    def _on_return(self) -> None:
        text = self.field.text().strip()
        if text:
            self._remembered = [*self._remembered[-MOST_REMEMBERED:], text]
            self._at = len(self._remembered)
            self.field.clear()
            self.evaluated.emit(Evaluation(text))

    def _recall(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._remembered))
        known = self._remembered[self._at : self._at + 1]
        self.field.setText(known[0] if known else "")

    def _fit(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), px(2), px(8), px(6))
        self._row.setSpacing(px(8))


class _Field(QLineEdit):
    """A field in which Up and Down mean earlier and later."""

    def __init__(self, recall: Callable[[int], None]) -> None:
        super().__init__()
        self._recall = recall

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self._recall(-1)
            case Qt.Key.Key_Down:
                self._recall(1)
            case _:
                super().keyPressEvent(event)
