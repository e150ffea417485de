"""The past's bar: hatched, across the window, with the way back to now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.controls.labels import ElidedLabel, MarkLabel
from loginwright_designer.panels.bars.bar_buttons import BarButton
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.past import paint_hatch
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

HEIGHT = 28
translate = QCoreApplication.translate


class PastBar(QFrame):
    """Says that a recorded step is looked at and nothing runs.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner of this widget.
    """

    step_back = Signal()
    step_forward = Signal()
    back_to_now = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = MarkLabel(theme, State.PAST)
        self.where = ElidedLabel("", TextStyle.BODY_STRONG)
        nothing = translate("Past", "Nothing runs here.")
        self.nothing = ElidedLabel(nothing, TextStyle.BODY)
        self.back = BarButton(theme, translate("Past", "Step back"), icon="chevron-left")
        self.forward = BarButton(theme, translate("Past", "Step forward"), icon="chevron-right")
        self.now = BarButton(theme, translate("Past", "Back to now"), shortcut="Esc")
        self.back.clicked.connect(self.step_back)
        self.forward.clicked.connect(self.step_forward)
        self.now.clicked.connect(self.back_to_now)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        for widget in (self._mark, self.where, self.nothing):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for button in (self.back, self.forward, self.now):
            self._row.addWidget(button)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_step(self, step: int, steps: int) -> None:
        """Show which step is looked at.

        Args:
            step: Its number, from 1.
            steps: How many there are.
        """
        text = translate("Past", "Step {step} of {steps}, already happened.")
        said = text.format(step=step, steps=steps)
        self.where.setText(said)
        self.setAccessibleName(f"{said} {self.nothing.whole_text()}")
        self.back.setEnabled(step > 1)
        self.forward.setEnabled(step < steps)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Hatch what is between the words and the buttons; both stand on a ground of their own."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Role.PAST_TINT))
        left = self.nothing.geometry().right() + theme.px(20)
        right = self.back.geometry().left() - theme.px(12)
        if right > left:
            hatched = QRectF(left, 0, right - left, self.height())
            paint_hatch(painter, hatched, theme)
        painter.end()

    def _fit(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(HEIGHT))
        self._row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self._row.setSpacing(theme.px(8))
        self.update()
