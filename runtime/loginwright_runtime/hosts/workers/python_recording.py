"""Tells of every line that is reached, with the variables that changed since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.hosts.workers.python_showing import shown
from loginwright_runtime.hosts.workers.python_wire import encode_json, utf8

if TYPE_CHECKING:
    import types

    from loginwright_runtime.hosts.workers.python_handler_call import HandlerCall

_LONGEST = 200
_MOST_LINES = 100_000
_PLAIN = frozenset({int, float, bool, str, bytes, type(None), complex})


class LineRecorder:
    """The lines of one handler call; locals are compared by identity first."""

    def __init__(self, call: HandlerCall) -> None:
        """Tell of no line yet."""
        self._call = call
        self._seen: dict[types.FrameType, dict[str, tuple[object, str]]] = {}
        self._left = _MOST_LINES

    def reached(self, frame: types.FrameType, path: str, line: int, depth: int) -> None:
        """Tell of a line."""
        if self._left == 0:
            return
        self._left -= 1
        name = frame.f_code.co_name
        changes = [] if name == "<module>" else self._changes(frame)
        head = f'{{"type":"line","run":"{self._call.run}","file":{encode_json(path)},"line":{line}'
        text = (
            f'{head},"function":{encode_json(name)},"depth":{depth},'
            f'"changes":{encode_json(changes) if changes else "[]"}}}'
        )
        self._call.line_reached(utf8(text))

    def left(self, frame: types.FrameType) -> None:
        """Forget a frame that is no more."""
        self._seen.pop(frame, None)

    def _changes(self, frame: types.FrameType) -> list[tuple[str, str]]:
        seen = self._seen.get(frame)
        if seen is None:
            seen = self._seen[frame] = {}
        changes: list[tuple[str, str]] = []
        for name, value in frame.f_locals.items():
            before = seen.get(name)
            if before is not None and before[0] is value and type(value) in _PLAIN:
                continue
            text = shown(value).text
            if len(text) > _LONGEST:
                text = f"{text[:_LONGEST]}…"
            if before is None or before[1] != text:
                changes.append((name, text))
            seen[name] = (value, text)
        return changes
