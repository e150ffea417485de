"""``loginwright validate``: finds mistakes in a flow; never runs an action."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.cli.exit_status import DIFFERENT, OK
from loginwright_runtime.cli.screen import shown
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.simulation import scenario_problems
from loginwright_runtime.validation import validate

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import ValidateArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen, Span


def execute(arguments: ValidateArguments, screen: Screen, _early: EarlyWorker) -> int:
    """Tell every problem of a flow folder or bundle."""
    path = Path(arguments.flow)
    if not path.exists():
        message = "There is no such file or folder."
        remedy = "Name a folder that holds flow.json, or a bundle made by export."
        raise FlowError(Problem("missing-flow", "error", message, remedy, arguments.flow))
    problems = validate(path, extra_checks=(scenario_problems,))
    errors = sum(problem.severity == "error" for problem in problems)
    if screen.json:
        screen.document({"problems": [problem.to_json() for problem in problems]})
    else:
        for problem in problems:
            _tell(screen, problem)
        screen.line(_summary(errors, len(problems) - errors))
    return DIFFERENT if errors else OK


def _tell(screen: Screen, problem: Problem) -> None:
    error = problem.severity == "error"
    severity: Span = (problem.severity, "bad" if error else "warning")
    place = _place(problem)
    screen.line((f"{place}  " if place else "", "strong"), severity, (f"  {problem.rule}", "dim"))
    screen.line((f"    {shown(problem.message)}", "plain"))
    if problem.remedy:
        screen.line((f"    {shown(problem.remedy)}", "dim"))


def _place(problem: Problem) -> str:
    numbers = [str(number) for number in (problem.line, problem.column) if number is not None]
    place = ":".join([problem.file or "", *numbers]) if problem.file else ""
    if not numbers and problem.path is not None:
        place = f"{place} {problem.path}".strip()
    return shown(place)


def _summary(errors: int, warnings: int) -> Span:
    if not errors and not warnings:
        return "No problems.", "good"
    counts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return ", ".join(counts), "bad" if errors else "warning"
