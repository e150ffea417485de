"""One handler call while it lasts, as the parent keeps account of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from loginwright_runtime.extension_points import LogLine
from loginwright_runtime.hosts.frame_members import BadFrame
from loginwright_runtime.hosts.messages import CALL_BYTES, CALLS, LOG_BYTES, LOG_LINES

if TYPE_CHECKING:
    import asyncio

    from loginwright_runtime.extension_points import Invocation, InvocationEnd
    from loginwright_runtime.hosts.messages import LogFrame

_NOTE = (
    f"The action printed more than {LOG_LINES} lines or {LOG_BYTES} bytes; the rest is left out."
)


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


class RunOwner(Protocol):
    """A worker, as far as a run that lasts is concerned."""

    def look_after_run(self) -> None:
        """Act on what the worker has put aside, and see that it stays within its limits."""
        ...

    def time_is_up(self) -> None:
        """End the run."""
        ...


class ActiveRun:
    """A run: what it may still do, and the future of its end.

    Attributes:
        run: Its id.
        invocation: What was asked for.
        ended: The future that ``WorkerPool.run`` awaits.
        finished: How the handler ended, once it has, though an answer may still be awaited.
        deadline: When its time is up, in the loop's time; infinite while the budget stands still.
        owner: Who runs it.
        stood_still: Seconds during which the budget stood still, so far.
    """

    finished: InvocationEnd | None = None
    _began = False
    _frames = 0
    _calls = 0
    _call_bytes = 0
    _lines = 0
    _printed = 0
    _open_answers = 0
    _holds = 0
    _remaining = 0.0
    _since = 0.0
    stood_still = 0.0

    def __init__(
        self,
        run: str,
        invocation: Invocation,
        loop: asyncio.AbstractEventLoop,
        owner: RunOwner,
    ) -> None:
        """Start the budget."""
        self.run = run
        self.invocation = invocation
        self.ended: asyncio.Future[InvocationEnd] = loop.create_future()
        self.deadline = loop.time() + invocation.budget_seconds
        self.owner = owner
        self._loop = loop

    def handler_begins(self) -> None:
        """The module was loaded: the handler has the whole budget before it.

        Raises:
            BadFrame: It was said before.
        """
        if self._began:
            raise BadFrame("A run began twice.")
        self._began = True
        self.stood_still = 0.0  # What came before is not in the worker's milliseconds.
        self._since = self._loop.time()
        self._remaining = self.invocation.budget_seconds
        if self._holds == 0:
            self.deadline = self._loop.time() + self._remaining

    def pause_budget(self) -> None:
        """Stop the time while an answer is awaited: that time is not the action's."""
        self._open_answers += 1
        self.stand_still()

    def resume_budget(self) -> None:
        """Take back one ``pause_budget``."""
        self._open_answers -= 1
        self.go_on()

    def stand_still(self) -> None:
        """Stop the time, as while somebody looks at the code in a debugger."""
        self._holds += 1
        if self._holds == 1:
            self._since = self._loop.time()
            self._remaining = self.deadline - self._since
            self.deadline = math.inf

    def go_on(self) -> None:
        """Take back one ``stand_still``."""
        self._holds -= 1
        if self._holds == 0:
            now = self._loop.time()
            self.stood_still += now - self._since
            self.deadline = now + self._remaining

    def own_ms(self, duration_ms: float) -> float:
        """Return how much of the worker's milliseconds were the action's own."""
        if not self.stood_still:
            return duration_ms
        return max(0.0, duration_ms - self.stood_still * 1000)

    @property
    def awaits_answers(self) -> bool:
        """Whether an answer is still being awaited."""
        return self._open_answers > 0

    def count_call(self) -> None:
        """Count one api call.

        Raises:
            BadFrame: There were too many.
        """
        self._calls += 1
        if self._calls > CALLS:
            raise BadFrame(f"A handler made more than {CALLS} api calls.")

    def count_bytes(self, size: int) -> None:
        """Count the bytes of an api call or of its answer.

        Raises:
            BadFrame: There were too many.
        """
        self._call_bytes += size
        if self._call_bytes > CALL_BYTES:
            raise BadFrame(f"A handler's api calls came to more than {CALL_BYTES} bytes.")

    def print_frame(self, frame: LogFrame) -> None:
        """Pass on one line of the action.

        Raises:
            BadFrame: The worker goes on after it should have stopped by itself.
        """
        self._frames += 1
        if self._frames > LOG_LINES + 1:
            raise BadFrame("A worker went on printing after its limit.")
        self.print_line(LogLine(frame.level, frame.text, frame.line))

    def print_line(self, line: LogLine) -> None:
        """Pass on one line; the first over a limit becomes a note, those after it are dropped."""
        was_full = self._is_full
        self._lines += 1
        self._printed += _size(line.text)
        if was_full:
            return
        self.invocation.listen(LogLine("warn", _NOTE) if self._is_full else line)

    @property
    def _is_full(self) -> bool:
        return self._lines > LOG_LINES or self._printed > LOG_BYTES

    def finish(self, end: InvocationEnd) -> None:
        """Tell whoever waits; the first end counts."""
        if not self.ended.done():
            self.ended.set_result(end)

    def fail(self, error: BaseException) -> None:
        """Pass on an exception of the engine's own."""
        if not self.ended.done():
            self.ended.set_exception(error)
