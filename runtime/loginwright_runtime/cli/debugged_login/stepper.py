"""Decides at every stop whether a person sees it, and waits for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from typing_extensions import override

from loginwright_runtime.debugging import LineBreakpoint, LineDebugger, Resume

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.debugging import Breakpoint, Pause, RunningCode

GoOn: TypeAlias = Literal["run", "over", "into", "out", "action", "entry"]
"""``action`` goes on to the next stop outside code; ``entry`` to the first line of the flow."""


@dataclass(frozen=True, slots=True)
class Move:
    """How a person goes on.

    Attributes:
        how: How far.
        run_to: A line that is stopped at once.
        event: An edited event, only before a handler.
    """

    how: GoOn
    run_to: LineBreakpoint | None = None
    event: bytes | None = field(default=None, repr=False)


class Stepper(LineDebugger):
    """The debugger of one login, line by line.

    Args:
        show: Told of every stop that somebody asked for.
        breakpoints: Returns the whole set; asked anew whenever the login goes on.
        first: How the login starts.

    Attributes:
        pause: Where the login stands, for somebody to see.
        ending: It shall end, wherever it is.
    """

    def __init__(
        self,
        show: Callable[[Pause], None],
        breakpoints: Callable[[], tuple[Breakpoint, ...]],
        first: Move,
    ) -> None:
        self._show = show
        self._breakpoints = breakpoints
        self._move = first
        self._code: RunningCode | None = None
        self._answer: asyncio.Future[Resume] | None = None
        self._pausing = False
        self.pause: Pause | None = None
        self.ending = False

    @override
    def first(self) -> Resume:
        return self._resume(replace(self._move, event=None))

    @override
    def running(self, code: RunningCode) -> None:
        self._code = code
        if self.ending:
            code.end()
        elif self._pausing:
            code.pause()

    @override
    async def paused(self, pause: Pause) -> Resume:
        if self.ending:
            return Resume("end")
        if not (pause.reasons or self._pausing or self._wants(pause)):
            return self._resume(replace(self._move, event=None))
        self._pausing = False
        self.pause = pause
        self._answer = asyncio.get_running_loop().create_future()
        try:
            self._show(pause)
            resume = await self._answer
            return replace(resume, breakpoints=self._breakpoints())  # Others may have been set.
        finally:
            self.pause = None
            self._answer = None

    def go_on(self, move: Move) -> None:
        """Go on from a stop, or say how the next leg starts."""
        self._move = move
        self._pausing = False
        if self._answer is not None and not self._answer.done():
            self.pause = None
            self._answer.set_result(self._resume(move))

    def end(self) -> None:
        """End a login that stands at a stop, kill the code that runs, or let none begin."""
        self.ending = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(Resume("end"))
        elif self._code is not None:
            self._code.end()

    def pause_soon(self) -> None:
        """Stop wherever the login is."""
        if self.pause is None:
            self._pausing = True
            if self._code is not None:
                self._code.pause()

    def breakpoints_changed(self) -> None:
        """Let another set of breakpoints hold at once."""
        if self._code is not None and self.pause is None:
            self._code.replace_breakpoints(self._breakpoints())

    def _wants(self, pause: Pause) -> bool:
        """Tell whether the last move ends at a stop that no breakpoint names.

        A login that leaves stops right after it has left, so that not before, too.
        """
        match self._move.how:
            case "run":
                return pause.kind in ("line", "pause", "exception")
            case "entry":
                return pause.kind != "before_handler"
            case _:
                return pause.kind not in ("before_leaving", "after_handler")

    def _resume(self, move: Move) -> Resume:
        points = self._breakpoints()
        match move.how:
            case "run" | "over" | "into" | "out":
                return Resume(move.how, points, move.event, unit="line", run_to=move.run_to)
            case "entry":
                return Resume("into", points, unit="line")
            case "action":
                return Resume("out", points, move.event, unit="call")
