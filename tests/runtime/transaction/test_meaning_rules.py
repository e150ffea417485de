"""Rules that hold for any call with any arguments."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from api_calls import UNDEFINED, a_call, a_context
from json_strategies import json_objects, json_values
from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.transaction.claims import refusal
from loginwright_runtime.transaction.effects import (
    ClaimSet,
    Denied,
    FactorAsked,
    FormRendered,
    LoginBroken,
    MfaEnabled,
    ScopeChanged,
    UserSentAway,
)
from loginwright_runtime.transaction.effects_of_call import CallContext, meaning_of

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue

THROWING = {
    "accessToken.addScope",
    "accessToken.removeScope",
    "authentication.recordMethod",
    "authentication.setPrimaryUser",
    "redirect.sendUserTo",
    "transaction.setMetadata",
}
"""Methods that the reference says throw, by what they mean alone."""
NEVER_LOST = {
    "access.deny": Denied,
    "authentication.challengeWith": FactorAsked,
    "authentication.challengeWithAny": FactorAsked,
    "authentication.enrollWith": FactorAsked,
    "authentication.enrollWithAny": FactorAsked,
    "multifactor.enable": MfaEnabled,
    "session.revoke": Denied,
    "validation.error": Denied,
}
"""Methods whose odd arguments must not let a login pass that the action meant to stop."""

contexts = st.builds(
    CallContext,
    mode=st.sampled_from(["uri", "any"]),
    continuing=st.booleans(),
    now=st.floats(min_value=0, max_value=4e9),
    refresh_exchange=st.booleans(),
    primary_user_set=st.booleans(),
    transaction_metadata=json_objects,
    redirect_hosts=st.one_of(st.none(), st.just(frozenset({"x.com"}))),
)
likely: st.SearchStrategy[JsonValue] = st.one_of(
    json_values,
    st.sampled_from(["https://x.com/?state=1", "any", "none", "persistent", "sub", "otp", "a b"]),
    st.builds(
        lambda name, value: {name: value},
        st.sampled_from(["type", "query", "fields", "vars", "additionalFactors", "options"]),
        json_values,
    ),
    st.just([{"type": "otp"}]),
    st.just({"type": "phone"}),
    st.integers(min_value=-(2**63), max_value=2**64 - 1),
)
methods = st.sampled_from(sorted(METHODS))
BREAKING = {"prompt.render", "refreshToken.setMetadata", "session.setMetadata"}
"""Methods whose limits fail the login as soon as they are passed (reference §4.2, §4.4)."""
arguments = st.lists(likely, max_size=4)


@given(methods, arguments, contexts)
def test_a_call_means_the_same_each_time_and_changes_none_of_its_arguments(
    method: str, args: list[JsonValue], context: CallContext
) -> None:
    before = copy.deepcopy((args, context))
    first = meaning_of(a_call(method, *args), context)
    assert meaning_of(a_call(method, *args), context) == first
    assert (args, context) == before


@given(methods, arguments, contexts)
def test_a_call_throws_only_where_the_reference_says_so_and_then_it_waits(
    method: str, args: list[JsonValue], context: CallContext
) -> None:
    found = meaning_of(a_call(method, *args), context)
    if found.error is not None:
        assert method in THROWING
        assert METHODS[method].waits
        assert found.error.name in ("Error", "TypeError")
        assert found.effects == ()


@given(methods, arguments, contexts)
def test_a_call_is_applied_or_throws_or_earns_a_warning(
    method: str, args: list[JsonValue], context: CallContext
) -> None:
    found = meaning_of(a_call(method, *args), context)
    undefined_claim = method.endswith("setCustomClaim") and (args + [UNDEFINED] * 2)[1] == UNDEFINED
    asks_only = METHODS[method].read or method.startswith("cache.")
    if not (found.effects or found.error or found.warnings):
        assert asks_only or undefined_claim


@given(methods, arguments, contexts)
def test_every_warning_is_a_code_and_a_sentence(
    method: str, args: list[JsonValue], context: CallContext
) -> None:
    for code, message in meaning_of(a_call(method, *args), context).warnings:
        assert code == code.lower().replace("_", "-")
        assert message.endswith(".")


@given(st.sampled_from(sorted(NEVER_LOST)), arguments, contexts)
def test_no_odd_argument_undoes_a_denial_or_a_challenge(
    method: str, args: list[JsonValue], context: CallContext
) -> None:
    (effect,) = meaning_of(a_call(method, *args), context).effects
    assert isinstance(effect, NEVER_LOST[method])


@given(
    st.sampled_from(["any", "guardian", "duo", "google-authenticator", "", "None"]),
    st.lists(likely, max_size=2),
)
def test_mfa_is_cancelled_by_none_and_by_nothing_else(provider: str, rest: list[JsonValue]) -> None:
    (effect,) = meaning_of(a_call("multifactor.enable", provider, *rest), a_context()).effects
    assert isinstance(effect, MfaEnabled)
    assert effect.provider != "none"


@given(methods, arguments, contexts)
def test_what_is_asked_for_keeps_the_rules_of_names_and_targets(
    method: str, args: list[JsonValue], context: CallContext
) -> None:
    for effect in meaning_of(a_call(method, *args), context).effects:
        match effect:
            case ClaimSet(_, name, _):
                assert refusal(name, context.mode) is None
            case ScopeChanged(scope, _):
                assert scope == "".join(scope.split()) != ""
            case UserSentAway(url):
                assert url.startswith(("https://", "http://"))
                assert "state=" not in url
            case FormRendered():
                assert method == "prompt.render"
            case LoginBroken():
                assert method in BREAKING
            case _:
                assert not METHODS[method].read
