"""Writes what a login set to the user's profile, once (seed; security.md 5)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.errors import RateLimitedError
from loginwright_runtime.extension_points import MetadataChange, ProfileWrite, UserStore
from loginwright_runtime.transaction.changing import with_changes
from loginwright_runtime.transaction.outcome import ProfileUpdate

if TYPE_CHECKING:
    from loginwright_runtime.engine.leg import Leg
    from loginwright_runtime.extension_points import WriteResult
    from loginwright_runtime.login.json_values import JsonObject

MAX_RATE_LIMIT_WAIT = 10.0
"""Seconds a login waits for a user store that asks it to, altogether."""


@dataclass(frozen=True, slots=True)
class UserGone:
    """The user was removed or blocked while the login was on its way.

    Attributes:
        reason: What the login's denial says.
        update: What was written to a blocked user; nothing to one who was removed.
    """

    reason: str = "The user no longer exists."
    update: ProfileUpdate | None = None


async def write_profile(leg: Leg, users: UserStore) -> ProfileUpdate | UserGone | None:
    """Write the pending keys; the leg's profile is then the stored one.

    Args:
        leg: Its transaction holds the pending keys, none afterwards.
        users: Where to write.

    Returns:
        What was written; None when nothing was. UserGone where the store tells with its answer
        that the user may not log in any more.

    Raises:
        RateLimitedError: The store asked to wait longer than a login may.
        StoreError: The store failed; nothing was written.
    """
    pending = leg.tx.pending
    if not pending:
        return None
    changes = tuple(MetadataChange(key.kind, key.key, key.value, key.expected) for key in pending)
    write = ProfileWrite(leg.tx.user_id, changes, f"{leg.tx.id}:{leg.tx.suspensions}")
    result = await _patiently(users, write)
    if result.record is None:
        return UserGone()
    for change in result.skipped:
        note = f"{change.kind}.{change.key} changed meanwhile and was not written."
        leg.recorder.warning("pending-key-changed", note, None, None)
    leg.profile = result.record.profile
    leg.tx = with_changes(leg.tx, pending=())
    update = _told(leg, [change for change in changes if change not in result.skipped])
    return UserGone("The user is blocked.", update) if result.record.blocked else update


def _told(leg: Leg, applied: list[MetadataChange]) -> ProfileUpdate | None:
    """Record what was written and return it."""
    if not applied:
        return None
    written: dict[str, JsonObject] = {"user_metadata": {}, "app_metadata": {}}
    for change in applied:
        written[change.kind][change.key] = change.value
    leg.recorder.profile_written(written["user_metadata"], written["app_metadata"])
    return ProfileUpdate(**written)


async def _patiently(users: UserStore, write: ProfileWrite) -> WriteResult:
    waited = 0.0
    while True:
        try:
            return await users.write(write)
        except RateLimitedError as limited:
            if waited + limited.retry_after > MAX_RATE_LIMIT_WAIT:
                raise
            waited += limited.retry_after
            await asyncio.sleep(limited.retry_after)
