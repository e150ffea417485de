"""Reads a user out of the host's store, and makes sure that the profile can be shown to actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import UserQuery

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import UserRecord, UserStore


async def read_user(users: UserStore, user_id: str) -> UserRecord | None:
    """Return a user, or None when there is none.

    Raises:
        StoreError: The store failed, or gave a profile that no JSON can hold (security.md 8: a
            fault of a store is a ``server_error``, whatever the store was made of).
    """
    record = await users.read(UserQuery(user_id))
    if record is None:
        return None
    try:
        orjson.dumps(record.profile)
    except (orjson.JSONEncodeError, RecursionError):
        raise StoreError(
            "The user store gave a profile that is no JSON.",
            "Numbers have at most 64 bits, texts are valid Unicode, keys are texts.",
        ) from None
    return record
