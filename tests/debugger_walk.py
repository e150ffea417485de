"""Goes through a debugged login at random, and judges every stop by the lines it can be at."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, TypeAlias

from typing_extensions import override

from loginwright_runtime.debugging import (
    Breakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    LineDebugger,
    MeaningBreakpoint,
    Pause,
    Resume,
    RunningCode,
)
from loginwright_runtime.testing.debugged_logins import (
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
)
from loginwright_runtime.testing.debugging_programs import Program

if TYPE_CHECKING:
    from loginwright_runtime.debugging import StepLevel
    from loginwright_runtime.extension_points import ActionHost
    from loginwright_runtime.testing.debugging_programs import DebuggedFlow

ROUNDS = Program(
    """
const { twice } = require('../lib/maths.js');
exports.onExecutePostLogin = async (event, api) => {
  let total = 0;
  let turn = 0;
  while (turn < 4) {
    turn += 1;
    total = grow(total, turn);
    try {
      refuse(turn);
    } catch (error) {
      total += 1;
    }
    api.idToken.setCustomClaim('https://a.example/total', total);
  }
};
function grow(total, turn) {
  const doubled = twice(turn);
  return total + doubled;
}
function refuse(turn) {
  if (turn % 2 === 0) {
    throw new TypeError('even');
  }
}
""",
    """
from lib.maths import twice
async def on_execute_post_login(event, api):
    total = 0
    turn = 0
    while turn < 4:
        turn += 1
        total = grow(total, turn)
        try:
            refuse(turn)
        except TypeError:
            total += 1
        api.id_token.set_custom_claim("https://a.example/total", total)

def grow(total, turn):
    doubled = twice(turn)
    return total + doubled

def refuse(turn):
    if turn % 2 == 0:
        raise TypeError("even")
""",
    {
        "maths": {
            "javascript": """
exports.twice = (number) => {
  const result = number * 2;
  return result;
};
""",
            "python": """
def twice(number):
    result = number * 2
    return result
""",
        }
    },
)
Place: TypeAlias = "tuple[str, int, int]"
"""A file, a line, and how many of the flow's frames stand there."""
_MOVES = 25
_LEVELS: tuple[StepLevel, ...] = ("run", "over", "into", "out")


async def trace_of(flow: DebuggedFlow, host: ActionHost) -> list[Place]:
    """Return every line of a login, in order."""
    trace: list[Place] = []

    class Follower(ScriptedDebugger):
        @override
        async def paused(self, pause: Pause) -> Resume:
            if pause.stack:
                trace.append(_place(pause))
            return by_line("into")

    await DebuggedLogins(flow.flow, host, Follower(by_line("into"))).login()
    return trace


def _place(pause: Pause) -> Place:
    return pause.stack[0].file, pause.stack[0].line, len(pause.stack)


class Walk(LineDebugger):
    """One walk through one login.

    Args:
        flow: ``ROUNDS`` in one language.
        trace: Its lines.
        seed: Of the walk; the same one takes the same decisions.
        busy: Ask for pauses and set breakpoints at any moment, too.
    """

    def __init__(self, flow: DebuggedFlow, trace: list[Place], seed: int, *, busy: bool) -> None:
        self._chance = random.Random(seed)
        self._trace = trace
        self._lines = sorted({(file, line) for file, line, _ in trace})
        self._is_python = flow.language == "python"
        self._busy = busy
        self._places = {-1}
        self._moves = 0
        self._resume = Resume("run")
        self._sets: list[tuple[Breakpoint, ...]] = [()]
        self._asked = False
        self._code: RunningCode | None = None
        self._meddling: asyncio.Task[None] | None = None
        self.over = False
        self.wrong: list[str] = []

    # --- The debugger -----------------------------------------------------------------------------

    @override
    def first(self) -> Resume:
        return self._next()

    @override
    def running(self, code: RunningCode) -> None:
        self._code = code
        if self._busy:
            self._meddling = asyncio.get_running_loop().create_task(self._meddle(code))

    @override
    async def paused(self, pause: Pause) -> Resume:
        if pause.stack:
            self._judge(pause)
        elif not (pause.reasons or self._asked or self._resume.level != "run"):
            self.wrong.append(f"Nobody asked for {pause.kind}.")
        self._asked = False  # What is asked from now on, while it stands, is for what comes next.
        if pause.stack:
            await self._look(pause)
        return self._next()

    async def ended(self) -> None:
        """Leave nothing behind."""
        self.over = True
        if self._meddling is not None:
            await self._meddling

    # --- Chance -----------------------------------------------------------------------------------

    def _next(self) -> Resume:
        self._moves += 1
        if self._moves > _MOVES:
            self._resume = Resume("run", unit="line")
        else:
            level = self._chance.choice(_LEVELS)
            run_to = None
            if level == "run" and self._chance.random() < 0.3:
                run_to = LineBreakpoint(*self._chance.choice(self._lines))
            self._resume = Resume(level, self._points(), unit="line", run_to=run_to)
        self._sets = [self._resume.breakpoints]
        return self._resume

    def _points(self) -> tuple[Breakpoint, ...]:
        points: dict[Breakpoint, None] = {}
        for _ in range(self._chance.choice((0, 1, 2, 3))):
            file, line = self._chance.choice(self._lines)
            variants = (
                LineBreakpoint(file, line),
                LineBreakpoint(file, line, condition="1 > 2"),
                LineBreakpoint(file, line, condition="nowhere"),
                LineBreakpoint(file, line, hit_count=2),
                LineBreakpoint(file, line, log_message="{nowhere}"),
                LineBreakpoint(file, line, enabled=False),
            )
            points[self._chance.choice(variants)] = None
        if self._chance.random() < 0.2:
            points[ExceptionBreakpoint(caught=self._chance.random() < 0.5)] = None
        if self._chance.random() < 0.2:
            points[MeaningBreakpoint("claim_set")] = None
        return tuple(points)

    async def _meddle(self, code: RunningCode) -> None:
        while not self.over and self._moves <= _MOVES:
            for _ in range(self._chance.choice((1, 5, 20, 100))):
                await asyncio.sleep(0)
            if self._chance.random() < 0.5:
                self._asked = True
                code.pause()
            else:
                points = self._points()
                self._sets.append(points)
                code.replace_breakpoints(points)

    async def _look(self, pause: Pause) -> None:
        look, frame = pause.inspection, pause.stack[0]
        assert look is not None
        call = "api.id_token.set_custom_claim" if self._is_python else "api.idToken.setCustomClaim"
        if self._chance.random() < 0.5:
            await asyncio.gather(
                look.evaluate(frame.handle, "nowhere"),
                look.evaluate(frame.handle, f"{call}('https://a.example/tried', 1)"),
                look.expand(frame.scopes[0].handle),
            )

    # --- What may be ------------------------------------------------------------------------------

    def _judge(self, pause: Pause) -> None:
        here, ever = _place(pause), {point for points in self._sets for point in points}
        run_to = self._resume.run_to
        for reason in pause.reasons:
            is_run_to = run_to is not None and reason == LineBreakpoint(run_to.file, run_to.line)
            if reason not in ever and not is_run_to:
                self.wrong.append(f"{reason} was never set.")
            if isinstance(reason, LineBreakpoint) and (reason.file, reason.line) != here[:2]:
                self.wrong.append(f"{reason} is not at {here}.")
        wanted = {
            "pause": self._asked,
            "exception": any(isinstance(one, ExceptionBreakpoint) for one in ever),
            "call": self._asked or any(isinstance(one, MeaningBreakpoint) for one in ever),
            "line": bool(pause.reasons) or self._resume.level != "run",
        }
        if not wanted.get(pause.kind):
            self.wrong.append(f"Nobody asked for {pause.kind} at {here}.")
        if self._busy:
            return
        places = {at for place in self._places for at in self._may_be(place, pause)}
        found = {at for at in places if self._trace[at][:2] == here[:2]}
        if not found:
            self.wrong.append(f"{pause.kind} at {here} after {self._resume} from {self._places}.")
        self._places = found or set(range(len(self._trace)))

    def _may_be(self, place: int, pause: Pause) -> range:
        """Return where the next stop can be, as places in the trace."""
        ends = [at for at in (self._end_of_step(place), self._sure_stop(place)) if at is not None]
        last = min(ends, default=len(self._trace) - 1)
        is_inside = pause.kind in ("call", "exception")  # The line itself was passed before.
        if pause.kind == "line" and not pause.reasons and place >= 0:
            end = self._end_of_step(place)
            return range(0) if end is None else range(end, min(end, last) + 1)
        return range(max(place, 0) if is_inside else place + 1, last + 1)

    def _end_of_step(self, place: int) -> int | None:
        if place < 0:
            return None
        depth = self._trace[place][2]
        most = {"into": 99, "over": depth, "out": depth - 1}.get(self._resume.level, 0)
        later = range(place + 1, len(self._trace))
        return next((at for at in later if self._trace[at][2] <= most), None)

    def _sure_stop(self, place: int) -> int | None:
        run_to = self._resume.run_to
        sure = {run_to} if run_to is not None else set[LineBreakpoint]()
        for point in self._resume.breakpoints:
            if isinstance(point, LineBreakpoint) and point == LineBreakpoint(
                point.file, point.line
            ):
                sure.add(point)
        lines = {(point.file, point.line) for point in sure}
        later = range(place + 1, len(self._trace))
        return next((at for at in later if self._trace[at][:2] in lines), None)
