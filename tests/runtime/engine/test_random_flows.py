"""Random flows, random answers: the rules of the engine hold for all of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from login_bench import Workbench, a_flow, a_login, ada, came_back, expect
from loginwright_runtime.login.requests import (
    ChallengeResult,
    EnrollmentResult,
    FormResult,
    ResumeRequest,
)
from loginwright_runtime.testing import ScriptedAction, ScriptedApi, ScriptedThrow
from loginwright_runtime.transaction.outcome import (
    Allowed,
    Denied,
    Failed,
    Outcome,
    Suspended,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

CLAIM = "https://a.example/claim"

CALLS: dict[str, list[JsonValue]] = {
    "idToken.setCustomClaim": [CLAIM, 1],
    "user.setUserMetadata": ["key", "value"],
    "transaction.setMetadata": ["step", 1],
    "access.deny": ["No."],
    "redirect.sendUserTo": ["https://my-app.example.com"],
    "prompt.render": ["ap_form"],
    "multifactor.enable": ["any"],
    "authentication.challengeWith": [{"type": "otp"}],
    "authentication.enrollWith": [{"type": "phone"}],
    "accessToken.addScope": ["extra"],
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What one handler does."""

    calls: tuple[str, ...] = ()
    throws: bool = False

    async def __call__(self, _event: JsonObject, api: ScriptedApi) -> None:
        for method in self.calls:
            await api.call(method, *CALLS[method], line=1)
        if self.throws:
            raise ScriptedThrow("Error", "broken", 9)


PLANS = st.builds(
    Plan,
    st.lists(st.sampled_from(sorted(CALLS)), max_size=3).map(tuple),
    st.sampled_from([False] * 9 + [True]),
)
ACTIONS = st.lists(st.tuples(PLANS, PLANS), min_size=1, max_size=4)


@dataclass(slots=True)
class Story:
    """A login played to its end."""

    outcome: Outcome
    legs: int
    bench: Workbench = field(repr=False)


async def play(actions: list[tuple[Plan, Plan]], *, interactive: bool, passes: bool) -> Story:
    """Run a login, answering every suspension, each leg in an engine of its own."""
    names = [f"a{index}" for index in range(len(actions))]
    bench = Workbench(
        a_flow(*names),
        {name: ScriptedAction(*plans) for name, plans in zip(names, actions, strict=True)},
    )
    outcome = await bench.engine().start(a_login(interactive=interactive))
    legs = 1
    while isinstance(outcome, Suspended):
        assert interactive, "nobody can be sent away"
        outcome = await bench.engine().resume(an_answer(outcome, passes))
        legs += 1
    return Story(outcome, legs, bench)


def an_answer(away: Suspended, passes: bool) -> ResumeRequest:
    suspension = away.suspension
    assert suspension is not None
    factor = suspension.factors[0] if suspension.factors else "otp"
    match away.kind:
        case "redirect":
            return came_back(away.state)
        case "form":
            return FormResult(away.state)
        case "challenge":
            return ChallengeResult(away.state, factor, passes)
        case "enrollment":
            return EnrollmentResult(away.state, factor, passes)


@given(ACTIONS, st.booleans(), st.booleans())
def test_the_rules_of_the_engine_hold(
    actions: list[tuple[Plan, Plan]], interactive: bool, passes: bool
) -> None:
    story = asyncio.run(play(actions, interactive=interactive, passes=passes))
    handlers_run_in_order_and_none_twice(story)
    a_failed_login_writes_nothing(story)
    an_allowed_login_owes_nothing(story, actions)
    the_record_is_in_order(story)


def handlers_run_in_order_and_none_twice(story: Story) -> None:
    ran = story.bench.ran()
    executed = [one for one in ran if one.endswith(":execute")]
    assert executed == sorted(set(executed))
    for index, one in enumerate(ran):
        if one.endswith(":continue"):
            assert ran[index - 1].split(":")[0] == one.split(":")[0]
    assert [
        f"{s.action}:{'execute' if 'Execute' in s.handler else 'continue'}"
        for s in story.outcome.steps
    ] == ran


def a_failed_login_writes_nothing(story: Story) -> None:
    if isinstance(story.outcome, Failed):
        assert story.outcome.user == ada()
        assert story.outcome.profile_update is None
        assert story.outcome.tokens is None


def an_allowed_login_owes_nothing(story: Story, actions: list[tuple[Plan, Plan]]) -> None:
    outcome = story.outcome
    if not isinstance(outcome, Allowed):
        assert outcome.claims is None
        assert isinstance(outcome, Denied | Failed)
        return
    made = [call.method for step in outcome.steps for call in step.calls]
    assert "access.deny" not in made
    assert len(outcome.steps) >= len(actions)
    if "multifactor.enable" in made and not any(".challenge" in one for one in made):
        assert outcome.multifactor is not None
        assert outcome.multifactor.satisfied
    if "user.setUserMetadata" in made:
        assert outcome.user is not None
        assert outcome.user["user_metadata"] == {"key": "value"}
    expected = {CLAIM: 1} if "idToken.setCustomClaim" in made else {}
    assert outcome.claims is not None
    assert outcome.claims.id_token == expected


def the_record_is_in_order(story: Story) -> None:
    numbers = [step.seq for step in story.outcome.steps]
    numbers += [call.seq for step in story.outcome.steps for call in step.calls]
    assert len(numbers) == len(set(numbers))
    for step in story.outcome.steps:
        inside = [step.seq, *(call.seq for call in step.calls)]
        assert inside == sorted(inside)


async def test_of_fifty_simultaneous_returns_one_wins() -> None:
    plan = Plan(("redirect.sendUserTo",))
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(plan, Plan())})
    away = expect(await bench.engine().start(a_login()), Suspended)
    outcomes = await asyncio.gather(
        *(bench.engine().resume(came_back(away.state)) for _ in range(50))
    )
    assert sorted(outcome.status for outcome in outcomes) == ["allowed"] + ["failed"] * 49
    assert bench.ran() == ["ask:execute", "ask:continue"]
