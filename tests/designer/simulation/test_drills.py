"""Drills spoil the right answer on copies; the sample refuses all that it should."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from loginwright_designer.simulation import states
from loginwright_designer.simulation.desk import Answer, Desk, default_answer
from loginwright_designer.simulation.drills import Drill, DrillResult, Verdict
from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.simulated_login import SimulatedLogin
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    RedirectReply,
    Scenario,
    SimulationSettings,
)
from patience import PATIENCE

if TYPE_CHECKING:
    from qasync import QEventLoop

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.validation.facts import SourceFacts

ECHO_MESSAGE = (
    "The session token is invalid: State in the token does not match the /continue state."
)


async def drilled(
    login: SimulatedLogin, scenario: Scenario, facts: SourceFacts
) -> tuple[dict[Drill, DrillResult], DrillResult]:
    """Every drill's row, and that of a drill that does not apply."""
    left = asyncio.Event()
    login.state_changed.connect(
        lambda change: left.set() if isinstance(change.state, states.Away) else None
    )
    await asyncio.wait_for(left.wait(), PATIENCE)
    bench = login.drill_bench()
    assert bench is not None
    desk = Desk.of(bench.away, login.record, facts)
    reply = scenario.resume[0]
    assert isinstance(reply, RedirectReply)
    correct = default_answer(desk, reply)
    rows = {drill: await bench.run(drill, correct, desk) for drill in Drill}
    asks_nothing = await bench.run(Drill.NO_TOKEN, Answer("GET"), desk)
    return rows, asks_nothing


def test_the_sample_refuses_every_wrong_answer_and_stays_away(
    qt_loop: QEventLoop,
    sample_flow: Flow,
    sample_scenario: Scenario,
    ask_colour_facts: SourceFacts,
) -> None:
    login = SimulatedLogin(SimulationSettings(secrets=PlaceholderSecrets()), qt_loop)
    login.start(LoginInputs(sample_flow, sample_scenario))
    rows, asks_nothing = qt_loop.run_until_complete(
        drilled(login, sample_scenario, ask_colour_facts)
    )
    left = login.state
    qt_loop.run_until_complete(login.close())
    login.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert left == states.Away("my-app.example.com")
    as_platform = {Drill.GET_FOR_POST, Drill.NEVER}
    verdicts = {drill: row.verdict for drill, row in rows.items()}
    assert verdicts == {
        drill: Verdict.AS_THE_PLATFORM if drill in as_platform else Verdict.REFUSED
        for drill in Drill
    }
    assert ECHO_MESSAGE in rows[Drill.ECHOED].words
    assert asks_nothing.verdict is Verdict.NOT_APPLICABLE


def test_an_action_that_believes_what_comes_back_is_found_out(
    qt_loop: QEventLoop,
    sample_flow: Flow,
    sample_scenario: Scenario,
    ask_colour_facts: SourceFacts,
) -> None:
    file = "actions/ask-favourite-colour.js"
    before = sample_flow.files[file].partition(b"exports.onContinuePostLogin")[0]
    trusting = before + b"exports.onContinuePostLogin = async () => {};\n"
    flow = sample_flow.model_copy(update={"files": {**sample_flow.files, file: trusting}})
    login = SimulatedLogin(SimulationSettings(secrets=PlaceholderSecrets()), qt_loop)
    login.start(LoginInputs(flow, sample_scenario))
    rows, _ = qt_loop.run_until_complete(drilled(login, sample_scenario, ask_colour_facts))
    qt_loop.run_until_complete(login.close())
    login.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    accepted = {drill for drill, row in rows.items() if row.verdict is Verdict.ACCEPTED}
    assert accepted == {
        Drill.NO_TOKEN,
        Drill.ECHOED,
        Drill.WRONG_SECRET,
        Drill.ALG_NONE,
        Drill.CLAIM_ALTERED,
        Drill.OTHER_SUB,
        Drill.OTHER_STATE,
        Drill.EXPIRED,
    }
