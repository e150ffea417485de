"""Bridges the engine's debugger to a person: which stops are shown, and how to go on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from typing_extensions import override

from loginwright_runtime.debugging import Breakpoint, LineBreakpoint, LineDebugger, Pause, Resume

if TYPE_CHECKING:
    from loginwright_runtime.debugging import RunningCode, StopKind

GoOn: TypeAlias = Literal["run", "over", "into", "out"]

_IN_CODE: frozenset[StopKind] = frozenset({"line", "call", "exception", "pause"})
_ASKED_FOR: frozenset[StopKind] = frozenset({"line", "exception", "pause"})


@dataclass(frozen=True, slots=True)
class Move:
    """How a person goes on.

    Attributes:
        level: How far.
        event: An edited event, only before a handler; None keeps it.
        run_to: A line that is stopped at, whatever else stops before it.
    """

    level: GoOn = "run"
    event: bytes | None = field(default=None, repr=False)
    run_to: LineBreakpoint | None = None


class DebugListener(Protocol):
    """Whoever is told of stops."""

    def passed(self, pause: Pause) -> None:
        """The login came by a stop and goes on."""
        ...

    def stopped(self, pause: Pause) -> None:
        """The login stands still until ``DebugController.go_on``."""
        ...


class DebugController(LineDebugger):
    """Decides at every stop whether a person sees it, and waits for them.

    Between actions, and while it runs, the engine is asked for every stop there is, so that a
    login can be paused and its record grows call by call; which of them is shown follows the
    levels of desktop.md. Within code a step goes from line to line.

    Args:
        listener: Told of every stop.
        move: How the login starts: ``into`` stops before the first handler.
        breakpoints: The whole set.
    """

    def __init__(
        self, listener: DebugListener, move: Move, breakpoints: tuple[Breakpoint, ...] = ()
    ) -> None:
        """Wait for the first stop."""
        self._listener = listener
        self._move = move
        self._by_line = False
        self._answer: asyncio.Future[Resume] | None = None
        self._code: RunningCode | None = None
        self._breakpoints = breakpoints
        self.pause: Pause | None = None
        self._pausing = False

    @override
    def first(self) -> Resume:
        """Return how a leg starts: with every stop."""
        self._by_line = False
        return self._resume()

    @override
    def running(self, code: RunningCode) -> None:
        """Keep what reaches into code that runs; a pause that was asked for holds there too."""
        self._code = code
        if self._pausing:
            code.pause()

    @override
    async def paused(self, pause: Pause) -> Resume:
        """Show the stop if the level, a breakpoint or a wish to pause says so."""
        if not (self._pausing or pause.reasons or self._steps_to(pause.kind)):
            self._listener.passed(pause)
            return self._resume()
        self._pausing = False
        self.pause = pause
        self._answer = asyncio.get_running_loop().create_future()
        try:
            self._listener.stopped(pause)
            resume = await self._answer
            return replace(resume, breakpoints=self._breakpoints)  # Others may have been set.
        finally:
            self.pause = None
            self._answer = None

    def go_on(self, move: Move) -> None:
        """Go on from a stop, or say how the next leg starts."""
        kind = None if self.pause is None else self.pause.kind
        steps = move.level != "run"
        self._by_line = steps and (
            kind in _IN_CODE or (kind == "before_handler" and move.level == "into")
        )
        self._move = move
        self._pausing = False
        if self._answer is not None and not self._answer.done():
            resume = replace(self._resume(), event=move.event)
            self.pause = None
            self._answer.set_result(resume)

    def set_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Stop at these from now on, also in code that runs."""
        self._breakpoints = breakpoints
        if self._code is not None and self.pause is None:
            self._code.replace_breakpoints(breakpoints)

    def pause_soon(self) -> None:
        """Stop wherever the login is, in the middle of its code too."""
        self._pausing = True
        if self._code is not None:
            self._code.pause()

    def end(self) -> None:
        """End a login that stands at a stop."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(Resume("end"))

    def is_over(self) -> None:
        """The login has ended, however it did: nothing stands still any more."""
        self.pause = self._code = None
        if self._answer is not None:
            self._answer.cancel()

    def _resume(self) -> Resume:
        if self._by_line:
            return Resume(self._move.level, self._breakpoints, unit="line")
        return Resume("into", self._breakpoints, run_to=self._move.run_to)

    def _steps_to(self, kind: StopKind) -> bool:
        if kind in _ASKED_FOR:
            return True
        if self._move.level == "run":
            return False
        return kind not in ("call", "after_handler")


class Detachable:
    """Passes stops on until it is told not to: a login that was given up shall not be heard.

    Args:
        listener: Who is told; None is nobody.
    """

    def __init__(self, listener: DebugListener | None = None) -> None:
        """Pass stops on from now on."""
        self.listener = listener

    def passed(self, pause: Pause) -> None:
        """Pass it on."""
        if self.listener is not None:
            self.listener.passed(pause)

    def stopped(self, pause: Pause) -> None:
        """Pass it on."""
        if self.listener is not None:
            self.listener.stopped(pause)
