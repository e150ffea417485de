"""The difference is shown in rows, and only what is ticked is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loginwright_designer.controls.buttons import Button
from loginwright_designer.panels.scenarios.difference import DifferenceView
from loginwright_designer.panels.scenarios.wishes import KeepWish, RunWish, ScenarioWish
from loginwright_designer.simulation.scenario_difference import (
    DifferenceReport,
    NoReport,
    difference_report,
    no_report,
)
from loginwright_runtime.errors import Problem
from loginwright_runtime.simulation import ScenarioFile

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme
    from scenario_samples import RunSample

SATURDAY = "scenarios/on-a-saturday.json"


@pytest.fixture
def report(run_sample: RunSample) -> DifferenceReport:
    entry = run_sample.file("on-a-saturday")
    assert entry.scenario is not None
    run = run_sample.runs[SATURDAY]
    return difference_report(SATURDAY, entry.scenario, run, run_sample.flow, run_sample.facts)


@pytest.fixture
def view(theme: Theme, qtbot: QtBot, report: DifferenceReport) -> DifferenceView:
    shown = DifferenceView(theme)
    qtbot.addWidget(shown)
    shown.show_report(report)
    shown.resize(336, 700)
    shown.show()
    return shown


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]  # a widget


def test_rows_say_what_was_expected_and_what_came(view: DifferenceView) -> None:
    assert view.rows[0].spoken == "status: expected allowed, came denied"
    assert view.rows[0].accessibleName() == view.rows[0].spoken


def test_keep_shows_ticks_and_then_keeps_what_is_ticked(view: DifferenceView, qtbot: QtBot) -> None:
    click(view.keep_button)
    assert view.is_choosing
    assert all(row.tick.isVisible() for row in view.rows)
    assert view.keep_button.text() == "Keep what is ticked"
    for row in view.rows[1:]:
        row.tick.setChecked(False)
    with qtbot.waitSignal(view.kept) as told:
        click(view.keep_button)
    assert told.args == [KeepWish(SATURDAY, ("$.status",))]
    assert not view.is_choosing


def test_nothing_ticked_cannot_be_kept_and_cancel_keeps_nothing(view: DifferenceView) -> None:
    view.choose_what_to_keep()
    for row in view.rows:
        row.tick.setChecked(False)
    assert not view.keep_button.isEnabled()
    click(view.cancel_button)
    assert not view.is_choosing
    assert not view.rows[0].tick.isVisible()


def test_a_stale_difference_is_called_stale_and_cannot_be_kept(
    view: DifferenceView, report: DifferenceReport
) -> None:
    view.show_report(replace(report, is_stale=True))
    assert not view.keep_button.isEnabled()
    assert "run it again" in view.keep_button.toolTip()
    view.choose_what_to_keep()
    assert not view.is_choosing


def test_the_run_can_be_opened(view: DifferenceView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.run_opened) as told:
        click(view.open_button)
    assert told.args == [ScenarioWish(SATURDAY)]


def test_without_a_scenario_the_view_says_so(view: DifferenceView) -> None:
    view.show_report(None)
    assert not view.keep_button.isVisible()
    assert view.rows == ()


def test_a_scenario_that_has_not_run_offers_to(view: DifferenceView, qtbot: QtBot) -> None:
    view.show_report(NoReport(SATURDAY, "On a Saturday has not run yet", "Run it.", readable=True))
    with qtbot.waitSignal(view.run_requested) as told:
        click(button_of(view, "Run it"))
    assert told.args == [RunWish((SATURDAY,))]


def test_a_scenario_that_cannot_be_read_says_where_and_opens(
    view: DifferenceView, qtbot: QtBot
) -> None:
    problem = Problem(
        "invalid-json", "error", "This is not JSON.", "Correct it.", "scenarios/cut.json", 2
    )
    entry = ScenarioFile("scenarios/cut.json", None, (problem,), b"{")
    report = no_report(entry)
    assert (report.title, report.text) == (
        "cut cannot be read",
        "Line 2: This is not JSON. Correct it.",
    )
    view.show_report(report)
    with qtbot.waitSignal(view.scenario_opened) as told:
        click(button_of(view, "Correct it…"))
    assert told.args == [ScenarioWish("scenarios/cut.json")]


def button_of(view: DifferenceView, text: str) -> Button:
    """The visible button with these words."""
    (found,) = [one for one in view.findChildren(Button) if one.isVisible() and one.text() == text]
    return found
