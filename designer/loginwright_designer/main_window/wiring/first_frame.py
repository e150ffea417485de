"""Paints the window before what comes into it is loaded: top bar, rail and status line."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject

from loginwright_designer.main_window.arrangement_memory import memory_from
from loginwright_designer.main_window.rail import RailEntry
from loginwright_designer.main_window.window import MainWindow
from loginwright_designer.main_window.window_views import ShellViews
from loginwright_designer.panels.bars.status_line import StatusLine
from loginwright_designer.panels.scenarios.picker import ScenarioPicker
from loginwright_designer.resource_files import resource_files
from loginwright_designer.theme.roles import SchemeChoice
from loginwright_designer.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from loginwright_designer.preferences import Preferences

translate = QCoreApplication.translate

PATIENCE = 0.1
"""Seconds that a window system has to put the window on the screen."""


class FirstFrame(QObject):
    """The theme, the window, and the views that are in it from the beginning.

    What this module imports is what the first frame costs: models, engine and event loop come
    after it.

    Attributes:
        theme: The look of the application.
        window: The main window, without flow and panels yet.
        picker: The scenario picker in its top bar.
        status: Its status line.
    """

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        """Make the window where it was, in the colours and the size that are preferred.

        Args:
            application: Qt's.
            preferences: The user's.
        """
        super().__init__()
        self._application = application
        choice = SchemeChoice(preferences.theme)
        self.theme = Theme(resource_files(), choice, preferences.zoom, self)
        self._restyle()
        self.theme.theme_changed.connect(self._restyle)
        self.picker = ScenarioPicker(self.theme)
        self.status = StatusLine(self.theme)
        shell = ShellViews(self.picker, self.status, rail_entries())
        memory = memory_from(preferences.compose, preferences.run)
        self.window = MainWindow(self.theme, shell, memory)
        self.window.restore_place(preferences.window)

    def paint(self) -> None:
        """Show the window and paint it; keys and clicks wait for those who will answer them."""
        self.window.setFocus()  # and not the first button, which the keyboard then leaves again
        self.window.show()
        until = monotonic() + PATIENCE
        flag = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        self._application.processEvents(flag)
        while not self._is_on_screen() and monotonic() < until:
            self._application.processEvents(flag, 5)

    def close(self) -> None:
        """Give up the theme and the window."""
        self.theme.theme_changed.disconnect(self._restyle)
        self.window.deleteLater()

    def _is_on_screen(self) -> bool:
        handle = self.window.windowHandle()
        return handle is not None and handle.isExposed()

    def _restyle(self) -> None:
        self.theme.apply_to(self._application)


def rail_entries() -> tuple[RailEntry, ...]:
    """Return the buttons of the rail, one for each side panel, as they follow one another."""
    return (
        RailEntry("library", "layout-grid", translate("Rail", "Library"), "Ctrl+Shift+L"),
        RailEntry("scenarios", "list-checks", translate("Rail", "Scenarios"), "Ctrl+Shift+E"),
        RailEntry("secrets", "lock-keyhole", translate("Rail", "Secrets"), "Ctrl+Shift+K"),
        RailEntry("recorded", "film", translate("Rail", "Recorded logins"), "Ctrl+Shift+H"),
    )
