"""The event as a table of its members, written from the typed parts: for completion and docs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args, get_origin, get_type_hints

from loginwright_runtime.login.event import Event
from loginwright_runtime.login.event_object import EventObject
from loginwright_runtime.login.event_request import GeoIp
from loginwright_runtime.login.event_risk import Akamai, AkamaiBot, AkamaiUserRisk
from loginwright_runtime.login.platform_spelling import PLATFORM_SPELLING, camel_case

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES: dict[object, str] = {str: "string", int: "number", float: "number", bool: "boolean"}
_CAMEL_CASE = (GeoIp, Akamai, AkamaiBot, AkamaiUserRisk)
"""Parts all of whose members are camelCase on the platform."""


@dataclass(frozen=True, slots=True)
class EventMember:
    """One row of the event's table.

    Attributes:
        path: The platform's spelling, ``event.request.geoip.countryCode``; items of a list are
            ``[]``.
        python_path: Python's spelling.
        type: Short name of the type.
        optional: It may be absent.
        doc: What it is, one sentence.
    """

    path: str
    python_path: str
    type: str
    optional: bool
    doc: str


def member_table() -> tuple[EventMember, ...]:
    """Return every member of the event, depth first, in the order of the classes."""
    return tuple(_members(Event, "event", "event"))


def _members(owner: type, path: str, python_path: str) -> Iterator[EventMember]:
    for name, hint in get_type_hints(owner, include_extras=True).items():
        annotated, doc = get_args(hint)[0], get_args(hint)[1]
        optional = type(None) in get_args(annotated)
        choices = [one for one in get_args(annotated) if one is not type(None)]
        plain = (choices[0] if len(choices) == 1 else annotated) if optional else annotated
        here, there = f"{path}.{_spelling(owner, name)}", f"{python_path}.{name}"
        yield EventMember(here, there, _type_name(plain), optional, str(doc))
        inner, suffix = (get_args(plain)[0], "[]") if get_origin(plain) is list else (plain, "")
        if isinstance(inner, type) and issubclass(inner, EventObject):
            yield from _members(inner, here + suffix, there + suffix)


def _spelling(owner: type, name: str) -> str:
    return camel_case(name) if owner in _CAMEL_CASE else PLATFORM_SPELLING.get(name, name)


def _type_name(kind: object) -> str:
    if get_origin(kind) is list:
        return f"list of {_type_name(get_args(kind)[0])}"
    if get_origin(kind) is dict:
        return "map"
    return _NAMES.get(kind, "object")
