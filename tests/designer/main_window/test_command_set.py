"""Commands by menu and key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QMenu, QVBoxLayout, QWidget

from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.command_set import CommandSet, RecentEntry, Refusal
from loginwright_designer.main_window.menu_command import Menu
from loginwright_designer.main_window.menu_commands import COMMANDS
from loginwright_designer.simulation.states import Away, Idle, Past, controls

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier


class Window(QWidget):
    """A text field and a canvas."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit("words")
        self.canvas = QListWidget()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.canvas)
        self.commands = CommandSet(self, mac=False)
        self.commands.add_canvas(self.canvas)
        self.given: list[object] = []
        self.commands.invoked.connect(self.given.append)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def test_a_key_gives_its_command_wherever_the_keyboard_is(window: Window) -> None:
    window.field.setFocus()
    QTest.keyClick(window.field, Qt.Key.Key_F5)
    assert window.given == [CommandId.PRIMARY]


def test_a_text_field_keeps_the_keys_that_it_edits_with(window: Window) -> None:
    window.field.setFocus()
    QTest.keyClicks(window.field, "more")
    QTest.keyClick(window.field, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(window.field, Qt.Key.Key_A, CTRL)
    assert window.given == []
    assert window.field.hasSelectedText()


def test_copying_an_action_needs_the_keyboard_on_the_canvas(window: Window) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_D, CTRL)
    window.field.setFocus()
    QTest.keyClick(window.field, Qt.Key.Key_D, CTRL)
    assert window.given == [CommandId.DUPLICATE]


def test_the_lane_answers_its_own_keys(window: Window) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    QTest.keyClick(window.canvas, Qt.Key.Key_F2)
    assert window.given == []


def test_every_command_stands_in_its_menu_with_its_key(window: Window) -> None:
    menus = window.commands.menus(window)
    assert [menu.title() for menu in menus] == [menu.value for menu in Menu]
    actions = [action for menu in menus for action in menu.actions() if not action.isSeparator()]
    assert [action.objectName() for action in actions] == [row.id.value for row in COMMANDS]
    texts = {action.objectName(): action.text() for action in actions}
    assert texts["delete"] == "Delete action\tDel"
    assert texts["run_scenarios"] == "Run all scenarios\tCtrl+Enter"


def test_every_command_stands_in_the_palette(window: Window) -> None:
    rows = window.commands.palette_rows()
    assert [row.key for row in rows] == [row.id.value for row in COMMANDS]
    assert {row.key: row.shortcut for row in rows}["send"] == "Ctrl+Enter"


def test_a_disabled_command_keeps_the_reason_in_its_tooltip(window: Window) -> None:
    window.commands.set_state(CommandId.STOP, False, "No login is running.")
    action = window.commands.action(CommandId.STOP)
    assert not action.isEnabled()
    assert action.toolTip() == "End the login  Shift+F5\nNo login is running."


def test_giving_a_disabled_command_says_why_not(window: Window) -> None:
    refused: list[object] = []
    window.commands.refused.connect(refused.append)
    window.commands.set_state(CommandId.STOP, False, "No login is running.")
    window.commands.trigger(CommandId.STOP)
    assert refused == [Refusal(CommandId.STOP, "No login is running.")]
    assert window.given == []


def test_a_checked_command_changes_only_when_its_owner_says_so(window: Window) -> None:
    action = window.commands.action(CommandId.THEME_DARK)
    action.trigger()
    assert window.given == [CommandId.THEME_DARK]
    assert not action.isChecked()
    window.commands.set_checked(CommandId.THEME_DARK, True)
    assert action.isChecked()


def test_one_of_the_two_arrangements_is_checked_and_stays_so(window: Window) -> None:
    window.commands.set_checked(CommandId.COMPOSE, True)
    window.commands.action(CommandId.COMPOSE).trigger()
    window.commands.action(CommandId.RUN_ARRANGEMENT).trigger()
    assert window.commands.action(CommandId.COMPOSE).isChecked()
    assert not window.commands.action(CommandId.RUN_ARRANGEMENT).isChecked()


def test_away_no_step_can_be_taken_and_it_says_why(window: Window) -> None:
    window.commands.show_controls(controls(Away("my-app.example.com")))
    state = window.commands.state(CommandId.OVER)
    assert (state.enabled, state.reason) == (
        False,
        "Waiting for the browser: only an answer moves the login on.",
    )
    assert window.commands.text(CommandId.PRIMARY) == "Send"


def test_back_to_now_is_for_the_past_only(window: Window) -> None:
    window.commands.show_controls(controls(Idle()))
    assert not window.commands.state(CommandId.BACK_TO_NOW).enabled
    window.commands.show_controls(controls(Past(Idle(), 1, 2)))
    assert window.commands.state(CommandId.BACK_TO_NOW).enabled


def test_recent_flows_are_offered_in_their_menu(window: Window) -> None:
    chosen: list[object] = []
    window.commands.recent_chosen.connect(chosen.append)
    entry = RecentEntry("/flows/one", "Customer login", "flows/one")
    assert not window.commands.state(CommandId.OPEN_RECENT).enabled
    window.commands.show_recent([entry])
    menu = window.commands.action(CommandId.OPEN_RECENT).menu()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    assert chosen == [entry]
