"""The desk's band: who holds the login now, on which clock, and letting time pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, IconLabel, text_label
from loginwright_designer.panels.redirect_desk.desk_signals import WaitWish
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_edge_bar

if TYPE_CHECKING:
    from loginwright_designer.simulation.desk_words import DeskClock
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

WAITS = ((60, "+1 min"), (15 * 60, "+15 min"), (60 * 60, "+1 h"))
"""How long *Wait…* waits, and its words."""


class DeskBand(QFrame):
    """Says that the login is away and lets time pass; or that it has gone on.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    wait_requested = Signal(object)  # WaitWish: this long, on the login's clock

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_away = True
        self.icon = IconLabel(theme, "globe", Role.AWAY, 20)
        self.title = ElidedLabel("", TextStyle.TITLE)
        self.sentence = text_label("", TextStyle.SECONDARY, wrap=True)
        self.clock = ElidedLabel("", TextStyle.SECONDARY)
        self.wait = Button(theme, translate("RedirectDesk", "Wait…"), icon="clock")
        self.wait.setAccessibleDescription(
            translate("RedirectDesk", "Lets time pass on the login's clock")
        )
        menu = QMenu(self.wait)
        for seconds, text in WAITS:
            action = menu.addAction(text)
            action.triggered.connect(lambda _on, wait=seconds: self._on_wait(wait))
        self.wait.setMenu(menu)
        self._head = RowWidget(theme.px(12), hangs=True)
        self.row = self._head.row
        self.row.add(self.icon)
        self.row.add(self.title, grows=True, least=theme.px(160))
        self.row.add(self.clock)
        self.row.add(self.wait)
        self._below = QVBoxLayout()
        self._below.addWidget(self.sentence)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._head)
        self._column.addLayout(self._below)
        self._show_ground()
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_away(self, title: str, sentence: str) -> None:
        """Say who holds the login and what it waits for."""
        self._is_away = True
        self._show(title, sentence, "globe", Role.AWAY)

    def show_answered(self, title: str, sentence: str) -> None:
        """Say that the login has gone on."""
        self._is_away = False
        self._show(title, sentence, "circle-check", Role.TEXT_SECONDARY)

    def show_clock(self, clock: DeskClock) -> None:
        """Show how late it is for the login."""
        if clock.words != self.clock.whole_text():
            self.clock.setText(clock.words)
        self.clock.setToolTip(clock.more)

    def set_waits(self, waits: bool) -> None:
        """Offer to let time pass, or not."""
        self.wait.setVisible(waits)
        self.clock.setVisible(waits)

    def _show(self, title: str, sentence: str, icon: str, role: Role) -> None:
        self.icon.show_icon(icon, role)
        self.title.setText(title)
        self._fit_title()
        self.sentence.setText(sentence)
        self._show_ground()

    def _fit_title(self) -> None:
        """Let the clock go to the next line before the title is cut."""
        metrics = self._theme.fonts.metrics(TextStyle.TITLE)
        width = int(metrics.horizontalAdvance(self.title.whole_text())) + 3
        self.row.set_least(self.title, min(width, self._theme.px(320)))

    def _on_wait(self, seconds: int) -> None:
        self.wait_requested.emit(WaitWish(seconds))

    def _show_ground(self) -> None:
        self.setProperty("ground", "away_tint" if self._is_away else "surface_muted")
        style = self.style()
        style.unpolish(self)
        style.polish(self)
        self.update()

    def _fit(self) -> None:
        theme = self._theme
        self._column.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(8))
        self._column.setSpacing(0)
        self._below.setContentsMargins(theme.px(20 + 12), 0, 0, 0)
        self.row.setSpacing(theme.px(12))
        self._fit_title()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_away:
            painter = QPainter(self)
            painter.setPen(Qt.PenStyle.NoPen)
            paint_edge_bar(painter, self.rect().toRectF(), self._theme, Role.AWAY, 3)
            painter.end()
