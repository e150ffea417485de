"""Returns what of a recorded event a scenario may say: what differs from the default and is known.

Personal members are left to the default event (security.md 23 and 25).
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from loginwright_runtime.login.default_event import default_event
from loginwright_runtime.tracing.masking import MASK
from loginwright_runtime.tracing.redaction_rules import redacted_event

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


class _Said(Enum):
    NOTHING = "nothing"


NOTHING: Final = _Said.NOTHING
_Patch: TypeAlias = "JsonValue | Literal[_Said.NOTHING]"

_OF_THE_ENGINE = {"transaction": frozenset({"id", "metadata"})}
_NEVER = frozenset({"secrets", "prompt"})


def known_event(event: JsonObject) -> JsonObject:
    """Return a merge patch over the default event (RFC 7396).

    Args:
        event: As the first action saw it, redacted or not.
    """
    seen = {name: _own(name, value) for name, value in event.items() if name not in _NEVER}
    probe = {name: _probe(value) for name, value in seen.items()}
    patch = _patch(default_event(), seen, probe, redacted_event(probe))
    return patch if isinstance(patch, dict) else {}


def _own(name: str, value: JsonValue) -> JsonValue:
    """Return a member without what the engine puts into it."""
    engines = _OF_THE_ENGINE.get(name)
    if engines is None or not isinstance(value, dict):
        return value
    return {key: member for key, member in value.items() if key not in engines}


def _probe(value: JsonValue) -> JsonValue:
    """Return a value of the same shape in which every hidden leaf will differ."""
    if isinstance(value, dict):
        return {key: _probe(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_probe(item) for item in value]
    if isinstance(value, str):
        return "known"
    return value if value is None or isinstance(value, bool) else 1


def _patch(
    default: JsonValue | _Said, value: JsonValue, probe: JsonValue, hidden: JsonValue
) -> _Patch:
    if isinstance(value, dict) and isinstance(probe, dict) and isinstance(hidden, dict):
        return _object_patch(default, value, probe, hidden)
    if value == default or probe != hidden or _is_masked(value):
        return NOTHING
    return value


def _object_patch(
    default: JsonValue | _Said, value: JsonObject, probe: JsonObject, hidden: JsonObject
) -> _Patch:
    base = default if isinstance(default, dict) else {}
    patch: JsonObject = {name: None for name in base if name not in value}
    for name, member in value.items():
        said = _patch(base.get(name, NOTHING), member, probe[name], hidden[name])
        if not isinstance(said, _Said):
            patch[name] = said
    return patch if patch or not isinstance(default, dict) else NOTHING


def _is_masked(value: JsonValue) -> bool:
    if isinstance(value, list):
        return any(_is_masked(item) for item in value)
    if isinstance(value, dict):
        return any(_is_masked(member) for member in value.values())
    return isinstance(value, str) and MASK in value
