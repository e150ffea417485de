"""Menus that go when they close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMenu, QPushButton

from loginwright_designer.controls.passing_menus import (
    MenuEntry,
    menu_of,
    offer_menu,
    open_menu,
    open_menu_below,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The offscreen platform cannot raise a menu, nor give it the keyboard."""

ENTRIES = (MenuEntry("open", "Open", "Enter"), MenuEntry("keep", "Keep", possible=False))


@pytest.fixture
def rows(qtbot: QtBot) -> QListWidget:
    rows = QListWidget()
    rows.addItems(["one", "two"])
    qtbot.addWidget(rows)
    with qtbot.waitExposed(rows):
        rows.show()
    return rows


def test_a_menu_says_its_keys_and_what_cannot_be_done(rows: QListWidget) -> None:
    actions = menu_of(rows, ENTRIES, lambda _command: None).actions()
    assert [action.text() for action in actions] == ["Open\tEnter", "Keep"]
    assert [action.isEnabled() for action in actions] == [True, False]


def test_what_is_chosen_is_done_and_the_menu_goes(rows: QListWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    menu = menu_of(rows, ENTRIES, done.append)
    open_menu(menu, rows.mapToGlobal(QPoint(0, 0)))
    assert menu.isVisible()
    with qtbot.waitSignal(menu.destroyed):
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert done == ["open"]


def test_a_menu_that_nobody_chooses_from_goes(rows: QListWidget, qtbot: QtBot) -> None:
    button = QPushButton("More", rows)
    menu = menu_of(rows, ENTRIES, lambda _command: None)
    open_menu_below(menu, button)
    assert menu.pos().y() >= button.mapToGlobal(button.rect().bottomLeft()).y()
    with qtbot.waitSignal(menu.destroyed):
        QTest.keyClick(menu, Qt.Key.Key_Escape)


def test_a_menu_is_offered_for_rows_and_not_beside_them(rows: QListWidget) -> None:
    made: list[QMenu] = []

    def made_menu() -> QMenu:
        made.append(menu_of(rows, ENTRIES, lambda _command: None))
        return made[-1]

    offer_menu(rows, made_menu)
    rows.customContextMenuRequested.emit(QPoint(4, rows.viewport().height() - 4))
    assert made == []
    rows.customContextMenuRequested.emit(rows.visualItemRect(rows.item(1)).center())
    assert QApplication.activePopupWidget() is made[0]
    made[0].close()
