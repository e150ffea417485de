"""A whole window with plain lists for views."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QWidget,
)

from loginwright_designer.main_window.editor_area import TabKey
from loginwright_designer.main_window.window import MainWindow
from loginwright_designer.main_window.window_views import PanelView, WindowViews

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.main_window.arrangement_memory import ArrangementMemory
    from loginwright_designer.theme.theme import Theme

SIDE = {
    "library": "Library",
    "scenarios": "Scenarios",
    "secrets": "Secrets",
    "recorded": "Recorded logins",
}
BOTTOM = {"steps": "Steps", "console": "Console", "problems": "Problems"}


def listing(name: str) -> QListWidget:
    """A list with two rows."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.addItems([f"{name}, first", f"{name}, second"])
    return made


def sample_views() -> WindowViews:
    """Views of the sizes that the real ones have."""
    picker = QComboBox()
    picker.addItem("First login")
    picker.setAccessibleName("Scenario")
    status = QFrame()
    row = QHBoxLayout(status)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(QPushButton("Ready"))
    return WindowViews(
        picker=picker,
        canvas=listing("Lane"),
        side=tuple(PanelView(key, title, "film", listing(title)) for key, title in SIDE.items()),
        inspector=listing("Inspector"),
        bottom=tuple(PanelView(key, title, "", listing(title)) for key, title in BOTTOM.items()),
        status=status,
        grid=listing("Grid"),
    )


@pytest.fixture
def show_window(qtbot: QtBot, make_theme: Callable[..., Theme]) -> Callable[..., MainWindow]:
    """Shows a window of some size."""

    def show(
        width: int = 1440,
        height: int = 900,
        memory: ArrangementMemory | None = None,
        theme: Theme | None = None,
        *,
        mac: bool = False,
    ) -> MainWindow:
        window = MainWindow(theme or make_theme(), sample_views(), memory, mac=mac)
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        QApplication.processEvents()
        return window

    return show


@pytest.fixture
def fill_a_shown_window(qtbot: QtBot, make_theme: Callable[..., Theme]) -> Callable[[], MainWindow]:
    """Shows a window as the application does: first its frame, then what stands in it."""

    def fill() -> MainWindow:
        views = sample_views()
        window = MainWindow(make_theme(), views.shell)
        qtbot.addWidget(window)
        window.setFocus()
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        QApplication.processEvents()
        window.fill(views)
        return window

    return fill


def open_code(window: MainWindow, name: str = "ask.js", kind: str = "code") -> QWidget:
    """Open a page in the editor area, as Enter on a card does."""
    page = listing(name)
    key = TabKey("desk", name) if kind == "desk" else TabKey("code", name)
    window.editor_area.open(key, page, name, "file-code")
    window.open_editor()
    return page


def focused(window: MainWindow) -> str:
    """Return the name of what has the keyboard."""
    widget = window.focusWidget()
    return "" if widget is None else widget.accessibleName()
