"""The window before anything is open in it: top bar, rail and status line round an empty middle."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.main_window.arrangement import SMALLEST, STATUS
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.command_set import CommandSet
from loginwright_designer.main_window.rail import Rail
from loginwright_designer.main_window.top_bar import TopBar
from loginwright_designer.main_window.window_frame import framed
from loginwright_designer.main_window.window_place import place_of, state_of
from loginwright_designer.main_window.window_title import window_title

if TYPE_CHECKING:
    from loginwright_designer.main_window.window_views import ShellViews
    from loginwright_designer.preferences import WindowState
    from loginwright_designer.simulation.states import Controls
    from loginwright_designer.theme.theme import Theme


class WindowShell(QMainWindow):
    """What is painted first, while what comes into it is still being loaded (desktop.md, Budgets).

    Args:
        theme: The colours.
        views: What it shows from the beginning; it owns them from then on.
        mac: Behave as on macOS; None asks the system.
    """

    closing = Signal(object)  # QCloseEvent: it may be ignored

    def __init__(self, theme: Theme, views: ShellViews, *, mac: bool | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._status = views.status
        self._mac = sys.platform == "darwin" if mac is None else mac
        self._controls: Controls | None = None
        self._flow_name = ""
        self._dirty = False
        self.commands = CommandSet(self, mac=self._mac)
        self.top_bar = TopBar(theme, self.commands, views.picker)
        self.rail = Rail(theme, views.rail)
        self._bars = QVBoxLayout()
        self._middle = QFrame()
        self._middle.setProperty("ground", "surface")
        self._frame = framed(self.top_bar, self.rail, self._bars, self._middle, self._status)
        self.setCentralWidget(self._frame)
        self.top_bar.primary_pressed.connect(lambda: self.commands.trigger(CommandId.PRIMARY))
        self.rail.preferences_wanted.connect(lambda: self.commands.trigger(CommandId.PREFERENCES))
        if self._mac:
            self.commands.fill_menu_bar(self.menuBar())
        theme.theme_changed.connect(self._fit)
        self._fit()

    def show_controls(self, controls: Controls) -> None:
        """Show what the login is doing: buttons, commands and the window's title."""
        self._controls = controls
        self.top_bar.show_controls(controls)
        self._show_title()

    def show_flow(self, name: str, dirty: bool, state_text: str) -> None:
        """Show which flow is open; see ``TopBar.show_flow``."""
        self._flow_name, self._dirty = name, dirty
        self.top_bar.show_flow(name, dirty, state_text)
        self._show_title()

    def show_history(self, undo_name: str, redo_name: str) -> None:
        """Show what can be undone and redone; see ``TopBar.show_history``."""
        self.top_bar.show_history(undo_name, redo_name)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar of full width under the top bar, below those that are there already."""
        self._bars.addWidget(bar)

    def window_state(self) -> WindowState:
        """Return where the window is, for the preferences."""
        return state_of(self.normalGeometry(), maximized=self.isMaximized())

    def restore_place(self, state: WindowState | None) -> None:
        """Put the window where it was, wholly on a screen; before it is shown."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        self.setGeometry(place_of(state, screens))
        if state is not None and state.maximized:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit(event)

    def _fill_middle(self, middle: QWidget) -> None:
        """Put something in the place of the empty middle."""
        layout = self._frame.layout()
        assert layout is not None, "it stands in the frame"
        layout.replaceWidget(self._middle, middle)
        middle.show()  # the layout would do it later, and what is hidden takes no keyboard
        self._middle.hide()
        self._middle.deleteLater()

    def _show_title(self) -> None:
        title = window_title(self._controls, self._flow_name, dirty=self._dirty)
        self.setWindowTitle(title)

    def _fit(self) -> None:
        """Let the window become no smaller than what can be reached in it, or than the screen."""
        px = self._theme.px
        least = QSize(px(SMALLEST[0]), px(SMALLEST[1]))
        self.setMinimumSize(least.boundedTo(self.screen().availableSize()))
        self._status.setFixedHeight(px(STATUS))
