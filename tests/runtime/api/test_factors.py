"""MFA factors as actions name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api_calls import UNDEFINED, a_call
from loginwright_runtime.api.factors import (
    CHALLENGE_TYPES,
    ENROLL_TYPES,
    PROVIDERS,
    factors_of,
    has_unknown_factor,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

WITH = "authentication.challengeWith"
ANY = "authentication.challengeWithAny"
OTP: JsonObject = {"type": "otp"}
PHONE: JsonObject = {"type": "phone", "options": {"preferredMethod": "sms"}}


def test_the_factors_and_providers_are_those_of_the_reference() -> None:
    challenged = "otp email webauthn-platform webauthn-roaming recovery-code phone push"
    assert frozenset([*challenged.split(), "push-notification"]) == CHALLENGE_TYPES
    assert {"email"} == CHALLENGE_TYPES - ENROLL_TYPES
    assert {"any", "none", "guardian", "google-authenticator", "duo"} == PROVIDERS


@pytest.mark.parametrize("method", [ANY, "authentication.enrollWithAny"])
def test_a_choice_of_factors_keeps_its_order_and_names_each_once(method: str) -> None:
    call = a_call(method, [PHONE, OTP, {"type": "phone"}])
    assert factors_of(call) == (PHONE, OTP)
    assert not has_unknown_factor(call)


@pytest.mark.parametrize("method", [WITH, "authentication.enrollWith"])
def test_additional_factors_come_after_the_first(method: str) -> None:
    call = a_call(method, OTP, {"additionalFactors": [PHONE]})
    assert factors_of(call) == (OTP, PHONE)
    assert not has_unknown_factor(call)


def test_a_single_factor_where_a_list_belongs_is_understood() -> None:
    assert factors_of(a_call(ANY, OTP)) == (OTP,)
    assert factors_of(a_call(WITH, OTP, {"additionalFactors": PHONE})) == (OTP, PHONE)


def test_an_email_can_be_challenged_but_not_enrolled() -> None:
    email: JsonObject = {"type": "email"}
    assert factors_of(a_call(ANY, [email])) == (email,)
    enrolment = a_call("authentication.enrollWithAny", [email, OTP])
    assert factors_of(enrolment) == (OTP,)
    assert has_unknown_factor(enrolment)


@pytest.mark.parametrize(
    "odd", ["otp", None, UNDEFINED, {}, {"type": "carrier-pigeon"}, {"type": 7}, [OTP], 7]
)
def test_what_is_no_factor_is_not_used(odd: JsonValue) -> None:
    call = a_call(ANY, [odd, OTP])
    assert factors_of(call) == (OTP,)
    assert has_unknown_factor(call)
    assert factors_of(a_call(WITH, odd)) == (() if not isinstance(odd, list) else (OTP,))


def test_odd_options_of_a_factor_are_left_out() -> None:
    assert factors_of(a_call(ANY, [{"type": "otp", "options": "sms"}])) == (OTP,)


def test_additional_factors_that_are_none_are_noticed() -> None:
    call = a_call(WITH, OTP, {"additionalFactors": "phone"})
    assert factors_of(call) == (OTP,)
    assert has_unknown_factor(call)
