"""Runs JavaScript actions in real workers, for tests: sources as text, and what came of them."""

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
    Threw,
)
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.hosts.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from pathlib import Path

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

CODE = "actions/greet.js"
EVENT: JsonObject = {
    "user": {"user_id": "auth0|ada", "email": "ada@example.com", "user_metadata": {}},
    "request": {"geoip": {"continentCode": "EU"}, "query": {}, "body": {}},
    "transaction": {"metadata": {}},
    "secrets": {},
}
MISBEHAVE: JsonObject = {"misbehave": True}


def handler(body: str, *, name: str = "onExecutePostLogin") -> str:
    """The source of a module with one handler; its body begins in line 2."""
    return f"exports.{name} = async (event, api) => {{\n{textwrap.dedent(body).strip()}\n}};\n"


def misbehaving(body: str, before: str = "") -> str:
    """A module that is well-behaved but for events that ask for it; the body begins in line 3."""
    first = before.replace("\n", " ")
    return f"{first}\n{handler(f'if (!event.misbehave) return;{chr(10)}{body.strip()}')}".replace(
        f"{first}\nexports", f"{first} exports"
    )


def javascript_flow(
    source: str,
    files: Mapping[str, str] | None = None,
    *,
    root: Path | None = None,
    packages: Path | None = None,
) -> Flow:
    """A flow of one action, and of other files by their paths."""
    texts = {CODE: source, **(files or {})}
    digest = sha256(orjson.dumps([texts, str(packages)], option=orjson.OPT_SORT_KEYS)).hexdigest()
    return Flow(
        name="Test",
        actions=(Action(id="greet", name="Greet", code=CODE, language="javascript"),),
        files={path: text.encode() for path, text in texts.items()},
        version=f"sha256:{digest}",
        root=root,
        packages=packages,
    )


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write texts below a folder, and return it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


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
class JavaScriptHost:
    """A pool of JavaScript workers and how handlers are called in it."""

    pool: WorkerPool
    _lost: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def lost(self) -> str:
        """The next note about code that worked on after its handler."""
        return await asyncio.wait_for(self._lost.get(), 60)

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
            flow = javascript_flow(flow)
        calls: list[WorkerCall] = []
        logs: list[LogLine] = []

        def note(call: WorkerCall) -> Reply | Awaitable[Reply]:
            calls.append(call)
            return answer(call)

        invocation = Invocation(
            flow=flow,
            action=flow.actions[0],
            handler=handler_name,
            event=event if isinstance(event, bytes) else orjson.dumps(event or EVENT),
            budget_seconds=20.0,
            queue_seconds=20.0,
            answer=note,
            listen=logs.append,
            lost_call=self._lost.put_nowait,
        )
        invocation = replace(invocation, **options)  # type: ignore[arg-type]  # as given
        return Ran(await self.pool.run(invocation), calls, logs)


@asynccontextmanager
async def javascript_host(max_workers: int = 1, **options: object) -> AsyncIterator[JavaScriptHost]:
    """A host whose pool is closed at the end; ``options`` as WorkerPool's."""
    pool = WorkerPool(SHAPES, max_workers=max_workers, **options)  # type: ignore[arg-type]  # as given
    try:
        yield JavaScriptHost(pool)
    finally:
        await pool.aclose()
