from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from login_bench import (
    HOST,
    NOON,
    Workbench,
    a_flow,
    a_login,
    ada,
    came_back,
    expect,
    member,
)
from loginwright_runtime.engine import EngineOptions
from loginwright_runtime.extension_points import Returned
from loginwright_runtime.flow.model import FlowSettings
from loginwright_runtime.login.requests import (
    BindBrowser,
    ChallengeResult,
    EnrollmentResult,
    FormResult,
    HttpRequest,
    NoBrowser,
    RedirectReturn,
)
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing import ScriptedAction, ScriptedApi
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import CameBack, Left
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.login.json_values import JsonObject, JsonValue


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


async def send_away(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.sendUserTo", "https://my-app.example.com/ask?lang=en", line=7)


async def show_form(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("prompt.render", "ap_terms", {"fields": {"tier": "gold"}}, line=4)


def asks(method: str, *args: object) -> ScriptedAction:
    """Return an action that makes one call."""

    async def ask(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call(method, *args, line=2)  # type: ignore[arg-type]  # stories pass plain JSON

    return ScriptedAction(ask, nothing)


async def test_a_form_comes_back_as_event_prompt_in_the_same_action() -> None:
    bench = Workbench(
        a_flow("terms", "after"),
        {"terms": ScriptedAction(show_form, nothing), "after": ScriptedAction(nothing)},
    )
    away = expect(await bench.engine().start(a_login()), Suspended)
    assert away.suspension is not None
    assert (away.kind, away.url) == ("form", None)
    assert away.suspension.form == {"id": "ap_terms", "fields": {"tier": "gold"}, "vars": {}}

    back = FormResult(away.state, {"accepted": "yes"}, {"version": 3})
    expect(await bench.engine().resume(back), Allowed)
    assert bench.ran() == ["terms:execute", "terms:continue", "after:execute"]
    assert bench.events()[1]["prompt"] == {
        "id": "ap_terms",
        "fields": {"accepted": "yes"},
        "vars": {"version": 3},
    }
    assert "prompt" not in bench.events()[2]


async def test_a_form_of_a_bound_login_needs_its_browser() -> None:
    bench = Workbench(a_flow("terms"), {"terms": ScriptedAction(show_form, nothing)})
    away = expect(await bench.engine().start(a_login(bound=True)), Suspended)

    expect(await bench.engine().resume(FormResult(away.state, {})), Failed)
    own = FormResult(away.state, {}, browser=BindBrowser(away.browser_key))
    expect(await bench.engine().resume(own), Allowed)


async def test_a_bound_login_that_leaves_twice_is_bound_both_times() -> None:
    actions = {name: ScriptedAction(send_away, nothing) for name in ("first", "second")}
    bench = Workbench(a_flow("first", "second"), actions)
    away = expect(await bench.engine().start(a_login(bound=True)), Suspended)
    again = expect(
        await bench.engine().resume(came_back(away.state, key=away.browser_key)), Suspended
    )

    assert again.browser_key not in (None, away.browser_key)
    expect(await bench.engine().resume(came_back(again.state)), Failed)
    expect(await bench.engine().resume(came_back(again.state, key=away.browser_key)), Failed)
    own = came_back(again.state, key=again.browser_key)
    expect(await bench.engine().resume(own), Allowed)


async def test_a_form_is_answered_by_no_redirect_and_stays_open() -> None:
    bench = Workbench(a_flow("terms"), {"terms": ScriptedAction(show_form, nothing)})
    away = expect(await bench.engine().start(a_login()), Suspended)

    refused = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert refused.error is not None
    assert refused.error.kind == "invalid_request"
    assert bench.ran() == ["terms:execute"]
    expect(await bench.engine().resume(FormResult(away.state, {})), Allowed)


async def test_a_form_with_more_fields_than_a_browser_may_send_leaves_its_state_unused() -> None:
    bench = Workbench(a_flow("terms"), {"terms": ScriptedAction(show_form, nothing)})
    away = expect(await bench.engine().start(a_login()), Suspended)

    many: JsonObject = {f"field_{number}": "x" for number in range(101)}
    expect(await bench.engine().resume(FormResult(away.state, many)), Failed)
    large: JsonObject = {"field": "x" * 70_000}
    expect(await bench.engine().resume(FormResult(away.state, large)), Failed)
    expect(await bench.engine().resume(FormResult(away.state, {})), Allowed)


async def test_a_host_attests_a_challenge_without_a_browser_but_not_with_a_foreign_one() -> None:
    bench = Workbench(a_flow("ask"), {"ask": asks("authentication.challengeWith", {"type": "otp"})})
    away = expect(await bench.engine().start(a_login(bound=True)), Suspended)

    foreign = ChallengeResult(away.state, "otp", True, browser=BindBrowser("A" * 43))
    expect(await bench.engine().resume(foreign), Failed)
    expect(await bench.engine().resume(ChallengeResult(away.state, "otp", True)), Allowed)


async def test_challenges_are_done_in_the_order_in_which_they_were_asked_for() -> None:
    async def ask_twice(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("authentication.challengeWith", {"type": "otp"}, line=2)
        await api.call("authentication.challengeWithAny", [{"type": "otp"}, {"type": "phone"}])

    bench = Workbench(
        a_flow("ask", "after"),
        {"ask": ScriptedAction(ask_twice), "after": ScriptedAction(nothing)},
    )
    first = expect(await bench.engine().start(a_login(), now=NOON), Suspended)
    assert first.suspension is not None
    assert first.suspension.factors == ("otp",)

    second = expect(
        await bench.engine().resume(ChallengeResult(first.state, "otp", True)), Suspended
    )
    assert second.suspension is not None
    assert second.suspension.factors == ("phone",)
    assert bench.ran() == ["ask:execute"]

    outcome = expect(
        await bench.engine().resume(ChallengeResult(second.state, "phone", True)), Allowed
    )
    assert bench.ran() == ["ask:execute", "after:execute"]
    methods = member(bench.events()[1], "authentication", "methods")
    assert isinstance(methods, list)
    assert [member(one, "type") for one in methods] == ["otp", "phone"]
    assert [one["type"] for one in outcome.authentication.methods] == ["otp", "phone"]


async def test_a_challenge_is_answered_before_the_redirect_of_the_same_action() -> None:
    async def both(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("redirect.sendUserTo", "https://my-app.example.com", line=2)
        await api.call("authentication.challengeWith", {"type": "otp"}, line=3)

    bench = Workbench(a_flow("both"), {"both": ScriptedAction(both, nothing)})
    first = expect(await bench.engine().start(a_login()), Suspended)
    assert first.kind == "challenge"
    second = expect(
        await bench.engine().resume(ChallengeResult(first.state, "otp", True)), Suspended
    )
    assert second.kind == "redirect"
    outcome = expect(await bench.engine().resume(came_back(second.state)), Allowed)
    assert bench.ran() == ["both:execute", "both:continue"]
    assert "challenge-before-leaving" in [warning.code for warning in outcome.warnings]


async def test_who_has_factors_must_pass_one_before_enrolling_another() -> None:
    bench = Workbench(a_flow("ask"), {"ask": asks("authentication.enrollWith", {"type": "phone"})})
    bench.users = MemoryUserStore([ada(enrolledFactors=[{"type": "otp"}])])
    outcome = expect(await bench.engine().start(a_login()), Denied)
    assert outcome.error is not None
    assert outcome.error.kind == "challenge_failed"


async def test_an_enrolment_is_answered_by_an_enrolment_only() -> None:
    bench = Workbench(a_flow("ask"), {"ask": asks("authentication.enrollWith", {"type": "phone"})})
    away = expect(await bench.engine().start(a_login()), Suspended)
    assert away.kind == "enrollment"
    expect(await bench.engine().resume(ChallengeResult(away.state, "phone", True)), Failed)
    expect(await bench.engine().resume(EnrollmentResult(away.state, "phone", True)), Allowed)


async def test_an_enrolment_is_seen_by_the_next_action_and_is_no_challenge() -> None:
    async def look(event: JsonObject, _api: ScriptedApi) -> None:
        seen.append(member(event, "user", "enrolledFactors"))

    seen: list[JsonValue] = []
    bench = Workbench(
        a_flow("ask", "look"),
        {
            "ask": asks("authentication.enrollWith", {"type": "phone"}),
            "look": ScriptedAction(look),
        },
    )
    away = expect(await bench.engine().start(a_login()), Suspended)
    back = await bench.engine().resume(EnrollmentResult(away.state, "phone", True))
    outcome = expect(back, Allowed)
    assert seen == [[{"type": "phone"}]]
    assert outcome.authentication.amr == ()


async def test_an_enrolment_that_the_store_tells_of_is_not_told_twice() -> None:
    async def look(event: JsonObject, _api: ScriptedApi) -> None:
        seen.append(member(event, "user", "enrolledFactors"))

    seen: list[JsonValue] = []
    bench = Workbench(
        a_flow("ask", "look"),
        {
            "ask": asks("authentication.enrollWith", {"type": "phone"}),
            "look": ScriptedAction(look),
        },
    )
    away = expect(await bench.engine().start(a_login()), Suspended)
    stored: JsonObject = {"type": "phone", "options": {"preferredMethod": "sms"}}
    bench.users = MemoryUserStore([ada(enrolledFactors=[stored])])
    expect(await bench.engine().resume(EnrollmentResult(away.state, "phone", True)), Allowed)
    assert seen == [[stored]]


async def test_a_challenge_that_passed_after_an_enrolment_counts() -> None:
    async def enrol_and_ask(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("authentication.enrollWith", {"type": "phone"})
        await api.call("authentication.challengeWith", {"type": "otp"})

    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(enrol_and_ask)})
    away = expect(await bench.engine().start(a_login()), Suspended)
    again = await bench.engine().resume(EnrollmentResult(away.state, "phone", True))
    away = expect(again, Suspended)
    back = await bench.engine().resume(ChallengeResult(away.state, "otp", True))
    assert expect(back, Allowed).authentication.amr == ("mfa",)


async def test_the_fifth_challenge_of_a_login_fails_it() -> None:
    async def ask_often(_event: JsonObject, api: ScriptedApi) -> None:
        for kind in ("otp", "phone", "email", "push", "recovery-code"):
            await api.call("authentication.challengeWith", {"type": kind}, line=2)

    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(ask_often)})
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert outcome.error.kind == "limit"


async def test_an_enrolment_that_an_action_asks_for_pays_no_factor_that_is_owed() -> None:
    actions = {
        "owe": asks("multifactor.enable", "any"),
        "enrol": asks("authentication.enrollWith", {"type": "otp"}),
    }
    bench = Workbench(a_flow("owe", "enrol"), actions)
    away = expect(await bench.engine().start(a_login()), Suspended)
    assert away.kind == "enrollment"

    owing = expect(
        await bench.engine().resume(EnrollmentResult(away.state, "otp", True)), Suspended
    )
    assert owing.kind == "challenge"
    expect(await bench.engine().resume(ChallengeResult(owing.state, "otp", True)), Allowed)


async def test_owed_mfa_that_nobody_can_be_asked_for_is_mfa_required_at_the_token_endpoint() -> (
    None
):
    bench = Workbench(a_flow("owe"), {"owe": asks("multifactor.enable", "any")})
    exchange = a_login(protocol="oauth2-refresh-token")
    outcome = expect(await bench.engine().start(exchange), Failed)
    assert outcome.error is not None
    assert (outcome.error.code, outcome.error.kind) == ("mfa_required", "mfa_required")


async def test_owed_mfa_that_a_challenge_overrode_is_told_as_satisfied_once_it_passed() -> None:
    async def owe_and_ask(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("multifactor.enable", "any", {"allowRememberBrowser": False})
        await api.call("authentication.challengeWith", {"type": "otp"})

    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(owe_and_ask)})
    away = expect(await bench.engine().start(a_login()), Suspended)
    assert away.multifactor is not None
    assert (away.multifactor.satisfied, away.multifactor.by) == (False, None)
    refused = await bench.engine().resume(ChallengeResult(away.state, "otp", False))
    told = expect(refused, Denied).multifactor
    assert told is not None
    assert not told.satisfied

    away = expect(await bench.engine().start(a_login()), Suspended)
    back = await bench.engine().resume(ChallengeResult(away.state, "otp", True))
    told = expect(back, Allowed).multifactor
    assert told is not None
    assert (told.satisfied, told.by) == (True, "host")
    assert told.options == {"allowRememberBrowser": False}


async def test_no_provider_cancels_what_was_owed() -> None:
    bench = Workbench(
        a_flow("owe", "cancel"),
        {"owe": asks("multifactor.enable", "any"), "cancel": asks("multifactor.enable", "none")},
    )
    outcome = expect(await bench.engine().start(a_login()), Allowed)
    assert outcome.multifactor is None


async def test_an_unknown_provider_still_owes_mfa() -> None:
    bench = Workbench(a_flow("owe"), {"owe": asks("multifactor.enable", "Any")})
    away = expect(await bench.engine().start(a_login()), Suspended)
    assert away.kind == "challenge"
    assert [warning.code for warning in away.warnings] == ["argument-ignored"]


async def test_each_leg_writes_before_the_browser_leaves() -> None:
    async def note_and_leave(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("user.setUserMetadata", "asked", True, line=2)
        await api.call("redirect.sendUserTo", "https://my-app.example.com", line=3)

    bench = Workbench(
        a_flow("ask", settings=FlowSettings(profile_writes="each-leg")),
        {"ask": ScriptedAction(note_and_leave, nothing)},
    )
    away = expect(await bench.engine().start(a_login()), Suspended)
    assert away.profile_update is not None
    assert away.profile_update.user_metadata == {"asked": True}
    outcome = expect(await bench.engine().resume(came_back(away.state)), Allowed)
    assert outcome.profile_update is None
    assert member(bench.events()[1], "user", "user_metadata") == {"asked": True}


async def test_a_value_stored_meanwhile_wins_over_a_pending_one() -> None:
    async def note_and_leave(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("user.setUserMetadata", "colour", "teal", line=2)
        await api.call("redirect.sendUserTo", "https://my-app.example.com", line=3)

    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(note_and_leave, nothing)})
    away = expect(await bench.engine().start(a_login()), Suspended)
    bench.users = MemoryUserStore([ada(user_metadata={"colour": "red"})])

    outcome = expect(await bench.engine().resume(came_back(away.state)), Allowed)
    assert outcome.user is not None
    assert outcome.user["user_metadata"] == {"colour": "red"}
    assert outcome.profile_update is None
    assert "pending-key-changed" in [warning.code for warning in outcome.warnings]
    assert member(bench.events()[1], "user", "user_metadata") == {"colour": "teal"}


async def test_a_login_left_for_an_hour_has_expired_by_its_own_clock() -> None:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})
    away = expect(await bench.engine().start(a_login(), now=NOON), Suspended)
    assert away.suspension is not None
    assert away.suspension.expires_at == "2026-11-23T11:00:00Z"
    late = expect(await bench.engine().resume(came_back(away.state), now=NOON + 3601), Failed)
    assert late.error is not None
    assert late.error.description == "The login has expired."
    expect(await bench.engine().resume(came_back(away.state), now=NOON + 3599), Allowed)


async def test_a_login_left_for_an_hour_has_expired_by_the_stores_clock() -> None:
    clock = MovableClock(NOON)
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})
    bench.suspensions = MemorySuspensionStore(clock=clock)
    away = expect(await bench.engine().start(a_login()), Suspended)
    clock.advance(3601)
    late = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert late.error is not None
    assert late.error.kind == "invalid_request"


async def test_more_suspensions_than_allowed_fail_the_login() -> None:
    bench = Workbench(
        a_flow("ask"),
        {"ask": ScriptedAction(send_away, send_away)},
        options=EngineOptions(max_suspensions_per_login=2),
    )
    first = expect(await bench.engine().start(a_login()), Suspended)
    second = expect(await bench.engine().resume(came_back(first.state)), Suspended)
    assert second.state != first.state
    outcome = expect(await bench.engine().resume(came_back(second.state)), Failed)
    assert outcome.error is not None
    assert outcome.error.kind == "limit"


async def test_a_return_to_another_hostname_leaves_the_state_unused() -> None:
    bench = Workbench(
        a_flow("ask"),
        {"ask": ScriptedAction(send_away, nothing)},
        hostnames=(HOST, "b.example.com"),
    )
    away = expect(await bench.engine().start(a_login()), Suspended)
    elsewhere = RedirectReturn(
        away.state, HttpRequest(hostname="b.example.com", query={"state": away.state}), NoBrowser()
    )
    expect(await bench.engine().resume(elsewhere), Failed)
    expect(await bench.engine().resume(came_back(away.state)), Allowed)


async def test_a_malformed_return_leaves_the_state_unused() -> None:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})
    away = expect(await bench.engine().start(a_login()), Suspended)
    malformed = [
        HttpRequest(hostname=HOST, query={"state": "other"}),
        HttpRequest(hostname=HOST, query={"session_token": ["a", "b"]}),
        HttpRequest(hostname=HOST, query={"a": "1"}, body={"a": "2"}),
        HttpRequest(hostname=HOST, body={"big": "x" * 70_000}),
        HttpRequest(hostname=HOST, body={str(number): "" for number in range(101)}),
    ]
    for request in malformed:
        refused = await bench.engine().resume(RedirectReturn(away.state, request, NoBrowser()))
        assert expect(refused, Failed).error is not None
    expect(await bench.engine().resume(came_back(away.state)), Allowed)


async def test_a_return_keeps_what_it_does_not_bring_and_drops_what_is_dangerous() -> None:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})
    first = HttpRequest(
        hostname=HOST,
        ip="203.0.113.7",
        user_agent="Firefox",
        body={"password": "hunter2", "login_hint": "ada"},
    )
    away = expect(await bench.engine().start(a_login(request=first)), Suspended)
    back = came_back(away.state, answer={"deep": {"__proto__": {"admin": True}, "ok": 1}})
    expect(await bench.engine().resume(back), Allowed)

    begun, returned = (member(event, "request") for event in bench.events())
    assert member(begun, "body") == {"login_hint": "ada"}
    assert member(returned, "ip") == "203.0.113.7"
    assert member(returned, "user_agent") == "Firefox"
    assert member(returned, "method") == "POST"
    assert member(returned, "body", "answer") == {"deep": {"ok": 1}}


async def test_a_login_goes_on_with_the_version_that_began_it() -> None:
    bench = Workbench(
        a_flow("ask", "after"),
        {"ask": ScriptedAction(send_away, nothing), "after": ScriptedAction(nothing)},
    )
    began = bench.flow.version
    away = expect(await bench.engine().start(a_login()), Suspended)
    bench.flow = a_flow("other")

    outcome = expect(await bench.engine().resume(came_back(away.state)), Allowed)
    assert outcome.flow.version == began
    assert bench.ran() == ["ask:execute", "ask:continue", "after:execute"]


async def test_host_context_comes_back_and_no_action_sees_it() -> None:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})
    request = a_login(host_context={"authorization": "canary-7391"})
    away = expect(await bench.engine().start(request), Suspended)
    outcome = expect(await bench.engine().resume(came_back(away.state)), Allowed)
    assert outcome.host_context == {"authorization": "canary-7391"}
    assert "canary-7391" not in str(bench.events())


async def test_a_flow_that_no_store_keeps_is_told_once_however_often_the_user_leaves(
    tmp_path: Path,
) -> None:
    package = tmp_path / "node_modules" / "left-pad"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"name": "left-pad", "version": "1.3.0"}')
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, send_away)})
    bench.flow = bench.flow.model_copy(update={"root": tmp_path, "packages": tmp_path})
    engine = bench.engine()
    away = expect(await engine.start(a_login()), Suspended)
    again = expect(await engine.resume(came_back(away.state)), Suspended)
    codes = [warning.code for warning in again.warnings]
    assert codes.count("flow-not-kept") == 1


async def test_packages_that_no_bundle_can_hold_keep_nobody_from_coming_back(
    tmp_path: Path,
) -> None:
    package = tmp_path / "node_modules" / "left-pad"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"name": "left-pad", "version": "1.3.0"}')
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})
    bench.flow = bench.flow.model_copy(update={"root": tmp_path, "packages": tmp_path})
    async with SqliteStore(tmp_path / "store" / "logins.db") as store:
        bench.suspensions = store.suspensions
        engine = bench.engine()
        away = expect(await engine.start(a_login()), Suspended)
        (warning,) = away.warnings
        assert warning.code == "flow-not-kept"
        assert "lock" in warning.message

        bench.flow = a_flow("other")
        elsewhere = expect(await bench.engine().resume(came_back(away.state)), Failed)
        assert elsewhere.error is not None
        assert elsewhere.error.kind == "flow_version"
        expect(await engine.resume(came_back(away.state)), Allowed)


@pytest.mark.parametrize("answer", [True, False])
async def test_only_a_plain_yes_or_no_answers_a_challenge_and_anything_else_uses_nothing(
    answer: bool,
) -> None:
    bench = Workbench(a_flow("ask"), {"ask": asks("authentication.challengeWith", {"type": "otp"})})
    bench.users = MemoryUserStore([ada(multifactor=["otp"], enrolledFactors=[{"type": "otp"}])])
    away = expect(await bench.engine().start(a_login()), Suspended)
    for odd in (1, 0, "true", "", None, [True]):
        for kind in (ChallengeResult, EnrollmentResult):
            result = kind(away.state, "otp", odd)  # type: ignore[arg-type]  # the mistake
            refused = expect(await bench.engine().resume(result), Failed)
            assert refused.error is not None
            assert refused.error.kind == "invalid_request"
            assert refused.error.description == "`passed` must be True or False."
    back = await bench.engine().resume(ChallengeResult(away.state, "otp", answer))
    expect(back, Allowed if answer else Denied)


async def test_the_seconds_of_handlers_add_up_until_the_user_leaves_and_then_begin_anew() -> None:
    async def long(_event: JsonObject, _api: ScriptedApi) -> Returned:
        return Returned(12_000)

    async def long_and_away(event: JsonObject, api: ScriptedApi) -> Returned:
        await send_away(event, api)
        return Returned(7_000)

    bench = Workbench(
        a_flow("first", "ask", "last"),
        {
            "first": ScriptedAction(long),
            "ask": ScriptedAction(long_and_away, long),
            "last": ScriptedAction(nothing),
        },
    )
    away = expect(await bench.engine().start(a_login()), Suspended)  # after 19 of 20 s
    expect(await bench.engine().resume(came_back(away.state)), Allowed)  # after 12 more

    used_up = Workbench(
        a_flow("first", "ask", "last"),
        {"first": ScriptedAction(long), "ask": ScriptedAction(long), "last": ScriptedAction(long)},
    )
    failed = expect(await used_up.engine().start(a_login()), Failed)
    assert failed.error is not None
    assert (failed.error.kind, failed.error.action) == ("timeout", "last")


async def test_a_record_tells_where_the_user_went_and_with_what_they_came_back() -> None:
    actions = {
        "form": ScriptedAction(show_form, nothing),
        "ask": asks("authentication.challengeWith", {"type": "otp"}),
    }
    bench = Workbench(a_flow("form", "ask"), actions)
    away = expect(await bench.engine().start(a_login(), now=NOON), Suspended)
    assert away.suspension is not None
    form = FormResult(away.suspension.state, {"tier": "gold"}, {})
    away = expect(await bench.engine().resume(form), Suspended)
    assert away.suspension is not None
    passed = ChallengeResult(away.suspension.state, "otp", True)
    record = record_of(expect(await bench.engine().resume(passed), Allowed))
    told = [entry for entry in record.entries if isinstance(entry, Left | CameBack)]
    assert [(type(entry), entry.kind, entry.action, entry.leg) for entry in told] == [
        (Left, "form", "form", 1),
        (CameBack, "form", "form", 2),
        (Left, "challenge", "ask", 2),
        (CameBack, "challenge", "ask", 3),
    ]
    left, _, challenged, _ = told
    assert isinstance(left, Left)
    assert left.expires_at == NOON + 3600
    assert left.detail == {"factors": [], "form": {"id": "ap_terms"}}
    assert challenged.detail == {"factors": ["otp"]}
