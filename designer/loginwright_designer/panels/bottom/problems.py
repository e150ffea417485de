"""The list of problems: what is wrong, where, what to do, and a fix where that is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.passing_menus import open_menu
from loginwright_designer.panels.bottom.empty_row import EmptyRow
from loginwright_designer.panels.bottom.link_list import LinkList
from loginwright_designer.panels.bottom.problem_delegate import ProblemDelegate, ProblemModel
from loginwright_designer.panels.bottom.problem_rows import (
    FixNames,
    ProblemCounts,
    ProblemRow,
    counts_of,
    problem_rows,
)
from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.flow.model import Flow

translate = QCoreApplication.translate


def no_fix(problem: Problem) -> str:
    """Return that a problem has no fix."""
    return ""


class ProblemsPanel(QWidget):
    """What ``loginwright validate`` tells, while composing.

    Enter opens the place of a problem, Alt+Enter fixes it.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner of this widget.
    """

    problem_opened = Signal(Problem)  # its place was asked for
    fix_requested = Signal(Problem)  # its fix was asked for
    counts_changed = Signal(ProblemCounts)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems = ProblemModel(self)
        self._delegate = ProblemDelegate(theme, self)
        self._counts = ProblemCounts()
        self._told = False
        self.list = LinkList(self._problems, self._delegate, self)
        self.list.setAccessibleName(translate("Problems", "Problems"))
        self.list.part_pressed.connect(self._on_part_pressed)
        self.list.copy_asked.connect(self.copy)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.empty = EmptyRow(theme, "circle-check")
        self.empty.show_words(
            translate("Problems", "No problems"),
            translate("Problems", "What is wrong with flow, code and scenarios stands here."),
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        theme.theme_changed.connect(self.list.doItemsLayout)

    @property
    def counts(self) -> ProblemCounts:
        """How many problems there are."""
        return self._counts

    @property
    def current(self) -> Problem | None:
        """The problem the keyboard is on, or None."""
        row = self._row(self.list.currentIndex())
        return None if row is None else row.problem

    def show_problems(
        self, problems: Iterable[Problem], flow: Flow | None, fixes: FixNames = no_fix
    ) -> None:
        """Show problems, errors first.

        Args:
            problems: All of them.
            flow: Names the actions; None where it cannot be read.
            fixes: Returns what a problem's fix is called, empty where it has none; see
                ``problem_fixes.fix_name``.
        """
        rows = problem_rows(problems, flow, fixes)
        if self._told and rows == self._problems.rows:
            return
        kept = self.current
        self._problems.show_rows(rows)
        self._keep(kept)
        self._stack.setCurrentWidget(self.list if rows else self.empty)
        counts = counts_of(rows)
        if counts != self._counts or not self._told:
            self._counts, self._told = counts, True
            self.counts_changed.emit(counts)

    def next_problem(self) -> Problem | None:
        """Go to the next problem and ask for its place (F8); after the last comes the first."""
        return self._go(1)

    def copy(self) -> None:
        """Copy the selected problems, or all, as text."""
        rows = self._problems.rows
        chosen = [rows[number] for number in self.list.selected_rows()] or rows
        QGuiApplication.clipboard().setText("".join(f"{row.problem}\n" for row in chosen))

    def pressed_part(self, index: QModelIndex, row: QRectF, at: QPoint) -> str:
        """Return what of a row is at a point: its ``link``, its ``fix``, or nothing."""
        problem = self._row(index)
        if problem is None:
            return ""
        places = self._delegate.places(problem, row)
        if places.link.contains(at.toPointF()):
            return "link"
        return "fix" if places.fix.contains(at.toPointF()) else ""

    def menu_of(self, index: QModelIndex) -> QMenu | None:
        """Return what can be done about a problem; None where there is none."""
        row = self._row(index)
        if row is None:
            return None
        menu = QMenu(self)
        problem = row.problem
        menu.addAction(translate("Problems", "Open"), lambda: self.problem_opened.emit(problem))
        if row.fix:
            menu.addAction(row.fix.replace("&", "&&"), lambda: self.fix_requested.emit(problem))
        menu.addSeparator()
        menu.addAction(translate("Problems", "Copy"), self.copy)
        return menu

    def _go(self, by: int) -> Problem | None:
        count = len(self._problems.rows)
        if not count:
            return None
        here = self.list.currentIndex().row()
        row = (here + by) % count if here >= 0 else (0 if by > 0 else count - 1)
        self.list.setCurrentIndex(self._problems.index(row))
        problem = self._problems.rows[row].problem
        self.problem_opened.emit(problem)
        return problem

    def _keep(self, problem: Problem | None) -> None:
        """Let the keyboard stay on a problem that is still there."""
        for number, row in enumerate(self._problems.rows):
            if row.problem == problem:
                self.list.setCurrentIndex(self._problems.index(number))

    def _row(self, index: QModelIndex) -> ProblemRow | None:
        rows = self._problems.rows
        return rows[index.row()] if 0 <= index.row() < len(rows) else None

    def _on_part_pressed(self, index: QModelIndex, part: str) -> None:
        row = self._row(index)
        if row is None:
            return
        if part == "link":
            self.problem_opened.emit(row.problem)
        elif row.fix:
            self.fix_requested.emit(row.problem)

    def _on_menu_asked(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        menu = self.menu_of(index if index.isValid() else self.list.currentIndex())
        if menu is not None:
            open_menu(menu, self.list.viewport().mapToGlobal(at))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(48))
