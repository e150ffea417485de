"""What a value in an action's code is known to be before the code runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

CAN_REDIRECT = "canRedirect()"
"""The source of what ``api.redirect.canRedirect()`` answers."""

TOKEN = "token"  # noqa: S105 - the name of a source, no password
"""The source of what ``api.redirect.validateToken`` returns."""

SIGNED_WITH = "signed with "
"""Begins the source of a token that ``encodeToken`` made; the secret's name follows."""

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EventValue:
    """A part of the event; ``("user", "email")`` is ``event.user.email``."""

    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApiValue:
    """``api`` or a part of it.

    Attributes:
        path: As JavaScript spells it.
        foreign: Python code spells it so too, and there is no such name in Python.
    """

    path: tuple[str, ...] = ()
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class ReplyValue:
    """The payload that ``validateToken`` returned, or a part of it."""

    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleValue:
    """A module or a name out of it: ``fs``, ``./lib/x``, ``datetime.datetime``."""

    name: str


@dataclass(frozen=True, slots=True)
class OutgoingToken:
    """What ``encodeToken`` returned.

    Attributes:
        secret: Name of the secret that signs it, or None when that cannot be told.
    """

    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """A part of a text that is known only when the code runs.

    Attributes:
        sources: Paths below ``event`` (and ``canRedirect()``, ``token``) it is made of.
        checked: Those of them that were compared or handed to a function on the way.
    """

    sources: frozenset[str] = NOTHING
    checked: frozenset[str] = NOTHING


@dataclass(frozen=True, slots=True)
class TextValue:
    """A text, in parts; it may be a secret, so it never shows in a repr."""

    parts: tuple[str | Hole, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ConstantValue:
    """A number, a boolean, null or undefined."""

    value: float | bool | None = None


@dataclass(frozen=True, slots=True)
class RecordValue:
    """An object literal.

    Attributes:
        members: What is known of it.
        complete: False when it has members that are not known.
    """

    members: Mapping[str, Value] = field(hash=False)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ItemsValue:
    """An array literal; ``complete`` is False when more may stand in it."""

    items: tuple[Value, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class RegexValue:
    """A regular expression."""

    pattern: str


@dataclass(frozen=True, slots=True)
class NowValue:
    """The present moment in the worker's own zone."""


@dataclass(frozen=True, slots=True)
class FunctionValue:
    """A function of the source, by its place in the walker's list."""

    index: int


@dataclass(frozen=True, slots=True)
class Derived:
    """Anything else, and what it is made of.

    Attributes:
        sources: As in ``Hole``.
        checked: As in ``Hole``; a test of this value checks them and not their mere presence.
    """

    sources: frozenset[str] = NOTHING
    checked: frozenset[str] = NOTHING


Value: TypeAlias = (
    EventValue
    | ApiValue
    | ReplyValue
    | ModuleValue
    | OutgoingToken
    | TextValue
    | ConstantValue
    | RecordValue
    | ItemsValue
    | RegexValue
    | NowValue
    | FunctionValue
    | Derived
)


EXPORTS = ModuleValue("%exports")
"""JavaScript's ``exports``."""

MODULE = ModuleValue("%module")
"""JavaScript's ``module``."""


SECRETS = EventValue(("secrets",))
"""``event.secrets`` as a whole."""


def sources(value: Value) -> frozenset[str]:
    """Return what a value is made of: paths below ``event``, ``canRedirect()``, ``token``."""
    match value:
        case EventValue(path=path):
            return frozenset({".".join(path)}) if path else NOTHING
        case ApiValue(path=path):
            return frozenset({".".join(("api", *path))}) if path else NOTHING
        case ReplyValue():
            return frozenset({TOKEN})
        case OutgoingToken(secret=secret) if secret is not None:
            return frozenset({SIGNED_WITH + secret})
        case Derived(sources=found):
            return found
        case TextValue(parts=parts):
            return _union(part.sources for part in parts if isinstance(part, Hole))
        case RecordValue(members=members):
            return _union(map(sources, members.values()))
        case ItemsValue(items=items):
            return _union(map(sources, items))
        case _:
            return NOTHING


def checked(value: Value) -> frozenset[str]:
    """Return which of a value's sources a test of it checks for more than presence."""
    match value:
        case Derived(checked=found):
            return found
        case TextValue(parts=parts):
            return _union(part.checked for part in parts if isinstance(part, Hole))
        case _:
            return NOTHING


def literal(value: Value) -> str | None:
    """Return a text that is known as a whole, or None."""
    if not isinstance(value, TextValue):
        return None
    parts = [part for part in value.parts if isinstance(part, str)]
    return "".join(parts) if len(parts) == len(value.parts) else None


def text_of(values: Iterable[Value]) -> TextValue:
    """Put values together as one text."""
    parts: list[str | Hole] = []
    for value in values:
        match value:
            case TextValue(parts=more):
                parts.extend(more)
            case ConstantValue(value=float() | int() as number) if not isinstance(number, bool):
                parts.append(f"{number:g}")
            case _:
                parts.append(Hole(sources(value), checked(value)))
    return TextValue(_merged(parts))


def derived(values: Iterable[Value], *, by_check: bool = False) -> Derived:
    """Return what comes of values; ``by_check`` when they were compared or tested for it."""
    known = tuple(values)
    found = _union(map(sources, known))
    return Derived(found, found if by_check else _union(map(checked, known)))


def join(first: Value, second: Value) -> Value:
    """Return what a name is when it may hold either of two values; what is empty gives way."""
    if first == second or _is_empty(second):
        return first
    if _is_empty(first):
        return second
    both = derived((first, second))
    if isinstance(first, TextValue) or isinstance(second, TextValue):
        return TextValue((Hole(both.sources, both.checked),))
    return both


def member(value: RecordValue | ItemsValue | Derived | TextValue, name: str) -> Value:
    """Return a member of a value that is no part of the event or the api."""
    match value:
        case RecordValue(members=members):
            return members.get(name, ConstantValue() if value.complete else derived((value,)))
        case TextValue() if name in ("href", "origin"):
            return value
        case ItemsValue() | Derived() | TextValue():
            return derived((value,))
        case _:
            assert_never(value)


def _is_empty(value: Value) -> bool:
    return value in (ConstantValue(), RecordValue({}), ItemsValue(()))


def _merged(parts: Iterable[str | Hole]) -> tuple[str | Hole, ...]:
    merged: list[str | Hole] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return tuple(merged) or ("",)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return NOTHING.union(*sets)
