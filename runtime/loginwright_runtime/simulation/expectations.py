"""What should come of a scenario: a subset match on the outcome (contract.md, "Scenario")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.flow.json_places import json_path
from loginwright_runtime.login.json_values import JsonValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.flow.json_places import Place
    from loginwright_runtime.login.json_values import JsonObject

ABSENT: JsonObject = {"$absent": True}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the outcome is not what was expected.

    Attributes:
        path: Where, such as ``$.claims.id_token``.
        expected: What the scenario says.
        got: What came; None also where nothing stands.
    """

    path: str
    expected: JsonValue = field(repr=False)
    got: JsonValue = field(repr=False)

    def to_json(self) -> JsonObject:
        """Return the difference as ``test --json`` prints it."""
        return {"path": self.path, "expected": self.expected, "got": self.got}


@dataclass(frozen=True, slots=True)
class _Missing:
    """No member of that name."""


def differences(expected: JsonValue, got: JsonValue) -> tuple[Difference, ...]:
    """Return where ``got`` lacks what is expected; empty when it matches.

    Members of an object are matched one by one, members that nobody expects are passed over.
    Lists match whole. ``{"$absent": true}`` matches a missing member and null, and an object that
    expects nothing else matches where the object itself is missing or null.
    """
    return tuple(_differences(expected, got, ()))


def _differences(
    expected: JsonValue, got: JsonValue | _Missing, place: Place
) -> Iterator[Difference]:
    if expected == ABSENT:
        if not isinstance(got, _Missing) and got is not None:
            yield Difference(json_path(place), expected, got)
    elif isinstance(got, _Missing) or (got is None and expected is not None):
        if not _only_absent(expected):
            yield Difference(json_path(place), expected, None)
    elif isinstance(expected, dict) and isinstance(got, dict):
        for key, value in expected.items():
            yield from _differences(value, got.get(key, _Missing()), (*place, key))
    elif not same_json(expected, got):
        yield Difference(json_path(place), expected, got)


def _only_absent(expected: JsonValue) -> bool:
    if not isinstance(expected, dict) or not expected:
        return False
    return all(value == ABSENT or _only_absent(value) for value in expected.values())


def same_json(one: JsonValue, other: JsonValue) -> bool:
    """Tell whether two values are the same JSON; unlike in Python, true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same_json(value, other[key]) for key, value in one.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_json, one, other))
    return one == other
