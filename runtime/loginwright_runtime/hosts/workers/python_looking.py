"""Looks into Python code that stands still, without running any of it unasked."""

from __future__ import annotations

import ctypes
import inspect
import signal
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from loginwright_runtime.hosts.workers.python_showing import (
    Shown,
    keys_of,
    members_of,
    shown,
    type_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.hosts.workers.python_wire import Frame

Answer: TypeAlias = "dict[str, object]"

_EVALUATION_SECONDS = 2.0
_LONGEST_MESSAGE = 16_384
_set_timer = signal.setitimer
_set_handler = signal.signal


class TookTooLong(BaseException):
    """An expression was stopped."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What a handle stands for: a value, a scope of a frame, or a property of a value."""

    value: object
    scope: types.FrameType | None = None
    is_module: bool = False
    getter: str | None = None


class Looking:
    """The handles of one stop.

    Attributes:
        innermost: The frame that stands still, or None.
    """

    def __init__(self) -> None:
        """Hold nothing."""
        self._frames: dict[str, types.FrameType] = {}
        self._held: list[_Held] = []
        self.innermost: types.FrameType | None = None

    def stand(self, frames: list[types.FrameType]) -> None:
        """Begin a stop; the first frame is the innermost."""
        self.innermost = frames[0] if frames else None

    def leave(self) -> None:
        """End the stop; every handle is void."""
        self._frames.clear()
        self._held.clear()
        self.innermost = None

    def frame(self, frame: types.FrameType, path: str, line: int) -> Answer:
        """Return a frame as the parent is told of it."""
        handle = f"f{len(self._frames)}"
        self._frames[handle] = frame
        name = frame.f_code.co_name
        scopes: list[Answer] = []
        if name != "<module>":
            scopes.append({"kind": "local", "handle": self._keep(_Held(None, frame))})
        scopes.append({"kind": "module", "handle": self._keep(_Held(None, frame, is_module=True))})
        return {"handle": handle, "function": name, "file": path, "line": line, "scopes": scopes}

    def thrown(self, error: BaseException) -> Answer:
        """Return an exception as the parent is told of it."""
        return self._variable("exception", error)

    def said(self, error: BaseException) -> str:
        """Return name and message of what was raised."""
        try:
            text = str(error)
        except BaseException:  # noqa: BLE001 - the action's own code, at the border
            text = "(its message cannot be read)"
        name = "" if type(error) is LookupError else type_name(error)
        if issubclass(type(error), TookTooLong):
            return "It took too long and was stopped."
        return (f"{name}: {text}" if name else text)[:_LONGEST_MESSAGE]

    def answer(self, method: str, params: Frame) -> Answer:
        """Answer one question of the parent."""
        if method == "expand":
            handle = cast("str", params["handle"])
            start, count = cast("int", params["start"]), cast("int", params["count"])
            return {"variables": self._expand(handle, start, count)}
        expression = cast("str", params["expression"])
        if method == "evaluate":
            frame = self._frame(cast("str", params["frame"]))
            return {"value": self._variable(expression, self._evaluate(frame, expression))}
        if method == "set":
            holder, name = cast("str", params["holder"]), cast("str", params["name"])
            return {"value": self._variable(name, self._set(holder, name, expression))}
        raise LookupError("Nobody knows such a question.")

    # --- Members ----------------------------------------------------------------------------------

    def _expand(self, handle: str, start: int, count: int) -> list[Answer]:
        held = self._of(handle)
        if held.getter is not None:
            name = held.getter
            return [self._variable(name, _limited(lambda: getattr(held.value, name)))]
        if held.scope is not None:
            names = _scope(held)
            chosen = [name for name in names if not (held.is_module and name.startswith("__"))]
            return [self._variable(name, names[name]) for name in chosen[start : start + count]]
        found: list[Answer] = []
        for member in members_of(held.value, start, count):
            if member.is_getter:
                getter = self._keep(_Held(held.value, getter=member.name))
                found.append(
                    {"name": member.name, "text": "(…)", "kind": "getter", "handle": getter}
                )
            else:
                found.append(self._variable(member.name, member.value))
        return found

    def _variable(self, name: str, value: object) -> Answer:
        seen: Shown = shown(value)
        handle = self._keep(_Held(value)) if seen.has_members else None
        answer: Answer = {"name": name, "text": seen.text, "kind": seen.kind, "handle": handle}
        if seen.size is not None:
            answer["count"] = seen.size
        return answer

    # --- Expressions ------------------------------------------------------------------------------

    def _evaluate(self, frame: types.FrameType, expression: str) -> object:
        """Evaluate an expression, or run a statement, which may change local variables."""
        names = {**frame.f_globals, **frame.f_locals}
        try:
            code = compile(expression.strip(), "<expression>", "eval", dont_inherit=True)
        except SyntaxError:
            code = compile(expression.strip(), "<expression>", "exec", dont_inherit=True)
            before = dict(names)
            _limited(lambda: exec(code, names))  # noqa: S102 - what a debugger's prompt is for
            for name, value in names.items():
                if name not in before or before[name] is not value:
                    _assign(frame, name, value)
            return None
        before = dict(names)
        value = _limited(lambda: eval(code, names))  # noqa: S307 - what a debugger's prompt is for
        for name in names:
            if name in before and before[name] is not names[name]:
                _assign(frame, name, names[name])
        return value

    def _set(self, holder: str, name: str, expression: str) -> object:
        if holder in self._frames:
            return self._set_in(self._frames[holder], name, expression, is_module=False)
        held = self._of(holder)
        if held.scope is not None:
            return self._set_in(held.scope, name, expression, is_module=held.is_module)
        if self.innermost is None:
            raise LookupError("The code does not stand still.")
        value = self._evaluate(self.innermost, expression)
        _limited(lambda: _set_member(held.value, name, value))
        return value

    def _set_in(
        self, frame: types.FrameType, name: str, expression: str, *, is_module: bool
    ) -> object:
        if not name.isidentifier():
            raise LookupError(f"{name} is not the name of a variable.")
        value = self._evaluate(frame, expression)
        if is_module or name not in frame.f_locals:
            frame.f_globals[name] = value
        else:
            _assign(frame, name, value)
        return value

    def _frame(self, handle: str) -> types.FrameType:
        frame = self._frames.get(handle)
        if frame is None:
            raise LookupError("This frame is of an earlier stop.")
        return frame

    def _of(self, handle: str) -> _Held:
        number = int(handle[1:]) if handle[:1] == "v" and handle[1:].isdigit() else -1
        if not 0 <= number < len(self._held):
            raise LookupError("This handle is of an earlier stop.")
        return self._held[number]

    def _keep(self, held: _Held) -> str:
        self._held.append(held)
        return f"v{len(self._held) - 1}"


def _scope(held: _Held) -> dict[str, object]:
    assert held.scope is not None
    return held.scope.f_globals if held.is_module else dict(held.scope.f_locals)


def _assign(frame: types.FrameType, name: str, value: object) -> None:
    """Set a variable of a frame that runs; in a module its locals are the variables."""
    names = frame.f_locals
    names[name] = value
    if frame.f_code.co_flags & inspect.CO_OPTIMIZED:
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))


def _set_member(holder: object, name: str, value: object) -> None:
    if isinstance(holder, list):
        holder[int(name)] = value
    elif isinstance(holder, dict):
        known = (key for key in keys_of(cast("object", holder)) if shown(key).text == name)
        holder[next(known, name)] = value
    else:
        setattr(holder, name, value)


def _limited(work: Callable[[], object]) -> object:
    """Do something that runs code of the action, for a limited time."""

    def stop(_signal: int, _frame: types.FrameType | None) -> None:
        raise TookTooLong

    before = _set_handler(signal.SIGALRM, stop)
    _set_timer(signal.ITIMER_REAL, _EVALUATION_SECONDS, 0.1)
    try:
        return work()
    finally:
        _set_timer(signal.ITIMER_REAL, 0)
        _set_handler(signal.SIGALRM, before)
