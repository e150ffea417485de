"""A refused token is explained from its login's record, whatever the action made of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.simulation.desk import Desk
from loginwright_designer.simulation.refusal import Refusal, refusal_of
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import (
    Away,
    PlaceholderSecrets,
    RedirectReply,
    Scenario,
    SimulationSettings,
    find_scenario,
    list_scenarios,
    run_scenario,
)

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import ScenarioRun
    from loginwright_runtime.validation.facts import SourceFacts

FILE = "actions/ask-favourite-colour.js"
CALL = b"""api.redirect.validateToken({
    secret: event.secrets.MY_SHARED_SECRET,
  })"""


def ran(flow: Flow, scenario: Scenario) -> ScenarioRun:
    """A scenario's run."""
    settings = SimulationSettings(PlaceholderSecrets())
    return asyncio.run(run_scenario(flow, scenario, settings))


def explained(run: ScenarioRun, facts: SourceFacts) -> Refusal | None:
    """What is told of its last token."""
    suspension = run.outcomes[0].suspension
    assert suspension is not None
    away = Away(suspension, "auth0|0001", "login.example.com", 1795428000.0)
    return refusal_of(run.record, run.outcome, Desk.of(away, run.record, facts))


@pytest.fixture(scope="module")
def echoed() -> Scenario:
    """The token that was sent out, echoed back."""
    folder = sample("customer-login")
    entry = find_scenario(list_scenarios(folder), "the-sent-token-echoed")
    assert entry is not None
    return entry.usable().model_copy(update={"expect": None})


def test_an_echoed_token_is_explained_by_what_the_platform_says(
    sample_flow: Flow, echoed: Scenario, ask_colour_facts: SourceFacts
) -> None:
    refusal = explained(ran(sample_flow, echoed), ask_colour_facts)
    assert refusal is not None
    assert refusal.message == (
        "The session token is invalid: State in the token does not match the /continue state."
    )
    assert [(row.check, row.passed) for row in refusal.checks][:3] == [
        ("found", True),
        ("signature", True),
        ("state", False),
    ]
    assert len(refusal.checks) == 7
    assert [row.reached for row in refusal.checks] == [True] * 3 + [False] * 4
    assert refusal.cause == (
        "This is the token that was sent out. It has no `state`. The site has to sign a new one."
    )
    assert "the login failed with access_denied" in refusal.consequence


def test_an_action_that_catches_the_refusal_denies(
    sample_flow: Flow, echoed: Scenario, ask_colour_facts: SourceFacts
) -> None:
    catching = b"(() => { try { return %b; } catch (e) { api.access.deny('no'); return {}; } })()"
    code = sample_flow.files[FILE].replace(CALL, catching % CALL)
    assert code != sample_flow.files[FILE]
    flow = sample_flow.model_copy(update={"files": {**sample_flow.files, FILE: code}})
    refusal = explained(ran(flow, echoed), ask_colour_facts)
    assert refusal is not None
    assert refusal.consequence == "With that, the action denied the login with access_denied."


def test_an_action_that_ignores_the_refusal_goes_on(
    sample_flow: Flow, echoed: Scenario, ask_colour_facts: SourceFacts
) -> None:
    ignoring = b"(() => { try { return %b; } catch (e) { return {}; } })()"
    code = sample_flow.files[FILE].replace(CALL, ignoring % CALL)
    flow = sample_flow.model_copy(update={"files": {**sample_flow.files, FILE: code}})
    refusal = explained(ran(flow, echoed), ask_colour_facts)
    assert refusal is not None
    assert refusal.consequence == "The login went on all the same."


def test_a_token_that_never_came_is_explained(
    sample_flow: Flow, sample_scenario: Scenario, ask_colour_facts: SourceFacts
) -> None:
    empty = sample_scenario.model_copy(
        update={"resume": (RedirectReply(method="POST"),), "expect": None}
    )
    refusal = explained(ran(sample_flow, empty), ask_colour_facts)
    assert refusal is not None
    assert refusal.cause == "No token came in session_token. The site has to send it there."


def test_a_token_that_was_accepted_is_no_refusal(
    first_login: ScenarioRun, ask_colour_facts: SourceFacts
) -> None:
    assert explained(first_login, ask_colour_facts) is None
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    desk = Desk.of(Away(suspension, "u", "h", 0.0), None, ask_colour_facts)
    assert refusal_of(None, None, desk) is None
