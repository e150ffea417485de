"""A login that ran becomes a scenario that goes the same way, and names nobody."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.simulation.recorded_scenario import scenario_of_login, scenario_of_record
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import sample, template
from loginwright_runtime.simulation import (
    FactorReply,
    PlaceholderSecrets,
    RedirectReply,
    Scenario,
    SimulationSettings,
    list_scenarios,
    read_scenario,
    run_scenario,
    scenario_json,
)
from loginwright_runtime.tracing import RunRecord

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import ScenarioRun

SETTINGS = SimulationSettings(secrets=PlaceholderSecrets())


def run(flow: Flow, scenario: Scenario) -> ScenarioRun:
    return asyncio.run(run_scenario(flow, scenario, SETTINGS))


def named(folder_name: str, scenario: str) -> Scenario:
    entries = list_scenarios(template(folder_name))
    return next(e.usable() for e in entries if e.usable().name == scenario)


def test_a_login_of_this_window_keeps_its_scenario_and_what_it_expects(
    first_login: ScenarioRun, sample_scenario: Scenario
) -> None:
    assert scenario_of_login(sample_scenario, first_login.record) == sample_scenario


def test_answers_given_by_hand_take_the_place_of_the_scenarios(
    first_login: ScenarioRun, sample_scenario: Scenario
) -> None:
    answer = RedirectReply(method="POST", body={"session_token": "nonsense"})
    made = scenario_of_login(sample_scenario, first_login.record, [answer])
    assert made.resume == (answer,)


def test_a_login_that_ended_otherwise_expects_its_own_end(first_login: ScenarioRun) -> None:
    scenario = Scenario(name="Surprise", expect={"status": "denied", "warnings": []})
    assert scenario_of_login(scenario, first_login.record).expect == {"status": "allowed"}


def test_a_record_gives_a_scenario_that_ends_the_same(
    first_login: ScenarioRun, sample_flow: Flow
) -> None:
    made = scenario_of_record(first_login.record, "Again", sample_flow)
    assert made.name == "Again"
    assert made.now == "2026-11-23T10:00:00Z"
    assert made.event == {"authorization": {"roles": ["admin"]}}
    assert run(sample_flow, made).outcome.status == "allowed"


def test_a_scenario_of_a_record_names_nobody(first_login: ScenarioRun, sample_flow: Flow) -> None:
    content = scenario_json(scenario_of_record(first_login.record, "Again", sample_flow))
    for personal in (b"auth0|0001", b"ada@example.com", b"203.0.113.7", b"teal", b"Berlin"):
        assert personal not in content


@pytest.mark.parametrize("name", ["customer-login", "account-linking", "step-up", "terms-consent"])
def test_every_record_gives_a_scenario_that_can_be_read_again(name: str) -> None:
    folder = sample(name) if name == "customer-login" else template(name)
    flow = read_flow_folder(folder)
    for entry in list_scenarios(folder):
        made = scenario_of_record(run(flow, entry.usable()).record, "Made", flow)
        assert read_scenario(scenario_json(made), "scenarios/made.json").scenario == made


def test_a_factor_that_was_passed_is_passed_again() -> None:
    flow = read_flow_folder(template("step-up"))
    ran = run(flow, named("step-up", "Moves money, factor passed"))
    made = scenario_of_record(ran.record, "Again", flow)
    assert made.resume == (FactorReply(factor="webauthn-roaming", passed=True),)
    assert run(flow, made).outcome.status == "allowed"


def test_without_its_flow_an_answer_carries_no_token(first_login: ScenarioRun) -> None:
    (reply,) = scenario_of_record(first_login.record, "Again").resume
    assert isinstance(reply, RedirectReply)
    assert reply.body == {}


def test_a_record_without_entries_gives_the_default_login() -> None:
    made = scenario_of_record(RunRecord("t", "Flow", "v"), "", None)
    assert (made.event, made.resume, made.name) == ({}, (), "Recorded login")
