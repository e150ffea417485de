"""Builds compact tokens byte by byte, honest and dishonest ones, without any JWT library."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET = "a shared secret of thirty-two bytes or more"
STATE = "8fK2mWq0vT5rYb1cZx7nPd3sLh6jGa9eQz-uIoEwRtU"
USER_ID = "auth0|0001"
NOW = 1_795_428_000.0
"""2026-11-23T10:00:00Z."""


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def honest_claims(**changes: object) -> dict[str, object]:
    """What a correct site sends; a change to ``None`` leaves the claim out."""
    claims: dict[str, object] = {
        "iss": "my-app.example.com",
        "sub": USER_ID,
        "iat": NOW,
        "exp": NOW + 60,
        "state": STATE,
        "favorite_color": "teal",
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def forge(
    claims: Mapping[str, object] | bytes,
    *,
    header: Mapping[str, object] | bytes | None = None,
    secret: str | bytes = SECRET,
) -> str:
    """Join and sign by HMAC-SHA256 whatever stands in header and payload, sense or nonsense."""
    head: Mapping[str, object] | bytes = (
        {"alg": "HS256", "typ": "JWT"} if header is None else header
    )
    signing_input = ".".join(
        base64url(part if isinstance(part, bytes) else json.dumps(part).encode())
        for part in (head, claims)
    )
    key = secret.encode() if isinstance(secret, str) else secret
    digest = hmac.new(key, signing_input.encode("ascii"), hashlib.sha256).digest()
    return f"{signing_input}.{base64url(digest)}"
