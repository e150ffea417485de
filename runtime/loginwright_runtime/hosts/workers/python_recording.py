"""Tells of every line that is reached, with the variables that changed since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from loginwright_runtime.hosts.workers.python_showing import shown
from loginwright_runtime.hosts.workers.python_wire import encode_json, utf8

if TYPE_CHECKING:
    import types
    from typing import TypeAlias

    from loginwright_runtime.hosts.workers.python_handler_call import HandlerCall

    Caller: TypeAlias = tuple[str, str, int]

_LONGEST = 200
_MOST_CALLERS = 50
_MOST_LINES = 100_000
_PLAIN = frozenset(map(id, (int, float, bool, str, bytes, type(None), complex)))
"""By identity: the hash of a type can be code of its metaclass."""


class LineRecorder:
    """The lines of one handler call; locals are compared by identity first."""

    def __init__(self, call: HandlerCall) -> None:
        """Tell of no line yet."""
        self._call = call
        self._seen: dict[types.FrameType, dict[str, tuple[object, str]]] = {}
        self._callers: list[Caller] | None = None
        self._left = _MOST_LINES

    def reached(self, frame: types.FrameType, path: str, line: int, callers: list[Caller]) -> None:
        """Tell of a line."""
        if self._left == 0:
            return
        self._left -= 1
        self._tell(frame, path, line, callers, self._changes(frame))

    def left(self, frame: types.FrameType, path: str, callers: list[Caller]) -> None:
        """Tell what the last line of a function changed, and forget its frame."""
        changes = self._changes(frame)
        if changes and self._left:
            self._tell(frame, path, frame.f_lineno, callers, changes)
        self._seen.pop(frame, None)

    def _tell(
        self,
        frame: types.FrameType,
        path: str,
        line: int,
        callers: list[Caller],
        changes: list[tuple[str, str]],
    ) -> None:
        name = frame.f_code.co_name
        head = f'{{"type":"line","run":"{self._call.run}","file":{encode_json(path)},"line":{line}'
        text = (
            f'{head},"function":{encode_json(name)},"depth":{len(callers)},'
            f'"changes":{encode_json(changes) if changes else "[]"}{self._below(callers)}}}'
        )
        self._call.line_reached(utf8(text))

    def _below(self, callers: list[Caller]) -> str:
        """Return the callers as a member, where they are others than those of the last line."""
        if callers == self._callers:
            return ""
        self._callers = callers
        return f',"callers":{encode_json(callers[:_MOST_CALLERS])}'

    def _changes(self, frame: types.FrameType) -> list[tuple[str, str]]:
        if frame.f_code.co_name == "<module>":
            return []
        seen = self._seen.get(frame)
        if seen is None:
            seen = self._seen[frame] = {}
        changes: list[tuple[str, str]] = []
        for name, value in cast("dict[str, object]", frame.f_locals).items():
            before = seen.get(name)
            if before is not None and before[0] is value and id(type(value)) in _PLAIN:
                continue
            text = shown(value).text
            if len(text) > _LONGEST:
                text = f"{text[:_LONGEST]}…"
            if before is None or before[1] != text:
                changes.append((name, text))
            seen[name] = (value, text)
        return changes
