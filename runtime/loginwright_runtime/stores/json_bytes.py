"""JSON as the bytes a store keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import orjson

from loginwright_runtime.errors import StoreError

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


def encode(value: JsonValue, what: str) -> bytes:
    """Return ``value`` as JSON bytes with sorted keys, equal for equal JSON values.

    Args:
        value: What to keep.
        what: Names it in the error, such as ``The profile``; its content is never shown.

    Raises:
        StoreError: It is no JSON (a number over 64 bits, half a surrogate pair, an object of
            Python).
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except (orjson.JSONEncodeError, RecursionError):
        raise StoreError(
            f"{what} cannot be kept: it is no JSON.",
            "Numbers have at most 64 bits, texts are valid Unicode, keys are texts.",
        ) from None


def decode(content: object, what: str) -> JsonValue:
    """Return the JSON value of ``content``.

    Raises:
        StoreError: ``content`` is no bytes of JSON: the store is damaged.
    """
    if isinstance(content, bytes):
        try:
            return cast("JsonValue", orjson.loads(content))
        except orjson.JSONDecodeError:
            pass
    raise StoreError(f"{what} is damaged: it is no JSON.", "Restore the store from a backup.")


def decode_object(content: object, what: str) -> JsonObject:
    """Return the JSON object of ``content``; StoreError when it is damaged."""
    value = decode(content, what)
    if isinstance(value, dict):
        return value
    raise StoreError(
        f"{what} is damaged: it is no JSON object.", "Restore the store from a backup."
    )
