"""The token that goes out with a redirect, made (reference §2.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.api.arguments import is_undefined
from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.tokens.redirect_token_check import (
    RedirectTokenReport,
    check_redirect_token,
)
from loginwright_runtime.tokens.shared_secret import UnusableSecret, read_secret

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

__all__ = [
    "EncodedRedirectToken",
    "RedirectTokenReport",
    "check_redirect_token",
    "encode_redirect_token",
]

DEFAULT_LIFETIME_SECONDS = 900
_MOST_EXACT = 2**53
"""What is larger is no whole number in JSON as JavaScript reads it (RFC 8259 §6)."""
STANDARD_CLAIMS = ("iss", "iat", "exp", "sub", "ip")


@dataclass(frozen=True, slots=True)
class EncodedRedirectToken:
    """What ``encodeToken`` made.

    Attributes:
        token: The token in compact form.
        overridden: Claims set for the action that its payload replaced by something else, worth a
            warning.
        short_secret: The secret is under 32 bytes, worth a warning (security.md 14).
        odd_lifetime: ``expiresInSeconds`` was no number and was ignored, worth a warning.
    """

    token: str = field(repr=False)
    overridden: tuple[str, ...]
    short_secret: bool
    odd_lifetime: bool = False


def encode_redirect_token(
    *,
    secret: JsonValue,
    payload: JsonValue,
    hostname: str,
    user_id: str,
    ip: str,
    now: float,
    expires_in_seconds: JsonValue = None,
) -> EncodedRedirectToken | ErrorReply:
    """Make the token of ``api.redirect.encodeToken`` (reference §2.1).

    ``iss`` (the bare hostname), ``iat``, ``exp``, ``sub`` and ``ip`` stand at the top level, the
    payload's members beside them and last, so that a payload may replace one. Members that are
    ``undefined`` are left out, as ``JSON.stringify`` does.

    Args:
        secret: Shared with the site, as the action gave it.
        payload: The action's own claims, as it gave them.
        hostname: ``event.request.hostname``.
        user_id: ``event.user.user_id``.
        ip: ``event.request.ip``.
        now: The login's clock, epoch seconds.
        expires_in_seconds: As the action gave it; whatever is no finite number takes 900.

    Returns:
        The token, or the TypeError that the call throws for an unusable argument.
    """
    shared = read_secret(secret)
    if isinstance(shared, UnusableSecret):
        return _type_error(shared.reason)
    if not isinstance(payload, dict) or is_undefined(payload):
        return _type_error("payload must be an object")
    lifetime = _lifetime(expires_in_seconds)
    own = {key: _as_json(value) for key, value in payload.items() if not is_undefined(value)}
    issued_at = math.floor(now)
    claims: JsonObject = {
        "iss": hostname,
        "iat": issued_at,
        "exp": issued_at + (DEFAULT_LIFETIME_SECONDS if lifetime is None else lifetime),
        "sub": user_id,
        "ip": ip,
    }
    return EncodedRedirectToken(
        token=shared.sign(orjson.dumps(claims | own)),
        overridden=tuple(
            name for name in STANDARD_CLAIMS if own.get(name, claims[name]) != claims[name]
        ),
        short_secret=shared.is_short,
        odd_lifetime=lifetime is None,
    )


def _type_error(reason: str) -> ErrorReply:
    return ErrorReply("TypeError", f"api.redirect.encodeToken: {reason}.")


def _lifetime(value: JsonValue) -> int | float | None:
    if value is None or is_undefined(value):
        return DEFAULT_LIFETIME_SECONDS
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    is_whole = abs(value) <= _MOST_EXACT and value == int(value)
    return int(value) if is_whole else float(value)


def _as_json(value: JsonValue) -> JsonValue:
    """Return a value as ``JSON.stringify`` reads it: undefined members go, items become null."""
    if isinstance(value, dict):
        return {key: _as_json(member) for key, member in value.items() if not is_undefined(member)}
    if isinstance(value, list):
        return [None if is_undefined(item) else _as_json(item) for item in value]
    return value
