"""A login that is driven to its end lives on its own clock, also while it is away."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from loginwright_designer.simulation import login_driver
from loginwright_designer.simulation.debug_controller import DebugController, Detachable, Move
from loginwright_designer.simulation.login_driver import LoginDriver
from loginwright_designer.simulation.login_inputs import LoginInputs, ReadSecrets
from loginwright_runtime.simulation import FactorReply, PlaceholderSecrets, SimulationSettings

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


class Driven:
    """A login that is answered by hand, and where it was away."""

    def __init__(self, inputs: LoginInputs, secrets: ReadSecrets) -> None:
        self.left: asyncio.Queue[str] = asyncio.Queue()
        self.refusals: list[object] = []
        settings = SimulationSettings(PlaceholderSecrets())
        controller = DebugController(Detachable(), Move())
        self.driver = LoginDriver(
            inputs, settings, secrets, controller, self._went_away, self.refusals.append
        )

    def _went_away(self, away: Away, _record: RunRecord) -> None:
        self.left.put_nowait(away.suspension.kind)


async def driven(flow: Flow, scenario: Scenario) -> Driven:
    """A login that can be begun."""
    secrets = await ReadSecrets.of(flow, PlaceholderSecrets())
    return Driven(LoginInputs(flow, scenario), secrets)


async def test_a_reply_is_signed_when_it_is_sent_not_when_the_login_left(
    monkeypatch: pytest.MonkeyPatch, sample_flow: Flow, sample_scenario: Scenario
) -> None:
    clock = LateClock()
    monkeypatch.setattr(login_driver, "time", clock)
    flow = sample_flow.model_copy(update={"actions": sample_flow.actions[2:3]})
    scenario = sample_scenario.model_copy(update={"now": None, "expect": None})
    login = await driven(flow, scenario)
    running = asyncio.create_task(login.driver.to_the_end())
    await login.left.get()
    clock.late = 0.0
    assert login.driver.answer(scenario.resume[0])
    outcome = await running
    assert (outcome.status, login.refusals) == ("allowed", [])


async def test_mfa_at_the_end_does_not_take_the_place_of_the_redirect_that_is_kept(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    event = {"request": {"geoip": {"continentCode": "NA", "countryCode": "US"}}}
    scenario = sample_scenario.model_copy(update={"event": event, "expect": None})
    login = await driven(sample_flow, scenario)
    running = asyncio.create_task(login.driver.to_the_end())
    assert await login.left.get() == "redirect"
    login.driver.answer(scenario.resume[0])
    assert await login.left.get() == "challenge"
    kept = login.driver.kept
    assert kept is not None
    assert kept.away.suspension.kind == "redirect"
    login.driver.answer(FactorReply(factor="otp", passed=True))
    assert (await running).status == "allowed"
    assert login.driver.kept is kept
