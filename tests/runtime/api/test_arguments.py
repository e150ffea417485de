"""What a worker sends becomes a validated call; odd arguments are named, not lost."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_calls import UNDEFINED, a_call
from json_strategies import json_values
from loginwright_runtime.api.arguments import MAX_DEPTH, is_undefined, read_call, text_of
from loginwright_runtime.api.call import WorkerCall
from loginwright_runtime.api.methods import METHODS

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue


@pytest.mark.parametrize("method", ["", "deny", "access", "access.Deny", "__proto__", "toString"])
def test_a_method_that_the_table_does_not_have_is_no_call(method: str) -> None:
    assert read_call(WorkerCall(method, [])) is None


@pytest.mark.parametrize(
    ("method", "args", "odd"),
    [
        ("access.deny", ["reason"], None),
        ("access.deny", [], None),
        ("access.deny", [{"a": 1}], None),
        ("idToken.setCustomClaim", ["k", {"a": [1]}], None),
        ("idToken.setCustomClaim", ["k"], None),
        ("idToken.setCustomClaim", [], "key must be a string"),
        ("idToken.setCustomClaim", [7, 1], "key must be a string"),
        ("idToken.setCustomClaim", [None, 1], "key must be a string"),
        ("session.setExpiresAt", [1.5], None),
        ("session.setExpiresAt", [True], "absoluteMs must be a finite number of milliseconds"),
        ("session.setExpiresAt", ["1"], "absoluteMs must be a finite number of milliseconds"),
        ("session.setExpiresAt", [None], "absoluteMs must be a finite number of milliseconds"),
        ("session.setExpiresAt", [float("inf")], "absoluteMs must be a finite number"),
        ("session.setMetadata", ["k", None], None),
        ("session.setMetadata", ["k", 1], "value must be a string or null"),
        ("session.setMetadata", ["k"], "value must be a string or null"),
        ("session.setCookieMode", ["persistent"], None),
        ("session.setCookieMode", ["non-persistent"], None),
        ("session.setCookieMode", ["ephemeral"], "mode must be 'persistent' or 'non-persistent'"),
        ("redirect.encodeToken", [{}], None),
        ("redirect.encodeToken", [], "options must be an object"),
        ("redirect.encodeToken", [UNDEFINED], "options must be an object"),
        ("roles.getUserEffectiveRolesByIds", [["a"]], None),
        ("roles.getUserEffectiveRolesByIds", [["a", 1]], "ids must be a list of strings"),
        ("roles.getUserEffectiveRolesByIds", ["a"], "ids must be a list of strings"),
        ("samlResponse.setSignResponse", [True], None),
        ("samlResponse.setSignResponse", [1], "sign must be a boolean"),
        ("samlResponse.setLifetimeInSeconds", [3600], None),
        ("samlResponse.setLifetimeInSeconds", [False], "seconds must be a finite number"),
        ("samlResponse.setAttribute", ["a", ["x", 1, None, True]], None),
        ("samlResponse.setAttribute", ["a"], None),
        ("samlResponse.setAttribute", ["a", [["x"]]], "value must be a string, number, boolean"),
        ("samlResponse.setAttribute", ["a", {"x": 1}], "value must be a string, number, boolean"),
        ("multifactor.enable", [7], None),
        ("authentication.challengeWithAny", [7], None),
    ],
)
def test_an_argument_of_the_wrong_kind_is_named(
    method: str, args: list[JsonValue], odd: str | None
) -> None:
    call = a_call(method, *args)
    assert (call.odd is None) == (odd is None)
    assert odd is None or f"{method}: {odd}" in (call.odd or "")


@pytest.mark.parametrize("options", [None, UNDEFINED, {"query": {}}, {}])
def test_options_may_be_left_out(options: JsonValue) -> None:
    call = a_call("redirect.sendUserTo", "https://x.com", options)
    assert (call.odd, call.left_out()) == (None, ())


@pytest.mark.parametrize("options", ["query", 7, True, [{}]])
def test_odd_options_are_left_out_and_the_call_stands(options: JsonValue) -> None:
    call = a_call("multifactor.enable", "any", options)
    assert call.odd is None
    assert call.options(1) == {}
    assert call.left_out() == ("multifactor.enable: options must be an object",)


def test_options_of_another_name_are_left_out_and_named() -> None:
    call = a_call("redirect.sendUserTo", "https://x.com", {"session_token": "t", "a": 1})
    assert call.left_out() == ("redirect.sendUserTo knows no option 'session_token', 'a'",)


def test_undefined_options_are_as_good_as_none() -> None:
    call = a_call("prompt.render", "ap_1", {"fields": UNDEFINED, "vars": {}, "other": UNDEFINED})
    assert call.options(1) == {"vars": {}}
    assert call.left_out() == ()


def test_a_call_without_options_leaves_nothing_out() -> None:
    assert a_call("access.deny", {"odd": 1}).left_out() == ()


@pytest.mark.parametrize(
    ("args", "extra"), [([], 0), (["a"], 0), (["a", "b"], 1), (["a", None, UNDEFINED], 2)]
)
def test_arguments_beyond_the_parameters_are_counted(args: list[JsonValue], extra: int) -> None:
    assert a_call("access.deny", *args).extra == extra


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("as it is", "as it is"),
        (None, ""),
        (UNDEFINED, ""),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (1.5, "1.5"),
        ({"why": ["a", None, True]}, '{"why":["a",null,true]}'),
        ([], "[]"),
    ],
)
def test_a_value_is_read_as_text(value: JsonValue, text: str) -> None:
    assert text_of(value) == text
    assert a_call("access.deny", value).text(0) == text


@pytest.mark.parametrize(
    ("value", "undefined"),
    [
        (UNDEFINED, True),
        ({"$undefined": False}, False),
        ({"$undefined": 1}, False),
        ({"$undefined": True, "a": 1}, False),
        ({}, False),
        (None, False),
        ([UNDEFINED], False),
    ],
)
def test_undefined_is_told_from_what_looks_like_it(value: JsonValue, *, undefined: bool) -> None:
    assert is_undefined(value) is undefined


def test_an_argument_that_was_not_given_is_undefined() -> None:
    assert is_undefined(a_call("access.deny").arg(0))
    assert a_call("access.deny").options(0) == {}


def nested(depth: int) -> JsonValue:
    """Return a value that many lists deep."""
    value: JsonValue = "core"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("value", [nested(MAX_DEPTH), {"a": nested(MAX_DEPTH - 1)}, [[[]], {}]])
def test_a_value_may_be_nested_a_hundred_deep(value: JsonValue) -> None:
    call = a_call("idToken.setCustomClaim", "k", value)
    assert (call.odd, call.args) == (None, ["k", value])


@pytest.mark.parametrize(
    ("method", "args", "odd"),
    [
        ("idToken.setCustomClaim", ["k", nested(101)], "value is nested too deeply"),
        ("user.setUserMetadata", ["k", {"a": [nested(99)]}], "value is nested too deeply"),
        ("samlResponse.setAttribute", ["k", nested(101)], "value is nested too deeply"),
        ("redirect.encodeToken", [{"payload": nested(101)}], "options is nested too deeply"),
        ("idToken.setCustomClaim", [nested(101), 1], "key is nested too deeply"),
    ],
)
def test_a_value_nested_deeper_is_not_kept_and_the_call_is_odd(
    method: str, args: list[JsonValue], odd: str
) -> None:
    call = a_call(method, *args)
    assert call.odd == f"{method}: {odd}"
    assert [] in call.args
    json.dumps(call.args)


@pytest.mark.parametrize(
    ("method", "args", "name"),
    [
        ("access.deny", [nested(300)], "reason"),
        ("multifactor.enable", [nested(300)], "provider"),
        ("multifactor.enable", ["any", {"providerOptions": nested(300)}], "options"),
        ("authentication.challengeWithAny", [nested(300)], "factors"),
        ("session.revoke", ["no", {"a": nested(300)}], "options"),
    ],
)
def test_what_stops_a_login_stands_without_the_argument_that_is_too_deep(
    method: str, args: list[JsonValue], name: str
) -> None:
    call = a_call(method, *args)
    assert call.odd is None
    assert call.left_out() == (f"{method}: {name} is nested too deeply",)


def test_an_extra_argument_that_is_too_deep_is_not_kept_either() -> None:
    call = a_call("access.deny", "no", nested(300))
    assert (call.odd, call.args, call.extra) == (None, ["no", []], 1)


@given(st.sampled_from(sorted(METHODS)), st.lists(json_values, max_size=4))
def test_any_arguments_are_read_and_kept_as_they_were_given(
    method: str, args: list[JsonValue]
) -> None:
    given_before = copy.deepcopy(args)
    call = read_call(WorkerCall(method, args, 5))
    assert call is not None
    assert (call.method.name, call.args, call.line) == (method, given_before, 5)
    assert call.odd is None or call.odd.startswith(f"{method}: ")
    for index in range(5):
        json.dumps(call.text(index))
        call.options(index)
    assert all(method in note for note in call.left_out())
    assert args == given_before
