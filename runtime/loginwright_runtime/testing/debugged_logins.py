"""Logins of one action that a scripted debugger looks on at."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from loginwright_runtime.debugging import (
    Breakpoint,
    LineBreakpoint,
    LineDebugger,
    Pause,
    Resume,
    RunningCode,
    StepLevel,
    Variable,
)
from loginwright_runtime.engine import EngineOptions, FlowEngine
from loginwright_runtime.extension_points import ActionHost
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.login.requests import (
    Client,
    HttpRequest,
    LoginRequest,
    NoBrowser,
    RedirectReturn,
    TransactionDetails,
)
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.stores.secret_sources import MappingSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.transaction.outcome import Outcome

HOST = "login.example.com"
SECRET = "correct-horse-battery-staple-and-more"  # noqa: S105 - a secret of the stories
Answer: TypeAlias = "Resume | Callable[[Pause], Awaitable[Resume]]"


def by_line(level: StepLevel, *points: Breakpoint) -> Resume:
    """Return a step by lines."""
    return Resume(level, points, unit="line")


class ScriptedDebugger:
    """Answers each pause as it was told; runs on with the first answer's breakpoints after.

    Attributes:
        pauses: Every pause there was.
        code: The running code, once there is some.
    """

    def __init__(self, first: Resume, *answers: Answer) -> None:
        """Begin with ``first``; each of ``answers`` is for one pause."""
        self._first = first
        self._answers = list(answers)
        self.pauses: list[Pause] = []
        self.code: RunningCode | None = None
        self.on_running: Callable[[RunningCode], None] = lambda _code: None

    def first(self) -> Resume:
        """Return how the login starts."""
        return self._first

    def running(self, code: RunningCode) -> None:
        """Keep the code."""
        self.code = code
        self.on_running(code)

    async def paused(self, pause: Pause) -> Resume:
        """Answer the next in order."""
        self.pauses.append(pause)
        if not self._answers:
            return Resume("run", self._first.breakpoints)
        answer = self._answers.pop(0)
        return answer if isinstance(answer, Resume) else await answer(pause)

    @property
    def lines(self) -> list[int | None]:
        """The lines of the pauses inside code."""
        return [pause.line for pause in self.pauses if pause.stack]


@dataclass(slots=True)
class DebuggedLogins:
    """Logins of one flow on one host."""

    flow: Flow
    host: ActionHost
    debugger: LineDebugger | None = None
    record_lines: bool = False
    leg_seconds: float = 20
    fresh_modules: bool = False
    suspensions: MemorySuspensionStore = field(default_factory=MemorySuspensionStore)

    def engine(self) -> FlowEngine:
        """Return an engine for one more login."""
        profile: dict[str, JsonValue] = {"user_id": "auth0|0001", "email": "ada@example.com"}
        return FlowEngine(
            self.flow,
            users=MemoryUserStore([profile]),
            suspensions=self.suspensions,
            secrets=MappingSecrets({"SHARED": SECRET}),
            hostnames=(HOST,),
            store_keys=(bytes(32),),
            host=self.host,
            debugger=self.debugger,
            options=EngineOptions(leg_seconds=self.leg_seconds),
            record_lines=self.record_lines,
            fresh_modules=self.fresh_modules,
        )

    async def login(self) -> Outcome:
        """Log Ada in."""
        request = LoginRequest(
            user_id="auth0|0001",
            client=Client(client_id="spa", name="My SPA"),
            request=HttpRequest(ip="203.0.113.7", hostname=HOST),
            transaction=TransactionDetails(requested_scopes=("openid",)),
            browser=NoBrowser(),
        )
        return await self.engine().start(request)

    async def come_back(self, state: str, **body: JsonValue) -> Outcome:
        """Bring Ada back from a redirect."""
        values: dict[str, JsonValue] = {**body, "state": state}
        request = HttpRequest(method="POST", hostname=HOST, body=values)
        return await self.engine().resume(RedirectReturn(state, request, NoBrowser()))


@asynccontextmanager
async def closing(host: ActionHost) -> AsyncGenerator[ActionHost]:
    """Close a host when its logins are over."""
    try:
        yield host
    finally:
        await host.aclose()


def at(file: str, line: int, **more: object) -> LineBreakpoint:
    """Return a breakpoint."""
    return LineBreakpoint(file, line, **more)  # type: ignore[arg-type]  # stories name its members


async def locals_of(pause: Pause) -> dict[str, Variable]:
    """Return the variables of the innermost frame, by name; inner scopes hide outer ones."""
    assert pause.inspection is not None
    found: dict[str, Variable] = {}
    for scope in pause.stack[0].scopes:
        for one in await pause.inspection.expand(scope.handle):
            found.setdefault(one.name, one)
    return found
