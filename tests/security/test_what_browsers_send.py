"""Whatever a browser sends, nothing breaks and nothing forbidden reaches an action."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from login_bench import HOST, Workbench, a_flow, a_login, expect, member
from loginwright_runtime.engine.browser_input import NEVER_SHOWN
from loginwright_runtime.errors import RequestError
from loginwright_runtime.login.requests import HttpRequest, NoBrowser, RedirectReturn
from loginwright_runtime.testing import ScriptedAction, ScriptedApi
from loginwright_runtime.transaction.outcome import Allowed, Failed, Suspended

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

KEYS = st.sampled_from(["__proto__", "state", "session_token", "constructor", "a", *NEVER_SHOWN])
LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
PARAMETERS = st.dictionaries(KEYS | st.text(max_size=5), VALUES, max_size=6)


async def send_away(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.sendUserTo", "https://my-app.example.com")


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


def a_bench() -> Workbench:
    return Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})


def keys_of(value: JsonValue) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_of(one) for one in value.values()))
    if isinstance(value, list):
        return set[str]().union(*(keys_of(one) for one in value))
    return set()


@given(PARAMETERS, PARAMETERS)
def test_a_first_request_shows_no_credential_and_no_prototype(
    query: JsonObject, body: JsonObject
) -> None:
    bench = a_bench()
    request = HttpRequest(hostname=HOST, query=query, body=body)
    try:
        outcome = asyncio.run(bench.engine().start(a_login(request=request)))
    except RequestError:
        return
    expect(outcome, Suspended)
    for part in ("query", "body"):
        shown = member(bench.events()[0], "request", part)
        assert isinstance(shown, dict)
        assert NEVER_SHOWN.isdisjoint(shown)
        assert "__proto__" not in keys_of(shown)


@given(PARAMETERS, PARAMETERS)
def test_a_return_is_handled_or_refused_and_a_refusal_uses_nothing(
    query: JsonObject, body: JsonObject
) -> None:
    async def story() -> None:
        bench = a_bench()
        away = expect(await bench.engine().start(a_login()), Suspended)
        request = HttpRequest(hostname=HOST, method="POST", query=query, body=body)
        sent = RedirectReturn(away.state, request, NoBrowser())
        outcome = await bench.engine().resume(sent)
        if isinstance(outcome, Failed):
            assert outcome.error is not None
            assert outcome.error.kind == "invalid_request"
            plain = HttpRequest(hostname=HOST, query={"state": away.state})
            outcome = await bench.engine().resume(RedirectReturn(away.state, plain, NoBrowser()))
        expect(outcome, Allowed)
        assert "__proto__" not in keys_of(member(bench.events()[1], "request"))

    asyncio.run(story())


@given(st.text(max_size=60))
def test_no_text_passes_for_a_state(state: str) -> None:
    bench = a_bench()
    request = HttpRequest(hostname=HOST, query={"state": state})
    outcome = asyncio.run(bench.engine().resume(RedirectReturn(state, request, NoBrowser())))
    assert expect(outcome, Failed).error is not None
    assert bench.ran() == []


@given(st.text(max_size=40))
def test_no_other_hostname_is_served(hostname: str) -> None:
    if hostname.lower() in (HOST, ""):
        return
    bench = a_bench()
    try:
        asyncio.run(bench.engine().start(a_login(request=HttpRequest(hostname=hostname))))
    except RequestError:
        assert bench.ran() == []
    else:
        raise AssertionError(hostname)
