"""JSON as Python values: the type, and the merge of RFC 7396."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pydantic import JsonValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["JsonInput", "JsonObject", "JsonValue", "merge_patch"]

JsonObject: TypeAlias = dict[str, JsonValue]
JsonInput: TypeAlias = (
    "bool | int | float | str | Sequence[JsonInput] | Mapping[str, JsonInput] | None"
)
"""JSON as somebody hands it in: a list of strings is one too, which ``JsonValue`` denies."""


def merge_patch(target: JsonValue, patch: JsonValue) -> JsonValue:
    """Apply a JSON Merge Patch (RFC 7396) and return the new value; nothing is changed in place.

    Args:
        target: The value patched.
        patch: Members replace, ``null`` removes, anything but an object replaces as a whole.
    """
    if not isinstance(patch, dict):
        return patch
    merged: JsonObject = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged
