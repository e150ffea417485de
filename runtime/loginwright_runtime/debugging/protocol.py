"""Where a login can stop, what is seen there, and how it goes on: the debugger's protocol.

The engine awaits the debugger at every stop; ``None`` in its place costs nothing
(architecture.md, rule 8). Every resume carries the whole set of breakpoints, so that nobody else
keeps any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from loginwright_runtime.debugging.inspection import Frame, Inspection, Variable
from loginwright_runtime.tracing.record import RunRecord

StopKind: TypeAlias = Literal[
    "before_handler",
    "call",
    "after_handler",
    "before_leaving",
    "before_write",
    "before_tokens",
    "line",
    "exception",
    "pause",
]
Meaning: TypeAlias = Literal["claim_set", "denied", "metadata_changed", "mfa_asked"]
StepLevel: TypeAlias = Literal["run", "over", "into", "out", "end"]
StepUnit: TypeAlias = Literal["call", "line"]


@dataclass(frozen=True, slots=True)
class ActionBreakpoint:
    """Stop before or after an action's handler, or before the login leaves from it."""

    action_id: str
    place: Literal["before", "after", "leaving"]


@dataclass(frozen=True, slots=True)
class MeaningBreakpoint:
    """Stop at the call that means something, wherever it is made."""

    meaning: Meaning


@dataclass(frozen=True, slots=True)
class LineBreakpoint:
    """Stop at a line of the flow's code, before it is executed.

    Where a line cannot be stopped at (a debugger that is no ``LineDebugger``, a host that only runs
    handlers) the login stops at the api calls that are made from the line in the action's own file;
    ``condition`` and ``hit_count`` are not looked at there, and a log point does nothing.

    Attributes:
        file: Path in the flow: ``actions/x.js``, ``lib/y.py``, ``node_modules/z/index.js``.
        line: From 1. One without code stands for the next that has some.
        condition: Expression of the file's language, evaluated in the frame; stops where it is
            true, and where it throws.
        hit_count: Stops from this hit on, counted over one leg after ``condition``; None is the
            first.
        log_message: Stops never and prints this instead; ``{expression}`` is evaluated in the
            frame.
        enabled: A breakpoint that is not stays in the set and does nothing.
        action_id: Only while this action's handler runs; None: whichever runs.
    """

    file: str
    line: int
    condition: str | None = None
    hit_count: int | None = None
    log_message: str | None = None
    enabled: bool = True
    action_id: str | None = None


@dataclass(frozen=True, slots=True)
class ExceptionBreakpoint:
    """Stop where the flow's code throws.

    Attributes:
        caught: Also what its own code catches.
        uncaught: What would fail the handler.
    """

    caught: bool = False
    uncaught: bool = True


Breakpoint: TypeAlias = ActionBreakpoint | MeaningBreakpoint | LineBreakpoint | ExceptionBreakpoint


@dataclass(frozen=True, slots=True)
class Pause:
    """A complete snapshot of where the login stands.

    Attributes:
        kind: Which stop this is.
        action_id: The action concerned; None outside any.
        handler: Its handler, or None.
        method: The api method just called, at a ``call``.
        line: Source line, where known.
        event: The event as the action sees it, JSON bytes without secrets.
        record: Everything that has happened so far, this stop's call included.
        reasons: Breakpoints that match here, empty for a step.
        file: Path in the flow of the line, where code stands still.
        column: From 1, where known.
        stack: The flow's frames, innermost first; empty where no code stands still.
        inspection: Looks into them; None where no code stands still.
        exception: What was thrown, at an ``exception``.
        note: What else there is to say, such as why a condition could not be evaluated.
        caught: Whether the flow's own code catches what was thrown; None where nothing was, and
            where nobody can know before it has happened: it comes to a ``with`` block, or leaves
            a task that others wait for.
    """

    kind: StopKind
    action_id: str | None
    handler: str | None
    method: str | None
    line: int | None
    event: bytes = field(repr=False)
    record: RunRecord = field(repr=False)
    reasons: tuple[Breakpoint, ...] = ()
    file: str | None = None
    column: int | None = None
    stack: tuple[Frame, ...] = ()
    inspection: Inspection | None = field(default=None, repr=False)
    exception: Variable | None = field(default=None, repr=False)
    note: str | None = None
    caught: bool | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """How to go on from a pause.

    Attributes:
        level: ``run`` to the next breakpoint; ``over`` to the next stop on this level; ``into``
            one level down; ``out`` one up; ``end`` stops the login, which then fails.
        breakpoints: The whole set from now on.
        event: An edited event, only from ``before_handler``; None keeps it.
        unit: What a step inside a handler is made of: api calls, or lines. By lines, ``over`` goes
            to the next line of the function, ``into`` to the next line wherever it is, ``out`` to
            where the function was called from; api calls stop only for a breakpoint. For a
            ``LineDebugger``.
        run_to: A line that is stopped at once, whatever stops before it; its ``condition`` and the
            like are not looked at.
    """

    level: StepLevel
    breakpoints: tuple[Breakpoint, ...] = ()
    event: bytes | None = field(default=None, repr=False)
    unit: StepUnit = "call"
    run_to: LineBreakpoint | None = None


class Debugger(Protocol):
    """Whoever looks at a login while it runs."""

    def first(self) -> Resume:
        """Return how the login starts: ``into`` stops before the first handler."""
        ...

    async def paused(self, pause: Pause) -> Resume:
        """Show the pause and return how to go on; the leg's budget stands still meanwhile."""
        ...


class RunningCode(Protocol):
    """A handler that runs, as a debugger can act on it from outside; deaf once it has ended."""

    def pause(self) -> None:
        """Stop it wherever it is, as soon as it runs code of the flow: a ``pause``."""
        ...

    def replace_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Let another whole set hold from now on."""
        ...

    def end(self) -> None:
        """Kill it; the login fails as by ``Resume("end")``."""
        ...


@runtime_checkable
class LineDebugger(Debugger, Protocol):
    """A debugger that wants to stop on lines; handlers then run in workers of their own for it.

    Such workers are weaker fenced in (security.md 32).
    """

    def running(self, code: RunningCode) -> None:
        """A handler begins to run; called for each."""
        ...
