"""Where the members of a JSON document stand in its text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def json_path(place: Place) -> str:
    """Return a place as the JSON path that people read, ``$.actions[2].id``."""
    path = "$"
    for step in place:
        if isinstance(step, int):
            path += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            path += f".{step}"
        else:
            path += f"[{json.dumps(step, ensure_ascii=False)}]"
    return path


@dataclass(frozen=True, slots=True)
class JsonPlaces:
    """Offsets in a JSON text.

    Attributes:
        values: Where the value at a place begins.
        keys: Where the key of a member begins; of a repeated key, the last.
        repeated: Keys that stand twice in one object, with the offset of each repetition.
    """

    values: dict[Place, int]
    keys: dict[Place, int]
    repeated: tuple[tuple[Place, int], ...]


@dataclass(slots=True)
class _Container:
    """An object or array that is still open while its text is read."""

    place: Place
    index: int | None
    key: str | None = None

    @property
    def wants_key(self) -> bool:
        return self.index is None and self.key is None

    def member(self) -> Place:
        step = self.key if self.index is None else self.index
        return self.place if step is None else (*self.place, step)

    def next_member(self) -> None:
        if self.index is None:
            self.key = None
        else:
            self.index += 1


@dataclass(slots=True)
class _Scan:
    """What has been found so far."""

    values: dict[Place, int] = field(default_factory=dict[Place, int])
    keys: dict[Place, int] = field(default_factory=dict[Place, int])
    repeated: list[tuple[Place, int]] = field(default_factory=list[tuple[Place, int]])
    open: list[_Container] = field(default_factory=list[_Container])

    def see(self, piece: str, offset: int) -> None:
        match piece:
            case "}" | "]":
                self.open.pop()
            case ",":
                self.open[-1].next_member()
            case ":":
                pass
            case _ if self.open and self.open[-1].wants_key:
                self._see_key(piece, offset)
            case _:
                self._see_value(piece, offset)

    def _see_key(self, piece: str, offset: int) -> None:
        container = self.open[-1]
        container.key = str(json.loads(piece))
        place = container.member()
        if place in self.keys:
            self.repeated.append((place, offset))
        self.keys[place] = offset

    def _see_value(self, piece: str, offset: int) -> None:
        place = self.open[-1].member() if self.open else ()
        self.values[place] = offset
        if piece == "{":
            self.open.append(_Container(place, None))
        elif piece == "[":
            self.open.append(_Container(place, 0))


def find_places(text: str) -> JsonPlaces:
    """Return where everything stands in ``text``, which has to be valid JSON.

    Works without recursion, so that the depth of the document does not matter.
    """
    scan = _Scan()
    for match in _TOKEN.finditer(text):
        scan.see(match.group(), match.start())
    return JsonPlaces(scan.values, scan.keys, tuple(scan.repeated))


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both from 1, columns in characters."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
