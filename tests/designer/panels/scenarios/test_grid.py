"""The grid shows what needs a look first, and every key says what is wished."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loginwright_designer.panels.scenarios.grid import ScenarioGrid
from loginwright_designer.panels.scenarios.grid_model import Column
from loginwright_designer.panels.scenarios.grid_table import shared_widths
from loginwright_designer.panels.scenarios.wishes import PresetWish, RunWish, ScenarioWish
from loginwright_designer.simulation.scenario_results import (
    Ending,
    ScenarioResult,
    ScenarioState,
)
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme
    from scenario_samples import RunSample

SATURDAY = "scenarios/on-a-saturday.json"
FIRST = "scenarios/first-login.json"


@pytest.fixture
def grid(theme: Theme, qtbot: QtBot, run_sample: RunSample) -> ScenarioGrid:
    view = ScenarioGrid(theme)
    qtbot.addWidget(view)
    view.show_actions(run_sample.actions)
    view.show_results(run_sample.results)
    view.resize(1056, 700)
    view.show()
    return view


def test_what_differs_stands_first_with_its_words(grid: ScenarioGrid) -> None:
    first = grid.texts[0]
    assert first[:3] == ("Differs", "On a Saturday", "Denied by Block weekends, line 16")
    assert first[3:7] == ("denied", "not reached", "not reached", "not reached")
    assert first[7] == "allowed → denied"
    assert first[8].endswith(" ms")
    assert grid.counts.text == "1 differs   4 as expected"
    away = next(row for row in grid.texts if row[1] == "First login")
    assert away[5] == "away, set something"


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "run_opened"),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "difference_shown"),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "keep_requested"),
    ],
)
def test_keys_of_a_row(
    grid: ScenarioGrid,
    qtbot: QtBot,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    signal: str,
) -> None:
    grid.select(FIRST)
    with qtbot.waitSignal(getattr(grid, signal)) as told:
        QTest.keyClick(grid.table, key, modifier)
    assert told.args == [ScenarioWish(FIRST)]


def test_ctrl_enter_and_the_button_run_all_of_them(grid: ScenarioGrid, qtbot: QtBot) -> None:
    wishes: list[RunWish] = []
    grid.run_requested.connect(wishes.append)
    QTest.keyClick(grid.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(grid.run_button, Qt.MouseButton.LeftButton)
    assert wishes == [RunWish(), RunWish()]


def test_the_menu_of_a_row_runs_one_again_and_edits_it(grid: ScenarioGrid, qtbot: QtBot) -> None:
    grid.select(FIRST)
    menu = grid.row_menu()
    actions = {action.text().partition("\t")[0]: action for action in menu.actions()}
    with qtbot.waitSignal(grid.run_requested) as told:
        actions["Run this one again"].trigger()
    assert told.args == [RunWish((FIRST,))]
    with qtbot.waitSignal(grid.scenario_opened) as opened:
        actions["Edit scenario"].trigger()
    assert opened.args == [ScenarioWish(FIRST)]


def test_the_filter_narrows_the_rows_and_keeps_the_current_one(grid: ScenarioGrid) -> None:
    grid.select(FIRST)
    QTest.keyClicks(grid.filter, "first")
    assert [row[1] for row in grid.texts] == ["First login"]
    assert grid.current_file == FIRST
    grid.filter.setText("denied")
    assert [row[1] for row in grid.texts] == ["On a Saturday"]
    grid.filter.clear()
    assert len(grid.texts) == 5


def test_rows_keep_their_place_while_scenarios_run_and_the_current_one_stays(
    grid: ScenarioGrid, run_sample: RunSample
) -> None:
    grid.select(SATURDAY)
    before = [row[1] for row in grid.texts]
    running = [
        replace(result, state=ScenarioState.RUNNING) if result.file == FIRST else result
        for result in run_sample.results
    ]
    grid.show_results(running)
    assert [row[1] for row in grid.texts] == before
    fixed = [
        replace(result, state=ScenarioState.AS_EXPECTED)
        if result.file == SATURDAY
        else replace(result, state=ScenarioState.DIFFERS)
        for result in run_sample.results
    ]
    grid.show_results(fixed)
    assert grid.texts[-1][1] == "On a Saturday"
    assert grid.current_file == SATURDAY


def test_a_preset_is_chosen_from_new(grid: ScenarioGrid, qtbot: QtBot) -> None:
    menu = grid.new_button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    silent = next(action for action in menu.actions() if action.data() == "silent")
    assert silent.toolTip() == "Silent login: redirects cannot happen."
    with qtbot.waitSignal(grid.new_requested) as told:
        silent.trigger()
    assert told.args == [PresetWish("silent")]


def test_without_scenarios_there_is_one_sentence_and_one_button(
    grid: ScenarioGrid, qtbot: QtBot
) -> None:
    grid.show_results(())
    assert grid.empty.isVisible()
    assert not grid.table.isVisible()
    assert not grid.run_button.isEnabled()


def test_every_cell_has_words_for_who_cannot_see_it(grid: ScenarioGrid) -> None:
    table = QAccessible.queryAccessibleInterface(grid.table)
    assert table.text(QAccessible.Text.Name) == "Scenarios"
    cells = [table.child(number) for number in range(table.childCount())]
    names = [cell.text(QAccessible.Text.Name) for cell in cells if cell is not None]
    pairs = [(cell.role(), name) for cell, name in zip(cells, names, strict=True)]
    corner = QAccessible.Role.Pane  # of the two headers; nothing can get there
    nameless = [role for role, name in pairs if not name.strip() and role != corner]
    assert nameless == []
    whole = "On a Saturday, Differs, Denied by Block weekends, line 16, allowed → denied"
    assert whole in names
    assert "3 Ask favourite colour: away, set something" in names


def test_five_hundred_rows_are_shown_without_a_widget_each(grid: ScenarioGrid) -> None:
    many = tuple(
        ScenarioResult(
            f"scenarios/{number}.json",
            f"Login {number}",
            ScenarioState.AS_EXPECTED,
            "Allowed",
            Ending.ALLOWED,
        )
        for number in range(500)
    )
    before = len(grid.findChildren(object))  # type: ignore[type-var]  # any child counts
    grid.show_results(many)
    assert len(grid.texts) == 500
    assert len(grid.findChildren(object)) == before  # type: ignore[type-var]  # likewise


def test_columns_share_what_room_there_is() -> None:
    assert shared_widths(600, (100, 100, 100), (200, 100, 100)) == (266, 166, 166)
    assert shared_widths(350, (100, 100, 100), (200, 200, 100)) == (125, 125, 100)
    assert shared_widths(100, (100, 100, 100), (200, 200, 100)) == (100, 100, 100)


def test_names_are_read_whole_where_a_flow_has_so_many_actions_that_the_grid_is_scrolled(
    grid: ScenarioGrid, run_sample: RunSample, theme: Theme
) -> None:
    few = run_sample.actions
    many = tuple(replace(few[n % 4], action_id=f"a{n}", number=n + 1) for n in range(20))
    grid.show_actions(many)
    QApplication.processEvents()
    assert grid.table.horizontalScrollBar().maximum() > 0
    widest = max(
        theme.fonts.metrics(TextStyle.BODY).horizontalAdvance(result.name)
        for result in run_sample.results
    )
    assert grid.table.columnWidth(Column.NAME) > widest
    grid.resize(560, 700)
    QApplication.processEvents()
    assert grid.table.columnWidth(Column.NAME) <= grid.table.viewport().width() // 3


def test_a_low_page_gives_the_room_of_the_legend_to_the_rows(
    grid: ScenarioGrid, qtbot: QtBot
) -> None:
    grid.resize(1056, 300)
    qtbot.waitUntil(lambda: grid.table.height() > 180)
    grid.resize(1056, 700)
    qtbot.waitUntil(lambda: grid.table.geometry().bottom() < 640)


def test_a_column_grows_with_its_words_and_with_the_zoom(
    grid: ScenarioGrid, theme: Theme, run_sample: RunSample
) -> None:
    before = grid.table.columnWidth(Column.ENDS_AS)
    long = "Denied by an action with a name that goes on and on and on and on, line 160"
    grid.show_results([replace(result, ends_as=long) for result in run_sample.results])
    grown = grid.table.columnWidth(Column.ENDS_AS)
    assert grown > before
    grid.show_results(run_sample.results)
    assert grid.table.columnWidth(Column.ENDS_AS) == before
    state = grid.table.columnWidth(Column.STATE)
    theme.choose_zoom(150)
    assert grid.table.columnWidth(Column.STATE) == pytest.approx(state * 1.5, rel=0.1)


@pytest.mark.parametrize(("width", "beside"), [(1056, True), (640, False)])
def test_how_scenarios_stand_is_said_in_one_line(
    grid: ScenarioGrid, theme: Theme, styled: Callable[[Theme], None], width: int, *, beside: bool
) -> None:
    for zoom in (100, 150, 200):
        theme.choose_zoom(zoom)
        styled(theme)
        grid.resize(theme.px(width), theme.px(700))
        QApplication.processEvents()
        assert grid.counts.width() >= grid.counts.sizeHint().width()
        assert grid.counts.height() == grid.counts.sizeHint().height()
        assert (grid.counts.y() < grid.filter.geometry().bottom()) is beside
        if beside:  # as far from the filter as phrases are from each other
            assert grid.counts.x() - grid.filter.geometry().right() >= theme.px(24)
