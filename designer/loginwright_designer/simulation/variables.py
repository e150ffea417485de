"""Variables as a person sees them at a step: what each holds, and what became of it since."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.debugging.inspection import VariableKind
from loginwright_runtime.login.json_values import JsonValue

if TYPE_CHECKING:
    from collections.abc import Iterator

HIDDEN_TEXT = "••••••••"
MAX_SHOWN_CHARACTERS = 2_000
_MAX_INLINE_CHARACTERS = 40


class Mark(StrEnum):
    """What became of a variable since the last stop."""

    NONE = ""
    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Hidden:
    """The value of a secret, which is shown nowhere."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that is read when somebody opens it.

    Attributes:
        key: What whoever reads it calls it.
        preview: What stands beside the name: ``PostLoginAPI``, ``Map(3)``.
        opens: Whether there is something inside.
    """

    key: str
    preview: str = field(repr=False)
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Spelled:
    """A value of code that stands still, as its language writes it; it need not be JSON.

    Attributes:
        text: What stands beside the name.
        kind: What it is.
    """

    text: str = field(repr=False)
    kind: VariableKind


@dataclass(frozen=True, slots=True)
class Members:
    """A value whose members are known one by one."""

    variables: tuple[Variable, ...] = field(repr=False)


VariableValue: TypeAlias = JsonValue | Hidden | Unread | Members | Spelled
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What a variable held at the last stop."""

    value: JsonValue = field(repr=False)


@dataclass(frozen=True, slots=True)
class SetAt:
    """The line that gave a variable what it holds.

    Attributes:
        file: Path in the flow.
        line: From 1.
    """

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Variable:
    """A name and what it holds.

    Attributes:
        name: As the code writes it.
        value: What it holds.
        path: Where it stands in its scope, its own name included.
        mark: What became of it since the last stop.
        before: What it held then; None where that is not told, or where it is new.
        set_at: The line that gave it that; None where lines were not recorded.
    """

    name: str
    value: VariableValue = field(repr=False)
    path: Path = ()
    mark: Mark = Mark.NONE
    before: Before | None = field(default=None, repr=False)
    set_at: SetAt | None = None

    @property
    def opens(self) -> bool:
        """Whether there is something inside."""
        match self.value:
            case Unread(opens=opens):
                return opens
            case Members(variables=inside):
                return bool(inside)
            case dict() | list():
                return bool(self.value)
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Scope:
    """A group of variables.

    Attributes:
        key: Tells it from others.
        title: What stands above it: "Local", "Event".
        note: What stands at the right: the handler.
        variables: In the order in which they are shown.
        prefix: What stands before a path of it in code: ``event``; empty for locals.
        editable: Values can be typed, as expressions of the code's language.
    """

    key: str
    title: str
    note: str = ""
    variables: tuple[Variable, ...] = field(default=(), repr=False)
    prefix: str = ""
    editable: bool = False


def inside(variable: Variable) -> Iterator[Variable]:
    """Yield what stands in a variable, as far as that is known without reading it."""
    match variable.value:
        case Members(variables=known):
            yield from known
        case dict() as members:
            for name in ordered(variable.path, members):
                yield _member(variable, name, members[name])
        case list() as items:
            for index, item in enumerate(items):
                yield _member(variable, index, item)
        case _:
            return


def ordered(path: Path, members: dict[str, JsonValue]) -> list[str]:
    """Return the names of members, in the event's places those first that are mostly looked for."""
    first = _FIRST.get(path, ())
    return [name for name in first if name in members] + [
        name for name in members if name not in first
    ]


_FIRST: dict[Path, tuple[str, ...]] = {
    (): ("user", "request", "client", "authorization", "connection", "transaction"),
    ("request",): ("method", "body", "query"),
    ("user",): ("user_id", "email", "user_metadata", "app_metadata"),
}


def compared(name: str, path: Path, value: JsonValue, before: JsonValue, known: bool) -> Variable:
    """Return a variable with what became of it.

    Args:
        name: Its name.
        path: Where it stands.
        value: What it holds.
        before: What stood in its place at the last stop.
        known: Whether anything did.
    """
    if not known:
        return Variable(name, value, path, Mark.NEW)
    mark = Mark.NONE if before == value else Mark.CHANGED
    return Variable(name, value, path, mark, Before(before))


def _member(parent: Variable, name: str | int, value: JsonValue) -> Variable:
    path = (*parent.path, name)
    if parent.before is None:
        return Variable(str(name), value, path)
    match parent.before.value, name:
        case dict() as old, str():
            return compared(name, path, value, old.get(name), name in old)
        case list() as items, int():
            known = name < len(items)
            return compared(str(name), path, value, items[name] if known else None, known)
        case _:
            return Variable(str(name), value, path)


def preview(value: VariableValue) -> str:
    """Return what stands beside a name: a short value as a whole, else how much is inside."""
    match value:
        case Hidden():
            return HIDDEN_TEXT
        case Unread(preview=words) | Spelled(text=words):
            return words
        case Members(variables=known):
            return f"{{{len(known)}}}"
        case dict():
            return f"{{{len(value)}}}" if value else "{}"
        case list():
            short = _inline(value)
            return f"[{len(value)}]" if short is None else short
        case str():
            return value_text(value[: MAX_SHOWN_CHARACTERS + 1])
        case _:
            return value_text(value)


def value_text(value: JsonValue, *, pretty: bool = False) -> str:
    """Return a value as JSON."""
    options = orjson.OPT_INDENT_2 if pretty else 0
    return orjson.dumps(value, option=options).decode("utf-8")


def whole_text(value: VariableValue) -> str:
    """Return a value as somebody copies it; of a secret, dots."""
    match value:
        case Hidden() | Unread() | Spelled():
            return preview(value)
        case Members(variables=known):
            lines = (f"{one.name}: {whole_text(one.value)}" for one in known)
            return "\n".join(lines)
        case _:
            return value_text(value, pretty=True)


def path_text(prefix: str, path: Path) -> str:
    """Return a path as JavaScript writes it: ``event.user.identities[0]``."""
    text = prefix
    for step in path:
        if isinstance(step, int) or (text and step.isdigit()):
            text += f"[{step}]"
        elif not text:
            text = step
        elif step.isidentifier():
            text += f".{step}"
        else:
            text += f"[{value_text(step)}]"
    return text


def _inline(items: list[JsonValue]) -> str | None:
    if len(items) > 8 or any(isinstance(item, dict | list) for item in items):
        return None
    text = value_text(items)
    return text if len(text) <= _MAX_INLINE_CHARACTERS else None
