"""Keys and buttons that change nothing on the screen say what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from loginwright_designer.panels.redirect_desk.real_site_bar import RealSiteBar
from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver


def real_site(desk: Driver) -> RealSiteBar:
    """The bar that opens the real site of a new login."""
    before = desk.flow.session.login.record
    desk.flow.run.start()
    desk.until(lambda: desk.flow.session.login.record is not before)
    desk.until_state(states.Away)
    desk.click(desk.button("Open real site"))
    return desk.window.findChildren(RealSiteBar)[-1]


def test_the_key_of_a_command_that_is_off_tells_why(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.press("Shift+F5")
    assert desk.views.status.message.text() == "Stop: No login is running."


def test_the_address_to_return_to_is_said_to_be_copied(start: Callable[..., Driver]) -> None:
    desk = start()
    bar = real_site(desk)
    bar.fixed.setChecked(True)
    desk.click(bar.copy)
    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:8700/continue"
    assert desk.window.toasts.texts[-1] == "The address to return to is on the clipboard."


def test_a_fixed_port_is_kept_for_the_next_login(start: Callable[..., Driver]) -> None:
    desk = start()
    first = real_site(desk)
    first.fixed.setChecked(True)
    first.port.setValue(9000)
    second = real_site(desk)
    assert second is not first
    assert second.fixed_port == 9000
