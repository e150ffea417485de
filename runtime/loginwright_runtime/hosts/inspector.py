"""Stops and moves JavaScript through V8's inspector, which a thread of the worker relays."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.debugging.inspection import MOST_VARIABLES, Evaluated, Variable
from loginwright_runtime.hosts.code_adapter import (
    AdapterListener,
    Arming,
    CodeAdapter,
    Place,
    RawStop,
)
from loginwright_runtime.hosts.code_places import CodePlaces, is_package
from loginwright_runtime.hosts.debug_line import DebugLine
from loginwright_runtime.hosts.inspector_looking import CallFrame, InspectorLooking, call_frames
from loginwright_runtime.hosts.inspector_recording import InspectorRecording
from loginwright_runtime.hosts.inspector_scripts import Scripts
from loginwright_runtime.hosts.inspector_values import variable
from loginwright_runtime.hosts.step_target import StepTarget

if TYPE_CHECKING:
    import socket
    from typing import Literal, TypeAlias

    from loginwright_runtime.debugging.code import CodeStep
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

    _Found: TypeAlias = tuple[
        Literal["place", "step", "exception", "pause", "call", "statement"], frozenset[Place]
    ]

_STEPS: dict[CodeStep, str] = {
    "run": "Debugger.resume",
    "over": "Debugger.stepOver",
    "into": "Debugger.stepInto",
    "out": "Debugger.stepOut",
}
_EXCEPTIONS = {
    (False, False): "none",
    (True, False): "caught",
    (False, True): "uncaught",
    (True, True): "all",
}
_THROWN = ("exception", "promiseRejection")
_CALLS_HANDLER = "callHandler"
"""The function of ``workers/node_worker.mjs`` that stops before it calls the handler."""
_MOST_HOPS = 300
_AGAIN_SECONDS = 0.01
_SETTING_SECONDS = 10.0


class Inspector(CodeAdapter):
    """The debugger of one JavaScript worker.

    Steps end in the flow's own files, and in those of a package where one began there; V8 is sent
    on from everywhere else. V8 counts lines from 0.
    """

    def __init__(self, sock: socket.socket, places: CodePlaces, listener: AdapterListener) -> None:
        """Talk over ``sock``."""
        self._listener = listener
        self._line = DebugLine(sock, self._told, listener.broken, listener.lost)
        self._places = places
        self._scripts = Scripts(places)
        self._looking = InspectorLooking(self._line, listener.broken)
        self._recording = InspectorRecording(self._scripts)
        self._enabled = False
        self._arming = Arming()
        self._ids: dict[Place, str] = {}
        self._hits: dict[str, Place] = {}
        self._retired: set[Place] = set()
        self._exceptions = "none"
        self._step: CodeStep = "run"
        self._entering = False
        self._interrupting = False
        self._begins = self._called = self._asks_late = False
        self._later: asyncio.TimerHandle | None = None
        self._leaving_api = False
        self._strayed = (
            False  # V8 is not in the step that was asked for, so it cannot tell its end.
        )
        self._target = StepTarget("run", ())
        self._runs = True
        self._records = self._throws = self._leaves = False
        self._in_package = False
        self._hops = 0
        self._visit: tuple[JsonValue, ...] = ()
        self._columns: set[int] = set()

    # --- From the session -------------------------------------------------------------------------

    @property
    @override
    def evaluating(self) -> bool:
        """Whether an expression is being evaluated, so that an api call is its doing."""
        return self._looking.evaluating

    @override
    def truth(self, condition: str) -> str:
        return f"!!({condition}\n)"

    @override
    async def begin(self, run: str, arming: Arming, step: CodeStep, *, record: bool) -> JsonObject:
        self._forget_wishes()
        self._strayed = self._called = self._leaves = False
        self._entering = step == "into"
        self._step, self._target, self._visit, self._hops = "run", StepTarget("run", ()), (), 0
        self._begins = True
        if not self._enabled:
            await self._line.ask("Runtime.enable", {}, _SETTING_SECONDS)
            await self._line.ask("Debugger.enable", {"maxScriptsCacheSize": 0}, _SETTING_SECONDS)
            await self._looking.prepare()
            self._enabled = True
        self.arm(arming)
        self._records = record
        lines = sorted(self._places.lines.items()) if record else []
        files: list[JsonValue] = [[self._places.url(path), count] for path, count in lines]
        self._recording.forget()
        await self._line.ask("Relay.record", {"files": files}, _SETTING_SECONDS)
        self._begins = False
        if self._interrupting:
            self._ask_later()
        return {}

    @override
    def arm(self, arming: Arming) -> None:
        if not self._enabled:
            return  # V8 would refuse; whoever begins a run says what holds then.
        self._retired |= self._arming.places - arming.places
        if self._step == "run" and not (self._looking.frames or self._interrupting):
            self._remove_retired(arming)
        for place in sorted(arming.places - self._ids.keys()):
            url, line = self._places.url(place[0]), place[1] - 1
            # V8 makes the id of these, and says so only after the code may have run on.
            self._ids[place] = f"1:{line}:0:{url}"
            self._hits[self._ids[place]] = place
            self._line.tell("Debugger.setBreakpointByUrl", {"url": url, "lineNumber": line})
        self._arming = arming
        self._watch_exceptions()

    def _watch_exceptions(self) -> None:
        """Have V8 stop where something is thrown that somebody or a step out has to know of."""
        wanted = _EXCEPTIONS[self._arming.caught, self._arming.uncaught]
        state = "all" if self._leaves else wanted
        if state != self._exceptions:
            self._exceptions = state
            self._line.tell("Debugger.setPauseOnExceptions", {"state": state})

    def _remove_retired(self, arming: Arming) -> None:
        """Remove breakpoints that do not hold any more: never while a step is begun or under way.

        V8 then forgets some of the places where the step could end.
        """
        for place in sorted(self._retired - arming.places):
            self._line.tell("Debugger.removeBreakpoint", {"breakpointId": self._ids.pop(place)})
        self._retired.clear()

    @override
    def go(self, step: CodeStep) -> None:
        frames = self._looking.frames
        self._forget_wishes()
        self._step = step
        self._hops = 0
        self._strayed = self._records  # The recording takes part in the moving.
        self._visit = ()
        inside = next((at for at, one in enumerate(frames) if one.path is not None), 0)
        self._target = StepTarget(step, _functions(frames[inside:]))
        top = frames[0] if frames else None
        self._leaving_api = top is not None and top.path is None and step != "run"
        path = next((frame.path for frame in frames if frame.path is not None), "")
        self._in_package = is_package(path)
        seen = [frame for frame in frames if frame.path is not None]
        if seen and step != "run":
            self._visit, self._columns = _visit(seen), {seen[0].column}
        if step == "run":
            self._remove_retired(self._arming)
        self._looking.leave()
        self._leaves = self._leaving_api or step == "out"
        self._watch_exceptions()
        self._line.tell(self._out() if self._leaves else _STEPS[step], {})

    @override
    def go_on(self) -> None:
        # A step that was interrupted further inside ends where it would have.
        self._forget_wishes()
        self._strayed = True
        self._looking.leave()
        self._line.tell(_STEPS["run"] if self._step == "run" else self._out(), {})

    def _out(self) -> str:
        """Return the step out of where V8 stands.

        Of something that is thrown it does not find out of a function who catches it: it has to
        stop there first.
        """
        if self._throws:
            self._strayed = True
        self._leaves = True
        self._watch_exceptions()
        return _STEPS["over" if self._throws else "out"]

    @override
    def interrupt(self) -> None:
        self._interrupting = True
        if not self._begins:
            self._ask()

    def _ask(self) -> None:
        self._asks_late = not self._runs  # V8 would not hear of it, because it stands still.
        if self._runs:
            self._line.tell("Debugger.pause", {})

    def _ask_later(self) -> None:
        """Ask for the pause once more soon: V8 was nowhere near the flow's code."""
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(_AGAIN_SECONDS, self._ask_again)

    def _ask_again(self) -> None:
        self._later, self._hops = None, 0
        self._ask()

    def _forget_wishes(self) -> None:
        """Want no pause any more; who still does says so again."""
        self._interrupting = self._asks_late = False
        if self._later is not None:
            self._later.cancel()
            self._later = None

    @override
    def read(self) -> None:
        self._line.read()

    @override
    def close(self) -> None:
        self._forget_wishes()
        self._line.close()

    @override
    async def expand(
        self, handle: str, start: int = 0, count: int = MOST_VARIABLES
    ) -> tuple[Variable, ...]:
        return await self._looking.expand(handle, start, count)

    @override
    async def evaluate(self, frame: str, expression: str) -> Evaluated:
        return await self._looking.evaluate(frame, expression)

    @override
    async def set_variable(self, holder: str, name: str, expression: str) -> Evaluated:
        return await self._looking.set_variable(holder, name, expression)

    # --- From V8 ----------------------------------------------------------------------------------

    def _told(self, message: JsonObject) -> None:
        method, params = message.get("method"), message.get("params")
        if method == "Debugger.resumed":
            self._resumed()
        if not isinstance(params, dict):
            return
        if method == "Debugger.scriptParsed":
            self._scripts.parsed(params)
        elif method == "Debugger.paused":
            self._runs = False
            self._paused(params)
        elif method == "Relay.line":
            line = self._recording.line(params)
            if line is not None:
                self._listener.line_reached(line)

    def _resumed(self) -> None:
        self._runs = True
        if self._asks_late:
            self._ask()

    def _paused(self, params: JsonObject) -> None:
        frames = call_frames(params, self._scripts)
        self._throws = params.get("reason") in _THROWN
        stop = self._stop(params, frames)
        if stop is None:
            self._line.tell(self._way_on(frames), {})
            return
        self._entering = False
        self._forget_wishes()
        self._looking.stand(frames)
        shown = self._looking.shown()
        exception = caught = None
        thrown = params.get("data")
        if stop[0] == "exception" and isinstance(thrown, dict):
            exception = variable("exception", thrown, self._looking.keep)
            is_uncaught = thrown.get("uncaught")
            caught = not is_uncaught if isinstance(is_uncaught, bool) else None
        ends = stop[0] == "step" or self._target.is_reached(_functions(frames))
        self._listener.stopped(RawStop(stop[0], shown, stop[1], exception, ends, caught))

    def _stop(self, params: JsonObject, frames: list[CallFrame]) -> _Found | None:
        """Return why the code shall stand still here; None when it shall not."""
        reason = params.get("reason")
        top = frames[0] if frames else None
        if top is None or all(frame.path is None for frame in frames) or reason == "OOM":
            return None  # V8 also stands still shortly before its heap is full.
        if reason in _THROWN:
            return ("exception", frozenset()) if self._is_thrown_here(top, reason) else None
        hit = params.get("hitBreakpoints")
        ids = [one for one in hit if isinstance(one, str)] if isinstance(hit, list) else []
        places = frozenset(self._hits[one] for one in ids if one in self._hits)
        if places & self._arming.places:
            return ("place", places & self._arming.places)
        if places:  # Of a breakpoint that is gone by now; the step under way may end here.
            self._strayed, self._hops = True, 0
        elif reason != "step" and not self._interrupting:
            if top.is_own:
                return None if self._entering else ("call", frozenset())
            return ("statement", frozenset()) if top.path is not None else None
        return self._stop_of_step(top, frames)

    def _stop_of_step(self, top: CallFrame, frames: list[CallFrame]) -> _Found | None:
        if top.path is None:
            return None
        if self._interrupting:
            return ("pause", frozenset())
        if self._step == "run":
            return None  # An earlier step, over a wait of which V8 still knows.
        if self._leaving_api and (self._step == "out" or _visit(frames)[:3] == self._visit[:3]):
            return None
        if is_package(top.path) and not self._in_package:
            return None
        if _visit(frames) == self._visit and top.column not in self._columns:
            # Still the same line, further on; the same column again is another round of a loop.
            self._columns.add(top.column)
            return None
        if self._strayed and not self._target.is_reached(_functions(frames)):
            return None
        return ("step", frozenset())

    def _is_thrown_here(self, top: CallFrame, reason: JsonValue) -> bool:
        """Tell what the flow's code throws from what Node throws and catches itself."""
        return (
            top.path is not None
            or top.is_own
            or reason == "promiseRejection"
            or not self._arming.caught
        )

    def _way_on(self, frames: list[CallFrame]) -> str:
        """Return how V8 is sent on from where nobody wants to stand."""
        self._hops += 1
        top = frames[0] if frames else None
        is_seen = any(frame.path is not None for frame in frames)
        if top is not None and top.is_own and top.name == _CALLS_HANDLER:
            self._called = True
        if self._interrupting:
            return self._way_into_code(is_seen=is_seen)
        if top is None or self._hops > _MOST_HOPS:
            self._step = "run"
            return _STEPS["run"]
        if self._entering and self._called and top.is_own:
            self._step = "into"
            return _STEPS["into"]
        if self._step == "run" or not is_seen:
            return _STEPS["run"]
        if top.path is not None and (self._leaving_api or self._is_steppable(top.path)):
            self._leaving_api = False
            if not self._strayed or self._target.goes_on_from(_functions(frames)):
                return _STEPS[self._step]
        self._strayed = self._strayed or not self._leaving_api
        return self._out()

    def _way_into_code(self, *, is_seen: bool) -> str:
        """Return how V8 is sent on to the flow's code, where a pause was asked for.

        It stops by itself before it calls the handler. After that the way from what waits inside
        Node to the code that goes on is a short one, or it is asked again.
        """
        if self._hops <= _MOST_HOPS and (is_seen or self._called):
            return self._out() if is_seen else _STEPS["into"]
        self._ask_later()
        return _STEPS["run"]

    def _is_steppable(self, path: str) -> bool:
        return self._in_package or not is_package(path)


def _functions(frames: list[CallFrame]) -> list[str]:
    return [frame.function for frame in frames]


def _visit(frames: list[CallFrame]) -> tuple[JsonValue, ...]:
    """Return what stays the same while one line of one call is executed."""
    top = frames[0]
    return (top.script, top.function, top.line, sum(one.path is not None for one in frames))
