"""Puts problems in order and in words; what is spoken is never less than what is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_runtime.flow.model import Flow

translate = QCoreApplication.translate

FixNames: TypeAlias = Callable[[Problem], str]
"""Returns what a problem's fix is called; empty where it has none."""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem as the list shows it.

    Attributes:
        problem: The problem.
        place: Where it is, "Ask favourite colour : 34"; empty where nobody knows.
        fix: What its fix is called; empty where it has none.
    """

    problem: Problem = field(repr=False)
    place: str = ""
    fix: str = ""

    @property
    def spoken(self) -> str:
        """The row in words."""
        problem = self.problem
        said = [severity_word(problem), problem.message, problem.rule, self.place, problem.remedy]
        if self.fix:
            text = translate("Problems", "Alt+Enter: {fix}")
            said.append(text.format(fix=self.fix))
        return ", ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class ProblemCounts:
    """How many problems there are.

    Attributes:
        errors: Those that stop a run.
        warnings: Those for somebody to judge.
    """

    errors: int = 0
    warnings: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.errors + self.warnings

    @property
    def words(self) -> str:
        """The same in words, for the status bar: "1 error, 2 warnings"."""
        said = []
        if self.errors:
            one, more = translate("Problems", "error"), translate("Problems", "errors")
            said.append(f"{self.errors} {one if self.errors == 1 else more}")
        if self.warnings:
            one, more = translate("Problems", "warning"), translate("Problems", "warnings")
            said.append(f"{self.warnings} {one if self.warnings == 1 else more}")
        return ", ".join(said) or translate("Problems", "No problems")


def severity_word(problem: Problem) -> str:
    """Return a severity's word, as it stands before a message."""
    if problem.severity == "error":
        return translate("Problems", "Error")
    return translate("Problems", "Warning")


def problem_place(problem: Problem, flow: Flow | None) -> str:
    """Return where a problem is, as people call it: "Ask favourite colour : 34"."""
    if problem.file is None:
        return ""
    name = problem.file
    if flow is not None:
        name = next((one.name for one in flow.actions if one.code == problem.file), name)
    return name if problem.line is None else f"{name} : {problem.line}"


def problem_rows(
    problems: Iterable[Problem], flow: Flow | None, fixes: FixNames
) -> tuple[ProblemRow, ...]:
    """Return problems in their order: errors first, then as the flow runs, then by line.

    Args:
        problems: All of them.
        flow: Names the actions; None where it cannot be read.
        fixes: What each problem's fix is called.
    """
    files = [] if flow is None else [action.code for action in flow.actions]

    def place(problem: Problem) -> tuple[bool, int, str, int, int]:
        known = problem.file in files
        number = files.index(problem.file) if known and problem.file is not None else len(files)
        rest = "" if known else problem.file or ""
        return (
            problem.severity != "error",
            number,
            rest,
            problem.line or 0,
            problem.column or 0,
        )

    ordered = sorted(problems, key=place)
    return tuple(ProblemRow(one, problem_place(one, flow), fixes(one)) for one in ordered)


def counts_of(rows: Iterable[ProblemRow]) -> ProblemCounts:
    """Return how many problems of each severity there are."""
    severities = [row.problem.severity for row in rows]
    return ProblemCounts(severities.count("error"), severities.count("warning"))
