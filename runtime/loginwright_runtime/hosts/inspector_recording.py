"""Makes recorded lines of what a JavaScript worker tells of each line it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.debugging.code import MOST_CALLERS, LineReached
from loginwright_runtime.hosts.inspector_values import members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.hosts.inspector_scripts import Scripts
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_LONGEST = 200
_MOST_LINES = 100_000
_MOST_FUNCTIONS = 512


class InspectorRecording:
    """Compares the variables of each function with those at its last recorded line."""

    def __init__(self, scripts: Scripts) -> None:
        """Remember nothing yet."""
        self._scripts = scripts
        self._seen: dict[bytes, dict[str, str]] = {}
        self._left = _MOST_LINES
        self._callers: tuple[tuple[str, str, int], ...] = ()

    def forget(self) -> None:
        """Begin a new run."""
        self._seen.clear()
        self._left = _MOST_LINES
        self._callers = ()

    def line(self, params: JsonObject) -> LineReached | None:
        """Return a line, or None where it is not the flow's or too many came."""
        place = params.get("location")
        path = self._scripts.path(place.get("scriptId")) if isinstance(place, dict) else None
        number = place.get("lineNumber") if isinstance(place, dict) else None
        below = params.get("below")
        if isinstance(below, list):
            self._callers = tuple(self._known(below))
        if path is None or not isinstance(number, int):
            return None
        if self._left == 0:
            return None
        self._left -= 1
        name = str(params.get("functionName"))
        changes = tuple(self._changes(params))
        callers = self._callers
        return LineReached(path, number + 1, name, len(callers), changes, callers[:MOST_CALLERS])

    def _known(self, below: list[JsonValue]) -> Iterator[tuple[str, str, int]]:
        """Yield those of the frames below that are the flow's."""
        for caller in below:
            match caller:
                case [script, str() as name, int() as line]:
                    path = self._scripts.path(script)
                    if path is not None:
                        yield path, name, line + 1
                case _:
                    pass

    def _changes(self, params: JsonObject) -> list[tuple[str, str]]:
        key = orjson.dumps(params.get("functionLocation"))
        seen = self._seen.pop(key, None)
        if seen is None:
            seen = {}
        self._seen[key] = seen
        while len(self._seen) > _MOST_FUNCTIONS:
            del self._seen[next(iter(self._seen))]
        changes: list[tuple[str, str]] = []
        for name, text in _texts(params.get("scopes")):
            if seen.get(name) != text:
                seen[name] = text
                changes.append((name, text))
        return changes


def _texts(scopes: JsonValue) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for scope in scopes if isinstance(scopes, list) else ():
        for one in members({"result": scope}, _nothing, _nothing):
            if one.kind != "uninitialised":
                text = one.text if len(one.text) <= _LONGEST else f"{one.text[:_LONGEST]}…"
                found.setdefault(one.name, text)
    return list(found.items())


def _nothing(_value: object) -> str:
    return ""
