"""Moments of a login's clock, which a trace may have set to anything."""

from __future__ import annotations

from datetime import UTC, datetime

_LAST = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


def calendar_moment(seconds: float) -> datetime | None:
    """Return a moment in UTC; None for one that no calendar has.

    Args:
        seconds: Since 1970-01-01, in UTC.
    """
    return datetime.fromtimestamp(seconds, UTC) if 0 <= seconds < _LAST else None
