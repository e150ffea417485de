"""Why something cannot be shown or done at a stop."""

from __future__ import annotations

from loginwright_runtime.errors import LoginwrightError


class RefusedError(LoginwrightError):
    """What was asked for at a stop cannot be shown or done; the message says why, in a sentence."""
