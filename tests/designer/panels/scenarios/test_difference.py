"""The difference is shown in rows, and only what is ticked is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loginwright_designer.panels.scenarios.difference import DifferenceView
from loginwright_designer.panels.scenarios.wishes import KeepWish, ScenarioWish
from loginwright_designer.simulation.scenario_difference import (
    DifferenceReport,
    difference_report,
)

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
