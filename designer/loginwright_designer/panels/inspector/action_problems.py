"""*Problems* beside the selected action: what is wrong with it, and what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from loginwright_designer.controls.rows import EmptyState, Separator
from loginwright_designer.panels.inspector.inspector_signals import ProblemOpening
from loginwright_designer.panels.inspector.page import Page
from loginwright_designer.panels.inspector.problem_row import problem_row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate


class ActionProblems(Page):
    """Shows the problems of what is selected.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    problem_opened = Signal(object)
    """A ``ProblemOpening``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, translate("Action", "Problems of the action"), parent)
        self._shown: tuple[Problem, ...] | None = None
        self.show_problems(())

    @property
    def shown(self) -> tuple[Problem, ...]:
        """What is shown."""
        return self._shown or ()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show problems."""
        if problems == self._shown:
            return
        self._shown = problems
        self.clear()
        if not problems:
            title = translate("Action", "No problems")
            text = translate("Action", "Nothing is wrong with what is selected.")
            self.column.addWidget(EmptyState(self._theme, "circle-check", title, text))
        for number, problem in enumerate(problems):
            if number:
                self.column.addWidget(Separator())
            row = problem_row(self._theme, problem)
            row.link_pressed.connect(partial(self._on_pressed, problem))
            self.column.addWidget(row)
        self.column.addStretch(1)

    def _on_pressed(self, problem: Problem) -> None:
        self.problem_opened.emit(ProblemOpening(problem))
