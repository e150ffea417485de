"""Carries out ``setPrimaryUser`` once its handler has returned (security.md 5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loginwright_runtime.engine.user_reading import read_user
from loginwright_runtime.transaction.changing import with_changes
from loginwright_runtime.transaction.next_step import EndWithError

if TYPE_CHECKING:
    from loginwright_runtime.engine.leg import Leg
    from loginwright_runtime.extension_points import UserStore
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


async def change_primary_user(leg: Leg, users: UserStore, action: str) -> EndWithError | None:
    """Make the asked user the login's user; the login fails when the two are not linked.

    Args:
        leg: Its transaction asks for a primary user; transaction and profile are replaced.
        users: Where the primary user is read.
        action: Who asked, for the error.
    """
    asked, before = leg.tx.primary_asked, leg.tx.user_id
    assert asked is not None
    if asked == before:
        leg.tx = with_changes(leg.tx, primary_user=(before, asked))
        return None
    record = await read_user(users, asked)
    if record is None or record.blocked or not _is_linked(record.profile, before):
        message = "The primary user does not exist, is blocked, or is not linked to this login."
        return EndWithError("failed", "access_denied", "invalid_request", message, action)
    pending = tuple(
        replace(key, expected=_stored(record.profile, key.kind, key.key)) for key in leg.tx.pending
    )
    leg.profile = record.profile
    leg.tx = with_changes(leg.tx, user_id=asked, primary_user=(before, asked), pending=pending)
    return None


def _stored(profile: JsonObject, kind: str, key: str) -> JsonValue:
    metadata = profile.get(kind)
    return metadata.get(key) if isinstance(metadata, dict) else None


def _is_linked(profile: JsonObject, user_id: str) -> bool:
    identities = profile.get("identities")
    if not isinstance(identities, list):
        return False
    return any(_id_of(identity) == user_id for identity in identities)


def _id_of(identity: JsonValue) -> str | None:
    """Return the user id of an identity; None where it does not name provider and user."""
    if not isinstance(identity, dict):
        return None
    provider, user = identity.get("provider"), identity.get("user_id")
    if not isinstance(provider, str) or isinstance(user, bool):
        return None
    return f"{provider}|{user}" if isinstance(user, str | int) else None
