"""The rail at the left edge: one button for each side panel, the preferences at the bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.main_window.arrangement import RAIL
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_BUTTON = 40


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One button.

    Attributes:
        key: Of the side panel that it opens.
        icon: On it.
        name: Of the panel.
        shortcut: The key that does the same.
    """

    key: str
    icon: str
    name: str
    shortcut: str = ""


class Rail(QFrame):
    """The buttons of the side panels; the one whose panel is open is marked.

    The arrow keys go from button to button, Enter and Space press.

    Args:
        theme: The colours.
        entries: The buttons from the top.
        parent: Qt's owner.
    """

    chosen = Signal(object)  # str, the key of the panel to open, or None to close the open one
    preferences_wanted = Signal()

    def __init__(
        self, theme: Theme, entries: tuple[RailEntry, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._open: str | None = None
        self.setProperty("ground", "surface")
        self.setProperty("edge", "right")
        self.setAccessibleName(translate("Rail", "Side panels"))
        self._buttons = {entry.key: self._button(entry) for entry in entries}
        name = translate("Rail", "Preferences")
        self._preferences = _RailButton(theme, "settings", name, shortcut="Ctrl+,", size=_BUTTON)
        self._preferences.clicked.connect(self.preferences_wanted)
        self._column = QVBoxLayout(self)
        for button in self._buttons.values():
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._column.addWidget(self._preferences, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def open_panel(self) -> str | None:
        """The key of the panel that is marked as open."""
        return self._open

    @property
    def buttons(self) -> tuple[IconButton, ...]:
        """All buttons from the top, the preferences last."""
        return (*self._buttons.values(), self._preferences)

    def button(self, key: str) -> IconButton:
        """Return the button of a panel."""
        return self._buttons[key]

    def show_open(self, key: str | None) -> None:
        """Mark the panel that is open; None where there is none."""
        self._open = key
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        focused = [index for index, button in enumerate(self.buttons) if button.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        wanted = (focused[0] + step) % len(self.buttons)
        self.buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)

    def _button(self, entry: RailEntry) -> _RailButton:
        button = _RailButton(
            self._theme, entry.icon, entry.name, shortcut=entry.shortcut, size=_BUTTON
        )
        button.setCheckable(True)
        button.clicked.connect(lambda: self._press(entry.key))
        return button

    def _press(self, key: str) -> None:
        """Ask; the mark stays where it is until the window says what is open."""
        wanted = None if key == self._open else key
        self.show_open(self._open)
        self.chosen.emit(wanted)

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(RAIL))
        gap = self._theme.px(4)
        self._column.setContentsMargins(0, 2 * gap, 1, 2 * gap)
        self._column.setSpacing(gap)


class _RailButton(IconButton):
    """Has a bar at its left while its panel is open, so that colour is not all that tells."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # a tool button would go anywhere that lies above or below
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            bar = QRectF(0, 0, self._theme.px(3), self.height())
            painter.fillRect(bar, self._theme.colour(Role.ACCENT))
            painter.end()
