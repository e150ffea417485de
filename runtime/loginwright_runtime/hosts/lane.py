"""The workers of one flow version in one language, and the runs that wait for one."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.hosts.launch import Launch
    from loginwright_runtime.hosts.worker import Worker


class Lane:
    """Counts and queues; decides nothing.

    Attributes:
        launch: How its workers are started.
        idle: Workers that wait for a run; the last is the warmest.
        busy: Workers that have one.
        starting: How many are being started.
        waiting: Runs that wait for a worker, oldest first.
        used: When a run last took a worker, in the loop's time.
        spared: How many workers are kept ready whatever happens.
    """

    __slots__ = ("busy", "idle", "launch", "spared", "starting", "used", "waiting")

    def __init__(self, launch: Launch, spared: int) -> None:
        """Make a lane without workers."""
        self.launch = launch
        self.spared = spared
        self.idle: list[Worker] = []
        self.busy: set[Worker] = set()
        self.starting = 0
        self.waiting: deque[asyncio.Future[Worker]] = deque()
        self.used = asyncio.get_running_loop().time()

    @property
    def size(self) -> int:
        """Workers there are, those that are being started included."""
        return len(self.idle) + len(self.busy) + self.starting

    def take(self) -> Worker | None:
        """Return an idle worker, now busy, or None."""
        while self.idle:
            worker = self.idle.pop()
            if worker.usable:
                self.busy.add(worker)
                return worker
        return None

    def offer(self, worker: Worker) -> None:
        """Give a usable worker to the run that waits longest, else keep it idle."""
        while self.waiting:
            future = self.waiting.popleft()
            if not future.done():
                self.busy.add(worker)
                future.set_result(worker)
                return
        self.idle.append(worker)

    def forget(self, worker: Worker) -> None:
        """Drop a worker that is gone."""
        self.busy.discard(worker)
        if worker in self.idle:
            self.idle.remove(worker)

    def refuse(self, error: BaseException) -> None:
        """Tell every run that waits that there will be no worker."""
        while self.waiting:
            future = self.waiting.popleft()
            if not future.done():
                future.set_exception(error)
