"""A list's own keys are its commands; all others stay what they are in any list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loginwright_designer.controls.command_keys import ALONE
from loginwright_designer.controls.command_list import CommandList

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme


@pytest.fixture
def rows(qtbot: QtBot, make_theme: Callable[..., Theme]) -> CommandList:
    """A list of two rows, on the screen, of which Enter opens one."""
    rows = CommandList(make_theme(), {(ALONE, Qt.Key.Key_Return): "open"})
    qtbot.addWidget(rows)
    rows.setModel(QStringListModel(["one", "two"], rows))
    with qtbot.waitExposed(rows):
        rows.show()
    rows.activateWindow()
    return rows


def test_a_key_of_the_list_is_told_as_its_command(rows: CommandList) -> None:
    told: list[str] = []
    rows.key_pressed.connect(told.append)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert told == ["open"]


@pytest.mark.parametrize(
    ("key", "kept"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_F5, False), (Qt.Key.Key_Down, False)]
)
def test_only_its_own_keys_are_kept_from_the_shortcuts_of_the_window(
    rows: CommandList, key: Qt.Key, kept: bool
) -> None:
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, ALONE)
    asked.ignore()
    QApplication.sendEvent(rows, asked)
    assert asked.isAccepted() is kept


def test_the_first_row_is_current_once_the_list_has_the_keyboard(rows: CommandList) -> None:
    rows.clearFocus()
    rows.setCurrentIndex(rows.rootIndex())
    rows.setFocus()
    QApplication.processEvents()
    assert rows.currentIndex().row() == 0
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1
