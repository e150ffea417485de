"""Says in words where a login stands still, who is to answer it, and where it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.debugging import Pause
    from loginwright_runtime.transaction.outcome import Failed

ANSWERED_BY = {
    "challenge": "the second factor",
    "enrollment": "the enrolment",
    "form": "the form",
}


def place_of(pause: Pause, names: Mapping[str, str]) -> str:
    """Return where a login stands still, as it follows "Paused".

    Args:
        pause: The stop.
        names: What people call each action, by id.
    """
    name = names.get(pause.action_id or "", pause.action_id or "the action")
    match pause.kind:
        case "before_handler":
            return f"before {pause.handler}"
        case "call":
            return f"at line {pause.line}" if pause.line else f"after {pause.method}"
        case "after_handler":
            return f"after {name}"
        case "before_leaving":
            return "before the login leaves"
        case "before_write":
            return "before the profile is written"
        case "before_tokens":
            return "before the tokens are issued"


def failure_place(outcome: Failed, names: Mapping[str, str]) -> str:
    """Return where a login failed, as it follows "Failed"; empty where nobody knows."""
    error = outcome.error
    if error is None or error.action is None:
        return ""
    if error.line is not None:
        return f"at line {error.line}"
    return f"in {names.get(error.action, error.action)}"
