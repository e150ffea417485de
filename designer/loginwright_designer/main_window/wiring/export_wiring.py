"""Joins the export sheet to the flow: what is ready, what goes out, and the check outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loginwright_designer.document.export_blocks import command_here, paste_blocks
from loginwright_designer.document.export_checks import Offer
from loginwright_designer.document.export_history import ExportHistory, export_status
from loginwright_designer.document.export_parts import parts_of
from loginwright_designer.document.export_plan import ExportInputs
from loginwright_designer.document.flow_export import (
    ExportFailed,
    ExportLook,
    ExportOrder,
    ExportWritten,
    FlowExport,
)
from loginwright_designer.main_window.arrangement import Page
from loginwright_designer.simulation.outside_check import OutsideCheck, standings_of

if TYPE_CHECKING:
    from loginwright_designer.dialogs.export_sheet import (
        CheckOutsideWanted,
        ExportSheet,
        ExportWanted,
    )
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.scenario_wiring import ScenarioWiring


class ExportWiring(QObject):
    """Exports the open flow."""

    status_changed = Signal(str)  # what is known of the last export, for the status bar

    def __init__(
        self,
        session: FlowSession,
        scenarios: ScenarioWiring,
        sheet: ExportSheet,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """Know the flow's last export.

        Args:
            session: The open flow.
            scenarios: How they stand, and what runs them.
            sheet: Where it is done.
            window: Where links lead.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._scenarios = scenarios
        self._sheet = sheet
        self._window = window
        self._look: ExportLook | None = None
        self._export = FlowExport(self)
        self._outside = OutsideCheck(self._export, session.setting.loop, self)
        document = session.document
        self._export.looked.connect(self._on_looked)
        self._export.finished.connect(self._on_finished)
        self._outside.finished.connect(sheet.show_check_result)
        scenarios.runs.results_changed.connect(self._refresh)
        document.problems_changed.connect(self._refresh)
        document.draft_changed.connect(self._tell_status)
        document.saved_state_changed.connect(self._tell_status)
        sheet.export_wanted.connect(self._on_export_wanted)
        sheet.offer_pressed.connect(self._on_offer)
        sheet.check_outside_wanted.connect(self._on_check_wanted)
        sheet.check_outside_cancelled.connect(self._outside.cancel)

    def open(self) -> None:
        """Show what would go out."""
        self._look = None
        self._scenarios.flush()
        document = self._session.document
        self._export.look(document.draft, document.placed_flow())
        self._sheet.open_export(self._inputs())

    def status(self) -> str:
        """Return what is known of the last export: "exported 3fa9… · 2 edits since"."""
        last = self._history().last()
        if last is None:
            return ""
        draft = self._session.document.draft
        return export_status(last, parts_of(draft, with_scenarios=last.with_scenarios))

    async def close(self) -> None:
        """End what runs outside, and the thread."""
        if self._sheet.is_open:
            self._sheet.close_sheet()
        await self._outside.aclose()
        self._export.close()

    def _history(self) -> ExportHistory:
        return ExportHistory(self._session.document.folder.path, self._session.setting.state)

    def _inputs(self) -> ExportInputs:
        session = self._session
        document = session.document
        return ExportInputs(
            document.draft,
            document.problems,
            self._look,
            standings_of(self._scenarios.runs.results),
            tuple(one.name for one in session.secrets.missing(document.draft)),
            self._history().last(),
            session.may_run,
        )

    def _refresh(self, _: object = None) -> None:
        if self._sheet.is_open:
            self._sheet.show_inputs(self._inputs())

    def _tell_status(self, _: object = None) -> None:
        self.status_changed.emit(self.status())

    def _on_looked(self, look: ExportLook) -> None:
        self._look = look
        self._refresh()

    def _on_export_wanted(self, wanted: ExportWanted) -> None:
        document = self._session.document
        order = ExportOrder(
            document.draft, document.placed_flow(), wanted.target, wanted.with_scenarios
        )
        self._export.write(order, self._history())

    def _on_finished(self, result: ExportWritten | ExportFailed) -> None:
        if isinstance(result, ExportFailed):
            self._sheet.show_failure(result)
            return
        blocks = paste_blocks(result, self._session.scenario, command_here())
        self._sheet.show_receipt(result, blocks)
        self._tell_status()

    def _on_offer(self, offer: Offer) -> None:
        match offer:
            case Offer.SHOW_PROBLEMS:
                self._window.open_bottom("problems", focus=True)
            case Offer.SHOW_DIFFERENCES:
                self._window.show_page(Page.SCENARIOS, focus=True)
            case Offer.RUN_SCENARIOS:
                self._scenarios.run_all()
            case Offer.SHOW_SECRETS:
                self._window.open_side("secrets", focus=True)

    def _on_check_wanted(self, wanted: CheckOutsideWanted) -> None:
        self._outside.start(wanted.written, self._scenarios.runs.results)
