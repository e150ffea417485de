"""Limits of metadata, forms and SAML settings, and what passing one means (reference §4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

MAX_TRANSACTION_KEY = 64
MAX_TRANSACTION_VALUE = 8 * 1024
MAX_TRANSACTION_TOTAL = 16 * 1024
MAX_PROFILE_METADATA = 32 * 1024
MAX_HOLDER_ENTRIES = 25
MAX_HOLDER_TEXT = 255
MAX_FORM_FIELDS = 24 * 1024
MAX_SAML_ATTRIBUTES = 100
MAX_SAML_ATTRIBUTE_NAME = 1024
MAX_SAML_ATTRIBUTES_TOTAL = 10 * 1024
MAX_SAML_PROBES = 10
MAX_SAFE_INTEGER = 2**53 - 1
MAX_USER_ID = 128

APP_METADATA_FORBIDDEN = frozenset(
    [
        "__tenant",
        "_id",
        "blocked",
        "clientID",
        "created_at",
        "email_verified",
        "email",
        "globalClientID",
        "global_client_id",
        "identities",
        "lastIP",
        "lastLogin",
        "loginsCount",
        "metadata",
        "multifactor_last_modified",
        "multifactor",
        "updated_at",
        "user_id",
    ]
)
"""Keys that app_metadata must not have (reference §4.4)."""

_HOLDER_KEY = re.compile(r"\A[A-Za-z0-9_-]+\Z")


def json_size(value: JsonValue) -> int:
    """Return the size of a value as compact JSON, in bytes."""
    return len(orjson.dumps(value))


def transaction_metadata_problem(current: JsonObject, key: str, value: JsonValue) -> str | None:
    """Judge one ``transaction.setMetadata`` against reference §4.2 and §4.4.

    Args:
        current: The metadata before.
        key: At most 64 characters.
        value: String, number or boolean, at most 8 kB; None removes and always fits.

    Returns:
        What the call throws, naming the limit, or None.
    """
    if not key or len(key) > MAX_TRANSACTION_KEY:
        return f"Transaction metadata keys must have 1 to {MAX_TRANSACTION_KEY} characters."
    if value is None:
        return None
    if isinstance(value, dict | list):
        return "Transaction metadata values must be strings, numbers or booleans."
    if isinstance(value, str):
        if len(value.encode()) > MAX_TRANSACTION_VALUE:
            return "Transaction metadata values must not be larger than 8 kB."
    elif not _is_safe(value):
        return "Transaction metadata numbers must be safe integers."
    if json_size({**current, key: value}) > MAX_TRANSACTION_TOTAL:
        return "Transaction metadata must not be larger than 16 kB in all."
    return None


def _is_safe(number: float) -> bool:
    """Tell whether JavaScript holds the number exactly, if it is a whole one."""
    return abs(number) <= MAX_SAFE_INTEGER or (isinstance(number, float) and number % 1 != 0)


def profile_key_problem(kind: str, key: str) -> str | None:
    """Judge a metadata key; None when it may be set."""
    if not key or "." in key or "$" in key:
        return f"The {kind} key {key!r} is empty or has a '.' or '$' and was ignored."
    if kind == "app_metadata" and key in APP_METADATA_FORBIDDEN:
        return f"The app_metadata key {key!r} is reserved and was ignored."
    return None


def holder_metadata_problem(holder: str, metadata: JsonObject, key: str) -> str | None:
    """Judge session or refresh token metadata after a set, as the platform words its failure."""
    value = metadata.get(key)
    reason = None
    if not _HOLDER_KEY.match(key):
        reason = "Metadata keys may only include letters, numbers, underscores, or hyphens"
    elif len(key) > MAX_HOLDER_TEXT:
        reason = f"All metadata keys must be at most {MAX_HOLDER_TEXT} characters long"
    elif isinstance(value, str) and len(value) > MAX_HOLDER_TEXT:
        reason = f"All metadata values must be at most {MAX_HOLDER_TEXT} characters long"
    elif len(metadata) > MAX_HOLDER_ENTRIES:
        reason = f"Metadata must not contain more than {MAX_HOLDER_ENTRIES} entries"
    return None if reason is None else invalid_holder_metadata(holder, reason)


def invalid_holder_metadata(holder: str, reason: str) -> str:
    """Return the platform's words for metadata that a session or refresh token cannot have."""
    return f"Failed to set {holder.replace('_', ' ')} metadata: Invalid metadata: {reason}"
