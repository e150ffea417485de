"""What a profile write does to a profile (security.md 5); the same rule for every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.errors import StoreError
from loginwright_runtime.stores.json_bytes import encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_runtime.extension_points import MetadataChange
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


def user_id_of(profile: JsonObject) -> str:
    """Return the ``user_id`` of a profile; StoreError when it has none."""
    user_id = profile.get("user_id")
    if isinstance(user_id, str) and user_id:
        return user_id
    raise StoreError("The profile has no user_id.", 'Give it one, such as "auth0|1".')


def apply_changes(
    profile: JsonObject, changes: Iterable[MetadataChange]
) -> tuple[JsonObject, tuple[MetadataChange, ...]]:
    """Return the profile after the changes, and those that were skipped.

    A change is skipped when the stored value is not the one the login had seen: the stored value
    wins. All changes are compared with the profile as it stood before the write. Metadata that
    does not exist yet appears with its first key; a removed key leaves the others alone. Nothing
    is changed in place.
    """
    after = dict(profile)
    skipped: list[MetadataChange] = []
    for change in changes:
        if not _same(_metadata(profile, change.kind).get(change.key), change.expected):
            skipped.append(change)
            continue
        metadata = dict(_metadata(after, change.kind))
        if change.value is None:
            metadata.pop(change.key, None)
        else:
            metadata[change.key] = change.value
        if metadata or change.kind in after:
            after[change.kind] = metadata
    return after, tuple(skipped)


def _metadata(profile: JsonObject, kind: str) -> JsonObject:
    metadata = profile.get(kind)
    return metadata if isinstance(metadata, dict) else {}


def _same(one: JsonValue, other: JsonValue) -> bool:
    # By their JSON, since Python holds 1, 1.0 and True for equal.
    return encode(one, "The stored value") == encode(other, "The expected value")
