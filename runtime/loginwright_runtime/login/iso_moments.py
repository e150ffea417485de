"""Moments as profiles and sessions hold them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue


def epoch_seconds(value: JsonValue) -> int | None:
    """Return a moment as whole epoch seconds; None for what is none.

    Args:
        value: Seconds already, or ISO 8601 text; without a time zone it is UTC.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value)
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
