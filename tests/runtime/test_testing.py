"""The shipped fakes do what they say."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime import testing
from loginwright_runtime.api.call import ErrorReply, Reply, WorkerCall
from loginwright_runtime.errors import RateLimitedError, StoreError
from loginwright_runtime.extension_points import (
    CacheChange,
    CacheRecord,
    CacheScope,
    ClaimedSuspension,
    ClaimRefused,
    Finish,
    HandlerName,
    HostFailed,
    Invocation,
    LogLine,
    MissingHandler,
    Returned,
    Threw,
    TimedOut,
    UserQuery,
)
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.memory import (
    MemoryCacheStore,
    MemorySuspensionStore,
    MemoryUserStore,
)
from loginwright_runtime.testing import (
    FailingCacheStore,
    FailingSuspensionStore,
    FailingUserStore,
    Fault,
    RateLimitedUserStore,
    ScriptedAction,
    ScriptedApi,
    ScriptedHost,
    ScriptedThrow,
)
from loginwright_runtime.testing.suspension_conformance import claim, digest, suspension
from loginwright_runtime.testing.user_conformance import change, user, writing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loginwright_runtime.extension_points import (
        InvocationEnd,
    )
    from loginwright_runtime.login.json_values import JsonObject

COLOUR = Action(id="colour", name="Colour", code="actions/colour.js", language="javascript")
FLOW = Flow(name="Customer login", actions=(COLOUR,), version="sha256:1")
START = suspension("1").expires_at - 3600


def invocation(
    answer: Callable[[WorkerCall], Reply | Awaitable[Reply]] = lambda _call: Reply(),
    *,
    handler: HandlerName = "onExecutePostLogin",
    event: bytes = b'{"user": {"name": "Ada"}}',
    budget_seconds: float = 20,
    listen: Callable[[LogLine], None] = lambda _line: None,
) -> Invocation:
    return Invocation(FLOW, COLOUR, handler, event, budget_seconds, 10, answer, listen)


# --- the scripted host ----------------------------------------------------------------------------


async def test_script_sees_its_event_and_makes_its_calls() -> None:
    asked: list[WorkerCall] = []

    def answer(call: WorkerCall) -> Reply:
        asked.append(call)
        return Reply("a token")

    async def script(event: JsonObject, api: ScriptedApi) -> None:
        assert event == {"user": {"name": "Ada"}}
        assert await api.call("redirect.encodeToken", {"payload": {}}, line=7) == "a token"

    host = ScriptedHost({"colour": ScriptedAction(on_execute=script)})
    assert await host.run(invocation(answer)) == Returned(0.0)
    made = WorkerCall("redirect.encodeToken", [{"payload": {}}], 7)
    assert asked == [made]
    assert [(call.action_id, call.handler, call.call, call.reply) for call in host.calls] == [
        ("colour", "onExecutePostLogin", made, Reply("a token"))
    ]
    (ran,) = host.invocations
    assert (ran.action_id, ran.event) == ("colour", {"user": {"name": "Ada"}})


async def test_reply_that_comes_later_is_waited_for() -> None:
    async def later(_call: WorkerCall) -> Reply:
        await asyncio.sleep(0)
        return Reply(["admin"])

    async def script(_event: JsonObject, api: ScriptedApi) -> None:
        assert await api.call("roles.getUserEffectiveRoles") == ["admin"]

    host = ScriptedHost({"colour": ScriptedAction(on_execute=script)})
    assert await host.run(invocation(later)) == Returned(0.0)


async def test_call_throws_into_the_script_and_out_of_it() -> None:
    def refuse(_call: WorkerCall) -> Reply:
        return Reply(error=ErrorReply("TypeError", "The url is no URL."))

    async def script(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("redirect.sendUserTo", "nowhere", line=12)

    host = ScriptedHost({"colour": ScriptedAction(on_execute=script)})
    end = await host.run(invocation(refuse))
    assert end == Threw("TypeError", "The url is no URL.", line=12)


async def test_script_may_catch_what_a_call_throws() -> None:
    async def script(_event: JsonObject, api: ScriptedApi) -> None:
        with pytest.raises(ScriptedThrow) as thrown:
            await api.call("redirect.validateToken")
        assert thrown.value.name == "Error"

    host = ScriptedHost({"colour": ScriptedAction(on_execute=script)})
    end = await host.run(invocation(lambda _call: Reply(error=ErrorReply("Error", "no"))))
    assert end == Returned(0.0)


async def test_reply_changes_the_scripts_event() -> None:
    async def script(event: JsonObject, api: ScriptedApi) -> None:
        await api.call("transaction.setMetadata", "a", 1)
        assert event["transaction"] == {"metadata": {"a": 1}}

    host = ScriptedHost({"colour": ScriptedAction(on_execute=script)})
    merging = Reply(merge={"transaction.metadata": {"a": 1}})
    assert await host.run(invocation(lambda _call: merging)) == Returned(0.0)
    assert host.invocations[0].event == {"user": {"name": "Ada"}}


async def test_script_prints() -> None:
    lines: list[LogLine] = []
    host = ScriptedHost(
        {"colour": ScriptedAction(on_execute=lambda _event, api: api.log("hello", "warn", 3))}
    )
    await host.run(invocation(listen=lines.append))
    assert lines == [LogLine("warn", "hello", 3)]


def raise_value_error(_event: JsonObject, _api: ScriptedApi) -> None:
    raise ValueError("no colour")


def raise_timeout(_event: JsonObject, _api: ScriptedApi) -> None:
    raise TimeoutError("somebody else's")


async def wait_for_ever(_event: JsonObject, _api: ScriptedApi) -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("script", "end"),
    [
        (raise_value_error, Threw("ValueError", "no colour")),
        (raise_timeout, Threw("TimeoutError", "somebody else's")),
        (wait_for_ever, TimedOut()),
        (lambda _event, _api: HostFailed("out of memory"), HostFailed("out of memory")),
        (lambda _event, _api: TimedOut(waiting=True), TimedOut(waiting=True)),
    ],
)
async def test_every_end_can_be_played(
    script: Callable[[JsonObject, ScriptedApi], InvocationEnd | None], end: InvocationEnd
) -> None:
    host = ScriptedHost({"colour": ScriptedAction(on_execute=script)})
    assert await host.run(invocation(budget_seconds=0.01)) == end


async def test_action_without_that_handler_is_told_with_those_it_has() -> None:
    host = ScriptedHost({"colour": ScriptedAction(on_execute=raise_value_error)})
    end = await host.run(invocation(handler="onContinuePostLogin"))
    assert end == MissingHandler(("onExecutePostLogin",))
    assert await ScriptedHost({}).run(invocation()) == MissingHandler(())
    assert host.invocations == []


async def test_each_handler_runs_its_own_script() -> None:
    seen: list[str] = []
    action = ScriptedAction(
        on_execute=lambda _event, _api: seen.append("execute"),
        on_continue=lambda _event, _api: seen.append("continue"),
    )
    host = ScriptedHost({"colour": action})
    await host.run(invocation())
    await host.run(invocation(handler="onContinuePostLogin"))
    assert seen == ["execute", "continue"]


async def test_closed_host_runs_nothing() -> None:
    host = ScriptedHost({"colour": ScriptedAction(on_execute=raise_value_error)})
    await host.aclose()
    assert host.closed
    assert isinstance(await host.run(invocation()), HostFailed)


async def test_secrets_of_an_event_do_not_show() -> None:
    host = ScriptedHost({"colour": ScriptedAction(on_execute=lambda _event, _api: None)})
    await host.run(invocation(event=b'{"secrets": {"KEY": "canary"}}'))
    assert "canary" not in repr(host.invocations)


# --- failing stores -------------------------------------------------------------------------------


async def test_store_fails_at_the_chosen_call_before_the_step() -> None:
    store = FailingSuspensionStore(
        MemorySuspensionStore(clock=MovableClock(START)), Fault("save", at=2)
    )
    await store.save(suspension("1"))
    with pytest.raises(StoreError, match="on purpose at save"):
        await store.save(suspension("2"))
    await store.save(suspension("3"))
    assert await store.claim(claim("2")) == ClaimRefused("unknown")
    assert isinstance(await store.claim(claim("3")), ClaimedSuspension)


async def test_store_loses_an_answer_after_the_step() -> None:
    store = FailingSuspensionStore(
        MemorySuspensionStore(clock=MovableClock(START)),
        Fault("claim", done=True),
        Fault("settle", at=None),
    )
    await store.save(suspension("1"))
    with pytest.raises(StoreError):
        await store.claim(claim("1"))
    assert await store.claim(claim("1", "other")) == ClaimRefused("used")
    for _ in range(3):
        with pytest.raises(StoreError):
            await store.settle(Finish(digest("1"), "claim"))


async def test_user_and_cache_stores_fail_alike() -> None:
    users = FailingUserStore(MemoryUserStore([user()]), Fault("write", done=True), Fault("read"))
    with pytest.raises(StoreError):
        await users.read(UserQuery("auth0|ada"))
    with pytest.raises(StoreError):
        await users.write(writing("k", change("colour", "teal")))
    record = await users.read(UserQuery("auth0|ada"))
    assert record is not None
    assert record.profile["user_metadata"] == {"colour": "teal"}

    scope = CacheScope("flow")
    cache = FailingCacheStore(MemoryCacheStore(), Fault("commit"), Fault("read", at=2))
    with pytest.raises(StoreError):
        await cache.commit(CacheChange(scope, {"a": CacheRecord("v", 0)}))
    assert await cache.read(scope) == {}
    with pytest.raises(StoreError):
        await cache.read(scope)


async def test_rate_limited_store_refuses_its_first_writes() -> None:
    store = RateLimitedUserStore(MemoryUserStore([user()]), refusals=2, retry_after=0.5)
    write = writing("k", change("colour", "teal"))
    for _ in range(2):
        with pytest.raises(RateLimitedError) as refused:
            await store.write(write)
        assert refused.value.retry_after == 0.5
    assert (await store.write(write)).skipped == ()
    assert store.refused == 2


def test_public_names_are_there() -> None:
    assert sorted(testing.__all__) == testing.__all__
    assert [name for name in testing.__all__ if not hasattr(testing, name)] == []


def test_nothing_imports_pytest() -> None:
    statement = "import sys, loginwright_runtime.testing; sys.exit('pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", statement], check=False).returncode == 0
