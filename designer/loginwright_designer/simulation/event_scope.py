"""The event as its action sees it at a step, with what is new in it, and edited by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.variables import (
    Hidden,
    Mark,
    Members,
    Path,
    Scope,
    Variable,
    compared,
    ordered,
)
from loginwright_runtime.tracing.record import CameBack, HandlerBegan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loginwright_runtime.debugging import Pause
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.tracing.record import RunRecord

translate = QCoreApplication.translate

EVENT = "event"
_RETURNS = frozenset({"redirect", "form"})
"""What brings a new ``event.request``: a browser comes back (reference §1.5)."""


class ValueRefusedError(ValueError):
    """What was typed is no value that an event can hold; says why to who typed it."""


def event_scope(
    record: RunRecord,
    *,
    position: int | None = None,
    since: int | None = None,
    pause: Pause | None = None,
    secrets: Mapping[str, Sequence[str]] | None = None,
) -> Scope | None:
    """Return the event at a step; None before the first handler.

    Args:
        record: The login so far.
        position: ``seq`` of the last entry that counts; None takes all.
        since: ``seq`` of the last entry at the stop before; None marks nothing.
        pause: Where the debugger has stopped the login, when that is what is looked at.
        secrets: Names that each action declares, by the action's id; values are never shown.
    """
    began = _began(record, position)
    if pause is not None and pause.action_id is not None:
        event, action, handler = read_event(pause.event), pause.action_id, pause.handler or ""
    elif began is not None:
        event, action, handler = _event_of(record, began), began.action, began.handler
    else:
        return None
    before = _event_before(record, since)
    came_back = since is not None and _came_back(record, since, position)
    variables = [
        _top(name, event[name], before, came_back=came_back) for name in ordered((), event)
    ]
    names = (secrets or {}).get(action, ())
    if names:
        variables.insert(min(4, len(variables)), _secrets(names))
    return Scope(EVENT, translate("Variables", "Event"), handler, tuple(variables), EVENT)


def with_value(event: bytes, path: Path, value: JsonValue) -> bytes:
    """Return an event with another value at a place.

    Args:
        event: JSON.
        path: Where below ``event``; a member that is not there yet is put there.
        value: What shall stand there.

    Raises:
        ValueRefusedError: The event has no such place.
    """
    if not path:
        raise ValueRefusedError(translate("Variables", "The event as a whole stays an object."))
    whole = read_event(event)
    place: JsonValue = whole
    for step in path[:-1]:
        place = _step_into(place, step)
    match place, path[-1]:
        case dict(), str() as name:
            place[name] = value
        case list(), int() as index if 0 <= index < len(place):
            place[index] = value
        case _:
            raise ValueRefusedError(translate("Variables", "The event has no such place."))
    return orjson.dumps(whole)


def read_value(text: str) -> JsonValue:
    """Return what was typed as a value.

    Raises:
        ValueRefusedError: It is no JSON; says what JSON asks for.
    """
    try:
        value: JsonValue = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        message = translate("Variables", 'This is not JSON. Text stands in quotes: "teal".')
        raise ValueRefusedError(message) from error
    return value


def read_event(event: bytes) -> JsonObject:
    """Return an event's members; none where it cannot be read, as in a damaged trace."""
    try:
        value = orjson.loads(event)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _began(record: RunRecord, position: int | None) -> HandlerBegan | None:
    for entry in reversed(record.entries):
        if isinstance(entry, HandlerBegan) and (position is None or entry.seq <= position):
            return entry
    return None


def _event_of(record: RunRecord, began: HandlerBegan) -> JsonObject:
    known = 0 <= began.event < len(record.events)
    return read_event(record.events[began.event]) if known else {}


def _event_before(record: RunRecord, since: int | None) -> JsonObject | None:
    if since is None:
        return None
    began = _began(record, since)
    return None if began is None else _event_of(record, began)


def _came_back(record: RunRecord, since: int, position: int | None) -> bool:
    return any(
        isinstance(entry, CameBack) and entry.kind in _RETURNS
        for entry in record.entries
        if entry.seq > since and (position is None or entry.seq <= position)
    )


def _top(name: str, value: JsonValue, before: JsonObject | None, *, came_back: bool) -> Variable:
    """Return a member of the event; a return brings a new request, whatever is the same in it."""
    if came_back and name == "request":
        return Variable(name, value, (name,), Mark.NEW)
    if before is None:
        return Variable(name, value, (name,))
    return compared(name, (name,), value, before.get(name), name in before)


def _secrets(names: Sequence[str]) -> Variable:
    hidden = tuple(Variable(name, Hidden(), ("secrets", name)) for name in names)
    return Variable("secrets", Members(hidden), ("secrets",))


def _step_into(place: JsonValue, step: str | int) -> JsonValue:
    match place, step:
        case dict(), str() if step in place:
            return place[step]
        case list(), int() if 0 <= step < len(place):
            return place[step]
        case _:
            raise ValueRefusedError(translate("Variables", "The event has no such place."))
