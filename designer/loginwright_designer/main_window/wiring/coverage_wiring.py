"""Measures which lines the scenarios come to: shown beside the code, on cards, in the inspector."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtWidgets import QMenu

from loginwright_designer.canvas.lane_state import CoveredLines
from loginwright_designer.code_editor.statement_lines import statement_lines
from loginwright_designer.controls.passing_menus import open_menu
from loginwright_designer.document.action_summary import LineReach
from loginwright_designer.simulation.line_coverage import CoverageRuns
from loginwright_designer.simulation.scenario_runs import ScenarioInputs
from loginwright_runtime.flow.action_names import language_of

if TYPE_CHECKING:
    from loginwright_designer.code_editor.line_marks import Coverage
    from loginwright_designer.main_window.toasts import Toast
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring
    from loginwright_designer.simulation.line_coverage import LineCoverage
    from loginwright_runtime.errors import LoginwrightError

translate = QCoreApplication.translate


class CoverageWiring(QObject):
    """Keeps what was measured until a source is another."""

    def __init__(self, flow: FlowWiring, window: MainWindow) -> None:
        """Wait for ``measure``.

        Args:
            flow: The open flow, and what shows it; owns this object.
            window: The main window.
        """
        super().__init__(flow)
        session = flow.session
        self._flow = flow
        self._session = session
        self._code = flow.code
        self._window = window
        self.runs = CoverageRuns(session.login.settings, session.setting.loop, self)
        self._progress: Toast | None = None
        self.runs.measured.connect(self._on_measured)
        self.runs.failed.connect(self._on_failed)
        session.document.draft_changed.connect(self._show)
        flow.code.coverage_of = self.marks_of
        flow.code.coverage_clicked.connect(self._open)

    def measure(self) -> None:
        """Run every scenario with every line recorded."""
        document = self._session.document
        inputs = ScenarioInputs(
            document.placed_flow(), document.draft.scenarios, self._session.may_run
        )
        if self.runs.measure(inputs):
            text = translate("Coverage", "Running every scenario, line by line…")
            self._progress = self._window.toasts.show_text(text)
            return
        if self.runs.is_running:
            return
        text = translate("Coverage", "There is no scenario to run.")
        if not self._session.may_run:
            text = translate("Coverage", "The folder is not trusted, so nothing of it runs.")
        self._window.toasts.show_text(text)

    async def close(self) -> None:
        """End what runs."""
        await self.runs.close()

    def marks_of(self, file: str) -> tuple[dict[int, Coverage], dict[int, str]]:
        """Return for each line of a source whether it has run, and who came there."""
        source = self._session.document.draft.flow.files.get(file)
        coverage = self.runs.coverage
        reached = coverage.of(file, source)
        if reached is None or source is None:
            return {}, {}
        language = language_of(file) or "javascript"
        lines = statement_lines(source.decode("utf-8", "replace"), language)
        marks: dict[int, Coverage] = {
            line: "ran" if line in reached else "not run" for line in lines
        }
        return marks, {line: coverage.words(reached.get(line, ())) for line in lines}

    def open_at_cursor(self) -> None:
        """Show which scenarios come to the cursor's line of the code in front."""
        file, editor = self._code.current_file, self._code.current
        if file is not None and editor is not None:
            editor.view.ensureCursorVisible()
            at = editor.view.viewport().mapToGlobal(editor.view.cursorRect().bottomLeft())
            self._open(file, editor.view.cursor_line, at)

    def menu(self, file: str, line: int) -> QMenu:
        """Return which scenarios come to a line, each to be shown in the grid."""
        menu = QMenu(self._code.editor(file))
        menu.setAccessibleName(translate("Coverage", "Scenarios of line {line}").format(line=line))
        source = self._session.document.draft.flow.files.get(file)
        reached = self.runs.coverage.of(file, source)
        names = () if reached is None else reached.get(line, ())
        for name, scenario in self._known(names).items():
            chosen = menu.addAction(name.replace("&", "&&"))
            chosen.triggered.connect(partial(self._flow.scenarios.show_in_grid, scenario))
        if not names:
            text = translate("Coverage", "No scenario comes to line {line}.")
            if line not in self.marks_of(file)[0]:
                text = translate("Coverage", "Nothing was measured of line {line}.")
            menu.addAction(text.format(line=line)).setEnabled(False)
        return menu

    def _known(self, names: tuple[str, ...]) -> dict[str, str]:
        """Return the files of scenarios by their names."""
        scenarios = self._session.document.draft.scenarios
        found = {one.scenario.name: one.file for one in scenarios if one.scenario is not None}
        return {name: found[name] for name in names if name in found}

    def _open(self, file: str, line: int, at: QPoint) -> None:
        open_menu(self.menu(file, line), at)

    def _on_measured(self, _: LineCoverage) -> None:
        self._end_progress()
        self._show()
        reach = self._reach()
        reached = sum(one.reached for one in reach.values())
        total = sum(one.total for one in reach.values())
        text = translate("Coverage", "{reached} of {total} lines are reached by the scenarios.")
        self._window.toasts.show_text(text.format(reached=reached, total=total))

    def _on_failed(self, error: LoginwrightError) -> None:
        self._end_progress()
        self._window.toasts.show_text(str(error), error=True)

    def _end_progress(self) -> None:
        """Take away what said that it runs, if it is there still."""
        progress, self._progress = self._progress, None
        if progress is not None and progress in self._window.toasts.shown:
            progress.go()

    def _show(self, _: object = None) -> None:
        if self.runs.coverage.scenarios:
            self._code.mark_all()
            reach = self._reach()
            self._flow.inspector.show_lines(reach)
            self._flow.lane.show_lines(
                {
                    action.id: self._covered(action.code, reach[action.id])
                    for action in self._session.document.draft.flow.actions
                    if action.id in reach
                }
            )

    def _covered(self, file: str, reach: LineReach) -> CoveredLines:
        coverage = self.runs.coverage
        names = coverage.scenarios_of(file)
        return CoveredLines(reach.reached, reach.total, coverage.words(names))

    def _reach(self) -> dict[str, LineReach]:
        found: dict[str, LineReach] = {}
        for action in self._session.document.draft.flow.actions:
            marks, _ = self.marks_of(action.code)
            if marks:
                ran = sum(mark == "ran" for mark in marks.values())
                found[action.id] = LineReach(ran, len(marks))
        return found
