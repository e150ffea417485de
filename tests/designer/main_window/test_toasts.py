"""Toasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from loginwright_designer.main_window.toasts import Toasts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme


@pytest.fixture
def toasts(qtbot: QtBot, make_theme: Callable[..., Theme]) -> Toasts:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    made = Toasts(make_theme(), window)
    window.toasts = made  # type: ignore[attr-defined]  # keeps the window alive with it
    made.window_kept = window  # type: ignore[attr-defined]  # and the other way round
    return made


def test_a_toast_says_what_happened_and_offers_undo(toasts: Toasts) -> None:
    pressed: list[str] = []
    toast = toasts.show_text("Deleted Block weekends.", "Undo")
    toast.pressed.connect(lambda: pressed.append("Undo"))
    assert toasts.isVisible()
    assert toast.is_ending
    assert toast.button is not None
    QTest.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert pressed == ["Undo"]
    assert toasts.texts == ()


def test_its_clock_stands_still_while_the_keyboard_is_on_it(toasts: Toasts) -> None:
    toast = toasts.show_text("Deleted Block weekends.", "Undo")
    assert toast.button is not None
    toast.button.setFocus()
    assert not toast.is_ending
    toast.button.clearFocus()
    assert toast.is_ending


def test_an_error_stays_until_it_is_sent_away(toasts: Toasts) -> None:
    toast = toasts.show_text("The folder cannot be written.", error=True)
    assert not toast.is_ending
    QTest.mouseClick(toast.dismiss, Qt.MouseButton.LeftButton)
    assert toasts.texts == ()
    assert not toasts.isVisible()


def test_there_are_three_at_most_and_errors_stay_longest(toasts: Toasts) -> None:
    toasts.show_text("broken", error=True)
    for number in range(1, 5):
        toasts.show_text(f"done {number}")
    assert toasts.texts == ("broken", "done 3", "done 4")


def test_toasts_lie_inside_the_window(toasts: Toasts) -> None:
    for number in range(3):
        toasts.show_text(f"{number}: " + "many words " * 20, "Undo")
    window = toasts.parentWidget()
    assert window is not None
    assert window.rect().contains(toasts.geometry())
    window.resize(640, 400)
    assert window.rect().contains(toasts.geometry())
