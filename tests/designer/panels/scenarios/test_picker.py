"""The picker shows which login Run takes, and lists the others with their last outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.panels.scenarios.picker import ScenarioPicker
from loginwright_designer.panels.scenarios.wishes import PresetWish, ScenarioWish
from loginwright_designer.simulation.scenario_results import (
    Ending,
    ScenarioResult,
    ScenarioState,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme
    from scenario_samples import RunSample

FIRST = "scenarios/first-login.json"
SATURDAY = "scenarios/on-a-saturday.json"


@pytest.fixture
def picker(theme: Theme, qtbot: QtBot, run_sample: RunSample) -> ScenarioPicker:
    shown = ScenarioPicker(theme)
    qtbot.addWidget(shown)
    shown.show_scenarios(run_sample.results, FIRST)
    shown.show()
    return shown


def test_the_control_says_which_login_runs(picker: ScenarioPicker) -> None:
    assert picker.shown_name == "First login"
    assert picker.accessibleName() == "Scenario: First login"
    assert picker.accessibleDescription() == "As expected · Allowed, 2 claims, 1 key"
    assert picker.sizeHint().width() >= 152


def test_another_one_is_chosen_from_the_menu(picker: ScenarioPicker, qtbot: QtBot) -> None:
    picker.fill()
    actions = {action.data(): action for action in picker.list_menu.actions() if action.data()}
    assert "Differs" in actions[SATURDAY].text()
    assert "\tchosen · As expected" in actions[FIRST].text()
    with qtbot.waitSignal(picker.chosen) as told:
        actions[SATURDAY].trigger()
    assert told.args == [ScenarioWish(SATURDAY)]


def test_a_name_of_sixty_letters_is_whole_in_the_menu_and_longer_ones_in_their_tooltip(
    picker: ScenarioPicker, run_sample: RunSample
) -> None:
    sixty = "A customer from far away with a name that nobody could shorten"
    longer = f"{sixty}, and who logs in once more with {sixty.lower()}"
    first, second, *rest = run_sample.results
    renamed = (replace(first, name=sixty), replace(second, name=longer), *rest)
    picker.show_scenarios(renamed, first.file)
    picker.fill()
    actions = {action.data(): action for action in picker.list_menu.actions() if action.data()}
    assert actions[first.file].text().partition("\t")[0] == sixty
    assert "…" in actions[second.file].text()
    assert actions[second.file].toolTip().startswith(f"{longer}\n")
    width = picker.fontMetrics().horizontalAdvance(sixty)
    assert width < picker.list_menu.sizeHint().width() < 1000
    assert picker.toolTip().startswith(sixty)


def test_all_and_the_presets_follow_the_scenarios(picker: ScenarioPicker, qtbot: QtBot) -> None:
    picker.fill()
    *_, everything, presets = picker.list_menu.actions()
    assert everything.text() == "All scenarios\t5"
    with qtbot.waitSignal(picker.all_requested):
        everything.trigger()
    assert presets.text() == "New from preset…"
    picker.preset_menu.aboutToShow.emit()
    with qtbot.waitSignal(picker.preset_chosen) as told:
        picker.preset_menu.actions()[0].trigger()
    assert told.args == [PresetWish("first-login")]


def test_without_a_scenario_the_default_login_runs(picker: ScenarioPicker) -> None:
    picker.show_scenarios((), None)
    assert picker.shown_name == "Default login"


def test_of_many_only_those_that_need_a_look_and_the_chosen_one_are_listed(
    picker: ScenarioPicker,
) -> None:
    many = [
        ScenarioResult(
            f"{number}", f"Login {number}", ScenarioState.AS_EXPECTED, "Allowed", Ending.ALLOWED
        )
        for number in range(100)
    ]
    differs = ScenarioResult("d", "Differs", ScenarioState.DIFFERS, "Denied", Ending.DENIED)
    picker.show_scenarios((*many, differs), "99")
    picker.fill()
    files = [action.data() for action in picker.list_menu.actions() if action.data()]
    assert files[:2] == ["99", "d"]
    assert len(files) == 21


def test_a_long_name_is_elided_and_whole_in_the_tooltip(picker: ScenarioPicker) -> None:
    name = "A login with a name of more than sixty characters, for the sake of room"
    result = ScenarioResult("x", name, ScenarioState.NOT_RUN)
    picker.show_scenarios((result,), "x")
    assert picker.sizeHint().width() == 240
    assert name in picker.toolTip()
