"""What a client can expand at a stop, by number; good until the login goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.event_paths import Path, path_text
from loginwright_runtime.cli.debugged_login.words import plain
from loginwright_runtime.debugging import Inspection
from loginwright_runtime.debugging.inspection import MOST_VARIABLES
from loginwright_runtime.login.json_values import JsonValue

if TYPE_CHECKING:
    from loginwright_runtime.debugging import Variable
    from loginwright_runtime.login.json_values import JsonObject

MOST_MEMBERS = 1000
"""Members that are given at once where the client does not page."""
_LONGEST_JSON = 1000
_TYPES = {"list": "array"}


@dataclass(frozen=True, slots=True)
class CodeValue:
    """Something of code that stands still: a scope, or a value.

    Attributes:
        expression: What evaluates to it, or None.
        is_scope: Its members are variables.
        is_list: Its members have indices.
        is_python: It is Python's, else JavaScript's.
        is_mapping: Its members have keys, in Python.
    """

    inspection: Inspection = field(repr=False)
    handle: str
    expression: str | None = None
    is_scope: bool = False
    is_list: bool = False
    is_python: bool = False
    is_mapping: bool = False


@dataclass(frozen=True, slots=True)
class JsonNode:
    """A value of the event, or another JSON value."""

    value: JsonValue = field(repr=False)
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Names and texts."""

    rows: tuple[tuple[str, str], ...] = field(repr=False)


Held: TypeAlias = CodeValue | JsonNode | Rows
Hold: TypeAlias = Callable[[Held], int]


class HeldValues:
    """Numbers for what can be expanded; they are never used twice."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}
        self._next = 1

    def hold(self, what: Held) -> int:
        """Return a number for something."""
        number, self._next = self._next, self._next + 1
        self._held[number] = what
        return number

    def get(self, number: int) -> Held:
        """Return what a number stands for.

        Raises:
            RefusedError: The login has gone on since.
        """
        held = self._held.get(number)
        if held is None:
            raise RefusedError("The login has gone on since.")
        return held

    def forget(self) -> None:
        """Forget all: the login goes on."""
        self._held.clear()

    async def expand(self, number: int, start: int, count: int) -> list[JsonValue]:
        """Return members as DAP's ``Variable``.

        Args:
            number: Of what.
            start: How many to pass over.
            count: How many at most; 0 is all, up to ``MOST_MEMBERS``.
        """
        held = self.get(number)
        match held:
            case CodeValue():
                found = await _members(held, start, count or MOST_MEMBERS)
                return [self.variable(one, held) for one in found]
            case JsonNode():
                members = _json_members(held)
                end = start + (count or MOST_MEMBERS)
                return [self.json(name, node) for name, node in members[start:end]]
            case Rows():
                return [
                    {"name": name, "value": text, "variablesReference": 0}
                    for name, text in held.rows[start : start + (count or MOST_MEMBERS)]
                ]

    def variable(self, one: Variable, parent: CodeValue) -> JsonObject:
        """Return a variable of code."""
        expression = _expression(one, parent)
        told: JsonObject = {"name": one.name, "value": plain(one.text), "variablesReference": 0}
        if one.kind != "note":
            told["type"] = _TYPES.get(one.kind, one.kind)
        if expression is not None:
            told["evaluateName"] = expression
        if one.handle is not None:
            told["variablesReference"] = self.hold(
                CodeValue(
                    parent.inspection,
                    one.handle,
                    expression,
                    is_list=one.kind == "list",
                    is_python=parent.is_python,
                    is_mapping=parent.is_python and one.text.startswith("{"),
                )
            )
        if one.count is not None and one.kind == "list":
            told["indexedVariables"] = one.count
        if one.kind == "getter":
            told["presentationHint"] = {"lazy": True}
        return told

    def json(self, name: str, node: JsonNode) -> JsonObject:
        """Return a JSON value as a variable."""
        value = node.value
        told: JsonObject = {"name": name, "value": plain(json_text(value)), "variablesReference": 0}
        if isinstance(value, dict | list) and value:
            told["variablesReference"] = self.hold(node)
        if isinstance(value, list):
            told["indexedVariables"] = len(value)
        if node.path is not None:
            told["evaluateName"] = path_text(node.path)
        return told


async def _members(held: CodeValue, start: int, count: int) -> list[Variable]:
    """Return members, asked for in pages of ``MOST_VARIABLES``."""
    found: list[Variable] = []
    try:
        while len(found) < count:
            size = min(count - len(found), MOST_VARIABLES)
            page = await held.inspection.expand(held.handle, start + len(found), size)
            found += page
            if len(page) < size:
                break
    except LookupError:
        raise RefusedError("The login has gone on since.") from None
    return found


def _json_members(node: JsonNode) -> list[tuple[str, JsonNode]]:
    path = node.path
    match node.value:
        case dict() as members:
            return [
                (name, JsonNode(value, None if path is None else (*path, name)))
                for name, value in members.items()
            ]
        case list() as items:
            return [
                (str(index), JsonNode(value, None if path is None else (*path, index)))
                for index, value in enumerate(items)
            ]
        case _:
            return []


def _expression(one: Variable, parent: CodeValue) -> str | None:
    """Return what evaluates to a member, where that is known for sure."""
    if parent.is_scope:
        return one.name if one.name.isidentifier() else None
    if parent.expression is None:
        return None
    if parent.is_list and one.name.isascii() and one.name.isdigit():
        return f"{parent.expression}[{one.name}]"
    if parent.is_mapping:
        key = one.name if one.name[:1] in ("'", '"') else repr(one.name)
        return f"{parent.expression}[{key}]"
    if one.name.isidentifier():
        return f"{parent.expression}.{one.name}"
    if parent.is_python:
        return None
    return f"{parent.expression}[{orjson.dumps(one.name).decode()}]"


def json_text(value: JsonValue) -> str:
    """Return a JSON value in short."""
    text = orjson.dumps(value).decode()
    return text if len(text) <= _LONGEST_JSON else f"{text[:_LONGEST_JSON]}…"
