"""Calls handlers of actions in real workers, for tests: one pool, and what came of each call."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.api.call import Reply, WorkerCall
from loginwright_runtime.extension_points import (
    HandlerName,
    Invocation,
    InvocationEnd,
    LogLine,
    Threw,
)
from loginwright_runtime.hosts.pool import WorkerPool
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

EVENT: JsonObject = {
    "user": {"user_id": "auth0|ada", "email": "ada@example.com", "user_metadata": {}},
    "request": {"geoip": {"continentCode": "EU"}, "query": {}, "body": {}},
    "transaction": {"metadata": {}},
    "secrets": {},
}


def no_answer(_call: WorkerCall) -> Reply:
    """Answers every call with nothing."""
    return Reply()


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of one handler call."""

    end: InvocationEnd
    calls: list[WorkerCall]
    logs: list[LogLine]

    @property
    def texts(self) -> list[str]:
        """What it printed."""
        return [log.text for log in self.logs]

    @property
    def args(self) -> list[list[JsonValue]]:
        """The arguments of its calls."""
        return [call.args for call in self.calls]

    @property
    def thrown(self) -> Threw:
        """What it threw."""
        assert isinstance(self.end, Threw), self.end
        return self.end


@dataclass(slots=True)
class HandlerHost(ABC):
    """A pool of workers and how handlers of one language are called in it."""

    pool: WorkerPool
    _lost: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    @staticmethod
    @abstractmethod
    def flow_of(source: str) -> Flow:
        """A flow of one action."""

    async def lost(self) -> str:
        """The next note about code that worked on after its handler."""
        return await asyncio.wait_for(self._lost.get(), PATIENCE)

    async def run(
        self,
        flow: Flow | str,
        *,
        event: JsonObject | bytes | None = None,
        handler_name: HandlerName = "onExecutePostLogin",
        answer: Callable[[WorkerCall], Reply | Awaitable[Reply]] = no_answer,
        **options: object,
    ) -> Ran:
        """Call a handler of a flow, or of a module given as source; ``options`` as Invocation's."""
        if isinstance(flow, str):
            flow = self.flow_of(flow)
        calls: list[WorkerCall] = []
        logs: list[LogLine] = []

        def note(call: WorkerCall) -> Reply | Awaitable[Reply]:
            calls.append(call)
            return answer(call)

        invocation = Invocation(
            flow=flow,
            action=flow.actions[0],
            handler=handler_name,
            event=event if isinstance(event, bytes) else orjson.dumps(_given(event)),
            budget_seconds=20.0,
            queue_seconds=20.0,
            answer=note,
            listen=logs.append,
            lost_call=self._lost.put_nowait,
        )
        invocation = replace(invocation, **options)  # type: ignore[arg-type]  # as given
        return Ran(await self.pool.run(invocation), calls, logs)


def _given(event: JsonObject | None) -> JsonObject:
    return EVENT if event is None else event
