"""Tells what becomes of an error: which of the frames it will pass catches it, and which cannot.

Compiled code says so in its table of handlers; no code of the action runs for the answer.
"""

from __future__ import annotations

import dis
import types
from typing import TYPE_CHECKING, NamedTuple, cast

from loginwright_runtime.hosts.workers.python_code_facts import handlers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_HANDLERS = 50
_MOST_FRAMES = 1000
_IMPORTING = "<frozen importlib"
_SESSION = "/python_session.py"
_ASKING = frozenset({"hasattr", "getattr"})
"""What takes an ``AttributeError`` for an answer."""
_THROW_ON = frozenset({"RERAISE", "CLEANUP_THROW"})
_LOCALS = frozenset({"LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_DEREF", "LOAD_NAME"})
_mro = type.__dict__["__mro__"].__get__
_space = cast("types.GetSetDescriptorType", vars(types.ModuleType)["__dict__"]).__get__


class _Unknown:
    """A value that cannot be had without running code."""


_UNKNOWN = _Unknown()


class _Thrown(NamedTuple):
    """The instruction that throws an error on, out of the handler it came to."""

    at: int


class _Code(NamedTuple):
    """Instructions, and where in them each offset is."""

    instructions: list[dis.Instruction]
    places: dict[int, int]


class Catching:
    """Judges errors by the code of the frames they pass."""

    def __init__(self) -> None:
        """Know no code yet."""
        self._codes: dict[types.CodeType, _Code] = {}

    def is_caught(
        self,
        frame: types.FrameType | None,
        error: BaseException,
        is_flow: Callable[[types.FrameType], bool],
    ) -> bool | None:
        """Tell whether anything catches an error on its way to the login; None where unknown.

        Args:
            frame: Where it is now.
            error: What was thrown.
            is_flow: Whether a frame is of the flow's code: what others do with it, they do not say.
        """
        below = frame
        is_asked = False
        for _ in range(_MOST_FRAMES):
            if below is None or is_asked:
                return None  # Out of a task or a callback, somebody else gets it.
            name = below.f_code.co_filename
            if name.endswith(_SESSION):
                return False
            if not name.startswith(_IMPORTING):
                caught = self._catches(below, error)
                if caught is not False:
                    return caught if is_flow(below) else None
            is_asked = issubclass(type(error), AttributeError) and _may_ask(below.f_back)
            below = below.f_back
        return None

    def _catches(self, frame: types.FrameType, error: BaseException) -> bool | None:
        """Tell whether one function catches an error that comes to where it is."""
        at = frame.f_lasti
        for _ in range(_MOST_HANDLERS):
            guards = (one for one in handlers_of(frame.f_code) if one.start <= at < one.end)
            guard = next(guards, None)
            if guard is None:
                return False
            found = self._judge(frame, error, guard.target)
            if not isinstance(found, _Thrown):
                return found
            at = found.at
        return None

    def _judge(
        self, frame: types.FrameType, error: BaseException, target: int
    ) -> bool | _Thrown | None:
        """Tell what a handler does with an error."""
        code = self._code(frame.f_code)
        place = code.places[target]
        first = code.instructions[place].opname
        if first != "PUSH_EXC_INFO":
            return _thrown_on(code, place, is_own=True)
        place += 1
        while True:
            if code.instructions[place].opname == "POP_TOP":
                return True  # A bare ``except``.
            after, kinds = _evaluated(code, place, frame)
            if code.instructions[after].opname != "CHECK_EXC_MATCH":
                return _thrown_on(
                    code, place, is_own=False
                )  # A ``finally``, a ``with`` or an ``except*``.
            matches = _matches(error, kinds)
            if matches is not False:
                return matches
            jump = code.instructions[after + 1]
            if "IF_FALSE" not in jump.opname:
                return None
            place = code.places[cast("int", jump.argval)]

    def _code(self, code: types.CodeType) -> _Code:
        known = self._codes.get(code)
        if known is None:
            instructions = list(dis.get_instructions(code))
            places = {one.offset: place for place, one in enumerate(instructions)}
            known = self._codes[code] = _Code(instructions, places)
        return known


def _may_ask(caller: types.FrameType | None) -> bool:
    return caller is not None and not _ASKING.isdisjoint(caller.f_code.co_names)


def _thrown_on(code: _Code, place: int, *, is_own: bool) -> _Thrown | None:
    """Return where a handler throws on what it did not look at; None where it may not.

    Args:
        code: The function's.
        place: Where the handler begins.
        is_own: Python itself added it, to tidy up.
    """
    leaps: list[int] = []
    for one in code.instructions[place:]:
        if one.opname in _THROW_ON:
            return None if any(leap > one.offset for leap in leaps) else _Thrown(one.offset)
        if one.opname in ("PUSH_EXC_INFO", "WITH_EXCEPT_START", "CHECK_EG_MATCH"):
            return None
        if one.opname == "POP_EXCEPT" and not is_own:
            return None  # It forgets the error: ``return`` or ``break`` in a ``finally``.
        if "JUMP" in one.opname:
            leaps.append(cast("int", one.argval))
    return None


def _evaluated(code: _Code, place: int, frame: types.FrameType) -> tuple[int, object]:
    """Return the value of simple instructions, and the place of the first other one."""
    stack: list[object] = []
    while True:
        one = code.instructions[place]
        if one.opname in _LOCALS:
            stack.append(_named(cast("str", one.argval), frame.f_locals, frame))
        elif one.opname == "LOAD_GLOBAL":
            stack.append(_named(cast("str", one.argval), frame.f_globals, frame))
        elif one.opname == "LOAD_ATTR" and stack:
            stack.append(_attribute(stack.pop(), cast("str", one.argval)))
        elif one.opname == "BUILD_TUPLE" and one.arg is not None and len(stack) >= one.arg:
            parts = tuple(stack[len(stack) - one.arg :])
            del stack[len(stack) - one.arg :]
            stack.append(parts)
        else:
            return place, stack[-1] if len(stack) == 1 else _UNKNOWN
        place += 1


def _named(name: str, nearest: Mapping[str, object], frame: types.FrameType) -> object:
    for names in (nearest, frame.f_globals, frame.f_builtins):
        if name in names:
            return names[name]
    return _UNKNOWN


def _attribute(value: object, name: str) -> object:
    if type(value) is not types.ModuleType:
        return _UNKNOWN
    return cast("dict[str, object]", _space(value)).get(name, _UNKNOWN)


def _matches(error: BaseException, kinds: object) -> bool | None:
    """Tell whether an ``except`` with these classes takes an error."""
    if type(kinds) is tuple:
        found = [_matches(error, kind) for kind in cast("tuple[object, ...]", kinds)]
        if True in found:
            return True
        return None if None in found else False
    if not issubclass(type(kinds), type):
        return None
    return any(base is kinds for base in _mro(type(error)))
