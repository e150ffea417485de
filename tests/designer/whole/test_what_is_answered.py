"""Keys and buttons that change nothing on the screen say what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from loginwright_designer.panels.redirect_desk.real_site_bar import RealSiteBar
from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver


def test_the_key_of_a_command_that_is_off_tells_why(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.press("Shift+F5")
    assert desk.views.status.message.text() == "Stop: No login is running."


def test_the_address_to_return_to_is_said_to_be_copied(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.press("F5")
    desk.until_state(states.Away)
    desk.click(desk.button("Open real site"))
    (bar,) = desk.window.findChildren(RealSiteBar)
    bar.fixed.setChecked(True)
    desk.click(bar.copy)
    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:8700/continue"
    assert desk.window.toasts.texts[-1] == "The address to return to is on the clipboard."
