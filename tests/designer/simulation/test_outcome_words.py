"""One sentence says what the application receives."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lane_samples import FOLDER
from loginwright_designer.simulation.outcome_words import (
    OutcomeState,
    application_name,
    outcome_words,
)
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    ScenarioRun,
    SimulationSettings,
    list_scenarios,
    run_scenario,
)
from loginwright_runtime.tracing.record import ProfileWritten, TokensIssued
from loginwright_runtime.transaction.outcome import ExceptionInfo, Failed

if TYPE_CHECKING:
    from loginwright_designer.simulation.outcome_words import OutcomeWords


@pytest.fixture(scope="module")
def runs() -> dict[str, ScenarioRun]:
    """Every scenario of the sample, run once."""
    flow, settings = load_flow(FOLDER), SimulationSettings(PlaceholderSecrets())

    async def all_of_them() -> dict[str, ScenarioRun]:
        files = list_scenarios(FOLDER)
        return {one.stem: await run_scenario(flow, one.usable(), settings) for one in files}

    return asyncio.run(all_of_them())


def words(run: ScenarioRun, names: dict[str, str]) -> OutcomeWords:
    """What the bar says of a run."""
    return outcome_words(run.outcome, names, "My SPA", record=run.record)


@pytest.mark.parametrize(
    ("scenario", "state", "spoken"),
    [
        (
            "first-login",
            OutcomeState.ALLOWED,
            "Allowed. My SPA gets an ID and an access token. 2 claims, profile changed: 1 key.",
        ),
        (
            "on-a-saturday",
            OutcomeState.DENIED,
            "Denied by Block weekends. My SPA is closed at the weekend. My SPA gets access_denied.",
        ),
        (
            "the-sent-token-echoed",
            OutcomeState.FAILED,
            (
                "Failed in Ask favourite colour, line 34. The session token is invalid: State in "
                "the token does not match the /continue state. The login failed with "
                "access_denied; nothing was written."
            ),
        ),
        (
            "silent-login",
            OutcomeState.FAILED,
            (
                "Failed in Ask favourite colour, line 21. External interaction required. "
                "The login failed with interaction_required; nothing was written."
            ),
        ),
    ],
)
def test_each_ending_says_what_the_application_gets(
    runs: dict[str, ScenarioRun],
    action_names: dict[str, str],
    scenario: str,
    state: OutcomeState,
    spoken: str,
) -> None:
    told = words(runs[scenario], action_names)
    assert (told.state, told.spoken) == (state, spoken)


def test_place_of_the_failure_can_be_opened(
    runs: dict[str, ScenarioRun], action_names: dict[str, str]
) -> None:
    told = words(runs["the-sent-token-echoed"], action_names)
    assert (told.action, told.line) == ("ask-favourite-colour", 34)


def test_what_an_earlier_leg_wrote_is_not_called_nothing(
    runs: dict[str, ScenarioRun], action_names: dict[str, str]
) -> None:
    failed = runs["the-sent-token-echoed"]
    written = ProfileWritten(900, 0.0, 1, {"a": 1}, {"a": 2, "b": 3})
    record = replace(failed.record, entries=(*failed.record.entries, written))
    told = outcome_words(failed.outcome, action_names, "My SPA", record=record)
    assert told.sentence.endswith("failed with access_denied; profile changed: 3 keys.")


def test_login_without_an_id_token_says_so(
    runs: dict[str, ScenarioRun], action_names: dict[str, str]
) -> None:
    allowed = runs["first-login"]
    entries = tuple(
        replace(one, id_token=None) if isinstance(one, TokensIssued) else one
        for one in allowed.record.entries
    )
    record = replace(allowed.record, entries=entries)
    told = outcome_words(allowed.outcome, action_names, "My SPA", record=record)
    assert told.sentence.startswith("My SPA gets an access token.")


def test_login_that_was_stopped_or_could_not_run_has_words_too() -> None:
    assert outcome_words(None, {}, "").spoken == (
        "Stopped. You ended this login. The application gets nothing; nothing was written."
    )
    broken = outcome_words(None, {}, "My SPA", error="There is no Node 24.")
    assert (broken.state, broken.spoken) == (
        OutcomeState.FAILED,
        "Could not run. There is no Node 24.",
    )


def test_application_is_called_by_its_name_else_by_its_id() -> None:
    assert application_name({"client": {"name": " My \n SPA ", "client_id": "c"}}) == "My SPA"
    assert application_name({"client": {"client_id": "c"}}) == "c"
    assert application_name({"client": 5}) == ""


@pytest.mark.parametrize(
    ("name", "message", "spoken"),
    [
        ("KeyError", "'colour'", "KeyError: 'colour'. The login"),
        ("AssertionError", "", "AssertionError. The login"),
        ("Error", "no", "no. The login"),
    ],
)
def test_what_was_thrown_is_named_where_its_message_alone_says_little(
    name: str, message: str, spoken: str, runs: dict[str, ScenarioRun]
) -> None:
    failed = runs["the-sent-token-echoed"].outcome
    assert isinstance(failed, Failed)
    assert failed.error is not None
    thrown = ExceptionInfo(name=name, message=message, stack=())
    error = failed.error.model_copy(update={"exception": thrown})
    told = outcome_words(failed.model_copy(update={"error": error}), {}, "My SPA")
    assert told.sentence.startswith(spoken)
