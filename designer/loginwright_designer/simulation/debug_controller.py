"""Bridges the engine's debugger to a person: which stops are shown, and how to go on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from loginwright_runtime.debugging import Breakpoint, Pause, Resume

if TYPE_CHECKING:
    from loginwright_runtime.debugging import StopKind

GoOn: TypeAlias = Literal["run", "over", "into", "out"]


class DebugListener(Protocol):
    """Whoever is told of stops."""

    def passed(self, pause: Pause) -> None:
        """The login came by a stop and goes on."""
        ...

    def stopped(self, pause: Pause) -> None:
        """The login stands still until ``DebugController.go_on``."""
        ...


class DebugController:
    """Decides at every stop whether a person sees it, and waits for them.

    The engine is asked for every stop there is, so that a login can be paused while it runs and
    its record grows call by call; which of them is shown follows the levels of desktop.md.

    Args:
        listener: Told of every stop.
        level: How the login starts: ``into`` stops before the first handler.
        breakpoints: The whole set.
    """

    def __init__(
        self, listener: DebugListener, level: GoOn, breakpoints: tuple[Breakpoint, ...] = ()
    ) -> None:
        """Wait for the first stop."""
        self._listener = listener
        self._level: GoOn = level
        self._from: StopKind = "before_handler"
        self._answer: asyncio.Future[Resume] | None = None
        self.breakpoints = breakpoints
        self.pause: Pause | None = None
        self.pausing = False

    def first(self) -> Resume:
        """Return how a leg starts: with every stop."""
        self._from = "before_handler"
        return self._every_stop()

    async def paused(self, pause: Pause) -> Resume:
        """Show the stop if the level, a breakpoint or a wish to pause says so."""
        if not (self.pausing or pause.reasons or self._steps_to(pause.kind)):
            self._listener.passed(pause)
            return self._every_stop()
        self.pausing = False
        self.pause = pause
        self._from = pause.kind
        self._answer = asyncio.get_running_loop().create_future()
        try:
            self._listener.stopped(pause)
            return await self._answer
        finally:
            self.pause = None
            self._answer = None

    def go_on(self, level: GoOn, event: bytes | None = None) -> None:
        """Go on from a stop, or say how the next leg starts.

        Args:
            level: How far.
            event: An edited event, only before a handler; None keeps it.
        """
        self._level = level
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(self._every_stop(event))

    def end(self) -> None:
        """End a login that stands at a stop."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(Resume("end"))

    def _every_stop(self, event: bytes | None = None) -> Resume:
        return Resume("into", self.breakpoints, event)

    def _steps_to(self, kind: StopKind) -> bool:
        match self._level:
            case "into":
                return kind != "after_handler"
            case "over":
                return kind != "after_handler" and (kind != "call" or self._from == "call")
            case "out":
                return kind not in ("call", "after_handler")
            case "run":
                return False


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
