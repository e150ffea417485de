"""Finds and changes members of an event by a path such as ``event.user.roles[0]``; runs nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.cli.debugged_login.errors import RefusedError

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

Path: TypeAlias = tuple[str | int, ...]

_STEP = re.compile(
    r"""\.(?P<name>[^\W\d]\w*|\$\w*)|\[(?P<index>\d+)\]|\[(?P<key>"(?:[^"\\]|\\.)*")\]"""
)


def event_path(expression: str) -> Path:
    """Return the steps of a path that begins with ``event``.

    Raises:
        RefusedError: It is no such path.
    """
    text = expression.strip()
    head, rest = text[:5], text[5:]
    steps: list[str | int] = []
    at = 0
    while head == "event" and at < len(rest):
        found = _STEP.match(rest, at)
        if found is None:
            break
        if found["index"] is not None:
            steps.append(int(found["index"]))
        else:
            steps.append(found["name"] if found["name"] is not None else orjson.loads(found["key"]))
        at = found.end()
    if head != "event" or at < len(rest):
        raise RefusedError(
            "No code stands still here, so that only the event can be looked at: "
            'write a path such as event.user.email or event.request.query["state"].'
        )
    return tuple(steps)


def member(event: JsonValue, path: Path) -> JsonValue:
    """Return what stands at a path.

    Raises:
        RefusedError: Nothing does.
    """
    value = event
    for step in path:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if step < len(value):
                value = value[step]
            case _:
                raise RefusedError(f"The event has no {path_text(path)}.")
    return value


def with_member(event: JsonObject, path: Path, value: JsonValue) -> JsonObject:
    """Return the event with another value at a path; a new last member may be added.

    Raises:
        RefusedError: Its parent does not exist, or the path is empty.
    """
    changed: JsonObject = orjson.loads(orjson.dumps(event))
    if not path:
        raise RefusedError("Change a member of the event, such as event.user.email.")
    match member(changed, path[:-1]), path[-1]:
        case dict() as parent, str() as name:
            parent[name] = value
        case list() as items, int() as index if index < len(items):
            items[index] = value
        case _:
            raise RefusedError(f"The event has no {path_text(path)}.")
    return changed


def path_text(path: Path) -> str:
    """Return a path as people write it."""
    text = "event"
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if step.isidentifier() else f"[{orjson.dumps(step).decode()}]"
    return text


def json_or_text(given: str) -> JsonValue:
    """Return what somebody typed as a value: JSON where it is JSON, else the text itself."""
    try:
        value: JsonValue = orjson.loads(given)
    except orjson.JSONDecodeError:
        return given
    return value
