"""An action host whose actions are Python callables in this process, for tests without workers."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import orjson

from loginwright_runtime.api.call import Reply, WorkerCall
from loginwright_runtime.extension_points import (
    HandlerName,
    HostFailed,
    Invocation,
    InvocationEnd,
    LogLine,
    MissingHandler,
    Returned,
    Threw,
    TimedOut,
)
from loginwright_runtime.login.json_values import JsonObject, JsonValue


class ScriptedThrow(Exception):  # noqa: N818 - what an action throws, which need not be an error
    """What a script throws; also what a call throws into it.

    Attributes:
        name: Class name as the outcome shows it.
        message: The message.
        line: Source line of the action, or None.
    """

    def __init__(self, name: str, message: str, line: int | None = None) -> None:
        """Keep what the end of the invocation will say."""
        super().__init__(message)
        self.name = name
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """A call that a script made, and the reply it got."""

    action_id: str
    handler: HandlerName
    call: WorkerCall = field(repr=False)
    reply: Reply = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecordedInvocation:
    """A handler that ran, with the event it was given (secrets included)."""

    action_id: str
    handler: HandlerName
    event: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScriptedApi:
    """What a script has in place of ``api``."""

    _invocation: Invocation = field(repr=False)
    _event: JsonObject = field(repr=False)
    _calls: list[RecordedCall] = field(repr=False)

    async def call(self, method: str, *args: JsonValue, line: int | None = None) -> JsonValue:
        """Make one call and return its result.

        Args:
            method: JavaScript's name, such as ``idToken.setCustomClaim``.
            args: The arguments as JSON.
            line: Source line to report.

        Raises:
            ScriptedThrow: The call throws, as it would inside a worker.
        """
        made = WorkerCall(method, list(args), line)
        answer = self._invocation.answer(made)
        reply = answer if isinstance(answer, Reply) else await answer
        self._calls.append(
            RecordedCall(self._invocation.action.id, self._invocation.handler, made, reply)
        )
        for path, value in reply.merge.items():
            _replace(self._event, path.split("."), value)
        if reply.error is not None:
            raise ScriptedThrow(reply.error.name, reply.error.message, line)
        return reply.value

    def log(self, text: str, level: str = "log", line: int | None = None) -> None:
        """Print a line."""
        self._invocation.listen(LogLine(level, text, line))


ScriptEnd: TypeAlias = InvocationEnd | None
Script: TypeAlias = Callable[[JsonObject, ScriptedApi], ScriptEnd | Awaitable[ScriptEnd]]
"""A handler. It may be asynchronous, throw, or return the end it wants (``HostFailed("…")``)."""


@dataclass(frozen=True, slots=True)
class ScriptedAction:
    """The handlers that an action exports.

    Attributes:
        on_execute: In place of ``onExecutePostLogin``.
        on_continue: In place of ``onContinuePostLogin``.
    """

    on_execute: Script | None = None
    on_continue: Script | None = None

    def handler(self, name: HandlerName) -> Script | None:
        """Return the handler of that name, or None."""
        return self.on_execute if name == "onExecutePostLogin" else self.on_continue

    @property
    def exported(self) -> tuple[HandlerName, ...]:
        """Names of the handlers there are."""
        names: tuple[HandlerName, ...] = ("onExecutePostLogin", "onContinuePostLogin")
        return tuple(name for name in names if self.handler(name) is not None)


class ScriptedHost:
    """Runs scripts instead of action code.

    It keeps what a real host promises: ``run`` never raises for what a script did, a script that
    outlives its budget ends as ``TimedOut``, an action without that handler as ``MissingHandler``.
    Durations are always 0, so that records of equal runs are equal.

    Attributes:
        invocations: Every handler that ran, in order.
        calls: Every call made, in order.
        closed: True after ``aclose``.
    """

    def __init__(self, actions: Mapping[str, ScriptedAction]) -> None:
        """Run the action with id ``k`` as ``actions[k]``."""
        self._actions = dict(actions)
        self.invocations: list[RecordedInvocation] = []
        self.calls: list[RecordedCall] = []
        self.closed = False

    async def run(self, invocation: Invocation) -> InvocationEnd:
        """Run one handler to its end."""
        if self.closed:
            return HostFailed("The host is closed.")
        action = self._actions.get(invocation.action.id, ScriptedAction())
        script = action.handler(invocation.handler)
        if script is None:
            return MissingHandler(action.exported)
        event: JsonObject = orjson.loads(invocation.event)
        self.invocations.append(
            RecordedInvocation(
                invocation.action.id, invocation.handler, orjson.loads(invocation.event)
            )
        )
        api = ScriptedApi(invocation, event, self.calls)
        return await _run_within(invocation.budget_seconds, script, event, api)

    async def aclose(self) -> None:
        """Refuse whatever comes later."""
        self.closed = True


async def _run_within(
    seconds: float, script: Script, event: JsonObject, api: ScriptedApi
) -> InvocationEnd:
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            end = script(event, api)
            if inspect.isawaitable(end):
                end = await end
    except ScriptedThrow as thrown:
        return Threw(thrown.name, thrown.message, line=thrown.line)
    except Exception as error:  # noqa: BLE001 - stands where a worker's border is
        return TimedOut() if limit.expired() else Threw(type(error).__name__, str(error))
    return Returned(0.0) if end is None else end


def _replace(event: JsonObject, path: list[str], value: JsonValue) -> None:
    *parents, last = path
    place = event
    for name in parents:
        below = place.setdefault(name, {})
        if not isinstance(below, dict):
            raise TypeError(f"The reply replaces {'.'.join(path)}, but {name} is no object.")
        place = below
    place[last] = value
