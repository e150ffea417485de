"""What an application is told when a login does not succeed (security.md 8, RFC 6749)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from loginwright_runtime.transaction.login_transaction import NO_REASON

if TYPE_CHECKING:
    from loginwright_runtime.transaction.outcome import Denied, ErrorInfo, Failed

MAX_DESCRIPTION = 512
_FORBIDDEN = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")
_GENERIC: dict[str, str] = {
    "server_error": "The login could not be completed.",
    "temporarily_unavailable": "The login service is busy. Try again.",
}
_STATUS: dict[str, int] = {
    "access_denied": 403,
    "interaction_required": 403,
    "mfa_required": 403,
    "invalid_request": 400,
    "server_error": 500,
    "temporarily_unavailable": 503,
}


class OAuthError(NamedTuple):
    """An error on the wire.

    Attributes:
        status: HTTP status: of the answer at the token endpoint; at the authorize endpoint 302,
            a redirect to the application, or any other, a page of the server and no redirect.
        code: ``error`` of RFC 6749 §4.1.2.1 and §5.2.
        description: ``error_description`` in RFC 6749's character set, at most 512 characters.
    """

    status: int
    code: str
    description: str


def oauth_error(outcome: Denied | Failed, endpoint: Literal["authorize", "token"]) -> OAuthError:
    """Return what to tell the application.

    Args:
        outcome: A login that was denied or failed.
        endpoint: Where the application waits.

    Returns:
        Status, code and description. An unknown, used, expired or foreign state, and whatever
        else continues no login, is answered by a page of the server, never by a redirect.
    """
    error = outcome.error
    if error is None:
        return OAuthError(403 if endpoint == "token" else 302, "access_denied", NO_REASON)
    code = error.code
    if endpoint == "authorize" and code == "mfa_required":
        code = "interaction_required"
    redirects = endpoint == "authorize" and outcome.transaction_id and code != "invalid_request"
    status = 302 if redirects else _STATUS.get(code, 400)
    return OAuthError(status, code, _description(error, outcome.public_errors))


def _description(error: ErrorInfo, public: Literal["message", "generic"]) -> str:
    if error.code in _GENERIC:
        return _GENERIC[error.code]
    if public == "generic" and error.kind in ("exception", "timeout", "limit"):
        return "The login could not be completed."
    text = wire_text(error.description)
    return text if text.strip() else NO_REASON


def wire_text(text: str) -> str:
    """Return text in RFC 6749's character set (§5.2), at most 512 characters."""
    plain = " ".join(text.splitlines()).replace('"', "'").replace("\\", "/").replace("\t", " ")
    return _FORBIDDEN.sub("?", plain)[:MAX_DESCRIPTION]
