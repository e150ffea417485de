"""Base64url without padding, as all of JOSE writes bytes (RFC 7515 2)."""

from __future__ import annotations

import base64


def base64url(data: bytes) -> str:
    """Return bytes as text of ``A-Z a-z 0-9 - _``."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
