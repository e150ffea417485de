"""What differs from the expected is told in rows, and can be expected from now on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from designer_drafts import done, sample_draft
from loginwright_designer.document.kept_expectation import expectable, kept_expectation
from loginwright_designer.document.scenario_edits import keep_as_expected
from loginwright_designer.simulation.scenario_difference import (
    RowKind,
    difference_report,
    difference_rows,
)
from loginwright_designer.simulation.scenario_presets import preset, presets, scenario_of
from loginwright_designer.simulation.scenario_sight import weekday_note
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    Scenario,
    SimulationSettings,
    differences,
    run_scenario,
)
from loginwright_runtime.transaction.outcome import ProfileUpdate
from loginwright_runtime.validation.analysis import analyse_sources

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation import ScenarioRun

ALLOWED: JsonObject = {
    "status": "allowed",
    "claims": {"id_token": {"https://my-app.example.com/roles": []}},
    "profile_update": {"user_metadata": {"favorite_color": "teal"}},
}


@pytest.fixture(scope="module")
def in_auckland(sample_flow: Flow) -> tuple[Scenario, ScenarioRun]:
    """A login that was expected to be allowed, and is denied: it is Sunday in UTC."""
    chosen = preset("auckland")
    assert chosen is not None
    scenario = scenario_of(chosen).model_copy(update={"expect": ALLOWED})
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    return scenario, asyncio.run(run_scenario(sample_flow, scenario, settings))


def test_a_denied_login_says_what_was_expected_and_what_the_code_saw(
    sample_flow: Flow, in_auckland: tuple[Scenario, ScenarioRun]
) -> None:
    scenario, run = in_auckland
    facts = analyse_sources(sample_flow)
    report = difference_report("scenarios/a.json", scenario, run, sample_flow, facts)
    assert report.name == "Monday morning in Auckland"
    assert report.sentence == "Expected Allowed. The login was denied by Block weekends, line 16."
    assert [(row.label, row.before, row.after) for row in report.rows[:4]] == [
        ("status", "allowed", "denied"),
        ("error.code", "none", "access_denied"),
        ("error.action", "none", "block-weekends"),
        ("error.line", "none", "16"),
    ]
    assert [(row.label, row.kind, row.after) for row in report.rows[4:]] == [
        ("claims", RowKind.REMOVED, "none"),
        ("profile_update", RowKind.REMOVED, "none"),
    ]
    assert [(seen.name, seen.value) for seen in report.seen] == [
        ("clock", "2026-11-22T20:00:00Z"),
        ("line 8", 'event.client.name = "My SPA"'),
        ("line 16", "api.access.deny(…)"),
    ]
    assert report.note.endswith("it is Sunday in UTC and Monday in Auckland.")


def test_what_was_kept_is_what_the_same_run_is_held_to(
    in_auckland: tuple[Scenario, ScenarioRun],
) -> None:
    scenario, run = in_auckland
    outcome = run.outcome.model_dump(mode="json")
    paths = [row.path for row in difference_rows(scenario, run)]
    kept = kept_expectation(scenario.expect, outcome, paths)
    assert differences(kept, outcome) == ()
    assert kept["status"] == "denied"
    assert kept["error"] == {"code": "access_denied", "action": "block-weekends", "line": 16}


def test_only_ticked_places_are_kept(in_auckland: tuple[Scenario, ScenarioRun]) -> None:
    scenario, run = in_auckland
    outcome = run.outcome.model_dump(mode="json")
    kept = kept_expectation(scenario.expect, outcome, ["$.status"])
    assert kept == {**ALLOWED, "status": "denied"}


def test_a_scenario_that_expects_nothing_is_offered_what_it_could(
    first_login: ScenarioRun, sample_scenario: Scenario
) -> None:
    nothing = sample_scenario.model_copy(update={"expect": None})
    rows = difference_rows(nothing, first_login)
    assert {row.label for row in rows} == {
        "status",
        "claims.id_token",
        "claims.access_token",
        "profile_update",
        "multifactor",
    }
    assert {row.kind for row in rows} == {RowKind.ADDED}
    outcome = first_login.outcome.model_dump(mode="json")
    kept = kept_expectation(None, outcome, [row.path for row in rows])
    assert differences(kept, outcome) == ()


def test_what_is_never_the_same_again_is_not_kept() -> None:
    outcome: JsonObject = {
        "status": "suspended",
        "tokens": {"id_token": "eyJ"},
        "suspension": {"kind": "redirect", "action": "ask", "state": "random", "url": "x"},
    }
    expect: JsonObject = {"status": "allowed", "tokens": None, "suspension": None}
    kept = kept_expectation(expect, outcome, ["$.status", "$.tokens", "$.suspension"])
    assert kept == {
        "status": "suspended",
        "suspension": {"kind": "redirect", "action": "ask"},
    }
    assert "$.suspension.kind" in expectable(outcome)


def test_a_member_that_is_gone_is_expected_to_be_absent() -> None:
    expect: JsonObject = {"claims": {"id_token": {"https://a.example/x": 1}}}
    outcome: JsonObject = {"claims": {"id_token": {}}}
    path = differences(expect, outcome)[0].path
    kept = kept_expectation(expect, outcome, [path])
    assert kept == {"claims": {"id_token": {"https://a.example/x": {"$absent": True}}}}
    assert differences(kept, outcome) == ()


def test_keeping_is_one_named_edit() -> None:
    outcome: JsonObject = {"status": "denied"}
    edit = done(
        keep_as_expected(sample_draft(), "scenarios/first-login.json", outcome, ["$.status"])
    )
    assert edit.name == "Keep what came of First login"
    entry = edit.after.scenario("scenarios/first-login.json")
    assert entry is not None
    assert entry.scenario is not None
    assert entry.scenario.expect is not None
    assert entry.scenario.expect["status"] == "denied"


def test_an_ordinary_monday_needs_no_note(sample_scenario: Scenario) -> None:
    assert weekday_note(sample_scenario) == ""


def test_the_us_preset_asks_the_sample_for_mfa(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    chosen = preset("another-country")
    assert chosen is not None
    assert chosen.name == "From another country (US)"
    scenario = scenario_of(chosen, sample_scenario.resume)
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    run = asyncio.run(run_scenario(sample_flow, scenario, settings))
    assert run.outcome.status == "allowed"
    assert run.outcome.multifactor is not None
    assert run.outcome.multifactor.provider == "any"


def test_a_returning_user_is_not_asked_again(sample_flow: Flow, first_login: ScenarioRun) -> None:
    chosen = preset("returning-user")
    assert chosen is not None
    scenario = scenario_of(chosen, written=first_login.outcome.profile_update)
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    run = asyncio.run(run_scenario(sample_flow, scenario, settings))
    assert run.outcome.status == "allowed"
    assert len(run.outcomes) == 1


@pytest.mark.parametrize("key", [one.key for one in presets()])
def test_every_preset_is_a_login_that_runs_and_says_what_it_means(
    sample_flow: Flow, sample_scenario: Scenario, key: str
) -> None:
    chosen = preset(key)
    assert chosen is not None
    assert chosen.consequence.endswith(".")
    written = ProfileUpdate(user_metadata={"favorite_color": "teal"})
    scenario = scenario_of(chosen, sample_scenario.resume, written)
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    run = asyncio.run(run_scenario(sample_flow, scenario, settings))
    ends = {
        "saturday": "denied",
        "auckland": "denied",
        "silent": "failed",
        "refresh": "failed",
        "never-comes-back": "suspended",
    }
    assert run.outcome.status == ends.get(key, "allowed")
