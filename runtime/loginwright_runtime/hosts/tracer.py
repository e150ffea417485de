"""Stops and moves Python through the tracer of its worker (``workers/python_tracer.py``).

The worker says where it stands in the words of this module, and does the stepping itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeGuard

from typing_extensions import override

from loginwright_runtime.debugging.inspection import (
    MOST_VARIABLES,
    Evaluated,
    EvaluationFailed,
    Frame,
    Scope,
    Variable,
    VariableKind,
)
from loginwright_runtime.hosts.changed_variables import ChangedVariables
from loginwright_runtime.hosts.code_adapter import (
    ANSWER_SECONDS,
    AdapterListener,
    Arming,
    CodeAdapter,
    RawStop,
)
from loginwright_runtime.hosts.debug_line import DebugLine, RequestFailed

if TYPE_CHECKING:
    import socket

    from loginwright_runtime.debugging.code import CodeStep
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_KINDS: dict[str, Literal["place", "step", "exception", "pause", "call", "statement"]] = {
    "place": "place",
    "step": "step",
    "exception": "exception",
    "pause": "pause",
    "call": "call",
    "statement": "statement",
}
_VARIABLE_KINDS: frozenset[VariableKind] = frozenset(
    {
        "null",
        "boolean",
        "number",
        "string",
        "object",
        "list",
        "function",
        "error",
        "getter",
        "note",
    }
)


class Poked(Protocol):
    """A worker that can be made to read what it was told while its code runs."""

    def poke(self) -> None:
        """Have it read."""
        ...


class Tracer(CodeAdapter):
    """The debugger of one Python worker."""

    def __init__(self, sock: socket.socket, worker: Poked, listener: AdapterListener) -> None:
        """Talk over ``sock``; ``worker`` is poked when its code runs."""
        self._line = DebugLine(sock, self._told, listener.broken, listener.lost)
        self._worker = worker
        self._listener = listener
        self._seen = ChangedVariables()
        self._scopes: dict[str, tuple[JsonValue, ...]] = {}
        self._stands = False
        self._evaluations = 0

    # --- From the session -------------------------------------------------------------------------

    @property
    @override
    def evaluating(self) -> bool:
        return self._evaluations > 0

    @override
    def truth(self, condition: str) -> str:
        return f"True if (\n{condition}\n) else False"

    @override
    async def begin(self, run: str, arming: Arming, step: CodeStep, *, record: bool) -> JsonObject:
        self._stands = False
        asked: JsonObject = {**_armed(arming), "step": step, "record": record}
        await self._line.ask("begin", asked, ANSWER_SECONDS)
        return {}

    @override
    def arm(self, arming: Arming) -> None:
        self._line.tell("arm", _armed(arming))
        self._poke()

    @override
    def go(self, step: CodeStep) -> None:
        self._leave()
        self._line.tell("go", {"step": step})

    @override
    def go_on(self) -> None:
        self._leave()
        self._line.tell("go_on", {})

    def _leave(self) -> None:
        self._stands = False
        self._scopes.clear()

    @override
    def interrupt(self) -> None:
        self._line.tell("interrupt", {})
        self._poke()

    def _poke(self) -> None:
        if not self._stands:
            self._worker.poke()

    @override
    def read(self) -> None:
        self._line.read()

    @override
    def close(self) -> None:
        self._line.close()

    # --- Looking ----------------------------------------------------------------------------------

    @override
    async def expand(
        self, handle: str, start: int = 0, count: int = MOST_VARIABLES
    ) -> tuple[Variable, ...]:
        if not self._stands:
            raise LookupError("This handle is of an earlier stop.")
        asked: JsonObject = {"handle": handle, "start": start, "count": min(count, MOST_VARIABLES)}
        try:
            answer = await self._asked("expand", asked)
        except RequestFailed as error:
            return (Variable("", str(error), "note"),)
        found = answer.get("variables")
        shown = [_variable(one) for one in found] if isinstance(found, list) else []
        scope = self._scopes.get(handle)
        return tuple(shown) if scope is None else self._seen.marked(scope, shown)

    @override
    async def evaluate(self, frame: str, expression: str) -> Evaluated:
        return await self._evaluated("evaluate", {"frame": frame, "expression": expression})

    @override
    async def set_variable(self, holder: str, name: str, expression: str) -> Evaluated:
        asked: JsonObject = {"holder": holder, "name": name, "expression": expression}
        return await self._evaluated("set", asked)

    async def _evaluated(self, method: str, asked: JsonObject) -> Evaluated:
        if not self._stands:
            raise LookupError("This frame is of an earlier stop.")
        try:
            answer = await self._asked(method, asked)
        except RequestFailed as error:
            return EvaluationFailed(str(error))
        return _variable(answer.get("value"))

    async def _asked(self, method: str, asked: JsonObject) -> JsonObject:
        self._evaluations += 1
        try:
            return await self._line.ask(method, asked, ANSWER_SECONDS, self._evaluated_one)
        except TimeoutError:
            self._listener.broken("its code did not answer while it stood still")
            raise RequestFailed("The code did not answer.") from None

    def _evaluated_one(self) -> None:
        self._evaluations -= 1

    # --- From the worker --------------------------------------------------------------------------

    def _told(self, message: JsonObject) -> None:
        params = message.get("params")
        if message.get("method") != "stopped" or not isinstance(params, dict):
            return
        kind = _KINDS.get(str(params.get("kind")))
        frames = params.get("frames")
        if kind is None or not isinstance(frames, list) or not frames:
            self._listener.broken("its debugger told of a stop nobody can place")
            return
        self._stands = True
        self._seen.next_stop()
        stack = tuple(self._frame(one) for one in frames if isinstance(one, dict))
        thrown, caught = params.get("exception"), params.get("caught")
        self._listener.stopped(
            RawStop(
                kind,
                stack,
                frozenset(_places(params.get("places"))),
                None if thrown is None else replace(_variable(thrown), name="exception"),
                params.get("ends") is True,
                caught if isinstance(caught, bool) else None,
            )
        )

    def _frame(self, frame: JsonObject) -> Frame:
        scopes: list[Scope] = []
        found = frame.get("scopes")
        for scope in found if isinstance(found, list) else ():
            if isinstance(scope, dict):
                handle = str(scope.get("handle"))
                is_module = scope.get("kind") == "module"
                name = "Module" if is_module else "Local"
                scopes.append(Scope(name, "module" if is_module else "local", handle))
                self._scopes[handle] = (frame.get("file"), frame.get("function"), name)
        line = frame.get("line")
        return Frame(
            handle=str(frame.get("handle")),
            function=str(frame.get("function")),
            file=str(frame.get("file")),
            line=line if isinstance(line, int) else 1,
            column=None,
            scopes=tuple(scopes),
        )


def _armed(arming: Arming) -> JsonObject:
    places: list[JsonValue] = [[file, line] for file, line in sorted(arming.places)]
    return {"places": places, "caught": arming.caught, "uncaught": arming.uncaught}


def _places(value: JsonValue) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for place in value if isinstance(value, list) else ():
        match place:
            case [str() as file, int() as line]:
                found.append((file, line))
            case _:
                pass
    return found


def _is_kind(kind: JsonValue) -> TypeGuard[VariableKind]:
    return kind in _VARIABLE_KINDS


def _variable(value: JsonValue) -> Variable:
    if not isinstance(value, dict):
        return Variable("", "nothing that can be shown", "note")
    kind, handle, count = value.get("kind"), value.get("handle"), value.get("count")
    return Variable(
        name=str(value.get("name", "")),
        text=str(value.get("text", "")),
        kind=kind if _is_kind(kind) else "note",
        handle=handle if isinstance(handle, str) else None,
        count=count if isinstance(count, int) else None,
    )
