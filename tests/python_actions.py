"""Runs Python actions in real workers, for tests: one pool, sources as text, what came of it."""

from __future__ import annotations

import asyncio
import textwrap
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.api.call import Reply, WorkerCall
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.extension_points import (
    HandlerName,
    Invocation,
    InvocationEnd,
    LogLine,
)
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.hosts.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from loginwright_runtime.login.json_values import JsonObject

CODE = "actions/greet.py"
EVENT: JsonObject = {
    "user": {"user_id": "auth0|ada", "email": "ada@example.com", "user_metadata": {}},
    "request": {"geoip": {"continentCode": "EU"}, "query": {}, "body": {}},
    "transaction": {"metadata": {}},
    "secrets": {},
}


def handler(body: str, *, name: str = "on_execute_post_login", sync: bool = False) -> str:
    """The source of a module with one handler of this body."""
    kind = "def" if sync else "async def"
    return f"{kind} {name}(event, api):\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n"


def python_flow(
    source: str, files: Mapping[str, str] | None = None, *, root: Path | None = None
) -> Flow:
    """A flow of one action, and of other files by their paths."""
    texts = {CODE: source, **(files or {})}
    contents = {path: textwrap.dedent(text).encode() for path, text in texts.items()}
    digest = sha256(orjson.dumps(texts, option=orjson.OPT_SORT_KEYS)).hexdigest()
    action = Action(id="greet", name="Greet", code=CODE, language="python")
    return Flow(
        name="Test", actions=(action,), files=contents, version=f"sha256:{digest}", root=root
    )


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
    def args(self) -> list[object]:
        """The arguments of its calls."""
        return [call.args for call in self.calls]


@dataclass(slots=True)
class PythonHost:
    """A pool of Python workers and how handlers are called in it."""

    pool: WorkerPool
    _lost: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def lost(self) -> str:
        """The next note about code that worked on after its handler."""
        return await asyncio.wait_for(self._lost.get(), 60)

    async def run(
        self,
        flow: Flow | str,
        *,
        event: JsonObject | None = None,
        handler_name: HandlerName = "onExecutePostLogin",
        answer: Callable[[WorkerCall], Reply] = no_answer,
        **options: object,
    ) -> Ran:
        """Call a handler of a flow, or of a module given as source; ``options`` as Invocation's."""
        if isinstance(flow, str):
            flow = python_flow(flow)
        calls: list[WorkerCall] = []
        logs: list[LogLine] = []

        def note(call: WorkerCall) -> Reply:
            calls.append(call)
            return answer(call)

        invocation = Invocation(
            flow=flow,
            action=flow.actions[0],
            handler=handler_name,
            event=orjson.dumps(EVENT if event is None else event),
            budget_seconds=20.0,
            queue_seconds=20.0,
            answer=note,
            listen=logs.append,
            lost_call=self._lost.put_nowait,
        )
        invocation = replace(invocation, **options)  # type: ignore[arg-type]  # as given
        return Ran(await self.pool.run(invocation), calls, logs)


@asynccontextmanager
async def python_host(max_workers: int = 1) -> AsyncIterator[PythonHost]:
    """A host whose pool is closed at the end."""
    pool = WorkerPool(SHAPES, max_workers=max_workers)
    try:
        yield PythonHost(pool)
    finally:
        await pool.aclose()
