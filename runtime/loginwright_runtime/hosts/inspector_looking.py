"""Looks into JavaScript that stands still: frames, scopes, members, expressions."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.debugging.inspection import (
    MOST_VARIABLES,
    Evaluated,
    EvaluationFailed,
    Frame,
    Scope,
    ScopeKind,
    Variable,
)
from loginwright_runtime.hosts.changed_variables import ChangedVariables
from loginwright_runtime.hosts.code_adapter import ANSWER_SECONDS
from loginwright_runtime.hosts.debug_line import DebugLine, RequestFailed
from loginwright_runtime.hosts.inspector_values import described_length, members, variable
from loginwright_runtime.login.json_values import JsonObject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loginwright_runtime.hosts.inspector_scripts import Scripts
    from loginwright_runtime.hosts.inspector_values import Keep
    from loginwright_runtime.login.json_values import JsonValue

_SCOPES: dict[str, tuple[str, ScopeKind]] = {
    "local": ("Local", "local"),
    "block": ("Block", "local"),
    "catch": ("Catch", "local"),
    "with": ("With", "local"),
    "eval": ("Eval", "local"),
    "closure": ("Closure", "closure"),
    "script": ("Script", "module"),
    "module": ("Module", "module"),
}
_EVALUATION_MS = 2000
_GROUP = "loginwright"
_IDENTIFIER = re.compile(r"[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*\Z")
_MANY = 1000
# Taken before any action runs: one that replaces them changes nothing for whoever looks.
_TOOLS = (
    "({ownKeys: Reflect.ownKeys, describe: Reflect.getOwnPropertyDescriptor, "
    "define: Reflect.defineProperty, set: Reflect.set, apply: Reflect.apply})"
)
_SIZE = "function(t){return t.ownKeys(this).length}"
# Descriptors are copied, so that no getter runs.
_COPY = "const d=t.describe(this,k[i]);if(d!==undefined)t.define(out,k[i],d)"
_SLICE = (
    "function(t,from,to){const out={__proto__:null};const k=t.ownKeys(this);"
    f"for(let i=from;i<to&&i<k.length;i+=1){{{_COPY}}}return out}}"
)
_LIST_SLICE = (
    "function(t,from,to){const out={__proto__:null};for(let i=from;i<to;i+=1)"
    "{const d=t.describe(this,i);if(d!==undefined)t.define(out,i,d)}return out}"
)
_GET = "function(t,getter){return t.apply(getter,this,[])}"
_SET = "function(t,name,value){if(!t.set(this,name,value))throw 'It cannot be changed.'}"


@dataclass(frozen=True, slots=True)
class CallFrame:
    """A frame as V8 tells of it; ``path`` is None where it is not the flow's."""

    id: str
    name: str
    script: str
    function: str
    path: str | None
    is_own: bool
    line: int
    column: int
    scopes: tuple[JsonObject, ...]


def call_frames(params: JsonObject, scripts: Scripts) -> list[CallFrame]:
    """Return the frames of ``Debugger.paused``."""
    frames = params.get("callFrames")
    if not isinstance(frames, list):
        return []
    return [_call_frame(frame, scripts) for frame in frames if isinstance(frame, dict)]


def _call_frame(frame: JsonObject, scripts: Scripts) -> CallFrame:
    place, function = frame.get("location"), frame.get("functionLocation")
    place = place if isinstance(place, dict) else {}
    script, scopes = place.get("scriptId"), frame.get("scopeChain")
    return CallFrame(
        id=str(frame.get("callFrameId")),
        name=str(frame.get("functionName")),
        script=str(script),
        function=orjson.dumps(function).decode(),
        path=scripts.path(script),
        is_own=scripts.is_own(script),
        line=_number(place.get("lineNumber")) + 1,
        column=_number(place.get("columnNumber")) + 1,
        scopes=tuple(one for one in scopes if isinstance(one, dict))
        if isinstance(scopes, list)
        else (),
    )


def _number(value: JsonValue) -> int:
    return value if isinstance(value, int) else 0


@dataclass(frozen=True, slots=True)
class _Held:
    """What a handle stands for.

    Attributes:
        id: V8's id of an object.
        getter: V8's id of a getter of it, which is what the handle stands for.
        scope: The scope it is, to tell it again at the next stop, and its frame's handle.
        is_proxy: Asking it anything would run code.
        length: Of a list.
    """

    id: str
    getter: str | None = None
    scope: tuple[Hashable, str] | None = None
    is_proxy: bool = False
    length: int | None = None


class InspectorLooking:
    """The handles of one stop, and what V8 answers about them.

    Attributes:
        frames: Every frame, the flow's or not; empty while the code runs.
    """

    def __init__(self, line: DebugLine, broken: Callable[[str], None]) -> None:
        """Ask over ``line``; tell ``broken`` when no answer comes."""
        self._line = line
        self._broken = broken
        self._held: dict[str, _Held] = {}
        self._seen = ChangedVariables()
        self._tools: JsonObject = {}
        self.frames: list[CallFrame] = []
        self._running = 0

    @property
    def evaluating(self) -> bool:
        """Whether an expression or a getter is being run."""
        return self._running > 0

    async def prepare(self) -> None:
        """Take what looking needs of the language, before any action runs."""
        answer = await self._ask("Runtime.evaluate", {"expression": _TOOLS})
        self._tools = {"objectId": _remote(answer).get("objectId")}

    # --- One stop ---------------------------------------------------------------------------------

    def stand(self, frames: list[CallFrame]) -> None:
        """The code stands still."""
        self.frames = frames
        self._seen.next_stop()

    def leave(self) -> None:
        """The code goes on: every handle is void."""
        self.frames = []
        self._held.clear()
        self._line.tell("Runtime.releaseObjectGroup", {"objectGroup": _GROUP})

    def keep(self, value: JsonObject) -> str:
        """Keep an object and return its handle."""
        length = None
        if value.get("subtype") in ("array", "typedarray"):
            length = described_length(value)
        is_proxy = value.get("subtype") == "proxy"
        return self._keep(_Held(str(value["objectId"]), is_proxy=is_proxy, length=length))

    def _keep(self, held: _Held) -> str:
        handle = f"v{len(self._held)}"
        self._held[handle] = held
        return handle

    def shown(self) -> tuple[Frame, ...]:
        """Return the flow's frames."""
        return tuple(
            Frame(f"f{at}", frame.name, frame.path, frame.line, frame.column, self._scopes(at))
            for at, frame in enumerate(self.frames)
            if frame.path is not None
        )

    def _scopes(self, at: int) -> tuple[Scope, ...]:
        shown: list[Scope] = []
        frame = self.frames[at]
        for number, scope in enumerate(frame.scopes):
            known, held = _SCOPES.get(str(scope.get("type"))), scope.get("object")
            if known is None or not isinstance(held, dict):
                continue
            key = (frame.path, frame.function, number)
            handle = self._keep(_Held(str(held.get("objectId")), scope=(key, f"f{at}")))
            shown.append(Scope(known[0], known[1], handle))
        return tuple(shown)

    # --- Looking ----------------------------------------------------------------------------------

    async def expand(self, handle: str, start: int, count: int) -> tuple[Variable, ...]:
        """Return members of what a handle stands for."""
        held = self._of(handle)
        count = min(count, MOST_VARIABLES)
        try:
            if held.getter is not None:
                return (await self._read_getter(held, held.getter),)
            if held.scope is not None:
                found = await self._members(held, held.id)
                return self._seen.marked(held.scope[0], found)[start : start + count]
            return await self._some(held, start, count)
        except RequestFailed as error:
            return (Variable("", str(error), "note"),)

    async def _some(self, held: _Held, start: int, count: int) -> tuple[Variable, ...]:
        if held.is_proxy or await self._size(held) < _MANY:
            return (await self._members(held, held.id))[start : start + count]
        slicing = _LIST_SLICE if held.length is not None else _SLICE
        arguments: list[JsonValue] = [{"value": start}, {"value": start + count}]
        part = await self._call(held.id, slicing, arguments)
        return (await self._members(held, str(_remote(part).get("objectId"))))[:count]

    async def _size(self, held: _Held) -> int:
        if held.length is not None:
            return held.length
        return _number(_remote(await self._call(held.id, _SIZE)).get("value"))

    async def _members(self, held: _Held, source: str) -> tuple[Variable, ...]:
        asked: JsonObject = {"objectId": source, "ownProperties": True, "generatePreview": True}
        found = await self._ask("Runtime.getProperties", asked)

        def getter(function: str) -> str:
            return self._keep(_Held(held.id, getter=function))

        return tuple(members(found, self.keep, getter))

    async def _read_getter(self, held: _Held, getter: str) -> Variable:
        answer = await self._call(held.id, _GET, [{"objectId": getter}], runs=True)
        result = _evaluated("value", answer, self.keep)
        return result if isinstance(result, Variable) else Variable("", result.message, "note")

    async def evaluate(self, frame: str, expression: str) -> Evaluated:
        """Evaluate an expression in a frame."""
        try:
            answer = await self._evaluate(frame, expression)
        except RequestFailed as error:
            return EvaluationFailed(str(error))
        return _evaluated(expression, answer, self.keep)

    async def set_variable(self, holder: str, name: str, expression: str) -> Evaluated:
        """Set a variable of a frame or scope, or a member of a value."""
        held = self._held.get(holder)
        if held is None or held.scope is not None:
            frame = holder if held is None or held.scope is None else held.scope[1]
            if not _IDENTIFIER.match(name):
                return EvaluationFailed(f"{name} is not the name of a variable.")
            return await self.evaluate(frame, f"{name} = ({expression}\n)")
        try:
            answer = await self._evaluate(self._innermost(), expression)
            value = _remote(answer)
            if "exceptionDetails" not in answer:
                argument = {key: value[key] for key in _ARGUMENT if key in value}
                done = await self._call(held.id, _SET, [{"value": name}, argument], runs=True)
                if "exceptionDetails" in done:
                    answer = done
        except RequestFailed as error:
            return EvaluationFailed(str(error))
        return _evaluated(name, answer, self.keep)

    def _innermost(self) -> str:
        return next((f"f{at}" for at, one in enumerate(self.frames) if one.path is not None), "")

    def _of(self, handle: str) -> _Held:
        held = self._held.get(handle)
        if held is None:
            raise LookupError("This handle is of an earlier stop.")
        return held

    # --- Asking -----------------------------------------------------------------------------------

    async def _evaluate(self, frame: str, expression: str) -> JsonObject:
        number = int(frame[1:]) if frame[:1] == "f" and frame[1:].isdigit() else -1
        if not 0 <= number < len(self.frames):
            raise LookupError("This frame is of an earlier stop.")
        asked: JsonObject = {
            "callFrameId": self.frames[number].id,
            "expression": expression,
            "objectGroup": _GROUP,
            "generatePreview": True,
            "silent": True,
            "timeout": _EVALUATION_MS,
        }
        return await self._ask("Debugger.evaluateOnCallFrame", asked, runs=True)

    async def _call(
        self,
        target: str,
        function: str,
        arguments: Sequence[JsonValue] = (),
        *,
        runs: bool = False,
    ) -> JsonObject:
        asked: JsonObject = {
            "objectId": target,
            "functionDeclaration": function,
            "arguments": [self._tools, *arguments],
            "objectGroup": _GROUP,
            "generatePreview": True,
            "silent": True,
        }
        return await self._ask("Runtime.callFunctionOn", asked, runs=runs)

    async def _ask(self, method: str, params: JsonObject, *, runs: bool = False) -> JsonObject:
        if runs:
            self._running += 1
        try:
            return await self._line.ask(method, params, ANSWER_SECONDS, self._ran if runs else None)
        except TimeoutError:
            self._broken("its code did not answer while it stood still")
            raise RequestFailed("The code did not answer.") from None

    def _ran(self) -> None:
        self._running -= 1


_ARGUMENT = ("objectId", "value", "unserializableValue")


def _remote(answer: JsonObject) -> JsonObject:
    result = answer.get("result")
    return result if isinstance(result, dict) else {}


def _evaluated(name: str, answer: JsonObject, keep: Keep) -> Evaluated:
    details = answer.get("exceptionDetails")
    if not isinstance(details, dict):
        return variable(name, _remote(answer), keep)
    thrown = details.get("exception")
    text = str(details.get("text"))
    if isinstance(thrown, dict):
        text = str(thrown.get("description", thrown.get("value", text)))
    return EvaluationFailed(text.partition("\n    at ")[0])
