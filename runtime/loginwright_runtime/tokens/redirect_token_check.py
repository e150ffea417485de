"""The token that came back from a redirect, judged row by row (reference §2.3)."""

from __future__ import annotations

import hmac
import math
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import orjson

from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.tokens.shared_secret import (
    HS256,
    SharedSecret,
    UnusableSecret,
    read_secret,
)
from loginwright_runtime.tokens.strict_jwt import Unreadable, UnverifiedToken, read_unverified
from loginwright_runtime.tracing.record import TokenCheck

PREFIX = "The session token is invalid: "
NOT_FOUND = "There is no parameter called '{}' available in either the POST body or query string."
MESSAGES = {
    "signature": PREFIX + "Failed signature validation",
    "state": PREFIX + "State in the token does not match the /continue state.",
    "claims": PREFIX + "Missing or invalid standard claims",
    "type": PREFIX + "Unexpected token payload type",
    "sub": PREFIX + "The sub claim does not match the user_id.",
    "time": PREFIX + "Token has expired.",
}
"""The platform's own words, in the order in which we judge: the signature first."""

STANDARD_CLAIMS = ("sub", "iss", "exp", "iat")
_SHOWN_CHARACTERS = 256


@dataclass(frozen=True, slots=True)
class RedirectTokenReport:
    """What ``validateToken`` found.

    Attributes:
        payload: The whole payload, standard claims included, of an accepted token; else None.
        error: What the call throws instead; its message is the platform's.
        checks: The seven rows in order; empty when the secret itself was unusable.
        short_secret: The secret is under 32 bytes, worth a warning (security.md 14).
    """

    payload: JsonObject | None = field(repr=False)
    error: ErrorReply | None
    checks: tuple[TokenCheck, ...] = field(repr=False)
    short_secret: bool


def check_redirect_token(
    *,
    token: str | None,
    parameter: str,
    secret: JsonValue,
    state: str,
    user_id: str,
    now: float,
) -> RedirectTokenReport:
    """Judge the token of ``api.redirect.validateToken`` (reference §2.3, security.md 14).

    Every row is judged, also after an earlier one has failed; those are marked as not reached.
    ``aud``, ``jti``, ``nbf`` and the value of ``iss`` are not judged, and there is no leeway.

    Args:
        token: What the parameter held, or None.
        parameter: Its name, ``session_token`` unless the action says otherwise.
        secret: Shared with the site, as the action gave it.
        state: Of the suspension that was claimed, never of the request.
        user_id: ``event.user.user_id``.
        now: The login's clock, epoch seconds.
    """
    shared = read_secret(secret)
    if isinstance(shared, UnusableSecret):
        error = ErrorReply("TypeError", f"api.redirect.validateToken: {shared.reason}.")
        return RedirectTokenReport(None, error, (), short_secret=False)
    token = token or ""
    came = read_unverified(token)
    payload: JsonObject = {} if isinstance(came.payload, Unreadable) else came.payload
    checks = _in_order(
        _row("found", f"a parameter called {parameter}", _size(token), bool(token)),
        _signature(token, came, shared),
        _state(came, state),
        _claims(came),
        _type(came),
        _sub(came, user_id),
        _time(came, now),
    )
    failed = next((row.check for row in checks if not row.passed), None)
    message = NOT_FOUND.format(parameter) if failed == "found" else MESSAGES.get(failed or "")
    return RedirectTokenReport(
        payload=payload if failed is None else None,
        error=None if message is None else ErrorReply("Error", message),
        checks=checks,
        short_secret=shared.is_short,
    )


def _in_order(*rows: TokenCheck) -> tuple[TokenCheck, ...]:
    """Mark every row after the first failure as not reached."""
    first = next((index for index, row in enumerate(rows) if not row.passed), len(rows))
    return tuple(replace(row, reached=index <= first) for index, row in enumerate(rows))


def _row(check: str, expected: str, got: str, passed: bool) -> TokenCheck:
    return TokenCheck(check, expected, got, passed, reached=True)


def _size(token: str) -> str:
    return f"{len(token)} characters" if token else "nothing"


def _signature(token: str, came: UnverifiedToken, secret: SharedSecret) -> TokenCheck:
    expected = "HS256 with the shared secret"
    fault = _signature_fault(token, came)
    if fault is not None:
        return _row("signature", expected, fault, False)
    if secret.verifies(token):
        return _row("signature", expected, expected, True)
    got = "HS256 with another secret, or altered afterwards"
    return _row("signature", expected, got, False)


def _signature_fault(token: str, came: UnverifiedToken) -> str | None:
    """Return what forbids to even compute the signature, or None."""
    if not token:
        return "no token"
    if isinstance(came.header, Unreadable):
        return f"the header cannot be read: {came.header.reason}"
    if isinstance(came.signature, Unreadable):
        return f"the signature cannot be read: {came.signature.reason}"
    algorithm = came.header.get("alg")
    if algorithm != HS256:
        return f"alg {_shown(algorithm)}"
    if "crit" in came.header or "b64" in came.header:
        return "the header asks for an extension (crit, b64)"
    return None


def _state(came: UnverifiedToken, state: str) -> TokenCheck:
    return _equality("state", came, "state", state)


def _sub(came: UnverifiedToken, user_id: str) -> TokenCheck:
    return _equality("sub", came, "sub", user_id)


def _equality(check: str, came: UnverifiedToken, claim: str, expected: str) -> TokenCheck:
    if isinstance(came.payload, Unreadable):
        return _row(check, expected, _unreadable(came.payload), False)
    value = came.payload.get(claim)
    if not isinstance(value, str):
        return _row(
            check, expected, _shown(value) if claim in came.payload else f"no {claim}", False
        )
    same = hmac.compare_digest(value.encode("utf-8"), expected.encode("utf-8"))
    return _row(check, expected, value[:_SHOWN_CHARACTERS], same and expected != "")


def _claims(came: UnverifiedToken) -> TokenCheck:
    expected = ", ".join(STANDARD_CLAIMS)
    if isinstance(came.payload, Unreadable):
        return _row("claims", expected, _unreadable(came.payload), False)
    missing = [name for name in STANDARD_CLAIMS if came.payload.get(name) in (None, "")]
    if missing:
        return _row("claims", expected, f"no {', '.join(missing)}", False)
    if _seconds(came.payload.get("exp")) is None:
        return _row("claims", expected, "exp is not a number", False)
    return _row("claims", expected, expected, True)


def _type(came: UnverifiedToken) -> TokenCheck:
    if isinstance(came.header, Unreadable):
        return _row("type", "JWT", _unreadable(came.header), False)
    value = came.header.get("typ")
    passed = isinstance(value, str) and value.upper() == "JWT"
    return _row("type", "JWT", _shown(value) if "typ" in came.header else "no typ", passed)


def _time(came: UnverifiedToken, now: float) -> TokenCheck:
    expected = f"exp after {_moment(now)}"
    if isinstance(came.payload, Unreadable):
        return _row("time", expected, _unreadable(came.payload), False)
    expires = _seconds(came.payload.get("exp"))
    if expires is None:
        return _row("time", expected, "no exp that is a number", False)
    return _row("time", expected, _moment(expires), expires > now)


def _seconds(value: JsonValue) -> float | None:
    """Return a claim as a finite number of seconds; text and booleans are none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


def _moment(seconds: float) -> str:
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return f"{seconds:g}"
    precision = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")


def _shown(value: JsonValue) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode("utf-8")
    return text[:_SHOWN_CHARACTERS]


def _unreadable(part: Unreadable) -> str:
    return f"not readable: {part.reason}"
