"""A recorded login becomes a scenario that runs it again, without what must not be written."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson
import pytest

from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.login_signals import LoginEnd
from loginwright_designer.simulation.opened_trace import trace_login
from loginwright_designer.simulation.recorded_logins import RecordedLogin, recorded_end
from loginwright_designer.simulation.recorded_scenario import scenario_of_login
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import (
    FactorReply,
    PlaceholderSecrets,
    RedirectReply,
    Scenario,
    ScenarioRun,
    SimulationSettings,
    list_scenarios,
    run_scenario,
    scenario_json,
)
from loginwright_runtime.tracing import Masker, dumps

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def ran(flow: Flow, scenario: Scenario) -> ScenarioRun:
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    return asyncio.run(run_scenario(flow, scenario, settings))


def login_of(flow: Flow, scenario: Scenario, run: ScenarioRun) -> RecordedLogin:
    end = LoginEnd(LoginInputs(flow, scenario), run.record, run.outcome)
    login = recorded_end(end, "key", NOON)
    assert login is not None
    return login


def answered(scenario: Scenario, **token: object) -> Scenario:
    """The scenario with another answer to its redirect."""
    minted = {"$token": {"secret": "MY_SHARED_SECRET", **token}}
    reply = RedirectReply(method="POST", body={"session_token": minted})
    return scenario.model_copy(update={"resume": (reply,)})


def test_a_login_as_its_scenario_says_keeps_the_scenario(
    sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun
) -> None:
    saved = scenario_of_login(login_of(sample_flow, sample_scenario, first_login))
    assert saved.name == sample_scenario.name
    assert saved.event == sample_scenario.event
    assert saved.resume == sample_scenario.resume
    assert saved.now == sample_scenario.now
    assert saved.expect is not None
    assert saved.expect["status"] == "allowed"


def test_what_was_answered_at_the_desk_becomes_the_answer(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    at_the_desk = answered(sample_scenario, claims={"favorite_color": "mauve"})
    run = ran(sample_flow, at_the_desk)
    saved = scenario_of_login(login_of(sample_flow, sample_scenario, run))
    reply = saved.resume[0]
    assert isinstance(reply, RedirectReply)
    minted = {"secret": "MY_SHARED_SECRET", "claims": {"favorite_color": "mauve"}}
    assert reply.body == {"session_token": {"$token": minted}}


@pytest.mark.parametrize(
    "claims",
    [
        {"favorite_color": "teal", "sub": "auth0|0002"},
        {"favorite_color": "teal", "state": "not-this-one"},
        {"favorite_color": "teal", "state": None},
        {"favorite_color": "teal", "exp": 1},
        {"favorite_color": "teal", "iss": "other.example.com"},
        {"favorite_color": 7},
    ],
)
def test_a_broken_answer_breaks_in_the_same_way_when_it_is_run_again(
    sample_flow: Flow, sample_scenario: Scenario, claims: dict[str, object]
) -> None:
    run = ran(sample_flow, answered(sample_scenario, claims=claims))
    saved = scenario_of_login(login_of(sample_flow, sample_scenario, run))
    again = ran(sample_flow, saved)
    assert again.differences == ()
    assert again.outcome.status == run.outcome.status
    first, second = run.outcome.error, again.outcome.error
    assert (first and first.description) == (second and second.description)


def test_a_token_of_a_wrong_secret_stays_wrong(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    wrong = answered(sample_scenario, secret={"value": "w" * 32}, claims={"favorite_color": "x"})
    run = ran(sample_flow, wrong)
    assert run.outcome.status == "failed"
    saved = scenario_of_login(login_of(sample_flow, sample_scenario, run))
    assert b"wwwww" not in scenario_json(saved)
    assert ran(sample_flow, saved).differences == ()


def test_no_token_and_no_state_stands_in_a_saved_scenario(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    run = ran(sample_flow, answered(sample_scenario, claims={"favorite_color": "mauve"}))
    written = scenario_json(scenario_of_login(login_of(sample_flow, sample_scenario, run)))
    assert b"eyJ" not in written
    event = orjson.loads(run.record.events[1])
    assert event["request"]["body"]["state"].encode() not in written


def test_who_a_real_site_names_is_not_written(sample_flow: Flow, sample_scenario: Scenario) -> None:
    claims = {"favorite_color": "teal", "email": "grace@example.com", "name": "Grace"}
    run = ran(sample_flow, answered(sample_scenario, claims=claims))
    written = scenario_json(scenario_of_login(login_of(sample_flow, sample_scenario, run)))
    assert b"grace" not in written.lower()


@pytest.mark.parametrize("name", ["everything-together", "ask-favourite-colour"])
def test_every_scenario_of_the_samples_survives_being_recorded(name: str) -> None:
    flow = read_flow_folder(sample(name))
    for entry in list_scenarios(sample(name)):
        assert entry.scenario is not None
        run = ran(flow, entry.scenario)
        if run.outcome.status == "suspended" or any(
            r.send_times > 1 for r in entry.scenario.resume
        ):
            continue  # such a login does not end at the desk
        without_answers = entry.scenario.model_copy(update={"resume": ()})
        saved = scenario_of_login(login_of(flow, without_answers, run))
        again = ran(flow, saved)
        assert again.differences == (), entry.file
        assert again.outcome.status == run.outcome.status, entry.file


def test_a_factor_is_answered_again(sample_flow: Flow, sample_scenario: Scenario) -> None:
    america: JsonObject = {"request": {"geoip": {"continentCode": "NA"}}}
    from_na = sample_scenario.model_copy(update={"event": america, "resume": ()})
    answers = (sample_scenario.resume[0], FactorReply(factor="otp", passed=True))
    run = ran(sample_flow, from_na.model_copy(update={"resume": answers}))
    saved = scenario_of_login(login_of(sample_flow, from_na, run))
    assert saved.resume == answers
    assert ran(sample_flow, saved).differences == ()


def test_a_trace_becomes_a_scenario_that_names_nobody(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    grace = sample_scenario.model_copy(
        update={
            "event": {
                "user": {"email": "grace@example.org", "name": "Grace", "user_id": "auth0|9"},
                "authorization": {"roles": ["auditor"]},
                "request": {"geoip": {"continentCode": "OC", "latitude": 1.5}},
                "organization": {"id": "org_1", "name": "acme"},
                "connection": {"strategy": "google-oauth2"},
            }
        }
    )
    run = ran(sample_flow, grace)
    for redact in (True, False):
        login = trace_login(dumps(run.record, Masker(()), redact), "A trace")
        assert isinstance(login, RecordedLogin)
        saved = scenario_of_login(login)
        written = scenario_json(saved)
        assert b"race@" not in written
        assert b"auth0|9" not in written
        assert b"***" not in written
        assert saved.event["authorization"] == {"roles": ["auditor"]}
        assert saved.event["request"] == {"geoip": {"continentCode": "OC"}}
        assert saved.now == "2026-11-23T10:00:00Z"
        assert saved.expect == {"status": "allowed"}
        assert isinstance(saved.resume[0], RedirectReply)
        assert saved.resume[0].method == "POST"


def test_a_trace_of_the_default_login_says_nothing_about_its_event(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    run = ran(sample_flow, sample_scenario.model_copy(update={"event": {}}))
    login = trace_login(dumps(run.record, Masker(())), "A trace")
    assert isinstance(login, RecordedLogin)
    assert scenario_of_login(login).event == {}


def test_a_login_on_the_real_clock_is_fixed_to_its_time(
    sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun
) -> None:
    unfixed = sample_scenario.model_copy(update={"now": None})
    saved = scenario_of_login(login_of(sample_flow, unfixed, first_login))
    assert saved.now == "2026-11-23T10:00:00Z"


def test_a_stopped_login_expects_nothing(
    sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun
) -> None:
    login = login_of(sample_flow, sample_scenario, first_login)
    entries = first_login.record.entries[:12]
    stopped = replace(login, outcome=None, record=replace(first_login.record, entries=entries))
    assert scenario_of_login(stopped).expect is None
