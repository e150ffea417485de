"""Looks after runs that last: one timer for all, because most end within microseconds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.hosts.active_run import ActiveRun

TICK_SECONDS = 0.02


class Budgets:
    """Every ``TICK_SECONDS``, has each run say what it has done, and ends it if its time is up."""

    def __init__(self) -> None:
        """Watch nothing yet."""
        self._runs: set[ActiveRun] = set()
        self._timer: asyncio.TimerHandle | None = None

    def watch(self, run: ActiveRun) -> None:
        """Watch a run until ``drop``."""
        self._runs.add(run)
        if self._timer is None:
            self._plan(asyncio.get_running_loop())

    def drop(self, run: ActiveRun) -> None:
        """Watch a run no more."""
        self._runs.discard(run)

    def close(self) -> None:
        """Watch nothing any more."""
        self._runs.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        now = loop.time()
        for run in list(self._runs):
            run.owner.look_after_run()
            if run.deadline <= now:
                self._runs.discard(run)
                run.owner.time_is_up()
        if self._runs:
            self._plan(loop)

    def _plan(self, loop: asyncio.AbstractEventLoop) -> None:
        # Qt fires a loop's timers also while that loop is not said to run.
        self._timer = loop.call_later(TICK_SECONDS, self._tick, loop)
