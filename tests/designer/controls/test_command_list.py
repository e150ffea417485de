"""A list's own keys are its commands; all others stay what they are in any list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from loginwright_designer.controls.command_list import CommandList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from pytestqt.qtbot import QtBot


class Opened(CommandList):
    """Enter opens a row."""

    @override
    def command_of(self, event: QKeyEvent) -> str:
        return "open" if event.key() == Qt.Key.Key_Return else ""


@pytest.fixture
def rows(qtbot: QtBot) -> Opened:
    """A list of two rows, on the screen."""
    rows = Opened()
    qtbot.addWidget(rows)
    rows.setModel(QStringListModel(["one", "two"], rows))
    with qtbot.waitExposed(rows):
        rows.show()
    rows.activateWindow()
    return rows


def test_a_key_of_the_list_is_told_as_its_command(rows: Opened) -> None:
    told: list[str] = []
    rows.key_pressed.connect(told.append)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert told == ["open"]


def test_the_first_row_is_current_once_the_list_has_the_keyboard(rows: Opened) -> None:
    rows.clearFocus()
    rows.setCurrentIndex(rows.rootIndex())
    rows.setFocus()
    QApplication.processEvents()
    assert rows.currentIndex().row() == 0
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1
