"""What passes between the engine and a host while a handler's code is debugged line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from loginwright_runtime.debugging.inspection import Frame, Inspection, Variable
from loginwright_runtime.debugging.protocol import Breakpoint, ExceptionBreakpoint, LineBreakpoint

MOST_CALLERS = 50
"""How many frames below a recorded line are named."""

CodeStep: TypeAlias = Literal["run", "over", "into", "out"]
CodePoint: TypeAlias = LineBreakpoint | ExceptionBreakpoint


@dataclass(frozen=True, slots=True)
class CodePlan:
    """How a handler's code begins, or goes on.

    Attributes:
        step: ``run`` to the next breakpoint; else the next line in the function (``over``),
            wherever it is (``into``), or where the function was called from (``out``). At the
            beginning ``into`` stops at the handler's first line, all else runs.
        points: The whole set of breakpoints in code.
        run_to: A line that is stopped at once.
        record_lines: Tell of every line that is reached.
    """

    step: CodeStep = "run"
    points: tuple[CodePoint, ...] = ()
    run_to: LineBreakpoint | None = None
    record_lines: bool = False


@dataclass(frozen=True, slots=True)
class CodeStop:
    """A handler's code stands still.

    Attributes:
        kind: Why: a line was reached, something was thrown, a pause was asked for, or the api
            call whose reply said so has been made.
        stack: The flow's frames, innermost first; at least one.
        inspection: Looks into them.
        reasons: The breakpoints that match.
        exception: What was thrown.
        note: Why a condition could not be evaluated.
        caught: Whether the flow's code catches what was thrown; None where nobody knows.
    """

    kind: Literal["line", "exception", "pause", "call"]
    stack: tuple[Frame, ...]
    inspection: Inspection = field(repr=False)
    reasons: tuple[Breakpoint, ...] = ()
    exception: Variable | None = field(default=None, repr=False)
    note: str | None = None
    caught: bool | None = None


@dataclass(frozen=True, slots=True)
class LineReached:
    """A line that is about to be executed, where every line is recorded.

    Attributes:
        file: Path in the flow.
        line: From 1.
        function: Name of the function, empty for one without.
        depth: How many of the flow's frames are below this one.
        changes: Name and text of each variable of the function that is new or differs since its
            last recorded line; unmasked.
        callers: File, function and line of the flow's frames below this one, nearest first; at
            most ``MOST_CALLERS``. Lines that follow each other there share it.
    """

    file: str
    line: int
    function: str
    depth: int
    changes: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    callers: tuple[tuple[str, str, int], ...] = ()


class CodeControl(Protocol):
    """A handler's code that runs, seen from the engine."""

    def pause(self) -> None:
        """Stop as soon as code of the flow runs."""
        ...

    def replace_points(self, points: tuple[CodePoint, ...]) -> None:
        """Let another set of breakpoints hold from now on."""
        ...

    def fail(self, error: Exception) -> None:
        """Kill the worker; the run raises ``error``."""
        ...


class CodeWatcher(Protocol):
    """The engine, as a host that debugs a handler asks it."""

    def began(self, control: CodeControl) -> CodePlan:
        """Return how the code begins; ``control`` is deaf once the handler has ended."""
        ...

    async def stopped(self, stop: CodeStop) -> CodePlan:
        """Return how it goes on; the run's budget stands still meanwhile."""
        ...

    def line_reached(self, line: LineReached) -> None:
        """Note a line, where every line is recorded."""
        ...
