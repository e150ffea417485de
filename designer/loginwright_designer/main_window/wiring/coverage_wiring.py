"""Measures which lines the scenarios come to, and shows it beside the code and in the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from loginwright_designer.code_editor.statement_lines import statement_lines
from loginwright_designer.document.action_summary import LineReach
from loginwright_designer.simulation.line_coverage import CoverageRuns
from loginwright_designer.simulation.scenario_runs import ScenarioInputs
from loginwright_runtime.flow.action_names import language_of

if TYPE_CHECKING:
    from loginwright_designer.code_editor.line_marks import Coverage
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.code_tabs import CodeTabs
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.inspector_wiring import InspectorWiring
    from loginwright_designer.simulation.line_coverage import LineCoverage
    from loginwright_runtime.errors import LoginwrightError

translate = QCoreApplication.translate


class CoverageWiring(QObject):
    """Keeps what was measured until a source is another."""

    def __init__(
        self,
        session: FlowSession,
        code: CodeTabs,
        inspector: InspectorWiring,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """Wait for ``measure``.

        Args:
            session: The open flow.
            code: The tabs with code.
            inspector: Tells how many lines of an action were reached.
            window: The main window.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._code = code
        self._inspector = inspector
        self._window = window
        self.runs = CoverageRuns(session.login.settings, session.setting.loop, self)
        self.runs.measured.connect(self._on_measured)
        self.runs.failed.connect(self._on_failed)
        session.document.draft_changed.connect(self._show)
        code.coverage_of = self.marks_of

    def measure(self) -> None:
        """Run every scenario with every line recorded."""
        document = self._session.document
        inputs = ScenarioInputs(
            document.placed_flow(), document.draft.scenarios, self._session.may_run
        )
        if self.runs.measure(inputs):
            text = translate("Coverage", "Running every scenario, line by line…")
        elif self.runs.is_running:
            return
        elif not self._session.may_run:
            text = translate("Coverage", "The folder is not trusted, so nothing of it runs.")
        else:
            text = translate("Coverage", "There is no scenario to run.")
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

    def _on_measured(self, _: LineCoverage) -> None:
        self._show()
        reach = self._reach()
        reached = sum(one.reached for one in reach.values())
        total = sum(one.total for one in reach.values())
        text = translate("Coverage", "{reached} of {total} lines are reached by the scenarios.")
        self._window.toasts.show_text(text.format(reached=reached, total=total))

    def _on_failed(self, error: LoginwrightError) -> None:
        self._window.toasts.show_text(str(error), error=True)

    def _show(self, _: object = None) -> None:
        if self.runs.coverage.scenarios:
            self._code.mark_all()
            self._inspector.show_lines(self._reach())

    def _reach(self) -> dict[str, LineReach]:
        found: dict[str, LineReach] = {}
        for action in self._session.document.draft.flow.actions:
            marks, _ = self.marks_of(action.code)
            if marks:
                ran = sum(mark == "ran" for mark in marks.values())
                found[action.id] = LineReach(ran, len(marks))
        return found
