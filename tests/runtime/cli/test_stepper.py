"""Wishes of a person that come close upon each other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.cli.debugged_login.stepper import Move, Stepper
from loginwright_runtime.debugging import LineBreakpoint, Pause, RunningCode
from loginwright_runtime.tracing.record import RunRecord

if TYPE_CHECKING:
    from loginwright_runtime.debugging import Breakpoint

POINT = LineBreakpoint("actions/act.js", 3)
STOP = Pause("line", "act", "onExecutePostLogin", None, 3, b"{}", RunRecord("t", "f", "v"))


class Code(RunningCode):
    """Notes what is wanted of it."""

    def __init__(self) -> None:
        self.wanted: list[str] = []

    @override
    def pause(self) -> None:
        self.wanted.append("pause")

    @override
    def replace_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        self.wanted.append(f"{len(breakpoints)} breakpoints")

    @override
    def end(self) -> None:
        self.wanted.append("end")


class Person:
    """Whoever moves a login on.

    Attributes:
        points: Their breakpoints.
    """

    def __init__(self) -> None:
        self.points: tuple[Breakpoint, ...] = ()
        self.seen: list[Pause] = []
        self.stepper = Stepper(self.seen.append, lambda: self.points, Move("run"))
        self.code = Code()
        self.stepper.running(self.code)


async def test_pause_right_after_going_on_reaches_the_code() -> None:
    person = Person()
    stop = asyncio.ensure_future(person.stepper.paused(STOP))
    await asyncio.sleep(0)
    person.stepper.go_on(Move("run"))
    person.stepper.pause_soon()
    await stop
    assert person.code.wanted == ["pause"]


async def test_breakpoints_right_after_going_on_hold() -> None:
    person = Person()
    stop = asyncio.ensure_future(person.stepper.paused(STOP))
    await asyncio.sleep(0)
    person.stepper.go_on(Move("run"))
    person.points = (POINT,)
    person.stepper.breakpoints_changed()
    resume = await stop
    assert resume.breakpoints == (POINT,)


async def test_pause_while_the_login_stands_is_none() -> None:
    person = Person()
    stop = asyncio.ensure_future(person.stepper.paused(STOP))
    await asyncio.sleep(0)
    person.stepper.pause_soon()
    person.stepper.go_on(Move("run"))
    await stop
    assert person.code.wanted == []


async def test_pause_of_a_login_that_went_away_does_not_stop_its_next_leg() -> None:
    person = Person()
    person.stepper.pause_soon()
    person.stepper.go_on(Move("run"))
    next_leg = Code()
    person.stepper.running(next_leg)
    assert next_leg.wanted == []


async def test_pause_between_two_legs_stops_in_the_next() -> None:
    person = Person()
    person.stepper.go_on(Move("run"))
    person.stepper.pause_soon()
    next_leg = Code()
    person.stepper.running(next_leg)
    assert next_leg.wanted == ["pause"]
