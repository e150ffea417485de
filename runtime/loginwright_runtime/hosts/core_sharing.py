"""Keeps this thread and a worker on one core while a single handler runs.

Between two cores that sleep, each message costs a wake-up by interrupt, which takes longer than a
short handler (*measured*, in a virtual machine: a handler with two waiting calls takes 86 µs on one
core, and 58 to 190 µs where the scheduler happens to put them). On one core the sender simply makes
way. As soon as two handlers run at once, or one runs for long, everything is as it was.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TICK_SECONDS = 0.02


class CoreSharing:
    """Pins and unpins; does nothing but on Linux.

    Threads and processes that this thread starts while it is pinned stay on its core. That is why
    sharing is for programs that run logins and little else, and must be asked for.
    """

    def __init__(self, *, wanted: bool) -> None:
        """Remember the cores there are; ``wanted`` False never pins."""
        self._current_core = _core_reader() if wanted else None
        self._cores: set[int] = os.sched_getaffinity(0) if self._current_core else set()
        self._runs = 0
        self._pinned: set[int] = set()
        self._changed = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def began(self, worker: int) -> None:
        """A handler is about to be started in this worker, a process id."""
        if self._current_core is None:
            return
        self._runs += 1
        if self._runs > 1:
            self.release()
            return
        loop = asyncio.get_running_loop()
        self._changed = loop.time()
        if self._timer is None:
            self._core = {self._current_core()}
            os.sched_setaffinity(0, self._core)
            self._timer = loop.call_later(TICK_SECONDS, self._tick)
        if worker not in self._pinned:
            _set_cores(worker, self._core)
            self._pinned.add(worker)

    def ended(self) -> None:
        """That handler has ended."""
        self._runs -= self._current_core is not None

    def release(self) -> None:
        """Let this thread and the workers run on any core again."""
        if self._timer is None:
            return
        self._timer.cancel()
        self._timer = None
        os.sched_setaffinity(0, self._cores)
        for worker in self._pinned:
            _set_cores(worker, self._cores)
        self._pinned.clear()

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - self._changed > TICK_SECONDS:
            self.release()
        else:
            self._timer = loop.call_later(TICK_SECONDS, self._tick)


def _set_cores(process: int, cores: set[int]) -> None:
    """Set the cores of every thread of a process, which may have ended."""
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            os.sched_setaffinity(int(thread), cores)
    except (FileNotFoundError, ProcessLookupError):
        return


def _core_reader() -> Callable[[], int] | None:
    """Return a function that tells the core it is called on, or None where there is none."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return None
    library = ctypes.CDLL(None)
    if not hasattr(library, "sched_getcpu"):
        return None
    read = library.sched_getcpu
    read.restype = ctypes.c_int
    read.argtypes = []
    return read
