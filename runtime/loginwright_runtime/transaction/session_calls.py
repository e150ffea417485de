"""Calls about the session and the refresh token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.transaction.call_meaning import (
    Maker,
    Meaning,
    ignored,
    reason_of,
    switch_of,
)
from loginwright_runtime.transaction.effects import (
    CookieModeSet,
    Denied,
    ExpiryShortened,
    Holder,
    HolderMetadataEvicted,
    HolderMetadataSet,
    LoginBroken,
)
from loginwright_runtime.transaction.limits import invalid_holder_metadata

if TYPE_CHECKING:
    from loginwright_runtime.api.arguments import Call
    from loginwright_runtime.transaction.call_meaning import CallContext

LAST_TIME_MS = 253_402_300_799_999
"""The end of the year 9999, beyond which no time can be written in ISO 8601."""


def revoke_session(call: Call, _context: CallContext) -> Meaning:
    """``session.revoke``."""
    reason, notes = reason_of(call)
    preserve, more = switch_of(call, "preserveRefreshTokens")
    denied = Denied(reason, "session", preserve_refresh_tokens=preserve is True)
    return Meaning((denied,), (*notes, *more))


def revoke_refresh_token(call: Call, context: CallContext) -> Meaning:
    """``refreshToken.revoke``: only where a refresh token was presented."""
    if not context.refresh_exchange:
        note = "refreshToken.revoke works only in a refresh token exchange and was ignored."
        return Meaning(warnings=(("not-available", note),))
    reason, notes = reason_of(call)
    return Meaning((Denied(reason, "refresh_token"),), notes)


def expiry(holder: Holder, *, idle: bool) -> Maker:
    """``setExpiresAt`` and ``setIdleExpiresAt``; a time that has passed ends the holder at once."""

    def make(call: Call, _context: CallContext) -> Meaning:
        at_ms = max(0, int(call.number(0)))
        if at_ms > LAST_TIME_MS:
            return ignored(f"{call.method.name}: the time is beyond the year 9999")
        return Meaning((ExpiryShortened(holder, idle, at_ms),))

    return make


def set_metadata(holder: Holder) -> Maker:
    """``setMetadata``; null deletes. What is no text breaks the login (reference §4.4)."""

    def make(call: Call, _context: CallContext) -> Meaning:
        key, value = call.arg(0), call.arg(1)
        if isinstance(key, str) and (value is None or isinstance(value, str)):
            return Meaning((HolderMetadataSet(holder, key, value),))
        odd = "value" if isinstance(key, str) else "key"
        reason = f"Metadata {odd} must be a string"
        return Meaning((LoginBroken(invalid_holder_metadata(holder, reason)),))

    return make


def delete_metadata(holder: Holder) -> Maker:
    """``deleteMetadata``."""

    def make(call: Call, _context: CallContext) -> Meaning:
        return Meaning((HolderMetadataSet(holder, call.text(0), None),))

    return make


def evict_metadata(holder: Holder) -> Maker:
    """``evictMetadata``."""

    def make(_call: Call, _context: CallContext) -> Meaning:
        return Meaning((HolderMetadataEvicted(holder),))

    return make


def cookie_mode(call: Call, _context: CallContext) -> Meaning:
    """``session.setCookieMode``."""
    return Meaning((CookieModeSet(call.text(0)),))
