"""What comes next in a login, decided from its state alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from api_calls import a_context, meaning
from loginwright_runtime.flow.model import Action
from loginwright_runtime.transaction.effects import (
    Denied,
    Effect,
    FactorAsked,
    FormRendered,
    LoginBroken,
    MfaEnabled,
    Placed,
    UserSentAway,
)
from loginwright_runtime.transaction.next_step import (
    EndAllowed,
    EndDenied,
    EndWithError,
    LeaveByFactor,
    LeaveByForm,
    LeaveByRedirect,
    LoginSurroundings,
    NextStep,
    RunHandler,
    SkipFactorStep,
    next_step,
)
from loginwright_runtime.transaction.state import LoginTransaction, apply

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

START = LoginTransaction(id="0" * 32, user_id="auth0|0001")
BROWSER = LoginSurroundings(interactive=True)
SILENT = LoginSurroundings(interactive=False)
TOKEN_ENDPOINT = LoginSurroundings(interactive=False, token_endpoint=True)
AWAY = UserSentAway("https://x.com/")


def actions(*enabled: bool) -> tuple[Action, ...]:
    """Return actions named a0, a1, …"""
    return tuple(
        Action(
            id=f"a{index}",
            name=f"A{index}",
            code=f"actions/a{index}.js",
            language="javascript",
            enabled=on,
            secrets=(),
        )
        for index, on in enumerate(enabled)
    )


def asked(*effects: Effect, tx: LoginTransaction = START) -> LoginTransaction:
    """Return the login after a handler of ``a0`` that called at lines 1, 2, …"""
    placed = tuple(Placed(effect, "a0", line) for line, effect in enumerate(effects, start=1))
    return apply(tx, placed, {})[0]


def challenge(*types: str) -> FactorAsked:
    """Return a challenge by one of the factors."""
    return FactorAsked("challenge", _factors(*types))


def enrolment(*types: str) -> FactorAsked:
    """Return an enrolment with one of the factors."""
    return FactorAsked("enrollment", _factors(*types))


def _factors(*types: str) -> tuple[JsonObject, ...]:
    return tuple({"type": one} for one in types)


def step(tx: LoginTransaction, around: LoginSurroundings = BROWSER) -> NextStep:
    """Return what comes next in a flow of one action that has run."""
    return next_step(replace(tx, position=1), actions(True), around)


def failure(
    tx: LoginTransaction, around: LoginSurroundings = BROWSER
) -> tuple[str, str, str, int | None]:
    """Return status, code, kind and line of an end by a rule."""
    end = step(tx, around)
    assert isinstance(end, EndWithError), end
    assert end.description
    return end.status, end.code, end.kind, end.line


def test_handlers_run_in_the_order_of_the_flow_and_disabled_ones_do_not() -> None:
    flow = actions(False, True, False, True)
    assert next_step(START, flow, BROWSER) == RunHandler(1, "onExecutePostLogin")
    assert next_step(replace(START, position=2), flow, SILENT) == RunHandler(
        3, "onExecutePostLogin"
    )
    assert next_step(replace(START, position=4), flow, BROWSER) == EndAllowed()


def test_a_flow_without_actions_allows() -> None:
    assert next_step(START, (), SILENT) == EndAllowed()


def test_a_login_that_came_back_continues_in_the_same_action_only() -> None:
    back = replace(START, handler="onContinuePostLogin")
    assert next_step(back, actions(True), BROWSER) == RunHandler(0, "onContinuePostLogin")
    assert next_step(back, actions(False, True), BROWSER) == RunHandler(1, "onExecutePostLogin")


def test_a_denied_login_ends_with_the_last_reason() -> None:
    end = step(asked(Denied("first"), Denied("second")), SILENT)
    assert isinstance(end, EndDenied)
    assert (end.denial.reason, end.denial.line) == ("second", 2)


def test_a_limit_that_was_passed_fails_the_login() -> None:
    tx = asked(LoginBroken("The fields of a form must not be larger than 24 kB."))
    assert failure(tx) == ("failed", "access_denied", "limit", 1)


def test_a_redirect_leaves_from_the_action_that_asked() -> None:
    assert step(asked(AWAY)) == LeaveByRedirect("a0", "https://x.com/", 1)


def test_a_user_who_came_back_can_be_sent_away_again_from_the_same_action() -> None:
    back = replace(START, handler="onContinuePostLogin", suspensions=1)
    again = meaning(
        "redirect.sendUserTo", "https://y.com", context=a_context(continuing=True)
    ).effects
    left = asked(*again, tx=back)
    assert next_step(left, actions(True), BROWSER) == LeaveByRedirect("a0", "https://y.com/", 1)


def test_a_form_is_shown_with_its_fields() -> None:
    form: JsonObject = {"id": "ap_1", "fields": {"a": 1}, "vars": {"b": 2}}
    assert step(asked(FormRendered("ap_1", {"a": 1}, {"b": 2}))) == LeaveByForm("a0", form, 1)


@pytest.mark.parametrize("effect", [AWAY, FormRendered("ap_1")])
@pytest.mark.parametrize("around", [SILENT, TOKEN_ENDPOINT])
def test_nobody_is_sent_away_from_a_login_that_is_not_interactive(
    effect: Effect, around: LoginSurroundings
) -> None:
    required = "interaction_required"
    assert failure(asked(effect), around) == ("failed", required, required, 1)


@pytest.mark.parametrize(
    ("around", "code"), [(SILENT, "interaction_required"), (TOKEN_ENDPOINT, "mfa_required")]
)
def test_mfa_without_a_browser_is_told_as_each_endpoint_tells_it(
    around: LoginSurroundings, code: str
) -> None:
    assert failure(asked(challenge("otp")), around) == ("failed", code, code, 1)
    assert failure(asked(enrolment("otp")), around) == ("failed", code, code, 1)
    assert failure(asked(MfaEnabled("any")), around) == ("failed", code, code, None)


def test_redirects_in_several_actions_are_allowed_up_to_the_limit() -> None:
    around = LoginSurroundings(interactive=True, max_suspensions=2)
    for effect in (AWAY, FormRendered("ap_1"), challenge("otp"), MfaEnabled("any")):
        tx = asked(effect)
        assert isinstance(
            step(replace(tx, suspensions=1), around), LeaveByRedirect | LeaveByForm | LeaveByFactor
        )
        assert failure(replace(tx, suspensions=2), around)[:3] == (
            "failed",
            "access_denied",
            "limit",
        )


def test_several_challenges_in_one_action_are_one_suspension_each_in_call_order() -> None:
    tx = asked(challenge("otp"), challenge("phone"))
    assert step(tx) == LeaveByFactor("challenge", "a0", ("otp",), 1)
    rest = replace(tx, factor_steps=tx.factor_steps[1:], passed_factors=("otp",))
    assert step(rest) == LeaveByFactor("challenge", "a0", ("phone",), 2)
    assert step(replace(rest, factor_steps=())) == EndAllowed()


def test_a_challenge_comes_before_the_redirect_of_the_same_action() -> None:
    tx = asked(AWAY, challenge("otp"))
    assert isinstance(step(tx), LeaveByFactor)
    assert isinstance(step(replace(tx, factor_steps=())), LeaveByRedirect)


@pytest.mark.parametrize(
    ("passed", "session"), [(("otp", "phone"), ()), ((), ("phone", "otp")), (("otp",), ("phone",))]
)
def test_a_challenge_whose_factors_were_all_passed_in_this_session_is_skipped(
    passed: tuple[str, ...], session: tuple[str, ...]
) -> None:
    tx = replace(asked(challenge("otp", "phone")), passed_factors=passed)
    for around in (BROWSER, SILENT):
        assert step(tx, replace(around, session_methods=session)) == SkipFactorStep()


def test_a_factor_that_was_passed_is_not_asked_for_again() -> None:
    tx = replace(asked(challenge("otp", "phone")), passed_factors=("otp",))
    assert step(tx) == LeaveByFactor("challenge", "a0", ("phone",), 1)


def test_a_method_that_an_action_recorded_proves_no_factor() -> None:
    recorded: JsonObject = {"name": "mfa", "type": "otp", "timestamp": "2026-11-23T10:00:00.000Z"}
    tx = replace(asked(challenge("otp")), methods=(recorded,))
    assert isinstance(step(tx), LeaveByFactor)


def test_a_challenge_that_names_no_usable_factor_denies_the_login() -> None:
    assert failure(asked(challenge())) == ("denied", "access_denied", "challenge_failed", 1)


def test_a_challenge_asks_only_for_factors_the_user_could_pass() -> None:
    tx = asked(challenge("otp", "phone"))
    around = replace(BROWSER, available_factors=("phone",))
    assert step(tx, around) == LeaveByFactor("challenge", "a0", ("phone",), 1)
    nothing = replace(BROWSER, available_factors=())
    assert failure(tx, nothing) == ("denied", "access_denied", "challenge_failed", 1)


@pytest.mark.parametrize(
    ("named", "known"), [("push", "push-notification"), ("push-notification", "push")]
)
def test_both_names_of_the_push_factor_mean_the_same(named: str, known: str) -> None:
    tx = asked(challenge(named))
    available = replace(BROWSER, available_factors=(known,))
    assert step(tx, available) == LeaveByFactor("challenge", "a0", (named,), 1)
    assert step(tx, replace(BROWSER, session_methods=(known,))) == SkipFactorStep()
    enrolled = replace(BROWSER, enrolled_factors=(known,), session_methods=("otp",))
    assert failure(asked(enrolment(named)), enrolled)[2] == "challenge_failed"


def test_a_user_without_factors_enrols_at_once() -> None:
    for enrolled in (None, ()):
        around = replace(BROWSER, enrolled_factors=enrolled)
        assert step(asked(enrolment("otp", "phone")), around) == LeaveByFactor(
            "enrollment", "a0", ("otp", "phone"), 1
        )


def test_a_user_with_factors_passes_one_before_enrolling_another() -> None:
    tx = asked(enrolment("otp", "phone"))
    around = replace(BROWSER, enrolled_factors=("otp",))
    assert failure(tx, around) == ("denied", "access_denied", "challenge_failed", 1)
    passed = replace(tx, passed_factors=("otp",))
    assert step(passed, around) == LeaveByFactor("enrollment", "a0", ("phone",), 1)
    in_session = replace(around, session_methods=("otp",))
    assert step(tx, in_session) == LeaveByFactor("enrollment", "a0", ("phone",), 1)


def test_an_enrolment_of_nothing_new_denies_the_login() -> None:
    tx = replace(asked(enrolment("otp")), passed_factors=("otp",))
    around = replace(BROWSER, enrolled_factors=("otp",))
    assert failure(tx, around) == ("denied", "access_denied", "challenge_failed", 1)


@pytest.mark.parametrize(
    ("provider", "factors"),
    [
        ("any", ("otp", "phone")),
        ("guardian", ("push-notification",)),
        ("google-authenticator", ("otp",)),
        ("duo", ("duo",)),
    ],
)
def test_owed_mfa_suspends_once_more_after_the_last_action(
    provider: str, factors: tuple[str, ...]
) -> None:
    tx = asked(MfaEnabled(provider))
    around = replace(BROWSER, available_factors=("otp", "phone"))
    assert next_step(replace(tx, position=0), actions(True), around) == RunHandler(
        0, "onExecutePostLogin"
    )
    assert step(tx, around) == LeaveByFactor("challenge", None, factors, None)


def test_owed_mfa_may_be_answered_by_any_factor_where_none_is_known() -> None:
    assert step(asked(MfaEnabled("any"))) == LeaveByFactor("challenge", None, (), None)


@pytest.mark.parametrize("provider", ["any", "guardian"])
def test_owed_mfa_of_a_user_who_can_pass_none_denies_the_login(provider: str) -> None:
    around = replace(BROWSER, available_factors=())
    assert failure(asked(MfaEnabled(provider)), around) == (
        "denied",
        "access_denied",
        "challenge_failed",
        None,
    )


def test_owed_mfa_that_was_passed_or_cancelled_is_owed_no_more() -> None:
    tx = asked(MfaEnabled("any"))
    assert tx.multifactor is not None
    passed = replace(tx, multifactor=replace(tx.multifactor, satisfied=True))
    assert step(passed) == EndAllowed()
    assert step(asked(MfaEnabled("none"), tx=tx)) == EndAllowed()
    assert isinstance(step(asked(MfaEnabled("any"), tx=passed)), LeaveByFactor)


def test_a_challenge_in_the_flow_overrides_owed_mfa_wherever_it_stands() -> None:
    for effects in ((MfaEnabled("any"), challenge("otp")), (challenge("otp"), MfaEnabled("any"))):
        done = replace(asked(*effects), factor_steps=(), passed_factors=("otp",))
        assert step(done) == EndAllowed()


def test_an_enrolment_leaves_mfa_owed() -> None:
    done = replace(asked(MfaEnabled("any"), enrolment("otp")), factor_steps=())
    assert isinstance(step(done), LeaveByFactor)


def test_a_limit_fails_a_login_that_was_denied_too() -> None:
    tx = replace(asked(Denied("no")), breakage=asked(LoginBroken("Too large.")).breakage)
    assert failure(tx)[0] == "failed"
