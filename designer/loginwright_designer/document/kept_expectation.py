"""Makes what came of a login what its scenario expects, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.flow.json_places import json_path
from loginwright_runtime.simulation import ABSENT

if TYPE_CHECKING:
    from collections.abc import Collection

    from loginwright_runtime.flow.json_places import Place
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

NEVER_THE_SAME = frozenset({"tokens", "transaction_id", "host_context", "flow", "steps", "logs"})
"""Members of an outcome that the next run of the same login gives other values."""

_STEADY_PARTS_OF_SUSPENSION = ("kind", "action", "factors")


def expectable(outcome: JsonObject) -> tuple[str, ...]:
    """Return the places of an outcome that are worth expecting, for a scenario that says nothing.

    Args:
        outcome: As the contract writes it.
    """
    places: list[Place] = [("status",)]
    error, claims, waits = (outcome.get(name) for name in ("error", "claims", "suspension"))
    if isinstance(error, dict):
        places += [("error", name) for name in ("code", "description", "action") if error.get(name)]
    if isinstance(claims, dict):
        places += [("claims", name) for name in ("id_token", "access_token")]
    if isinstance(waits, dict):
        places += [("suspension", name) for name in ("kind", "action")]
    places += [(name,) for name in ("profile_update", "multifactor")]
    return tuple(json_path(place) for place in places)


def value_at(outcome: JsonObject, path: str) -> JsonValue:
    """Return what stands at a plain path, ``$.error.code``; None where nothing does."""
    value: JsonValue = outcome
    for name in path.removeprefix("$.").split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def kept_expectation(
    expect: JsonObject | None, outcome: JsonObject, paths: Collection[str]
) -> JsonObject:
    """Return an expectation in which the named places are as they came.

    What the next run would give another value, tokens and states, is left out rather than kept.

    Args:
        expect: What was expected; None is nothing.
        outcome: What came, as the contract writes it.
        paths: JSON paths, those of differences or plain ones such as ``$.error.code``.
    """
    met: set[str] = set()
    kept = _kept_members(expect or {}, outcome, (), frozenset(paths), met)
    for path in paths:
        if path not in met and _is_plain(path):
            place = tuple(path.removeprefix("$.").split("."))
            kept = _with_value(kept, place, _steady(place, value_at(outcome, path)))
    return kept


def _is_plain(path: str) -> bool:
    names = path.removeprefix("$.").split(".")
    return path.startswith("$.") and all(name.isidentifier() for name in names)


def _kept_members(
    expected: JsonObject, got: JsonObject, place: Place, paths: frozenset[str], met: set[str]
) -> JsonObject:
    kept: JsonObject = {}
    for name, value in expected.items():
        here = (*place, name)
        path = json_path(here)
        inside = got.get(name)
        if path in paths:
            met.add(path)
            if here[0] not in NEVER_THE_SAME:
                kept[name] = _steady(here, inside) if name in got else ABSENT
        elif isinstance(value, dict) and isinstance(inside, dict):
            kept[name] = _kept_members(value, inside, here, paths, met)
        else:
            kept[name] = value
    return kept


def _steady(place: Place, got: JsonValue) -> JsonValue:
    if place == ("suspension",) and isinstance(got, dict):
        return {name: got[name] for name in _STEADY_PARTS_OF_SUSPENSION if name in got}
    return got


def _with_value(expect: JsonObject, place: tuple[str, ...], value: JsonValue) -> JsonObject:
    name, *rest = place
    if not rest:
        return {**expect, name: value}
    inside = expect.get(name)
    return {
        **expect,
        name: _with_value(inside if isinstance(inside, dict) else {}, (*rest,), value),
    }
