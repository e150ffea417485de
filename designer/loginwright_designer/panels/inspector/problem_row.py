"""A row for a problem: its severity as a mark and a word, the remedy, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.panels.inspector.linked_row import LinkedRow
from loginwright_designer.theme.marks import State

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate


def problem_row(theme: Theme, problem: Problem) -> LinkedRow:
    """Return the row of a problem."""
    error = problem.severity == "error"
    word = translate("Action", "Error") if error else translate("Action", "Warning")
    text = translate("Action", "{severity}: {message}")
    said = text.format(severity=word, message=problem.message)
    where = translate("Action", "Show")
    if problem.line is not None:
        where = translate("Action", "line {line}").format(line=problem.line)
    row = LinkedRow(
        theme,
        said,
        mark=State.ERROR if error else State.WARNING,
        note=f"{problem.remedy}\n{problem.rule}",
        link=where,
        wrap=True,
    )
    row.setAccessibleName(said)
    return row
