"""One handler call while it lasts, as the parent keeps account of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import Invocation, InvocationEnd, LogLine
from loginwright_runtime.hosts.messages import CALLS, LOG_BYTES, LOG_LINES, BadFrame, LogFrame

if TYPE_CHECKING:
    from collections.abc import Callable


class ActiveRun:
    """A run: what it may still do, and the future of its end.

    Attributes:
        run: Its id.
        invocation: What was asked for.
        ended: The future that ``WorkerPool.run`` awaits.
        line: Where the code said it was when its time was up.
    """

    __slots__ = (
        "_began",
        "_calls",
        "_deadline",
        "_loop",
        "_open_answers",
        "_printed",
        "_remaining",
        "_time_is_up",
        "_timer",
        "ended",
        "finished",
        "invocation",
        "line",
        "lines",
        "run",
    )

    def __init__(self, run: str, invocation: Invocation, time_is_up: Callable[[], None]) -> None:
        """Start the budget; ``time_is_up`` is called when it is used up."""
        self._loop = asyncio.get_running_loop()
        self.run = run
        self.invocation = invocation
        self.ended: asyncio.Future[InvocationEnd] = self._loop.create_future()
        self.finished: InvocationEnd | None = None
        self.line: int | None = None
        self.lines = 0
        self._began = False
        self._calls = 0
        self._printed = 0
        self._open_answers = 0
        self._remaining = invocation.budget_seconds
        self._time_is_up = time_is_up
        self._deadline = self._loop.time() + self._remaining
        self._timer = self._loop.call_at(self._deadline, time_is_up)

    # --- Budget -----------------------------------------------------------------------------------

    def handler_begins(self) -> None:
        """The module was loaded: the handler has the whole budget before it.

        Raises:
            BadFrame: It was said before.
        """
        if self._began:
            raise BadFrame("A run began twice.")
        self._began = True
        self._timer.cancel()
        self._remaining = self.invocation.budget_seconds
        self._resume_budget()

    def pause_budget(self) -> None:
        """Stop the time while an answer is awaited: it is not the action's (security.md 11)."""
        self._open_answers += 1
        if self._open_answers == 1:
            self._remaining = self._deadline - self._loop.time()
            self._timer.cancel()

    def go_on(self) -> None:
        """Take back one ``pause_budget``."""
        self._open_answers -= 1
        if self._open_answers == 0:
            self._resume_budget()

    @property
    def awaits_answers(self) -> bool:
        """Whether an answer is still being awaited."""
        return self._open_answers > 0

    def stop_timer(self) -> None:
        """The run is over: no time limit any more."""
        self._timer.cancel()

    def _resume_budget(self) -> None:
        self._deadline = self._loop.time() + self._remaining
        self._timer = self._loop.call_at(self._deadline, self._time_is_up)

    # --- What it does -----------------------------------------------------------------------------

    def count_call(self) -> None:
        """Count one api call.

        Raises:
            BadFrame: There were too many, or the reply to the last one is still owed.
        """
        self._calls += 1
        if self._calls > CALLS:
            raise BadFrame(f"A handler made more than {CALLS} api calls.")

    def print_frame(self, frame: LogFrame) -> None:
        """Pass on one line of the action.

        Raises:
            BadFrame: The worker goes on after it should have stopped by itself.
        """
        if self.lines > LOG_LINES:
            raise BadFrame("A worker went on printing after its limit.")
        self.print_line(LogLine(frame.level, frame.text, frame.line))

    def print_line(self, line: LogLine) -> None:
        """Pass on one line; the first one over a limit becomes a note, the others are dropped."""
        if self.lines > LOG_LINES or self._printed > LOG_BYTES:
            return
        self.lines += 1
        self._printed += len(line.text)
        if self.lines > LOG_LINES or self._printed > LOG_BYTES:
            note = f"The action printed more than {LOG_LINES} lines or {LOG_BYTES} characters; "
            line = LogLine("warn", note + "the rest is left out.")
        self.invocation.listen(line)

    def finish(self, end: InvocationEnd) -> None:
        """Tell whoever waits; the first end counts."""
        self._timer.cancel()
        if not self.ended.done():
            self.ended.set_result(end)

    def fail(self, error: BaseException) -> None:
        """Pass on an exception of the engine's own."""
        self._timer.cancel()
        if not self.ended.done():
            self.ended.set_exception(error)
