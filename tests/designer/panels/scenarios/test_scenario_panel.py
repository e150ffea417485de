"""The side panel lists scenarios with their last outcome, and wishes what is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from loginwright_designer.panels.scenarios.scenario_panel import ScenariosPanel
from loginwright_designer.panels.scenarios.wishes import (
    ImportWish,
    PresetWish,
    RenameWish,
    ScenarioWish,
)
from loginwright_designer.simulation.scenario_results import ScenarioState

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme
    from scenario_samples import RunSample

FIRST = "scenarios/first-login.json"
SATURDAY = "scenarios/on-a-saturday.json"


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot, run_sample: RunSample) -> ScenariosPanel:
    shown = ScenariosPanel(theme)
    qtbot.addWidget(shown)
    shown.show_results(run_sample.results, FIRST)
    shown.resize(240, 500)
    shown.show()
    return shown


def spoken(panel: ScenariosPanel) -> list[str]:
    root = QAccessible.queryAccessibleInterface(panel.list)
    items = [root.child(number) for number in range(root.childCount())]
    return [item.text(QAccessible.Text.Name) for item in items if item is not None]


def test_each_scenario_is_said_with_its_last_outcome(panel: ScenariosPanel) -> None:
    said = spoken(panel)
    assert said[0] == "First login, As expected · Allowed, 2 claims, 1 key, chosen"
    assert "On a Saturday, Differs · Denied by Block weekends, line 16" in said
    assert panel.current_file == FIRST


def test_only_what_changed_is_shown_anew(panel: ScenariosPanel, run_sample: RunSample) -> None:
    told: list[tuple[int, int]] = []
    rows = panel.list.rows
    rows.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    panel.show_results(run_sample.results, FIRST)
    assert told == []
    stale = [
        replace(result, state=ScenarioState.STALE) if result.file == SATURDAY else result
        for result in run_sample.results
    ]
    panel.show_results(stale, FIRST)
    place = rows.index_of(SATURDAY).row()
    assert told == [(place, place)]
    panel.show_results(stale, SATURDAY)
    places = sorted((rows.index_of(FIRST).row(), place))
    assert told[1:] == [(places[0], places[1])]


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "chosen"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "delete_requested"),
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier, "duplicate_requested"),
    ],
)
def test_keys_of_the_list(
    panel: ScenariosPanel,
    qtbot: QtBot,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    signal: str,
) -> None:
    panel.select(SATURDAY)
    with qtbot.waitSignal(getattr(panel, signal)) as told:
        QTest.keyClick(panel.list, key, modifier)
    assert told.args == [ScenarioWish(SATURDAY)]


def test_f2_asks_for_another_name_and_changes_nothing_itself(
    panel: ScenariosPanel, qtbot: QtBot
) -> None:
    panel.select(SATURDAY)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    field = panel.list.findChild(QLineEdit)
    assert field is not None
    field.setText("On a Sunday")
    with qtbot.waitSignal(panel.rename_requested) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [RenameWish(SATURDAY, "On a Sunday")]
    assert "On a Saturday" in spoken(panel)[2]


def test_all_opens_the_grid_and_new_offers_presets(panel: ScenariosPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.all_requested):
        QTest.mouseClick(panel.all_button, Qt.MouseButton.LeftButton)
    menu = panel.new_button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    us = next(action for action in menu.actions() if action.data() == "another-country")
    assert us.text().startswith("From another country (US)")
    with qtbot.waitSignal(panel.new_requested) as told:
        us.trigger()
    assert told.args == [PresetWish("another-country")]


def test_a_file_can_be_imported(panel: ScenariosPanel, qtbot: QtBot, tmp_path: Path) -> None:
    panel.ask_for_file()
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(panel.import_requested) as told:
        dialog.fileSelected.emit(str(tmp_path / "x.json"))
    dialog.close()
    assert told.args == [ImportWish(tmp_path / "x.json")]


def test_without_scenarios_the_panel_offers_one(panel: ScenariosPanel) -> None:
    panel.show_results((), None)
    assert panel.empty.isVisible()
    assert panel.current_file is None
    assert not panel.all_button.isEnabled()
