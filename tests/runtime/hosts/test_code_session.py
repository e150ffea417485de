"""Requests to a handler's code that meet what its adapter tells of."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from typing_extensions import override

from loginwright_runtime.debugging import (
    EvaluationFailed,
    ExceptionBreakpoint,
    Frame,
    LineBreakpoint,
    Variable,
)
from loginwright_runtime.debugging.code import CodeControl, CodePlan, CodeStop, CodeWatcher
from loginwright_runtime.hosts.code_adapter import Arming, CodeAdapter, RawStop
from loginwright_runtime.hosts.code_session import CodeSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.debugging.code import CodeStep, LineReached
    from loginwright_runtime.debugging.inspection import Evaluated
    from loginwright_runtime.hosts.active_run import ActiveRun
    from loginwright_runtime.login.json_values import JsonObject

STACK = (Frame("f0", "act", "actions/act.js", 3, 1, ()),)
PLACE = ("actions/act.js", 3)
NEVER = LineBreakpoint(*PLACE, condition="false")


class Adapter(CodeAdapter):
    """Notes what it is told; conditions are ``false``.

    Attributes:
        done: Steps, ``go_on`` and ``interrupt`` in order.
        armed: The last set.
        meanwhile: Done while a run begins, or an expression is evaluated.
    """

    def __init__(self) -> None:
        self.done: list[str] = []
        self.armed = Arming()
        self.meanwhile: Callable[[], object] = lambda: None

    @property
    @override
    def evaluating(self) -> bool:
        return False

    @override
    def truth(self, condition: str) -> str:
        return condition

    @override
    async def begin(self, run: str, arming: Arming, step: CodeStep, *, record: bool) -> JsonObject:
        self.meanwhile()
        self.armed = arming
        return {}

    @override
    def arm(self, arming: Arming) -> None:
        self.armed = arming

    @override
    def go(self, step: CodeStep) -> None:
        self.done.append(step)

    @override
    def go_on(self) -> None:
        self.done.append("go_on")

    @override
    def interrupt(self) -> None:
        self.done.append("interrupt")

    @override
    def read(self) -> None:
        pass

    @override
    def close(self) -> None:
        pass

    @override
    async def expand(self, handle: str, start: int = 0, count: int = 100) -> tuple[Variable, ...]:
        return ()

    @override
    async def evaluate(self, frame: str, expression: str) -> Evaluated:
        self.meanwhile()
        if expression == "dies":
            return EvaluationFailed("The worker has ended.")
        return Variable(expression, expression, "boolean")

    @override
    async def set_variable(self, holder: str, name: str, expression: str) -> Evaluated:
        return EvaluationFailed("")


class Run:
    """The run of which a session counts the budget.

    Attributes:
        holds: How often its budget stands still now.
    """

    run = "run"
    invocation = SimpleNamespace(action=SimpleNamespace(id="act", code=PLACE[0]))

    def __init__(self) -> None:
        self.holds = 0

    def stand_still(self) -> None:
        self.holds += 1

    def go_on(self) -> None:
        self.holds -= 1


class Watcher(CodeWatcher):
    """Answers every stop with ``plan``.

    Attributes:
        stops: What it was told of.
        meanwhile: Done before it answers.
    """

    def __init__(self, plan: CodePlan) -> None:
        self.plan = plan
        self.stops: list[CodeStop] = []
        self.meanwhile: Callable[[], object] = lambda: None

    @override
    def began(self, control: CodeControl) -> CodePlan:
        return self.plan

    @override
    async def stopped(self, stop: CodeStop) -> CodePlan:
        self.stops.append(stop)
        self.meanwhile()
        self.meanwhile = lambda: None
        return self.plan

    @override
    def line_reached(self, line: LineReached) -> None:
        pass


class Story:
    """A session of which every part is seen."""

    def __init__(self, plan: CodePlan) -> None:
        self.adapter, self.run, self.watcher = Adapter(), Run(), Watcher(plan)
        self.failed: list[Exception] = []
        self.session = CodeSession(
            self.adapter,
            cast("ActiveRun", self.run),
            self.watcher,
            lambda _run, error: self.failed.append(error),
        )

    async def comes_by(self, kind: str = "place", *, caught: bool | None = None) -> None:
        """The code stands still."""
        places = frozenset({PLACE}) if kind == "place" else frozenset[tuple[str, int]]()
        raw = RawStop("place" if kind == "place" else "exception", STACK, places, caught=caught)
        await self.session.stopped(raw)


async def test_breakpoints_that_come_while_a_run_begins_hold() -> None:
    story = Story(CodePlan())
    story.adapter.meanwhile = lambda: story.session.replace_points((LineBreakpoint(*PLACE),))
    await story.session.begin()
    assert story.adapter.armed.places == {PLACE}


async def test_code_that_died_while_a_condition_was_evaluated_is_no_stop() -> None:
    story = Story(CodePlan(points=(LineBreakpoint(*PLACE, condition="dies"),)))
    await story.session.begin()

    def dies() -> None:
        story.session.over = True

    story.adapter.meanwhile = dies
    await story.comes_by()
    assert (story.watcher.stops, story.failed) == ([], [])


async def test_pause_outlives_every_breakpoint_that_does_not_hold() -> None:
    story = Story(CodePlan(points=(NEVER,)))
    await story.session.begin()
    story.session.pause()
    story.watcher.meanwhile = story.session.pause
    await story.comes_by()
    await story.comes_by()
    await story.comes_by()
    assert [stop.kind for stop in story.watcher.stops] == ["pause", "pause"]
    assert story.adapter.done == ["interrupt", "run", "interrupt", "run", "go_on"]


@pytest.mark.parametrize(
    ("points", "caught"),
    [
        ((), True),
        ((ExceptionBreakpoint(),), True),
        ((ExceptionBreakpoint(caught=True, uncaught=False),), False),
    ],
)
async def test_exception_that_nobody_waits_for_any_more_does_not_stop(
    points: tuple[ExceptionBreakpoint, ...], caught: bool
) -> None:
    story = Story(CodePlan(points=points))
    await story.session.begin()
    await story.comes_by("exception", caught=caught)
    assert story.watcher.stops == []
    assert story.adapter.done == ["go_on"]


async def test_budget_stands_still_while_a_condition_is_evaluated() -> None:
    story = Story(CodePlan(points=(NEVER,)))
    await story.session.begin()
    holds: list[int] = []
    story.adapter.meanwhile = lambda: holds.append(story.run.holds)
    await story.comes_by()
    assert (holds, story.run.holds) == ([1], 0)


async def test_watcher_that_is_given_up_leaves_the_budget_running() -> None:
    story = Story(CodePlan(points=(LineBreakpoint(*PLACE),)))
    await story.session.begin()

    def raises() -> None:
        raise asyncio.CancelledError

    story.watcher.meanwhile = raises
    with pytest.raises(asyncio.CancelledError):
        await story.comes_by()
    assert story.run.holds == 0
