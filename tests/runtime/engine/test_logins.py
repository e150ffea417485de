from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from login_bench import (
    HOST,
    NOON,
    SECRET,
    Workbench,
    a_flow,
    a_login,
    ada,
    came_back,
    expect,
    member,
)
from loginwright_runtime.errors import RequestError, SecretError
from loginwright_runtime.extension_points import HostFailed, TimedOut
from loginwright_runtime.stores.memory import MemoryUserStore
from loginwright_runtime.testing import ScriptedAction, ScriptedApi, ScriptedThrow
from loginwright_runtime.tokens.redirect_tokens import encode_redirect_token
from loginwright_runtime.transaction.oauth import oauth_error
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

ROLES = "https://my-app.example.com/roles"


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


async def set_role(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("idToken.setCustomClaim", ROLES, ["admin"], line=3)


async def deny(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("access.deny", "Not today.", line=2)


async def send_away(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.sendUserTo", "https://my-app.example.com", line=7)


async def remember_colour(event: JsonObject, api: ScriptedApi) -> None:
    body = member(event, "request", "body")
    await api.call("user.setUserMetadata", "colour", member(body, "colour"), line=12)


REDIRECT = ScriptedAction(send_away, remember_colour)
LEAVES_TWICE = ScriptedAction(send_away, send_away)


async def test_actions_run_in_order_and_the_claim_reaches_the_outcome() -> None:
    bench = Workbench(
        a_flow("first", "second"),
        {"first": ScriptedAction(nothing), "second": ScriptedAction(set_role)},
    )
    outcome = expect(await bench.engine().start(a_login()), Allowed)

    assert bench.ran() == ["first:execute", "second:execute"]
    assert outcome.claims is not None
    assert outcome.claims.id_token == {ROLES: ["admin"]}
    assert [step.action for step in outcome.steps] == ["first", "second"]
    call = outcome.steps[1].calls[0]
    assert (call.method, call.args, call.line) == (
        "idToken.setCustomClaim",
        [ROLES, ["admin"]],
        3,
    )


async def test_a_disabled_action_is_passed_by() -> None:
    bench = Workbench(
        a_flow("first", "second", disabled=("first",)),
        {"first": ScriptedAction(deny), "second": ScriptedAction(nothing)},
    )
    expect(await bench.engine().start(a_login()), Allowed)
    assert bench.ran() == ["second:execute"]


async def test_a_denial_ends_the_login_but_keeps_the_metadata() -> None:
    async def note_and_deny(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("access.deny", "Not today.", line=2)
        await api.call("user.setUserMetadata", "denied", True, line=3)

    bench = Workbench(
        a_flow("first", "second"),
        {"first": ScriptedAction(note_and_deny), "second": ScriptedAction(nothing)},
    )
    outcome = expect(await bench.engine().start(a_login()), Denied)

    assert bench.ran() == ["first:execute"]
    assert outcome.error is not None
    assert (outcome.error.code, outcome.error.description) == ("access_denied", "Not today.")
    assert outcome.profile_update is not None
    assert outcome.profile_update.user_metadata == {"denied": True}
    assert oauth_error(outcome, endpoint="token") == (403, "access_denied", "Not today.")


async def test_redirected_user_resumes_in_the_same_action_and_then_the_next() -> None:
    bench = Workbench(
        a_flow("before", "ask", "after"),
        {
            "before": ScriptedAction(nothing),
            "ask": REDIRECT,
            "after": ScriptedAction(set_role),
        },
    )
    away = expect(await bench.engine().start(a_login(), now=NOON), Suspended)

    assert away.kind == "redirect"
    assert away.url == f"https://my-app.example.com/?state={away.state}"
    assert away.suspension is not None
    assert away.suspension.action == "ask"
    assert away.profile_update is None
    assert away.tokens is None

    back = await bench.engine().resume(came_back(away.state, colour="teal"))
    outcome = expect(back, Allowed)
    assert bench.ran() == ["before:execute", "ask:execute", "ask:continue", "after:execute"]
    assert outcome.user is not None
    assert outcome.user["user_metadata"] == {"colour": "teal"}
    assert outcome.profile_update is not None
    assert outcome.profile_update.user_metadata == {"colour": "teal"}
    assert [step.seq for step in outcome.steps] == sorted(step.seq for step in outcome.steps)


async def test_a_state_works_once() -> None:
    bench = Workbench(a_flow("ask"), {"ask": REDIRECT})
    away = expect(await bench.engine().start(a_login()), Suspended)
    expect(await bench.engine().resume(came_back(away.state, colour="teal")), Allowed)

    again = expect(await bench.engine().resume(came_back(away.state, colour="red")), Failed)
    assert again.error is not None
    assert again.error.kind == "invalid_request"
    assert oauth_error(again, endpoint="authorize").status == 400
    assert bench.ran().count("ask:continue") == 1


async def test_another_browser_is_answered_as_an_unknown_state_and_uses_nothing() -> None:
    bench = Workbench(a_flow("ask"), {"ask": REDIRECT})
    away = expect(await bench.engine().start(a_login(bound=True)), Suspended)
    assert away.browser_key is not None
    assert away.browser_key not in away.model_dump_json()

    foreign = expect(
        await bench.engine().resume(came_back(away.state, key="A" * 43, colour="red")), Failed
    )
    without = expect(await bench.engine().resume(came_back(away.state, colour="red")), Failed)
    unknown = expect(await bench.engine().resume(came_back("B" * 43, colour="red")), Failed)
    assert foreign.error == without.error == unknown.error

    own = await bench.engine().resume(came_back(away.state, key=away.browser_key, colour="teal"))
    expect(own, Allowed)


async def test_a_silent_login_that_would_leave_fails_closed() -> None:
    bench = Workbench(a_flow("ask"), {"ask": REDIRECT})
    request = a_login(transaction={"prompt": ["none"], "requested_scopes": ["openid"]})
    outcome = expect(await bench.engine().start(request), Failed)
    assert outcome.error is not None
    assert outcome.error.code == "interaction_required"
    assert outcome.suspension is None


@pytest.mark.parametrize("where", ["query", "body"])
async def test_a_login_is_silent_also_where_only_its_request_says_so(where: str) -> None:
    bench = Workbench(a_flow("ask"), {"ask": REDIRECT})
    request = a_login(request={"hostname": HOST, where: {"prompt": "none"}})
    outcome = expect(await bench.engine().start(request), Failed)
    assert outcome.error is not None
    assert outcome.error.code == "interaction_required"


async def test_a_return_makes_no_login_silent() -> None:
    bench = Workbench(a_flow("ask"), {"ask": LEAVES_TWICE})
    away = expect(await bench.engine().start(a_login()), Suspended)
    back = came_back(away.state, key=away.browser_key, prompt="none")
    expect(await bench.engine().resume(back), Suspended)


async def test_owed_mfa_suspends_once_more_after_the_last_action() -> None:
    async def owe(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("multifactor.enable", "any", line=2)

    from loginwright_runtime.login.requests import ChallengeResult

    bench = Workbench(
        a_flow("owe", "after"), {"owe": ScriptedAction(owe), "after": ScriptedAction(nothing)}
    )
    away = expect(await bench.engine().start(a_login(available_factors=("otp",))), Suspended)
    assert (away.kind, away.suspension and away.suspension.action) == ("challenge", None)
    assert away.suspension is not None
    assert away.suspension.factors == ("otp",)
    assert bench.ran() == ["owe:execute", "after:execute"]

    wrong = await bench.engine().resume(ChallengeResult(away.state, "phone", True))
    expect(wrong, Failed)
    outcome = expect(await bench.engine().resume(ChallengeResult(away.state, "otp", True)), Allowed)
    assert outcome.multifactor is not None
    assert outcome.multifactor.satisfied
    assert outcome.authentication.amr == ("mfa",)


async def test_a_challenge_that_is_not_passed_denies_the_login() -> None:
    async def ask_for_otp(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("authentication.challengeWith", {"type": "otp"}, line=2)

    from loginwright_runtime.login.requests import ChallengeResult

    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(ask_for_otp)})
    away = expect(await bench.engine().start(a_login()), Suspended)
    outcome = expect(await bench.engine().resume(ChallengeResult(away.state, "otp", False)), Denied)
    assert outcome.error is not None
    assert outcome.error.kind == "challenge_failed"


async def test_a_handler_that_throws_leaves_nothing_but_its_trace() -> None:
    async def note_then_throw(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("user.setUserMetadata", "seen", True, line=2)
        raise ScriptedThrow("TypeError", "Cannot read properties of undefined", 3)

    bench = Workbench(a_flow("broken"), {"broken": ScriptedAction(note_then_throw)})
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert (outcome.error.kind, outcome.error.action, outcome.error.line) == (
        "exception",
        "broken",
        3,
    )
    assert outcome.error.exception is not None
    assert outcome.error.exception.name == "TypeError"
    assert outcome.profile_update is None
    assert outcome.user == ada()
    assert [call.method for call in outcome.steps[0].calls] == ["user.setUserMetadata"]


@pytest.mark.parametrize(
    ("end", "kind", "code"),
    [
        (TimedOut(line=4), "timeout", "access_denied"),
        (TimedOut(waiting=True), "timeout", "temporarily_unavailable"),
        (HostFailed("it was killed"), "host", "server_error"),
    ],
)
async def test_a_lost_worker_or_budget_fails_the_login(
    end: TimedOut | HostFailed, kind: str, code: str
) -> None:
    bench = Workbench(a_flow("broken"), {"broken": ScriptedAction(lambda _event, _api: end)})
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert (outcome.error.kind, outcome.error.code) == (kind, code)


async def test_a_resume_without_the_handler_says_what_to_export() -> None:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away)})
    away = expect(await bench.engine().start(a_login()), Suspended)
    outcome = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert outcome.error is not None
    assert "actions/ask.js has no onContinuePostLogin" in outcome.error.description


async def test_the_token_that_comes_back_is_judged_check_by_check() -> None:
    async def judge(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("redirect.validateToken", {"secret": SECRET}, line=9)

    bench = Workbench(
        a_flow("ask", secrets={"ask": ("SHARED",)}),
        {"ask": ScriptedAction(send_away, judge)},
    )
    away = expect(await bench.engine().start(a_login(), now=NOON), Suspended)
    echoed = encode_redirect_token(
        secret=SECRET,
        payload={},
        hostname="login.example.com",
        user_id="auth0|0001",
        ip="203.0.113.7",
        now=NOON,
    )
    token = getattr(echoed, "token", "")
    outcome = expect(
        await bench.engine().resume(came_back(away.state, session_token=token)), Failed
    )
    assert outcome.error is not None
    assert outcome.error.description == (
        "The session token is invalid: State in the token does not match the /continue state."
    )
    text = outcome.model_dump_json()
    assert SECRET not in text
    assert outcome.steps[-1].calls[0].args == [{"secret": "***"}]


async def test_later_actions_see_metadata_that_earlier_ones_set() -> None:
    async def set_plan(event: JsonObject, api: ScriptedApi) -> None:
        await api.call("user.setUserMetadata", "plan", "gold", line=2)
        assert member(event, "user", "user_metadata") == {}

    bench = Workbench(
        a_flow("first", "second"),
        {"first": ScriptedAction(set_plan), "second": ScriptedAction(nothing)},
    )
    expect(await bench.engine().start(a_login()), Allowed)
    assert member(bench.events()[1], "user", "user_metadata") == {"plan": "gold"}


async def test_a_missing_secret_is_named_before_anything_runs() -> None:
    bench = Workbench(a_flow("ask", secrets={"ask": ("OTHER",)}), {"ask": ScriptedAction(nothing)})
    with pytest.raises(SecretError, match="OTHER that the action 'ask' declares has no value"):
        await bench.engine().start(a_login())
    assert bench.ran() == []


async def test_a_missing_secret_is_shown_where_it_is_declared() -> None:
    secrets = {"off": ("UNASKED",), "ask": ("SHARED", "OTHER"), "last": ("MORE",)}
    flow = a_flow("off", "ask", "last", secrets=secrets, disabled=("off",))
    bench = Workbench(flow, {})
    with pytest.raises(SecretError) as refused:
        await bench.engine().start(a_login())
    places = [(problem.file, problem.path) for problem in refused.value.problems]
    assert places == [
        ("flow.json", "$.actions[1].secrets[1]"),
        ("flow.json", "$.actions[2].secrets[0]"),
    ]


async def test_an_unknown_user_or_hostname_is_bad_input() -> None:
    bench = Workbench(a_flow("one"), {"one": ScriptedAction(nothing)})
    with pytest.raises(RequestError, match="no user with this id"):
        await bench.engine().start(a_login(user_id="auth0|9999"))
    with pytest.raises(RequestError, match="hostname"):
        await bench.engine().start(a_login(request={"hostname": "evil.example.com"}))


async def test_a_user_blocked_while_away_is_denied_and_nothing_runs() -> None:
    bench = Workbench(a_flow("ask"), {"ask": REDIRECT})
    away = expect(await bench.engine().start(a_login()), Suspended)
    bench.users = MemoryUserStore([])
    outcome = expect(await bench.engine().resume(came_back(away.state, colour="x")), Denied)
    assert outcome.error is not None
    assert outcome.error.code == "access_denied"
    assert bench.ran() == ["ask:execute"]
