"""Drills run one after another, tell how far they are, and stop when they are told to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import pytest

from loginwright_designer.simulation.desk import Answer, Desk
from loginwright_designer.simulation.drill_runner import DrillProgress, DrillRunner
from loginwright_designer.simulation.drills import Drill, DrillBench, DrillResult, Verdict
from loginwright_designer.simulation.sent_out import Sent
from loginwright_runtime.errors import Problem, ScenarioError
from loginwright_runtime.hosts.waiting import pause
from loginwright_runtime.simulation import Away
from loginwright_runtime.transaction.outcome import SuspensionInfo
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qasync import QEventLoop

ANSWER = Answer("POST")
AWAY = Away(
    SuspensionInfo(kind="redirect", action="a", state="s", expires_at="2026-11-23T11:00:00Z"),
    "auth0|0001",
    "login.example.com",
    0.0,
)
DESK = Desk(AWAY, Sent("", "", ""))


@dataclass
class Bench:
    """Runs drills in no time, or never."""

    hangs_at: Drill | None = None
    breaks_at: Drill | None = None
    fault: Exception = field(default_factory=lambda: RuntimeError("a fault of our own"))
    ran: list[Drill] = field(default_factory=list)
    ended: list[Drill] = field(default_factory=list)

    async def run(self, drill: Drill, correct: Answer, desk: Desk) -> DrillResult:
        """Refuse what is sent."""
        assert (correct, desk) == (ANSWER, DESK)
        self.ran.append(drill)
        if drill is self.hangs_at:
            loop = asyncio.get_running_loop()
            try:
                await asyncio.Event().wait()
            finally:
                await pause(loop, 0.01)  # its workers end
                self.ended.append(drill)
        if drill is self.breaks_at:
            raise self.fault
        return DrillResult(drill, Verdict.REFUSED, f"{len(self.ran)}")

    def __call__(self) -> DrillBench:
        return cast("DrillBench", self)


class Watched:
    """A runner, with what it told."""

    def __init__(self, loop: QEventLoop) -> None:
        self.loop = loop
        self.runner = DrillRunner(loop)
        self.told: list[DrillProgress] = []
        self.happened = asyncio.Event()
        self.runner.progressed.connect(self._on_progress)

    def _on_progress(self, progress: DrillProgress) -> None:
        self.told.append(progress)
        self.happened.set()

    def run(self, bench: Bench, *drills: Drill) -> None:
        """Ask for drills."""
        self.runner.run(bench(), ANSWER, DESK, drills)

    def until(self, reached: Callable[[DrillProgress], bool]) -> DrillProgress:
        """Wait for a state."""

        async def wait() -> None:
            while not reached(self.runner.progress):
                self.happened.clear()
                await self.happened.wait()

        self.loop.run_until_complete(asyncio.wait_for(wait(), PATIENCE))
        return self.runner.progress

    def finished(self) -> DrillProgress:
        """Wait until no more run."""
        return self.until(lambda now: bool(self.told) and now.running is None)


@pytest.fixture
def watched(qt_loop: QEventLoop) -> Iterator[Watched]:
    runner = Watched(qt_loop)
    yield runner
    qt_loop.run_until_complete(runner.runner.close())


def test_all_of_them_run_in_order(watched: Watched) -> None:
    bench = Bench()
    watched.run(bench)
    progress = watched.finished()
    assert bench.ran == list(Drill)
    assert [row.drill for row in progress.results] == list(Drill)
    assert (progress.done, progress.asked) == (len(Drill), len(Drill))
    assert [one.running for one in watched.told] == [*Drill, None]
    assert [one.done for one in watched.told] == [*range(len(Drill)), len(Drill)]


def test_one_run_again_takes_the_place_of_its_row(watched: Watched) -> None:
    bench = Bench()
    watched.run(bench, Drill.NO_TOKEN, Drill.EXPIRED)
    before = watched.finished().results
    watched.told.clear()
    watched.run(bench, Drill.NO_TOKEN)
    after = watched.finished().results
    assert [row.drill for row in after] == [Drill.NO_TOKEN, Drill.EXPIRED]
    assert (before[0].words, after[0].words) == ("1", "3")
    assert after[1] is before[1]


def test_cancelled_drills_leave_what_is_done(watched: Watched) -> None:
    bench = Bench(hangs_at=Drill.ECHOED)
    watched.run(bench)
    watched.until(lambda now: now.running is Drill.ECHOED)
    watched.runner.cancel()
    progress = watched.runner.progress
    assert progress.running is None
    assert [row.drill for row in progress.results] == [Drill.NO_TOKEN]
    assert (progress.done, progress.asked) == (1, len(Drill))


@pytest.mark.parametrize("given_up_by", ["cancel", "forget", "run"])
def test_closing_waits_for_drills_that_were_given_up_before(
    watched: Watched, given_up_by: str
) -> None:
    bench = Bench(hangs_at=Drill.ECHOED)
    watched.run(bench, Drill.ECHOED)
    watched.until(lambda now: now.running is Drill.ECHOED)
    if given_up_by == "run":
        watched.run(bench, Drill.NO_TOKEN)
    else:
        getattr(watched.runner, given_up_by)()
    watched.loop.run_until_complete(watched.runner.close())
    assert bench.ended == [Drill.ECHOED]


def test_nothing_is_told_when_there_was_nothing_to_cancel(watched: Watched) -> None:
    watched.runner.cancel()
    assert watched.told == []


def test_another_login_forgets_the_rows(watched: Watched) -> None:
    watched.run(Bench(), Drill.NEVER)
    watched.finished()
    watched.runner.forget()
    assert watched.runner.progress == DrillProgress()


def test_a_correct_answer_that_cannot_be_made_is_said(watched: Watched) -> None:
    error = ScenarioError(Problem("invalid-reply", "error", "It cannot be signed.", "Name one."))
    watched.run(Bench(breaks_at=Drill.ECHOED, fault=error))
    progress = watched.until(lambda now: now.error is not None)
    assert progress.error is error
    assert [row.drill for row in progress.results] == [Drill.NO_TOKEN]


def test_a_fault_of_our_own_reaches_the_crash_hook(watched: Watched) -> None:
    reports: list[dict[str, object]] = []
    watched.loop.set_exception_handler(lambda _loop, context: reports.append(context))
    watched.run(Bench(breaks_at=Drill.NO_TOKEN))
    progress = watched.until(lambda _now: bool(reports))
    assert isinstance(reports[0]["exception"], RuntimeError)
    assert (progress.running, progress.error) == (None, None)


def test_drills_asked_for_anew_wait_for_those_that_are_given_up(watched: Watched) -> None:
    hanging = Bench(hangs_at=Drill.NO_TOKEN)
    watched.run(hanging)
    watched.until(lambda now: now.running is Drill.NO_TOKEN)
    bench = Bench()
    watched.told.clear()
    watched.run(bench, Drill.TWICE)
    progress = watched.finished()
    assert bench.ran == [Drill.TWICE]
    assert progress == replace(progress, done=1, asked=1, error=None)


def test_no_drill_begins_once_they_are_being_closed(watched: Watched) -> None:
    bench = Bench(hangs_at=Drill.ECHOED)
    watched.run(bench, Drill.ECHOED)
    watched.until(lambda now: now.running is Drill.ECHOED and bool(bench.ran))

    async def story() -> None:
        closing = asyncio.create_task(watched.runner.close())
        await asyncio.sleep(0)
        watched.run(bench, Drill.ECHOED)
        await closing

    watched.loop.run_until_complete(story())
    assert bench.ran == bench.ended == [Drill.ECHOED]
