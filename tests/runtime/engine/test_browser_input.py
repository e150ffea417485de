"""What a browser may send, to the byte and to the key (security.md 16 and 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.engine.browser_input import (
    NEVER_SHOWN,
    checked_hostname,
    cleaned,
    return_problem,
    without_credentials,
)
from loginwright_runtime.errors import RequestError
from loginwright_runtime.login.requests import HttpRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.login.json_values import JsonObject

STATE = "S" * 43
SERVED = frozenset({"login.example.com"})
BOTH = frozenset({"login.example.com", "b.example.com"})
AROUND_A_TEXT = len(b'{"a":""}')


def refusal(**parts: Mapping[str, object]) -> str:
    """Why a request with these parts is malformed."""
    why = cleaned(HttpRequest(**parts))
    assert isinstance(why, str)
    return why


@pytest.mark.parametrize("part", ["query", "body"])
def test_a_browser_may_send_64_kb_and_not_a_byte_more(part: str) -> None:
    whole = 64 * 1024 - AROUND_A_TEXT
    request = HttpRequest(**{part: {"a": "x" * whole}})
    assert cleaned(request) is request
    assert refusal(**{part: {"a": "x" * (whole + 1)}}) == f"The {part} is larger than 64 kB."


def test_bytes_count_and_not_characters() -> None:
    assert refusal(body={"a": "é" * 40_000}) == "The body is larger than 64 kB."


@pytest.mark.parametrize("part", ["query", "body"])
def test_a_browser_may_send_100_keys_and_not_one_more(part: str) -> None:
    request = HttpRequest(**{part: {str(one): "" for one in range(100)}})
    assert cleaned(request) is request
    many: JsonObject = {str(one): "" for one in range(101)}
    assert refusal(**{part: many}) == f"The {part} has more than 100 keys."


def test_query_and_body_may_be_full_each() -> None:
    keys: JsonObject = {str(one): "" for one in range(100)}
    request = HttpRequest(query=keys, body=keys)
    assert cleaned(request) is request


def test_keys_count_at_any_depth_also_in_lists() -> None:
    deep: JsonObject = {"list": [{"a": 1, "b": {"c": 2}}, [{"d": 3}] * 48, "e", None]}
    assert isinstance(cleaned(HttpRequest(body=deep)), HttpRequest)  # 1 + 3 + 48 keys
    deep["other"] = [{"d": 3}] * 47
    assert isinstance(cleaned(HttpRequest(body=deep)), HttpRequest)  # and 48 more: 100
    deep["one too many"] = 1
    assert refusal(body=deep) == "The body has more than 100 keys."


@pytest.mark.parametrize("odd", [10**30, "\ud800"])
def test_what_no_json_can_hold_is_malformed(odd: int | str) -> None:
    request = HttpRequest.model_construct(query={}, body={"odd": odd})
    assert cleaned(request) == "The body cannot be read as JSON."


def test_a_prototype_is_dropped_at_any_depth_in_query_and_body() -> None:
    bad: JsonObject = {"isAdmin": True}
    sent: JsonObject = {
        "__proto__": bad,
        "deep": {"__proto__": bad, "kept": 1},
        "list": [{"__proto__": bad, "kept": [[{"__proto__": bad}]]}, "__proto__"],
        "constructor": {"prototype": 1},
    }
    left: JsonObject = {
        "deep": {"kept": 1},
        "list": [{"kept": [[{}]]}, "__proto__"],
        "constructor": {"prototype": 1},
    }
    for request in (HttpRequest(query=sent), HttpRequest(body=sent)):
        clean = cleaned(request)
        assert isinstance(clean, HttpRequest)
        assert [clean.query, clean.body] == [
            left if request.query else {},
            left if request.body else {},
        ]


@given(st.sampled_from(sorted(NEVER_SHOWN)), st.sampled_from(["query", "body"]))
def test_no_credential_of_a_first_request_is_shown(name: str, part: str) -> None:
    sent = {name: "hunter2", "login_hint": "ada"}
    shown = without_credentials(HttpRequest(**{part: sent}))
    assert getattr(shown, part) == {"login_hint": "ada"}


@pytest.mark.parametrize("name", ["state", "session_token"])
@pytest.mark.parametrize("part", ["query", "body"])
def test_a_repeated_parameter_of_a_return_is_malformed(part: str, name: str) -> None:
    request = HttpRequest(**{part: {name: [STATE, STATE]}})
    assert return_problem(request, STATE) == f"The parameter {name} is repeated."


def test_query_and_body_of_a_return_agree() -> None:
    agreeing = HttpRequest(query={"a": "1", "b": "2"}, body={"a": "1", "c": "3"})
    assert return_problem(agreeing, STATE) is None
    differing = HttpRequest(query={"a": "1"}, body={"a": "2"})
    assert return_problem(differing, STATE) == "The parameter a differs between query and body."


@pytest.mark.parametrize("part", ["query", "body"])
def test_a_return_carries_its_own_state_or_none(part: str) -> None:
    assert return_problem(HttpRequest(**{part: {"state": STATE}}), STATE) is None
    for other in ("T" * 43, "", None):
        request = HttpRequest(**{part: {"state": other}})
        assert return_problem(request, STATE) == "The request carries another state."


@pytest.mark.parametrize("missing", [None, ""])
def test_a_hostname_that_is_left_out_is_the_only_one_there_is(missing: str | None) -> None:
    assert checked_hostname(HttpRequest(hostname=missing), SERVED).hostname == "login.example.com"


@pytest.mark.parametrize("served", [BOTH, frozenset[str]()])
def test_a_hostname_that_is_left_out_is_none_where_there_is_a_choice(
    served: frozenset[str],
) -> None:
    with pytest.raises(RequestError) as refused:
        checked_hostname(HttpRequest(), served)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.path) == ("unknown-hostname", "$.request.hostname")
    assert "several or none" in problem.message


def test_a_return_without_a_hostname_is_one_to_where_its_login_began() -> None:
    assert checked_hostname(HttpRequest(), BOTH, before="b.example.com").hostname == "b.example.com"
    named = HttpRequest(hostname="login.example.com")
    assert checked_hostname(named, BOTH, before="b.example.com") is named


def test_a_login_whose_hostname_is_served_no_longer_cannot_return_to_it() -> None:
    with pytest.raises(RequestError):
        checked_hostname(HttpRequest(), SERVED, before="b.example.com")
