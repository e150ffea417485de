"""The sample's first login while it is away, for tests of the redirect desk's views."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_designer.simulation.debug_controller import DebugController, Detachable, Move
from loginwright_designer.simulation.desk import Answer, Desk, default_answer
from loginwright_designer.simulation.desk_words import DeskClock, not_run_again
from loginwright_designer.simulation.drills import Drill, DrillBench, DrillResult
from loginwright_designer.simulation.login_driver import LoginDriver
from loginwright_designer.simulation.login_inputs import LoginInputs, ReadSecrets
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    RedirectReply,
    SimulationSettings,
    find_scenario,
    list_scenarios,
)
from loginwright_runtime.validation.analysis import analyse_sources
from patience import PATIENCE

if TYPE_CHECKING:
    from loginwright_runtime.simulation import Away
    from loginwright_runtime.tracing import RunRecord

SAMPLE = "customer-login"


@dataclass(frozen=True)
class DeskSample:
    """A login that is away, its desk, and every drill's result."""

    desk: Desk
    answer: Answer
    not_again: tuple[str, ...]
    drills: tuple[DrillResult, ...]

    @property
    def fixed_clock(self) -> DeskClock:
        """What its clock says; the sample's stands still."""
        now = self.desk.away.now
        return DeskClock.of(self.desk.away, is_fixed=True, now=now, left_at=now)

    @property
    def sent_token(self) -> str:
        """The token that went out."""
        parameter = self.desk.sent.token
        assert parameter is not None
        return parameter.value

    def drilled(self, drill: Drill) -> DrillResult:
        """What came of one drill."""
        return next(result for result in self.drills if result.drill is drill)


def away_sample() -> DeskSample:
    """Run the sample until it is away, and all drills on copies of it."""
    return asyncio.run(_away_sample())


async def _away_sample() -> DeskSample:
    flow = read_flow_folder(sample(SAMPLE))
    entry = find_scenario(list_scenarios(sample(SAMPLE)), "First login")
    assert entry is not None
    assert entry.scenario is not None
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    secrets = await ReadSecrets.of(flow, settings.secrets)
    left: asyncio.Future[tuple[Away, RunRecord]] = asyncio.get_running_loop().create_future()
    driver = LoginDriver(
        LoginInputs(flow, entry.scenario),
        settings,
        secrets,
        DebugController(Detachable(), Move()),
        lambda away, record: left.set_result((away, record)),
        lambda _refused: None,
    )
    login = asyncio.create_task(driver.to_the_end())
    away, record = await asyncio.wait_for(left, PATIENCE)
    assert driver.kept is not None
    bench = DrillBench(driver.inputs, settings, secrets, driver.kept.stores_copied(), away)
    login.cancel()
    with suppress(asyncio.CancelledError):
        await login
    facts = analyse_sources(flow)["actions/ask-favourite-colour.js"]
    desk = Desk.of(away, record, facts)
    reply = entry.scenario.resume[0]
    assert isinstance(reply, RedirectReply)
    answer = default_answer(desk, reply)
    names = {action.id: action.name for action in flow.actions}
    not_again = not_run_again(record, names, away.suspension.action)
    results = [await bench.run(drill, answer, desk) for drill in Drill]
    return DeskSample(desk, answer, not_again, tuple(results))
