"""Chooses from menus by mouse, whether or not the button waits for its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from designer_driver import Driver


def choose(driver: Driver, button: QWidget, entry: str) -> None:
    """Click on a button that has a menu, and on an entry of the menu.

    Args:
        driver: Of the application.
        button: Has a menu; some buttons wait until it is closed.
        entry: The text of the entry, or its beginning.
    """
    _click_once_open(entry)
    driver.click(button)
    driver.until(lambda: QApplication.activePopupWidget() is None)
    driver.turn()


def choose_from_context_menu(driver: Driver, widget: QWidget, at: QPoint, entry: str) -> None:
    """Open the context menu of a place by the right button, and click on an entry."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    _click(entry)
    driver.turn()


def choose_from_open_menu(driver: Driver, entry: str) -> None:
    """Click on an entry of the menu that is open."""
    _click(entry)
    driver.turn()


def _click_once_open(entry: str) -> None:
    timer = QTimer(QApplication.instance(), interval=1)

    def look() -> None:
        if QApplication.activePopupWidget() is not None:
            timer.deleteLater()
            _click(entry)

    timer.timeout.connect(look)
    timer.start()


def _click(entry: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "no menu is open"
    for action in menu.actions():
        if action.isVisible() and action.text().startswith(entry):
            assert action.isEnabled(), f"{entry} cannot be chosen"
            middle = menu.actionGeometry(action).center()
            button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            QTest.mouseMove(menu, middle)
            QTest.mouseClick(menu, button, keys, middle)
            return
    raise AssertionError(f"there is no {entry!r} in {[one.text() for one in menu.actions()]}")
