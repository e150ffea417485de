"""How much and how long the shipped stores keep (security.md 10, 24)."""

from __future__ import annotations

from loginwright_runtime.errors import StoreError

MAX_SUSPENSIONS = 100_000
"""Suspended logins that one store keeps at most."""

PURGE_SECONDS = 3600.0
"""Time between two purges."""

EXPIRED_SECONDS = 86_400.0
"""How long the digests of a login that expired stay, so that a late user is told so."""

ANSWER_SECONDS = 86_400.0
"""How long the answer to a profile write is kept for a repetition of it."""

CACHE_SECONDS = 86_400.0
"""How long a cached value is kept at most: the longest life an action can give it."""


def too_many_suspensions(limit: int, place: str) -> StoreError:
    """Return the error for a store that is full."""
    return StoreError(
        f"{place} keeps {limit} suspended logins already, the most it takes.",
        "Shorten suspension_seconds, or wait until some of them have expired.",
    )


def kept_already(place: str) -> StoreError:
    """Return the error for a state that is, or was, in the store."""
    return StoreError(
        f"{place} has kept this state before; a state is saved once.",
        "Suspend the login under a fresh state.",
    )


def finished_already(place: str) -> StoreError:
    """Return the error for a login that has a tombstone (security.md 10)."""
    return StoreError(
        f"This login has ended; {place} does not keep it again.", "Begin a new login."
    )


def key_of_another_user() -> StoreError:
    """Return the error for an idempotency key that stood for another user's write."""
    return StoreError(
        "This idempotency key belongs to a profile write of another user.",
        "Build the key from the transaction's id.",
    )
