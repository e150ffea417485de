"""Lists what Ctrl+P opens: files of the flow, lines by ``:42``, handlers by ``@``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from loginwright_designer.main_window.palette_rows import HANDLER_MARK, PaletteRow, line_of

if TYPE_CHECKING:
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.code_tabs import CodeTabs
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.scenario_wiring import ScenarioWiring

translate = QCoreApplication.translate

_SEPARATOR = "\n"


class PaletteWiring(QObject):
    """Opens what was chosen in the palette and is no command."""

    def __init__(
        self,
        session: FlowSession,
        code: CodeTabs,
        scenarios: ScenarioWiring,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """Listen to the palette.

        Args:
            session: The open flow.
            code: Opens sources.
            scenarios: Opens scenarios.
            window: Whose palette.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._code = code
        self._scenarios = scenarios
        self._window = window
        window.palette_chosen.connect(self._on_chosen)

    def open(self) -> None:
        """Show files and handlers."""
        self._window.open_rows(self.rows())

    def rows(self) -> tuple[PaletteRow, ...]:
        """Return everything that can be opened."""
        document = self._session.document
        flow, facts = document.draft.flow, document.problems.facts
        names = {action.code: action.name for action in flow.actions}
        files = [
            PaletteRow(file, file.rpartition("/")[2], names.get(file, file.rpartition("/")[0]))
            for file in sorted(flow.files, key=lambda file: (file not in names, file))
        ]
        scenarios = [
            PaletteRow(
                entry.file,
                entry.stem if entry.scenario is None else entry.scenario.name,
                translate("Palette", "Scenario"),
            )
            for entry in document.draft.scenarios
        ]
        handlers = [
            PaletteRow(
                f"{HANDLER_MARK}{action.code}{_SEPARATOR}{handler.line}",
                f"{handler.name}",
                action.name,
                keywords=action.name,
            )
            for action in flow.actions
            if action.code in facts
            for handler in facts[action.code].handlers
        ]
        return (*files, *scenarios, *handlers)

    def _on_chosen(self, row: PaletteRow) -> None:
        line = line_of(row)
        if line is not None:
            file = self._code.current_file
            if file is not None:
                self._open(file, line)
        elif row.key.startswith(HANDLER_MARK):
            file, _, place = row.key.removeprefix(HANDLER_MARK).partition(_SEPARATOR)
            self._open(file, int(place) if place.isdigit() else None)
        elif self._session.document.draft.scenario(row.key) is not None:
            self._scenarios.open_form(row.key)
        else:
            self._open(row.key, None)

    def _open(self, file: str, line: int | None) -> None:
        if self._code.open_file(file, line=line):
            self._window.open_editor(focus=True)
