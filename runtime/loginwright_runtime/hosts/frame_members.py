"""Reads members of a worker's frame, which is untrusted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


class BadFrame(ValueError):  # noqa: N818 - it names what came, not what went wrong here
    """A worker sent something that is no frame; the reason is a sentence without its content."""


def text(frame: JsonObject, key: str) -> str:
    """Return a member that is a string."""
    value = frame.get(key)
    if not isinstance(value, str):
        raise BadFrame(f"Member '{key}' of a {frame['type']} frame was no string.")
    return value


def optional_text(frame: JsonObject, key: str) -> str | None:
    """Return a member that is a string, or None."""
    return None if frame.get(key) is None else text(frame, key)


def texts(frame: JsonObject, key: str) -> tuple[str, ...]:
    """Return a member that is a list of strings."""
    value = frame.get(key)
    if not isinstance(value, list) or not _all_text(value):
        raise BadFrame(f"Member '{key}' of a {frame['type']} frame was no list of strings.")
    return tuple(value)


def _all_text(values: list[JsonValue]) -> TypeGuard[list[str]]:
    return all(isinstance(value, str) for value in values)


def flag(frame: JsonObject, key: str) -> bool:
    """Return a member that is true or false."""
    value = frame.get(key)
    if value is True or value is False:
        return value
    raise BadFrame(f"Member '{key}' of a {frame['type']} frame was neither true nor false.")


def line(frame: JsonObject) -> int | None:
    """Return the line number, or None."""
    value = frame.get("line")
    if value is None:
        return None
    if type(value) is int and value > 0:
        return value
    raise BadFrame(f"Member 'line' of a {frame['type']} frame was no line number.")


def duration(frame: JsonObject) -> float:
    """Return the duration in milliseconds."""
    value = frame.get("duration_ms")
    if type(value) in (int, float) and isinstance(value, (int, float)):
        duration = float(value)
        if math.isfinite(duration) and duration >= 0:
            return duration
    raise BadFrame(f"Member 'duration_ms' of a {frame['type']} frame was no duration.")


def changes(frame: JsonObject) -> tuple[tuple[str, str], ...]:
    """Return the changes of a line frame: variables and their texts."""
    found: list[tuple[str, str]] = []
    value = frame.get("changes")
    for change in value if isinstance(value, list) else ():
        match change:
            case [str() as name, str() as text]:
                found.append((name, text))
            case _:
                raise BadFrame("A change of a line frame was no pair of strings.")
    return tuple(found)


def callers(frame: JsonObject, most: int) -> tuple[tuple[str, str, int], ...] | None:
    """Return the callers of a line frame, nearest first; None where they are not in it."""
    value = frame.get("callers")
    if value is None:
        return None
    found: list[tuple[str, str, int]] = []
    for caller in value if isinstance(value, list) else (None,):
        match caller:
            case [str() as file, str() as function, int() as line]:
                found.append((file, function, line))
            case _:
                raise BadFrame("A caller of a line frame was no file, function and line.")
    return tuple(found[:most])
