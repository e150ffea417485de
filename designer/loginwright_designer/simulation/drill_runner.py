"""Runs drills one after another on the event loop that Qt runs on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loginwright_designer.simulation.drills import DrillResult
from loginwright_designer.simulation.spoiled_replies import Drill
from loginwright_runtime.errors import LoginwrightError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.simulation.desk import Answer, Desk
    from loginwright_designer.simulation.drills import DrillBench


@dataclass(frozen=True, slots=True)
class DrillProgress:
    """How far drills have come.

    Attributes:
        results: In the order of ``Drill``, those of an earlier run that stay included.
        running: The drill that runs now; None: no more do.
        done: How many of those asked for are done.
        asked: How many were asked for.
        error: Why they broke off; None where they did not.
    """

    results: tuple[DrillResult, ...] = field(default=(), repr=False)
    running: Drill | None = None
    done: int = 0
    asked: int = 0
    error: LoginwrightError | None = field(default=None, repr=False)


class DrillRunner(QObject):
    """Runs what is asked for, and tells how far it has come; owns one asyncio task."""

    progressed = Signal(object)
    """A ``DrillProgress``: before each drill, and once no more run."""

    def __init__(self, loop: asyncio.AbstractEventLoop, parent: QObject | None = None) -> None:
        """Wait for ``run``.

        Args:
            loop: The one that Qt runs on.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._loop = loop
        self._task: asyncio.Task[None] | None = None
        self._given_up: set[asyncio.Task[None]] = set()
        self._results: dict[Drill, DrillResult] = {}
        self._progress = DrillProgress()
        self._closed = False

    @property
    def progress(self) -> DrillProgress:
        """How far they have come."""
        return self._progress

    def run(
        self, bench: DrillBench, correct: Answer, desk: Desk, drills: Sequence[Drill] = ()
    ) -> None:
        """Run drills on copies; those that run already are given up.

        Args:
            bench: The login.
            correct: The answer that a correct site sends.
            desk: Of the same login.
            drills: Which; none are all of them.
        """
        if self._closed:
            return
        before = self._cancelled()
        wanted = tuple(drills) or tuple(Drill)
        self._results = {
            drill: result for drill, result in self._results.items() if drill not in wanted
        }
        self._task = self._loop.create_task(self._run(bench, correct, desk, wanted, before))
        self._task.add_done_callback(self._done)

    def cancel(self) -> None:
        """Run no more; what is done stays."""
        if self._cancelled() is not None:
            self._tell(None, self._progress.done, self._progress.asked)

    def forget(self) -> None:
        """Run no more, and forget what was done: another login is at the desk."""
        self._cancelled()
        self._results = {}
        self._tell(None, 0, 0)

    async def close(self) -> None:
        """Give up and wait until all of it is gone; none begins any more."""
        self._closed = True
        self._cancelled()
        if self._given_up:
            await asyncio.wait(self._given_up)

    async def _run(
        self,
        bench: DrillBench,
        correct: Answer,
        desk: Desk,
        drills: tuple[Drill, ...],
        before: asyncio.Task[None] | None,
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        for done, drill in enumerate(drills):
            self._tell(drill, done, len(drills))
            self._results[drill] = await bench.run(drill, correct, desk)
        self._tell(None, len(drills), len(drills))

    def _done(self, task: asyncio.Task[None]) -> None:
        """Tell what broke the drills off; a fault of our own goes to the crash hook as well."""
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, LoginwrightError):
            report = {"message": "Drills broke off.", "exception": error, "task": task}
            task.get_loop().call_exception_handler(report)
        if task is not self._task:
            return
        self._task = None
        if error is not None:
            shown = error if isinstance(error, LoginwrightError) else None
            self._tell(None, self._progress.done, self._progress.asked, shown)

    def _cancelled(self) -> asyncio.Task[None] | None:
        """Cancel what runs, and return it, so that it can be awaited."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            self._given_up.add(task)
            task.add_done_callback(self._given_up.discard)
        return task

    def _tell(
        self, running: Drill | None, done: int, asked: int, error: LoginwrightError | None = None
    ) -> None:
        results = tuple(self._results[drill] for drill in Drill if drill in self._results)
        self._progress = DrillProgress(results, running, done, asked, error)
        self.progressed.emit(self._progress)
