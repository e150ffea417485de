"""Arguments of an api call: Python's spelling in, JavaScript's out, and only JSON."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.api.names import python_method, snake_case
from loginwright_runtime.hosts.workers.python_arguments import (
    UNDEFINED,
    Method,
    arrange,
    encode_arguments,
    read_method,
)
from loginwright_runtime.hosts.workers.python_event import JsonValue, read_event


def method(name: str) -> Method:
    return read_method(asdict(METHODS[name].shape))


def sent(name: str, *args: object, **keywords: object) -> list[object]:
    """What the parent reads of a call."""
    called = method(name)
    decoded: list[object] = json.loads(encode_arguments(called, arrange(called, args, keywords)))
    return decoded


@pytest.mark.parametrize("name", METHODS)
def test_every_method_of_the_table_is_understood(name: str) -> None:
    called = method(name)
    assert called.name == name
    assert called.python_name == f"api.{python_method(name)}"


@pytest.mark.parametrize("name", [name for name in METHODS if METHODS[name].option_names])
def test_every_option_is_a_keyword_argument(name: str) -> None:
    names = METHODS[name].option_names
    options = sent(name, **{snake_case(option): 1 for option in names})[-1]
    assert options == dict.fromkeys(names, 1)


def test_positional_arguments_are_sent_as_they_are() -> None:
    assert sent("idToken.setCustomClaim", "https://a/b", [1, None]) == ["https://a/b", [1, None]]


def test_parameters_can_be_named() -> None:
    assert sent("idToken.setCustomClaim", value=1, key="https://a/b") == ["https://a/b", 1]


def test_options_are_keyword_arguments() -> None:
    assert sent("redirect.encodeToken", secret="s", payload={}, expires_in_seconds=60) == [
        {"secret": "s", "payload": {}, "expiresInSeconds": 60}
    ]


def test_options_can_be_a_dict_in_both_spellings() -> None:
    expected = [{"secret": "s", "tokenParameterName": "t"}]
    assert sent("redirect.validateToken", {"secret": "s", "token_parameter_name": "t"}) == expected
    assert sent("redirect.validateToken", {"secret": "s", "tokenParameterName": "t"}) == expected


def test_options_come_after_the_other_parameters() -> None:
    assert sent("redirect.sendUserTo", "https://a", query={"userId": "1", "user_id": "2"}) == [
        "https://a",
        {"query": {"userId": "1", "user_id": "2"}},
    ]


def test_options_dict_and_keywords_are_one() -> None:
    assert sent(
        "multifactor.enable",
        "duo",
        {"allow_remember_browser": True},
        provider_options={"host": "h"},
    ) == ["duo", {"allowRememberBrowser": True, "providerOptions": {"host": "h"}}]


def test_parameter_left_out_before_options_is_undefined() -> None:
    assert sent("session.revoke", preserve_refresh_tokens=True) == [
        UNDEFINED,
        {"preserveRefreshTokens": True},
    ]


def test_payload_keeps_the_names_of_its_author() -> None:
    payload = {"favourite_colour": {"is_dark": True}}
    assert sent("redirect.encodeToken", secret="s", payload=payload)[0]["payload"] == payload  # type: ignore[index]  # an object


def test_option_that_the_platform_writes_in_snake_case_stays() -> None:
    assert sent("cache.set", "k", "v", expires_at=5) == ["k", "v", {"expires_at": 5}]


def test_keyword_of_python_is_written_with_an_underscore() -> None:
    assert sent("roles.getUserEffectiveRoles", take=5, from_="x") == [{"take": 5, "from": "x"}]


def test_options_of_a_factor_are_in_snake_case_too() -> None:
    assert sent(
        "authentication.challengeWith",
        {"type": "phone", "options": {"preferred_method": "sms"}},
        additional_factors=[{"type": "push", "options": {"otp_fallback": True}}],
    ) == [
        {"type": "phone", "options": {"preferredMethod": "sms"}},
        {"additionalFactors": [{"type": "push", "options": {"otpFallback": True}}]},
    ]


def test_factors_in_a_list_are_translated() -> None:
    assert sent(
        "authentication.enrollWithAny",
        [{"type": "phone", "options": {"preferred_method": "voice"}}],
    ) == [[{"type": "phone", "options": {"preferredMethod": "voice"}}]]


def test_surplus_arguments_are_passed_on() -> None:
    assert sent("access.deny", "a", "b") == ["a", "b"]


def test_part_of_the_event_is_sent_as_the_platform_has_it() -> None:
    event: Any = read_event({"request": {"geoip": {"continentCode": "EU"}}})
    assert sent("idToken.setCustomClaim", "k", event.request.geoip) == [
        "k",
        {"continentCode": "EU"},
    ]


def test_an_integer_of_more_than_64_bits_is_its_digits() -> None:
    numbers = [1 << 64, (1 << 64) - 1, -(1 << 63) - 1, -(1 << 63), True, 1e300, "1" * 30]
    (_, claim) = sent("idToken.setCustomClaim", "n", {"in": (numbers, {1 << 70: 1})})
    digits = ["18446744073709551616", (1 << 64) - 1, "-9223372036854775809", *numbers[3:]]
    assert claim == {"in": [digits, {"1180591620717411303424": 1}]}


def test_none_is_null_and_a_tuple_a_list() -> None:
    assert sent("user.setAppMetadata", "k", None) == ["k", None]
    assert sent("user.setAppMetadata", "k", (1, 2)) == ["k", [1, 2]]


@pytest.mark.parametrize(
    "value",
    [{1, 2}, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), b"bytes", object(), float("nan")],
)
def test_argument_that_is_no_json_is_named(value: object) -> None:
    with pytest.raises(TypeError, match=r"api\.id_token\.set_custom_claim\(\): argument 'value'"):
        sent("idToken.setCustomClaim", "k", value)


def test_option_that_is_no_json_is_named() -> None:
    with pytest.raises(TypeError, match="argument 'payload' is not JSON"):
        sent("redirect.encodeToken", secret="s", payload={1, 2})


def test_surplus_argument_that_is_no_json_is_counted() -> None:
    with pytest.raises(TypeError, match="argument 2 is not JSON"):
        sent("access.deny", "a", {1})


def test_circular_argument_is_named() -> None:
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(TypeError, match="argument 'value' is not JSON: Circular"):
        sent("idToken.setCustomClaim", "k", circle)


def test_argument_nested_too_deeply_is_named() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(TypeError, match="argument 'value' is not JSON: it is nested too deeply"):
        sent("idToken.setCustomClaim", "k", deep)


def test_unknown_keyword_is_refused_where_there_are_no_options() -> None:
    with pytest.raises(TypeError, match="unknown keyword argument 'why'; it knows reason"):
        sent("access.deny", why="because")


def test_parameter_given_twice_is_refused() -> None:
    with pytest.raises(TypeError, match="got 'key' twice"):
        sent("idToken.setCustomClaim", "k", key="k")


def test_option_given_twice_is_refused() -> None:
    with pytest.raises(TypeError, match="got 'secret' twice"):
        sent("redirect.encodeToken", {"secret": "a"}, secret="b")


def test_keywords_beside_options_that_are_no_dict_are_refused() -> None:
    with pytest.raises(TypeError, match="which is no dict"):
        sent("redirect.encodeToken", "secret", payload={})


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 64) - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(json_values)
def test_any_json_value_arrives_unchanged(value: JsonValue) -> None:
    assert sent("idToken.setCustomClaim", "k", value) == ["k", value]
