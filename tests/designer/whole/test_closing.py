"""The window is closed while scenarios run: nothing is logged, and nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from guards import child_processes
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation.scenario_results import ScenarioState
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver

STAGES: Final[dict[str, Callable[[Driver], bool]]] = {
    "just asked": lambda _: True,
    "workers starting": lambda _: bool(child_processes()),
    "one running": lambda desk: any(
        result.state is ScenarioState.RUNNING for result in desk.flow.scenarios.runs.results
    ),
    "results arriving": lambda desk: any(
        result.has_run for result in desk.flow.scenarios.runs.results
    ),
    "all done": lambda desk: not desk.flow.scenarios.runs.is_running,
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("before", ["nothing", "cancelled", "asked again", "measured"])
def test_closing_while_scenarios_run_leaves_nothing(
    start: Callable[..., Driver], stage: str, before: str
) -> None:
    desk = start()
    if before == "measured":
        given(desk, CommandId.MEASURE_COVERAGE)
    flow = desk.flow
    flow.scenarios.run_all()
    if stage != "just asked":
        desk.until(lambda: STAGES[stage](desk))
    if before == "cancelled":
        desk.inside(flow.scenarios.runs.cancel)
    if before == "asked again":
        desk.inside(flow.scenarios.run_all)
    desk.close()
    assert not flow.scenarios.runs.is_running
    assert not flow.coverage.runs.is_running
    assert not child_processes()
