"""Values of an action as short texts, told by their types alone: none of its code runs."""

from __future__ import annotations

import types
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from typing_extensions import TypeIs

LONGEST = 16_384
_PREVIEWED = 6
_PREVIEW_TEXT = 100
_NUMBERS = (int, float, complex)
_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
)
_mro = type.__dict__["__mro__"].__get__
_name = type.__dict__["__name__"].__get__
# Of the types themselves: a subclass of an action may have methods of its own.
# pyright: reportUnknownMemberType=false
_size = cast(
    "dict[type, Callable[[object], int]]",
    {kind: kind.__len__ for kind in (dict, list, tuple, set, frozenset)},
)
_part = cast(
    "dict[type, Callable[[object, slice], Sequence[object]]]",
    {kind: kind.__getitem__ for kind in (list, tuple)},
)
_walk = cast(
    "dict[type, Callable[[object], Iterator[object]]]",
    {kind: kind.__iter__ for kind in (set, frozenset)},
)
_items_of = cast("Callable[[object], Iterable[tuple[object, object]]]", dict.items)


def keys_of(value: object) -> list[object]:
    """Return the keys of a dict, whatever its class makes of ``keys``."""
    return [key for key, _ in _items_of(value)]


_Kind = TypeVar("_Kind")


def _is(value: object, kind: type[_Kind] | tuple[type[_Kind], ...]) -> TypeIs[_Kind]:
    """Tell whether a value is of a type, whatever it says of its class itself."""
    return issubclass(type(value), kind)


def _is_any(cls: type, kinds: tuple[type, ...]) -> bool:
    """Tell whether a type is one of these; comparing it might run code of its metaclass."""
    return any(cls is kind for kind in kinds)


class Shown(NamedTuple):
    """A value in short."""

    text: str
    kind: str
    has_members: bool = False
    size: int | None = None


class Member(NamedTuple):
    """A member of a value; the value of a getter is not read."""

    name: str
    value: object
    is_getter: bool = False


def type_name(value: object) -> str:
    """Return the name of a value's type."""
    return str(_name(type(value)))


def shown(value: object) -> Shown:
    """Return a value in short."""
    cls = type(value)
    if value is None:
        return Shown("None", "null")
    if cls is bool:
        return Shown("True" if value else "False", "boolean")
    if _is_any(cls, _NUMBERS):
        return Shown(_number(value), "number")
    if cls is str or cls is bytes:
        return Shown(_text(value, LONGEST), "string")
    return _shown_collection(value) or _shown_object(value)


def _shown_collection(value: object) -> Shown | None:
    cls = type(value)
    if issubclass(cls, dict):
        return Shown(_dict(value), "object", has_members=True, size=_size[dict](value))
    for kind, head, tail in ((list, "[", "]"), (tuple, "(", ")")):
        if issubclass(cls, kind):
            text = _items(value, kind, head, tail)
            return Shown(text, "list", has_members=True, size=_size[kind](value))
    for kind_of_set in (set, frozenset):
        if issubclass(cls, kind_of_set):
            size = _size[kind_of_set](value)
            text = f"{type_name(value)} of {size}"
            return Shown(text, "list", has_members=True, size=size)
    return None


def _shown_object(value: object) -> Shown:
    cls = type(value)
    if _is(value, BaseException):
        return Shown(_error(value), "error", has_members=True)
    if _is(value, type):
        return Shown(f"<class {_name(value)}>", "object", has_members=True)
    if issubclass(cls, _FUNCTIONS):
        return Shown(f"<function {_function_name(value)}>", "function")
    return Shown(f"<{type_name(value)}>", "object", has_members=True)


def _number(value: object) -> str:
    if _is(value, int) and value.bit_length() > 4000:
        return f"an integer of {value.bit_length()} bits"
    return repr(value)


def _text(value: object, longest: int) -> str:
    if _is(value, str):
        return repr(str.__getitem__(value, slice(0, longest))) + (
            "…" if str.__len__(value) > longest else ""
        )
    if _is(value, bytes):
        return repr(bytes.__getitem__(value, slice(0, longest))) + (
            "…" if bytes.__len__(value) > longest else ""
        )
    return "…"


def _brief(value: object) -> str:
    cls = type(value)
    if value is None or cls is bool or _is_any(cls, _NUMBERS):
        return shown(value).text
    if cls is str or cls is bytes:
        # What is long is left out: a piece of a secret could not be masked.
        text = _text(value, _PREVIEW_TEXT)
        return "'…'" if text.endswith("…") else text
    if issubclass(cls, dict):
        return "{…}" if _size[dict](value) else "{}"
    if issubclass(cls, list):
        return "[…]" if _size[list](value) else "[]"
    return f"<{type_name(value)}>"


def _dict(value: object) -> str:
    cls = type(value)
    head = "" if cls is dict else type_name(value)
    parts: list[str] = []
    try:
        for key, member in _items_of(value):
            if len(parts) == _PREVIEWED:
                parts.append("…")
                break
            parts.append(f"{_brief(key)}: {_brief(member)}")
    except RuntimeError:  # It changes while it is read.
        parts.append("…")
    return f"{head}{{{', '.join(parts)}}}"


def _items(value: object, kind: type, head: str, tail: str) -> str:
    parts = [_brief(item) for item in _part[kind](value, slice(0, _PREVIEWED))]
    if _size[kind](value) > _PREVIEWED:
        parts.append("…")
    return f"{head}{', '.join(parts)}{tail}"


def _error(error: BaseException) -> str:
    arguments = BaseException.__dict__["args"].__get__(error)
    first = arguments[0] if tuple.__len__(arguments) else ""
    text = str.__str__(first)[:LONGEST] if type(first) is str else _brief(first)
    return f"{type_name(error)}: {text}"


def _function_name(value: object) -> str:
    inner = value.__func__ if _is(value, types.MethodType) else value
    if _is(inner, types.FunctionType):
        return inner.__name__
    return str(getattr(inner, "__name__", "")) if _is(inner, _FUNCTIONS) else ""


def members_of(value: object, start: int, count: int) -> list[Member]:
    """Return some members of a value, from ``start`` on."""
    cls = type(value)
    if issubclass(cls, dict):
        items = islice(_items_of(value), start, start + count)
        return [Member(_key(key), member) for key, member in items]
    for kind in (list, tuple):
        if issubclass(cls, kind):
            found = _part[kind](value, slice(start, start + count))
            return [Member(str(at), item) for at, item in enumerate(found, start)]
    for kind_of_set in (set, frozenset):
        if issubclass(cls, kind_of_set):
            walked = islice(_walk[kind_of_set](value), start, start + count)
            return [Member(str(at), item) for at, item in enumerate(walked, start)]
    return _attributes(value)[start : start + count]


def _key(key: object) -> str:
    return str.__str__(key)[:200] if type(key) is str else shown(key).text[:200]


def _slot(name: str, member: object, value: object) -> dict[str, Member]:
    """Return a property, unread, or a slot."""
    if _is(member, property):
        return {name: Member(name, None, is_getter=True)}
    if _is(member, types.MemberDescriptorType):
        try:
            return {name: Member(name, member.__get__(value, type(value)))}
        except AttributeError:
            return {}
    return {}


def _attributes(value: object) -> list[Member]:
    """Return attributes as they lie in a value and its classes; properties are not read."""
    found: dict[str, Member] = {}
    for cls in _mro(type(value)):
        own = type.__dict__["__dict__"].__get__(cls)
        for name, member in own.items():
            if name not in found:
                found.update(_slot(name, member, value))
        space = own.get("__dict__")
        if _is(space, types.GetSetDescriptorType) and not _is(value, type):
            for name, member in space.__get__(value, type(value)).items():
                found.setdefault(str(name), Member(str(name), member))
    if _is(value, BaseException):
        found.setdefault("args", Member("args", BaseException.__dict__["args"].__get__(value)))
    if _is(value, type):
        for name, member in type.__dict__["__dict__"].__get__(value).items():
            if not str(name).startswith("__"):
                found.setdefault(str(name), Member(str(name), member))
    return sorted(found.values(), key=lambda one: one.name)
