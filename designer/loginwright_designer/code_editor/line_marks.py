"""What the editor shows beside the code: problems, values, the line of a run, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, TypeVar

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """Something to know about a place of the code.

    Attributes:
        line: From 1.
        column: From 1, counted in characters; None marks the whole line.
        severity: ``error`` stops a run.
        message: What is wrong, one sentence.
        remedy: What to do about it, or nothing.
        rule: Name of the rule, or nothing.
    """

    line: int
    column: int | None
    severity: Severity
    message: str
    remedy: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class StoppedLine:
    """Where the code stands that runs now.

    Attributes:
        line: From 1.
    """

    line: int


@dataclass(frozen=True, slots=True)
class PastLine:
    """Where the code stood at a recorded step.

    Attributes:
        line: From 1.
    """

    line: int


RunLine: TypeAlias = StoppedLine | PastLine

_Mark = TypeVar("_Mark")

Coverage: TypeAlias = Literal["ran", "not run"]


@dataclass(frozen=True, slots=True)
class LineMarks:
    """Everything beside the code, by line from 1; replaced as a whole.

    Attributes:
        problems: As the checks found them.
        values: Text beside a line, such as ``payload = {…}``; masked by whoever gives it.
        run_line: Line of the run, or None.
        coverage: Whether a line has run; a line that is missing could not.
        coverage_words: Which scenarios reached a line, in words, where that is known.
    """

    problems: tuple[CodeProblem, ...] = ()
    values: Mapping[int, str] = field(default_factory=dict)
    run_line: RunLine | None = None
    coverage: Mapping[int, Coverage] = field(default_factory=dict)
    coverage_words: Mapping[int, str] = field(default_factory=dict)

    def moved(self, after: int, lines: int) -> LineMarks:
        """Return the marks as they stand once lines have come or gone.

        Args:
            after: The line, from 1, below which everything moves.
            lines: How many came; fewer than nothing went. Marks of lines that went are dropped.
        """

        def place(line: int) -> int | None:
            if line <= after:
                return line
            return line + lines if line + lines > after else None

        def kept(marked: Mapping[int, _Mark]) -> dict[int, _Mark]:
            places = ((place(line), mark) for line, mark in marked.items())
            return {line: mark for line, mark in places if line is not None}

        problems = ((place(one.line), one) for one in self.problems)
        stopped = None if self.run_line is None else place(self.run_line.line)
        return LineMarks(
            tuple(replace(one, line=line) for line, one in problems if line is not None),
            kept(self.values),
            None if stopped is None or self.run_line is None else type(self.run_line)(stopped),
            kept(self.coverage),
            kept(self.coverage_words),
        )

    def problems_at(self, line: int) -> tuple[CodeProblem, ...]:
        """Return the problems of a line, errors first."""
        return tuple(
            sorted(
                (one for one in self.problems if one.line == line),
                key=lambda problem: problem.severity != "error",
            )
        )


def stopped_or_past(line: int | None, *, past: bool) -> RunLine | None:
    """Return the mark of a line of a run; None where no line is known."""
    if line is None:
        return None
    return PastLine(line) if past else StoppedLine(line)
