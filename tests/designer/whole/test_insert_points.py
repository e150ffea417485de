"""Actions are put where the insert point is that was pressed, not behind the selected card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from loginwright_designer.main_window.arrangement import Pane
from menu_choices import choose_from_open_menu

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

FIRST = "Block weekends"
HANDLER = "// Ask for consent\nexports.onExecutePostLogin = async () => {};\n"


def names(desk: Driver) -> list[str]:
    return [action.name for action in desk.flow.session.document.draft.flow.actions]


def press_insert_point(desk: Driver, gap: int) -> None:
    lane = desk.views.lane
    point = QPoint(lane.viewport().width() // 2, round(lane.gap_height(gap)))
    QTest.mouseMove(lane.viewport(), point)
    desk.click(lane.viewport(), point)
    assert isinstance(QApplication.activePopupWidget(), QMenu)


def add_from_library(desk: Driver, template: str) -> None:
    count = len(names(desk))
    desk.views.library.select(template)
    desk.views.library.list.setFocus()
    desk.press("Return")
    desk.until(lambda: len(names(desk)) == count + 1)


@pytest.mark.parametrize("gap", [0, 2, 4])
def test_a_blank_action_goes_where_the_point_is(start: Callable[..., Driver], gap: int) -> None:
    desk = start()
    press_insert_point(desk, gap)
    choose_from_open_menu(desk, "Add Python action")
    assert names(desk)[gap] == "New action"
    assert len(names(desk)) == 5


def test_insert_asks_behind_the_card_that_the_keyboard_is_on(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.views.lane.setFocus()
    desk.press("Home")
    desk.press("Ins")
    choose_from_open_menu(desk, "Add JavaScript action")
    assert names(desk)[:2] == [FIRST, "New action"]


def test_code_on_the_clipboard_is_pasted_there(start: Callable[..., Driver]) -> None:
    desk = start()
    QGuiApplication.clipboard().setText(HANDLER)
    press_insert_point(desk, 0)
    choose_from_open_menu(desk, "Paste")
    desk.until(lambda: len(names(desk)) == 5)
    assert names(desk)[:2] == ["Ask for consent", FIRST]


def test_files_of_code_go_there(start: Callable[..., Driver], tmp_path: Path) -> None:
    desk = start()
    file = tmp_path / "consent.js"
    file.write_text(HANDLER, encoding="utf-8")
    desk.flow.library.choose_files = lambda: (file,)
    press_insert_point(desk, 1)
    choose_from_open_menu(desk, "Import code")
    desk.until(lambda: len(names(desk)) == 5)
    assert names(desk)[:2] == [FIRST, "Consent"]


def test_a_template_goes_there_until_another_card_is_selected(start: Callable[..., Driver]) -> None:
    desk = start()
    press_insert_point(desk, 0)
    choose_from_open_menu(desk, "Library")
    assert desk.window.memory.shown(Pane.SIDE) == "library"
    add_from_library(desk, "allow-list")
    assert names(desk)[1] == FIRST
    desk.views.lane.select(desk.flow.session.document.draft.flow.actions[1].id)
    add_from_library(desk, "step-up")
    assert names(desk)[1] == FIRST
