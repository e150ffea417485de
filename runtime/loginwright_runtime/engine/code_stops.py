"""Debugs a handler's code: what a host tells of it becomes pauses, and pauses become steps."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.debugging.code import (
    CodeControl,
    CodePlan,
    CodePoint,
    CodeStep,
    CodeStop,
    CodeWatcher,
    LineReached,
)
from loginwright_runtime.debugging.inspection import (
    LONGEST_TEXT,
    MOST_VARIABLES,
    Evaluated,
    EvaluationFailed,
    Inspection,
    Variable,
)
from loginwright_runtime.debugging.protocol import (
    ExceptionBreakpoint,
    LineBreakpoint,
    Pause,
    RunningCode,
)
from loginwright_runtime.engine.stepping import STOPPED, Stepping
from loginwright_runtime.engine.stops import Stop, StoppedByDebuggerError

if TYPE_CHECKING:
    from loginwright_runtime.debugging.protocol import Breakpoint
    from loginwright_runtime.tracing.masking import Masker
    from loginwright_runtime.tracing.recorder import RunRecorder

MOST_LINES = 200_000
MOST_LINE_TEXT = 64_000_000
"""Characters of what the lines of a leg changed, in all: a loop would fill the memory."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')


class CodeStops(RunningCode):
    """The code of one leg of a login, handler after handler.

    Args:
        stepping: Decides where the login stops; None where lines are only recorded.
        recorder: The login's book.
        masker: Knows the secrets.
        record_lines: Write down every line that is reached.
    """

    def __init__(
        self,
        stepping: Stepping | None,
        recorder: RunRecorder,
        masker: Masker,
        *,
        record_lines: bool,
    ) -> None:
        self._stepping = stepping
        self._recorder = recorder
        self._masker = masker
        self._record_lines = record_lines
        self._control: CodeControl | None = None
        self._call = Stop("call")
        self._ending = False
        self._lines = self._line_text = 0

    # --- From the debugger ------------------------------------------------------------------------

    @override
    def pause(self) -> None:
        if self._stepping is not None:
            self._stepping.pause_wanted = True
        if self._control is not None:
            self._control.pause()

    @override
    def replace_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        if self._stepping is not None:
            self._stepping.replace_breakpoints(breakpoints)
        if self._control is not None:
            self._control.replace_points(_in_code(breakpoints))

    @override
    def end(self) -> None:
        self._ending = True
        if self._control is not None:
            self._control.fail(StoppedByDebuggerError(STOPPED))

    # --- From the leg -----------------------------------------------------------------------------

    def watcher(self, action: str, handler: str) -> CodeWatcher:
        """Return who watches one handler call."""
        return _HandlerWatcher(self, action, handler)

    def stops_at_call(self, stop: Stop) -> bool | None:
        """Tell whether the code shall stand still at an api call; None where none is watched."""
        if self._control is None or self._stepping is None:
            return None
        self._call = stop
        return self._stepping.stops_at(stop)

    def handler_ended(self) -> None:
        """No code runs any more."""
        self._control = None
        if self._stepping is not None:
            self._stepping.in_code = False

    # --- From the handler's watcher ---------------------------------------------------------------

    def began(self, control: CodeControl) -> CodePlan:
        """Return how a handler's code begins."""
        self._control = control
        if self._ending:
            raise StoppedByDebuggerError(STOPPED)
        if self._stepping is None:
            return CodePlan(record_lines=self._record_lines)
        self._stepping.in_code = True
        resume = self._stepping.resume
        steps_in = resume.unit == "line" and resume.level == "into"
        plan = self._plan(self._stepping)
        return replace(plan, step="into" if steps_in or self._stepping.pause_wanted else "run")

    async def stopped(self, stop: CodeStop, action: str, handler: str) -> CodePlan:
        """Show where the code stands and return how it goes on."""
        if self._stepping is None:
            return CodePlan(record_lines=self._record_lines)
        frame = stop.stack[0]
        is_call = stop.kind == "call"
        reasons = self._stepping.reasons(self._call) if is_call else stop.reasons
        inspection = MaskedInspection(stop.inspection, self._masker)
        pause = Pause(
            kind=stop.kind,
            action_id=action,
            handler=handler,
            method=self._call.method if is_call else None,
            line=frame.line,
            event=self._stepping.event,
            record=self._recorder.record,
            reasons=reasons,
            file=frame.file,
            column=frame.column,
            stack=stop.stack,
            inspection=inspection,
            exception=None if stop.exception is None else inspection.shown(stop.exception),
            note=None if stop.note is None else self._masker.text(stop.note),
            caught=stop.caught,
        )
        try:
            await self._stepping.pause_at(pause)
        finally:
            inspection.is_over = True
        return self._plan(self._stepping)

    def line_reached(self, action: str, line: LineReached) -> None:
        """Write a line down; from the first that is too much on, only that there were more."""
        if self._lines > MOST_LINES or self._line_text > MOST_LINE_TEXT:
            return
        self._lines += 1
        self._line_text += sum(len(name) + len(text) for name, text in line.changes)
        if self._lines > MOST_LINES or self._line_text > MOST_LINE_TEXT:
            note = (
                "The code went on for more lines than a record can hold; the rest is not recorded."
            )
            self._recorder.warning("lines-left-out", note, action, line.line)
            return
        place = (line.file, line.line)
        changes = {name: masked_code(text, self._masker) for name, text in line.changes}
        self._recorder.line_reached(action, place, line.function, line.depth, changes, line.callers)

    def _plan(self, stepping: Stepping) -> CodePlan:
        resume = stepping.resume
        step: CodeStep = "run"
        if resume.unit == "line" and resume.level in ("over", "into", "out"):
            step = resume.level
        return CodePlan(step, _in_code(resume.breakpoints), resume.run_to, self._record_lines)


def _in_code(breakpoints: tuple[Breakpoint, ...]) -> tuple[CodePoint, ...]:
    return tuple(
        point for point in breakpoints if isinstance(point, (LineBreakpoint, ExceptionBreakpoint))
    )


class _HandlerWatcher(CodeWatcher):
    """Watches one handler call."""

    def __init__(self, stops: CodeStops, action: str, handler: str) -> None:
        self._stops = stops
        self._action = action
        self._handler = handler

    @override
    def began(self, control: CodeControl) -> CodePlan:
        return self._stops.began(control)

    @override
    async def stopped(self, stop: CodeStop) -> CodePlan:
        return await self._stops.stopped(stop, self._action, self._handler)

    @override
    def line_reached(self, line: LineReached) -> None:
        self._stops.line_reached(self._action, line)


class MaskedInspection(Inspection):
    """Shows no secret, and nothing of excessive length (security.md 23)."""

    def __init__(self, inner: Inspection, masker: Masker) -> None:
        """Look through ``inner`` until ``is_over``."""
        self._inner = inner
        self._masker = masker
        self.is_over = False

    @override
    async def expand(
        self, handle: str, start: int = 0, count: int = MOST_VARIABLES
    ) -> tuple[Variable, ...]:
        self._check()
        return tuple(self.shown(one) for one in await self._inner.expand(handle, start, count))

    @override
    async def evaluate(self, frame: str, expression: str) -> Evaluated:
        self._check()
        return self._evaluated(await self._inner.evaluate(frame, expression))

    @override
    async def set_variable(self, holder: str, name: str, expression: str) -> Evaluated:
        self._check()
        return self._evaluated(await self._inner.set_variable(holder, name, expression))

    def shown(self, one: Variable) -> Variable:
        """Return a variable without secrets."""
        text = masked_code(one.text, self._masker)
        if len(text) > LONGEST_TEXT:
            text = f"{text[:LONGEST_TEXT]}…"
        return one if text == one.text else replace(one, text=text)

    def _evaluated(self, found: Evaluated) -> Evaluated:
        if isinstance(found, Variable):
            return self.shown(found)
        return EvaluationFailed(masked_code(found.message, self._masker)[:LONGEST_TEXT])

    def _check(self) -> None:
        if self.is_over:
            raise LookupError("The code has gone on since; look at its next pause.")


def masked_code(text: str, masker: Masker) -> str:
    """Return the text of a value without secrets, nor quoted strings that are one."""
    if masker.hides_nothing:
        return text
    return _QUOTED.sub(lambda found: _masked_quoted(found[0], masker), masker.text(text))


def _masked_quoted(quoted: str, masker: Masker) -> str:
    inside = quoted[1:-1]
    masked = masker.text(inside)
    return quoted if masked == inside else f"{quoted[0]}{masked}{quoted[0]}"
