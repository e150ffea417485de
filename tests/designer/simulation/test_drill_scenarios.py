"""A drill that was saved is a scenario that ends as the drill did, whenever it is run."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.simulation.desk import Answer, Desk, default_answer
from loginwright_designer.simulation.drill_scenarios import scenario_of_drill
from loginwright_designer.simulation.drills import Drill, DrillBench, DrillResult, Verdict
from loginwright_designer.simulation.login_inputs import LoginInputs, ReadSecrets
from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.simulation import (
    Away,
    PlaceholderSecrets,
    RedirectReply,
    Scenario,
    SimulationSettings,
    SimulationStores,
    read_scenario,
    run_scenario,
    scenario_json,
    simulated_login,
)
from loginwright_runtime.tokens.sealing import Sealer
from loginwright_runtime.tracing import record_of
from loginwright_runtime.transaction.outcome import Suspended

if TYPE_CHECKING:
    from loginwright_runtime.simulation import ScenarioRun
    from loginwright_runtime.validation.facts import SourceFacts

SECRET = "MY_SHARED_SECRET"
NOT_SAVED = {Drill.OTHER_BROWSER, Drill.OTHER_HOSTNAME, Drill.DOUBLE_CLICK}
FILE = "actions/ask-favourite-colour.js"


@dataclass(frozen=True)
class Drilled:
    """A flow, its scenario, and what became of its drills."""

    flow: Flow
    scenario: Scenario
    rows: dict[Drill, DrillResult]

    def run(self, drill: Drill) -> ScenarioRun:
        """Run a drill's scenario, read back from its file."""
        made = scenario_of_drill(self.rows[drill], self.scenario)
        assert made is not None
        read = read_scenario(scenario_json(made), "scenarios/drill.json").usable()
        assert read == made
        settings = SimulationSettings(PlaceholderSecrets())
        return asyncio.run(run_scenario(self.flow, read, settings))


async def away(flow: Flow, scenario: Scenario) -> tuple[DrillBench, Suspended]:
    """The scenario's login while it is away."""
    settings = SimulationSettings(PlaceholderSecrets())
    secrets = await ReadSecrets.of(flow, settings.secrets)
    stores = SimulationStores.in_memory()
    login = simulated_login(scenario)
    await stores.users.put(login.profile)
    engine = FlowEngine(
        flow,
        users=stores.users,
        suspensions=stores.suspensions,
        secrets=secrets,
        hostnames=login.hostnames,
        sealer=Sealer.unkeyed(),
        fresh_modules=True,
    )
    async with engine:
        outcome = await engine.start(login.request, now=scenario.now_seconds)
    assert isinstance(outcome, Suspended)
    assert outcome.suspension is not None
    waits = Away(
        outcome.suspension,
        login.request.user_id,
        login.request.request.hostname or "",
        scenario.now_seconds or time.time(),
        secrets.known_to_site(outcome.suspension.action),
    )
    inputs = LoginInputs(flow, scenario)
    return DrillBench(inputs, settings, secrets, stores, waits), outcome


async def drilled(flow: Flow, scenario: Scenario, facts: SourceFacts) -> Drilled:
    """Run every drill on copies of the scenario's login."""
    bench, outcome = await away(flow, scenario)
    desk = Desk.of(bench.away, record_of(outcome), facts)
    reply = scenario.resume[0]
    assert isinstance(reply, RedirectReply)
    correct = default_answer(desk, reply)
    rows = {drill: await bench.run(drill, correct, desk) for drill in Drill}
    return Drilled(flow, scenario, rows)


@pytest.fixture(scope="module")
def sample(sample_flow: Flow, sample_scenario: Scenario, ask_colour_facts: SourceFacts) -> Drilled:
    """The sample, drilled."""
    return asyncio.run(drilled(sample_flow, sample_scenario, ask_colour_facts))


@pytest.fixture(scope="module")
def trusting(
    sample_flow: Flow, sample_scenario: Scenario, ask_colour_facts: SourceFacts
) -> Drilled:
    """A flow whose action believes all that comes back, drilled."""
    before = sample_flow.files[FILE].partition(b"exports.onContinuePostLogin")[0]
    code = before + b"exports.onContinuePostLogin = async () => {};\n"
    flow = sample_flow.model_copy(update={"files": {**sample_flow.files, FILE: code}})
    return asyncio.run(drilled(flow, sample_scenario, ask_colour_facts))


@pytest.mark.parametrize("drill", [drill for drill in Drill if drill not in NOT_SAVED])
def test_a_saved_drill_ends_as_the_drill_did(sample: Drilled, drill: Drill) -> None:
    run = sample.run(drill)
    assert run.differences == ()
    assert run.unused_replies == 0
    outcome = sample.rows[drill].outcome
    if outcome is not None:
        assert run.outcome.status == outcome.status
        assert (run.outcome.error is None) == (outcome.error is None)
        if run.outcome.error is not None and outcome.error is not None:
            assert run.outcome.error.description == outcome.error.description


@pytest.mark.parametrize("drill", sorted(NOT_SAVED))
def test_a_drill_that_no_scenario_can_send_says_why(sample: Drilled, drill: Drill) -> None:
    row = sample.rows[drill]
    assert scenario_of_drill(row, sample.scenario) is None
    assert row.unsaved.endswith(".")


def test_a_drill_that_does_not_apply_is_not_saved(sample_scenario: Scenario) -> None:
    row = DrillResult(Drill.NO_TOKEN, Verdict.NOT_APPLICABLE, "This action asks for no token.")
    assert scenario_of_drill(row, sample_scenario) is None


def test_the_saved_one_is_named_after_scenario_and_drill(sample: Drilled) -> None:
    made = scenario_of_drill(sample.rows[Drill.EXPIRED], sample.scenario)
    assert made is not None
    assert made.name == "First login: an expired token"
    assert made.expect == {
        "status": "failed",
        "error": {"code": "access_denied", "kind": "exception"},
    }


def test_the_same_answer_twice_expects_the_second_to_be_refused(sample: Drilled) -> None:
    run = sample.run(Drill.TWICE)
    assert [outcome.status for outcome in run.outcomes] == ["suspended", "allowed", "failed"]
    assert run.ok


def test_answers_before_the_drill_stay_and_later_ones_go(sample: Drilled) -> None:
    first, last = RedirectReply(), RedirectReply(method="POST")
    reply = sample.scenario.resume[0]
    longer = sample.scenario.model_copy(update={"resume": (first, reply, last)})
    made = scenario_of_drill(sample.rows[Drill.EXPIRED], longer, before=1)
    assert made is not None
    assert made.resume == (first, sample.rows[Drill.EXPIRED].reply)
    goes_on = scenario_of_drill(sample.rows[Drill.GET_FOR_POST], longer, before=1)
    assert goes_on is not None
    assert goes_on.resume[2:] == (last,)


def test_what_was_accepted_is_expected_to_fail(trusting: Drilled) -> None:
    assert trusting.rows[Drill.WRONG_SECRET].verdict is Verdict.ACCEPTED
    run = trusting.run(Drill.WRONG_SECRET)
    assert run.outcome.status == "allowed"
    assert [one.path for one in run.differences] == ["$.status"]


def test_a_files_forged_token_carries_no_signature_of_the_secret(sample: Drilled) -> None:
    for drill in (Drill.ALG_NONE, Drill.CLAIM_ALTERED):
        made = scenario_of_drill(sample.rows[drill], sample.scenario)
        assert made is not None
        reply = made.resume[0]
        assert isinstance(reply, RedirectReply)
        token = reply.body["session_token"]
        assert isinstance(token, str)
        assert token.rpartition(".")[2].strip("A") == ""


def test_no_saved_drill_holds_the_value_of_a_secret(sample: Drilled) -> None:
    value = asyncio.run(ReadSecrets.of(sample.flow, PlaceholderSecrets())).known_to_site(None)
    for drill in set(Drill) - NOT_SAVED:
        made = scenario_of_drill(sample.rows[drill], sample.scenario)
        assert made is not None
        assert value[SECRET] not in scenario_json(made).decode()


def test_the_run_of_a_drill_can_be_opened(sample: Drilled) -> None:
    record = sample.rows[Drill.TWICE].record
    assert record is not None
    assert record.entries[-1].leg == 2


def test_a_correct_answer_that_was_pasted_cannot_be_signed_anew(
    sample_flow: Flow, sample_scenario: Scenario, ask_colour_facts: SourceFacts
) -> None:
    async def signed_by_another() -> DrillResult:
        bench, outcome = await away(sample_flow, sample_scenario)
        desk = Desk.of(bench.away, record_of(outcome), ask_colour_facts)
        return await bench.run(Drill.WRONG_SECRET, Answer("GET"), desk)

    assert asyncio.run(signed_by_another()).verdict is Verdict.NOT_APPLICABLE
