"""The cookie that binds a suspended login to its browser (security.md 9)."""

from __future__ import annotations

import hashlib


def browser_cookie_name(state: str) -> str:
    """Return the cookie's name: one per suspension, ``__Host-lw-<8 hex of the state's digest>``."""
    return f"__Host-lw-{hashlib.sha256(state.encode()).hexdigest()[:8]}"


def browser_cookie(state: str, browser_key: str, *, max_age: int = 3600) -> str:
    """Return a ``Set-Cookie`` value for ``Suspended.browser_key``.

    Args:
        state: ``Suspended.state``.
        browser_key: ``Suspended.browser_key``.
        max_age: Seconds; ``EngineOptions.suspension_seconds``.
    """
    attributes = f"Path=/; Max-Age={max_age}; Secure; HttpOnly; SameSite=None"
    return f"{browser_cookie_name(state)}={browser_key}; {attributes}"
