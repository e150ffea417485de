"""Clocks: the machine's, one that stands still, one that is moved by hand."""

from __future__ import annotations

import math
import time


class SystemClock:
    """The machine's clock."""

    __slots__ = ()

    def now(self) -> float:
        """Return seconds since the epoch, UTC."""
        return time.time()


class FixedClock:
    """A clock that always shows one time (``scenario.now``, contract.md).

    It is meant for logins. A store that keeps files for several processes should be given
    ``SystemClock``: what it purges is judged by its clock (security.md 28).
    """

    __slots__ = ("_time",)

    def __init__(self, time: float) -> None:
        """Stand still at ``time``, in seconds since the epoch; ValueError when it is not finite."""
        self._time = _finite(time)

    def now(self) -> float:
        """Return the time it was given."""
        return self._time


class MovableClock:
    """A clock that moves only when it is told to (``after_seconds`` of a scenario)."""

    __slots__ = ("_time",)

    def __init__(self, time: float = 0.0) -> None:
        """Start at ``time``, in seconds since the epoch; ValueError when it is not finite."""
        self._time = _finite(time)

    def now(self) -> float:
        """Return the time as it was last set."""
        return self._time

    def advance(self, seconds: float) -> None:
        """Move on by ``seconds`` (back when negative); ValueError when that is not finite."""
        self._time = _finite(self._time + seconds)

    def move_to(self, time: float) -> None:
        """Show ``time`` from now on; ValueError when it is not finite."""
        self._time = _finite(time)


def _finite(time: float) -> float:
    if not math.isfinite(time):
        raise ValueError(f"A clock shows a finite number of seconds, not {time}.")
    return float(time)
