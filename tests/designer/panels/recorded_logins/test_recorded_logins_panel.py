"""The panel lists logins that ended, and says what somebody wishes for one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loginwright_designer.panels.recorded_logins.login_wish import LoginWish
from loginwright_designer.panels.recorded_logins.recorded_logins_panel import RecordedLoginsPanel
from loginwright_designer.simulation.outcome_words import OutcomeState
from loginwright_designer.simulation.recorded_rows import RecordedRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme

ALLOWED = RecordedRow(
    "b", OutcomeState.ALLOWED, "Allowed", "First login", "10:42", "2 legs, 17 steps"
)
DENIED = RecordedRow(
    "a", OutcomeState.DENIED, "Denied by Block weekends", "On a Saturday", "10:40", "1 leg, 3 steps"
)


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot) -> RecordedLoginsPanel:
    shown = RecordedLoginsPanel(theme)
    qtbot.addWidget(shown)
    shown.resize(240, 600)
    shown.show()
    shown.show_logins((ALLOWED, DENIED))
    shown.list.setFocus()
    return shown


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def spoken(panel: RecordedLoginsPanel) -> list[object]:
    rows = panel.list.rows
    return [
        rows.data(rows.index(number), Qt.ItemDataRole.AccessibleTextRole)
        for number in range(rows.rowCount())
    ]


def test_every_row_says_how_which_and_when(panel: RecordedLoginsPanel) -> None:
    assert spoken(panel) == [
        "Allowed, First login, 10:42, 2 legs, 17 steps",
        "Denied by Block weekends, On a Saturday, 10:40, 1 leg, 3 steps",
    ]
    assert panel.list.accessibleName() == "Recorded logins"


def test_without_logins_one_can_be_run(panel: RecordedLoginsPanel, qtbot: QtBot) -> None:
    panel.show_logins(())
    assert panel.empty.isVisible()
    assert not panel.open_button.isVisible()
    assert panel.trace_button.isVisible()
    button = panel.empty.button
    assert button is not None
    assert (button.text(), button.shortcut_text) == ("Run", "F5")
    assert button.hasFocus()
    with qtbot.waitSignal(panel.run_requested):
        click(button)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_current_login(
    panel: RecordedLoginsPanel, qtbot: QtBot, key: Qt.Key
) -> None:
    with qtbot.waitSignal(panel.opened) as told:
        QTest.keyClick(panel.list, key)
    assert told.args == [LoginWish("b")]


def test_arrows_choose_and_delete_deletes(panel: RecordedLoginsPanel, qtbot: QtBot) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.deleted) as told:
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert told.args == [LoginWish("a")]


def test_a_double_click_opens(panel: RecordedLoginsPanel, qtbot: QtBot) -> None:
    place = panel.list.visualRect(panel.list.rows.index(1)).center()
    viewport = panel.list.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(panel.opened) as told:
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [LoginWish("a")]


def test_buttons_open_save_and_ask_for_a_trace(panel: RecordedLoginsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.opened):
        click(panel.open_button)
    with qtbot.waitSignal(panel.saved) as told:
        click(panel.save_button)
    assert told.args == [LoginWish("b")]
    with qtbot.waitSignal(panel.trace_requested):
        click(panel.trace_button)


def test_the_menu_holds_the_rest(panel: RecordedLoginsPanel, qtbot: QtBot) -> None:
    actions = {action.text().partition("\t")[0]: action for action in panel.row_menu().actions()}
    assert [text for text in actions if text] == [
        "Open",
        "Save as scenario",
        "Keep on this computer, redacted",
        "Delete",
        "Delete all",
    ]
    with qtbot.waitSignal(panel.kept) as told:
        actions["Keep on this computer, redacted"].trigger()
    assert told.args == [LoginWish("b")]
    with qtbot.waitSignal(panel.all_deleted):
        actions["Delete all"].trigger()


def test_what_is_kept_is_not_kept_again(panel: RecordedLoginsPanel) -> None:
    panel.show_logins((replace(ALLOWED, kept=True), DENIED))
    keep = next(one for one in panel.row_menu().actions() if one.text().startswith("Keep"))
    assert not keep.isEnabled()


def test_a_new_login_leaves_the_current_one_current(panel: RecordedLoginsPanel) -> None:
    newer = replace(ALLOWED, key="c")
    panel.show_logins((newer, ALLOWED, DENIED))
    assert panel.current_key == "b"


def test_after_a_delete_the_next_one_is_current(panel: RecordedLoginsPanel) -> None:
    panel.show_logins((DENIED,))
    assert panel.current_key == "a"
    panel.show_logins(())
    assert panel.current_key is None
