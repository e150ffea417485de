"""What the inspector says of the scenarios that reach an action, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation.scenario_results import ScenarioState
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver
    from loginwright_designer.document.action_summary import ScenarioReach
    from loginwright_designer.simulation.scenario_runs import ResultsChange


def test_reach_is_told_when_the_scenarios_are_over(start: Callable[..., Driver]) -> None:
    desk = start()
    runs, inspector = desk.flow.scenarios.runs, desk.views.inspector
    action = desk.flow.session.document.draft.flow.actions[0]
    desk.views.lane.select(action.id)
    ended: list[object] = []
    meanwhile: list[ScenarioReach | None] = []
    runs.run_finished.connect(ended.append)

    def look(change: ResultsChange) -> None:
        assert inspector.action.shown is not None
        if any(result.state is ScenarioState.RUNNING for result in change.results):
            meanwhile.append(inspector.action.shown.reach)

    runs.results_changed.connect(look)
    desk.flow.scenarios.run_all()
    desk.until(lambda: bool(ended))
    assert set(meanwhile) == {None}
    assert inspector.action.shown is not None
    reach = inspector.action.shown.reach
    assert reach is not None
    assert reach.total == len(desk.flow.session.document.draft.scenarios)


def test_what_says_that_coverage_is_measured_goes_when_it_is_told(
    start: Callable[..., Driver],
) -> None:
    desk = start()
    toasts = desk.window.toasts
    given(desk, CommandId.MEASURE_COVERAGE)
    assert toasts.texts == ("Running every scenario, line by line…",)

    desk.until(lambda: not desk.flow.coverage.runs.is_running)
    desk.turn()

    assert [text.endswith("lines are reached by the scenarios.") for text in toasts.texts] == [True]
