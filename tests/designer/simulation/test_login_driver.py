"""A login that is driven to its end lives on its own clock, also while it is away."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from loginwright_designer.simulation import login_driver
from loginwright_designer.simulation.debug_controller import DebugController, Detachable
from loginwright_designer.simulation.login_driver import LoginDriver
from loginwright_designer.simulation.login_inputs import LoginInputs, ReadSecrets
from loginwright_runtime.simulation import PlaceholderSecrets, SimulationSettings

if TYPE_CHECKING:
    import pytest

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import Away, Scenario
    from loginwright_runtime.tracing import RunRecord


class LateClock:
    """A clock that is half an hour late until it is set."""

    def __init__(self) -> None:
        self.late = 1800.0

    def time(self) -> float:
        """Seconds since the epoch."""
        return time.time() - self.late


async def test_a_reply_is_signed_when_it_is_sent_not_when_the_login_left(
    monkeypatch: pytest.MonkeyPatch, sample_flow: Flow, sample_scenario: Scenario
) -> None:
    clock = LateClock()
    monkeypatch.setattr(login_driver, "time", clock)
    flow = sample_flow.model_copy(update={"actions": sample_flow.actions[2:3]})
    scenario = sample_scenario.model_copy(update={"now": None, "expect": None})
    settings = SimulationSettings(PlaceholderSecrets())
    secrets = await ReadSecrets.of(flow, settings.secrets)
    left = asyncio.Event()

    def went_away(_away: Away, _record: RunRecord) -> None:
        left.set()

    refusals: list[object] = []
    controller = DebugController(Detachable(), "run")
    inputs = LoginInputs(flow, scenario)
    driver = LoginDriver(inputs, settings, secrets, controller, went_away, refusals.append)
    running = asyncio.create_task(driver.to_the_end())
    await left.wait()
    clock.late = 0.0
    assert driver.answer(scenario.resume[0])
    outcome = await running
    assert (outcome.status, refusals) == ("allowed", [])
