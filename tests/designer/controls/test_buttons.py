"""Buttons are pressed by Enter as by Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loginwright_designer.controls.buttons import Button, IconButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractButton
    from pytestqt.qtbot import QtBot

    from loginwright_designer.controls.buttons import ButtonKind
    from loginwright_designer.theme.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=["word", "icon"])
def button(
    request: pytest.FixtureRequest, qtbot: QtBot, make_theme: Callable[..., Theme]
) -> QAbstractButton:
    """A button of either kind."""
    theme = make_theme()
    made = Button(theme, "Send") if request.param == "word" else IconButton(theme, "send", "Send")
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("zoom", [80, 90, 100, 110, 125, 150, 175, 200])
@pytest.mark.parametrize("kind", ["", "primary", "outlined", "quiet", "link"])
@pytest.mark.parametrize("icon", [None, "send"])
def test_a_button_as_large_as_it_wishes_says_all_of_its_word(
    theme: Theme, qtbot: QtBot, kind: ButtonKind, zoom: int, icon: str | None
) -> None:
    theme.choose_zoom(zoom)
    for word in ("Declare…", "line 1", "line 16", "line 1,016", "Save as…", "W", "fi", "Dé&&j"):
        button = Button(theme, word, kind=kind, icon=icon)
        qtbot.addWidget(button)
        button.resize(button.sizeHint())
        assert not button.is_elided, word
        button.resize(button.sizeHint() - QSize(button.sizeHint().width() // 2, 0))
        assert button.is_elided or len(word) <= len("fi"), word


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_it_once(button: QAbstractButton, key: Qt.Key, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, key)
    assert len(pressed) == 1


def test_ctrl_enter_is_a_key_of_somebody_else(button: QAbstractButton, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return, CTRL)


def test_enter_that_is_held_presses_it_once(button: QAbstractButton, qtbot: QtBot) -> None:
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
    )
    with qtbot.assertNotEmitted(button.clicked):
        QApplication.sendEvent(button, held)
