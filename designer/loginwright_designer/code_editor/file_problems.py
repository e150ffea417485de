"""The problems of one file, as its editor shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.code_editor.line_marks import CodeProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_runtime.errors import Problem


def problems_in_file(problems: Iterable[Problem], file: str) -> tuple[CodeProblem, ...]:
    """Return the problems of one file as the editor shows them; without a line, on the first."""
    return tuple(
        CodeProblem(
            problem.line or 1,
            problem.column if problem.line else None,
            problem.severity,
            problem.message,
            problem.remedy,
            problem.rule,
        )
        for problem in problems
        if problem.file == file
    )
