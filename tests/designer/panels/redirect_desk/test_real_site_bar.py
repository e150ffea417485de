"""The bar says where the browser is, and where the site has to send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from loginwright_designer.panels.redirect_desk.real_site_bar import (
    PortChoice,
    RealSiteBar,
    RealSiteStart,
)
from loginwright_designer.simulation.browser_round_trip import (
    RoundTripFailed,
    RoundTripIdle,
    RoundTripReturned,
    RoundTripWaiting,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme

ADDRESS = "http://127.0.0.1:49152/continue"
WAITING = RoundTripWaiting(ADDRESS, "my-app.example.com")


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> RealSiteBar:
    shown = RealSiteBar(theme)
    qtbot.addWidget(shown)
    shown.show_host("my-app.example.com")
    shown.resize(700, 100)
    shown.show()
    return shown


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_host_is_shown_before_anything_is_opened(bar: RealSiteBar) -> None:
    assert bar.words.text() == (
        "Opens my-app.example.com in your browser and waits here for its return."
    )
    assert bar.open.isVisible()
    assert not bar.reopen.isVisible()
    assert not bar.stop.isVisible()


def test_without_a_site_nothing_can_be_opened(bar: RealSiteBar) -> None:
    bar.show_host("")
    assert not bar.open.isEnabled()


def test_open_asks_for_any_port_unless_one_is_fixed(bar: RealSiteBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.start_wanted) as told:
        click(bar.open)
    assert told.args == [RealSiteStart(None)]
    with qtbot.waitSignal(bar.port_chosen) as chosen:
        bar.fixed.setChecked(True)
    assert chosen.args == [PortChoice(8700)]
    bar.port.setValue(9000)
    with qtbot.waitSignal(bar.start_wanted) as told:
        click(bar.open)
    assert told.args == [RealSiteStart(9000)]


def test_a_fixed_port_is_shown_again_without_being_chosen_again(
    bar: RealSiteBar, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(bar.port_chosen):
        bar.show_port(9000)
    assert bar.fixed_port == 9000
    assert bar.address.whole_text() == "http://127.0.0.1:9000/continue"
    with qtbot.assertNotEmitted(bar.port_chosen):
        bar.show_port(None)
    assert bar.fixed_port is None


def test_the_address_is_copied_once_it_is_known(bar: RealSiteBar, qtbot: QtBot) -> None:
    assert not bar.copy.isEnabled()
    assert bar.address.whole_text() == "known as soon as it waits"
    bar.show_state(WAITING)
    assert bar.address.whole_text() == ADDRESS
    with qtbot.waitSignal(bar.copied) as told:
        click(bar.copy)
    assert QGuiApplication.clipboard().text() == ADDRESS
    assert told.args == ["The address to return to"]


def test_while_it_waits_it_offers_reopen_and_stop(bar: RealSiteBar, qtbot: QtBot) -> None:
    bar.show_state(WAITING)
    assert bar.words.text() == "Waiting for my-app.example.com…"
    assert not bar.open.isVisible()
    assert not bar.fixed.isEnabled()
    assert not bar.port.isEnabled()
    with qtbot.waitSignal(bar.reopen_wanted):
        click(bar.reopen)
    with qtbot.waitSignal(bar.stop_wanted):
        click(bar.stop)


def test_a_note_stands_beside_the_wait(bar: RealSiteBar) -> None:
    note = "A browser came with another state, and was refused."
    bar.show_state(RoundTripWaiting(ADDRESS, "my-app.example.com", note))
    assert bar.words.text() == f"Waiting for my-app.example.com… {note}"
    assert bar.stop.isVisible()


def test_the_keyboard_stays_in_the_bar_when_its_button_goes(bar: RealSiteBar) -> None:
    bar.open.setFocus()
    bar.show_state(WAITING)
    assert bar.reopen.hasFocus()
    bar.stop.setFocus()
    bar.show_state(RoundTripIdle())
    assert bar.open.hasFocus()


def test_an_end_is_said_and_the_site_can_be_opened_again(bar: RealSiteBar) -> None:
    bar.show_state(RoundTripReturned())
    assert bar.words.text() == "The browser came back from my-app.example.com."
    bar.show_state(RoundTripFailed("Another program listens on port 8700. Choose another."))
    assert "port 8700" in bar.words.text()
    assert bar.open.isVisible()


def test_a_clock_that_stands_still_is_said(bar: RealSiteBar) -> None:
    assert not bar.note.isVisible()
    bar.show_clock(fixed=True)
    assert "clock stands still" in bar.note.text()
    assert bar.note.isVisible()


@pytest.mark.parametrize("width", [280, 480, 700])
def test_nothing_is_cut_at_any_width(bar: RealSiteBar, width: int) -> None:
    bar.show_host("a-site-with-a-rather-long-name.of-a-company.example.com")
    bar.show_state(WAITING)
    bar.resize(width, bar.heightForWidth(width))
    for part in bar.findChildren(QWidget):
        if part.isVisible() and part.parentWidget() is not bar.port:
            assert part.mapTo(bar, part.rect().bottomRight()).x() <= width
            assert (
                part.accessibleName()
                or not part.focusPolicy() & Qt.FocusPolicy.TabFocus
                or (isinstance(part, QAbstractButton) and part.text())
            )
