"""Debugs one run: which stops count, what is told to whoever looks, and how the code goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import orjson
from typing_extensions import override

from loginwright_runtime.debugging.code import CodeControl, CodePlan, CodePoint, CodeStop
from loginwright_runtime.debugging.inspection import EvaluationFailed, Variable
from loginwright_runtime.debugging.protocol import ExceptionBreakpoint, LineBreakpoint
from loginwright_runtime.extension_points import LogLine
from loginwright_runtime.hosts.code_adapter import Arming, RawStop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loginwright_runtime.debugging.code import CodeWatcher
    from loginwright_runtime.hosts.active_run import ActiveRun
    from loginwright_runtime.hosts.code_adapter import CodeAdapter, Place
    from loginwright_runtime.login.json_values import JsonObject

_EXPRESSION = re.compile(r"\{([^{}]+)\}")
_MOST_STATEMENTS = 100
"""How often the code may stop by a statement of its own; then those are passed over."""
_KINDS: dict[str, Literal["line", "exception", "pause", "call"]] = {
    "exception": "exception",
    "pause": "pause",
    "call": "call",
}


class CodeSession(CodeControl):
    """The debugging of one run."""

    def __init__(
        self,
        adapter: CodeAdapter,
        run: ActiveRun,
        watcher: CodeWatcher,
        fail: Callable[[ActiveRun, Exception], None],
    ) -> None:
        """Debug ``run`` for ``watcher``; ``fail`` ends it when the watcher does not answer."""
        self._adapter = adapter
        self._run = run
        self._watcher = watcher
        self._fail = fail
        self._plan = CodePlan()
        self._hits: dict[LineBreakpoint, int] = {}
        self._statements = 0
        self._stands = False
        self._pause_wanted = False
        self.over = False

    async def begin(self) -> JsonObject:
        """Prepare the worker; return the ``debugged`` member of the run's frame."""
        self._plan = plan = self._watcher.began(self)
        debugged = await self._adapter.begin(
            self._run.run, self._arming(), plan.step, record=plan.record_lines
        )
        if self._plan is not plan:  # Others were set meanwhile.
            self._adapter.arm(self._arming())
        return debugged

    # --- From the engine --------------------------------------------------------------------------

    @override
    def pause(self) -> None:
        """Stop as soon as code of the flow runs."""
        self._pause_wanted = True
        if not (self.over or self._stands):
            self._adapter.interrupt()

    @override
    def replace_points(self, points: tuple[CodePoint, ...]) -> None:
        """Let another set of breakpoints hold from now on."""
        if not self.over:
            self._plan = replace(self._plan, points=points)
            self._adapter.arm(self._arming())

    @override
    def fail(self, error: Exception) -> None:
        """Kill the worker; the run raises ``error``."""
        if not self.over:
            self._fail(self._run, error)

    # --- Stops ------------------------------------------------------------------------------------

    async def stopped(self, raw: RawStop) -> None:
        """Decide about a stop of the code, and let it go on."""
        self._stands = True
        self._run.stand_still()
        try:
            stop = await self._worth_telling(raw)
            if stop is None and self._pause_wanted:
                stop = CodeStop("pause", raw.stack, self._adapter)
            if self.over:
                return
            if stop is None:
                self._adapter.go_on()
                return
            self._pause_wanted = False
            self._plan = await self._watcher.stopped(stop)
        except Exception as error:  # noqa: BLE001 - the debugger's own error goes to the engine
            self.fail(error)
            return
        finally:
            self._run.go_on()
            self._stands = False
        if not self.over:
            self._adapter.arm(self._arming())
            self._adapter.go(self._plan.step)
            if self._pause_wanted:  # Until a stop is told: the code may come by others before.
                self._adapter.interrupt()

    async def _worth_telling(self, raw: RawStop) -> CodeStop | None:
        kind = _KINDS.get(raw.kind, "line")
        if raw.kind == "exception":
            thrown = tuple(self._points_of(raw.caught))
            if not thrown:
                return None  # They were removed when it was thrown already.
            return CodeStop(
                kind, raw.stack, self._adapter, thrown, raw.exception, caught=raw.caught
            )
        if raw.kind == "statement":
            self._statements += 1
            if self._statements > _MOST_STATEMENTS:
                return None
        reasons: list[LineBreakpoint] = []
        notes: list[str] = []
        for point in self._points_at(raw):
            note = await self._refuses(point, raw.stack[0].handle)
            if note is None:
                continue
            if point.log_message is not None:
                await self._print(point.log_message, raw)
                continue
            reasons.append(point)
            notes += [note] if note else []
        if raw.kind == "place" and not reasons and not raw.ends_step:
            return None
        return CodeStop(
            kind, raw.stack, self._adapter, tuple(reasons), note=" ".join(notes) or None
        )

    def _points_at(self, raw: RawStop) -> Iterator[LineBreakpoint]:
        to = self._plan.run_to
        if to is not None and (to.file, to.line) in raw.places:
            yield LineBreakpoint(to.file, to.line)
        for point in self._lines():
            if (point.file, point.line) in raw.places:
                yield point

    def _points_of(self, caught: bool | None) -> Iterator[ExceptionBreakpoint]:
        for point in self._plan.points:
            if isinstance(point, ExceptionBreakpoint) and (
                (point.caught and caught is not False) or (point.uncaught and caught is not True)
            ):
                yield point

    async def _refuses(self, point: LineBreakpoint, frame: str) -> str | None:
        """Return None where a breakpoint does not hold, else what there is to say about it."""
        note = ""
        if point.condition is not None:
            holds = await self._adapter.evaluate(frame, self._adapter.truth(point.condition))
            if isinstance(holds, EvaluationFailed):
                note = f"The condition cannot be evaluated: {holds.message}"
            elif holds.text not in ("true", "True"):
                return None
        if point.hit_count is not None:
            self._hits[point] = self._hits.get(point, 0) + 1
            if self._hits[point] < point.hit_count:
                return None
        return note

    async def _print(self, message: str, raw: RawStop) -> None:
        texts: list[str] = []
        end = 0
        for found in _EXPRESSION.finditer(message):
            value = await self._adapter.evaluate(raw.stack[0].handle, found[1])
            texts += [message[end : found.start()], _plain(value)]
            end = found.end()
        place = raw.stack[0]
        line = place.line if place.file == self._run.invocation.action.code else None
        self._run.print_line(LogLine("log", "".join(texts) + message[end:], line))

    def _arming(self) -> Arming:
        places: set[Place] = {(point.file, point.line) for point in self._lines()}
        if self._plan.run_to is not None:
            places.add((self._plan.run_to.file, self._plan.run_to.line))
        thrown = [point for point in self._plan.points if isinstance(point, ExceptionBreakpoint)]
        return Arming(
            frozenset(places),
            caught=any(point.caught for point in thrown),
            uncaught=any(point.uncaught for point in thrown),
        )

    def _lines(self) -> Iterator[LineBreakpoint]:
        action = self._run.invocation.action.id
        for point in self._plan.points:
            if (
                isinstance(point, LineBreakpoint)
                and point.enabled
                and point.action_id in (None, action)
            ):
                yield point


def _plain(value: Variable | EvaluationFailed) -> str:
    if isinstance(value, EvaluationFailed):
        return f"<{value.message}>"
    if value.kind != "string":
        return value.text
    try:
        text: object = orjson.loads(value.text)
    except ValueError:
        text = value.text
    return str(text)
