"""All that joins the views to one open flow; made when it is opened, gone when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from loginwright_designer.canvas.lane_signals import ActionSelection
from loginwright_designer.code_editor.line_marks import stopped_or_past
from loginwright_designer.main_window.arrangement import Mode, Page, Pane
from loginwright_designer.main_window.editor_area import TabKey
from loginwright_designer.main_window.wiring.bottom_wiring import BottomWiring
from loginwright_designer.main_window.wiring.code_tabs import CodeTabs
from loginwright_designer.main_window.wiring.command_states import CommandStates
from loginwright_designer.main_window.wiring.coverage_wiring import CoverageWiring
from loginwright_designer.main_window.wiring.debug_wiring import DebugWiring
from loginwright_designer.main_window.wiring.desk_wiring import DeskWiring
from loginwright_designer.main_window.wiring.drag_words import DragWords
from loginwright_designer.main_window.wiring.end_place import EndPlace
from loginwright_designer.main_window.wiring.export_wiring import ExportWiring
from loginwright_designer.main_window.wiring.folder_wiring import FolderWiring
from loginwright_designer.main_window.wiring.inspector_wiring import InspectorWiring
from loginwright_designer.main_window.wiring.lane_menus import LaneMenus
from loginwright_designer.main_window.wiring.lane_wiring import LaneWiring
from loginwright_designer.main_window.wiring.library_wiring import LibraryWiring
from loginwright_designer.main_window.wiring.palette_wiring import PaletteWiring
from loginwright_designer.main_window.wiring.problem_place import lead_to
from loginwright_designer.main_window.wiring.real_site_wiring import RealSiteWiring
from loginwright_designer.main_window.wiring.recorded_wiring import RecordedWiring
from loginwright_designer.main_window.wiring.run_wiring import RunRefused, RunWiring
from loginwright_designer.main_window.wiring.scenario_wiring import ScenarioWiring
from loginwright_designer.main_window.wiring.secret_wiring import SecretWiring
from loginwright_designer.main_window.wiring.status_wiring import StatusWiring
from loginwright_designer.panels.bars.bar_signals import (
    OutcomeOffer,
    StatusChoice,
    StatusPart,
)
from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_signals import ActionOpening, PlacingChange
    from loginwright_designer.code_editor.editor_signals import RefusedTyping
    from loginwright_designer.document.document_changes import DraftChange
    from loginwright_designer.document.draft import ActionsFocus, EditRefused
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.workbench import Workbench
    from loginwright_designer.simulation.source_place import SourcePlace
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate


class FlowWiring(QObject):
    """Everything between the window and the open flow.

    Attributes:
        session: The open flow.
        lane: The lane and its edits.
        code: The tabs with code.
        bottom: Steps, console and problems.
        inspector: What is selected, and what the login holds.
        run: Begins logins and moves them on.
        status: What is going on, in words.
        folder: Saving, trust, recovery.
        scenarios: List, grid and forms.
        library: Templates, blank actions and files.
        secrets: Values and names of secrets.
        desk: Where somebody answers for another site, or for a person.
        real_site: The browser's way there and back.
        recorded: The logins that ran.
        export: What goes out.
        debug: Looks into code that stands still.
        coverage: Lines that scenarios come to.
        palette: What Ctrl+P opens.
        command_states: Which commands can be given.
    """

    def __init__(self, session: FlowSession, bench: Workbench) -> None:
        """Show a flow in the window.

        Args:
            session: The open flow.
            bench: The window, what stands in it, and what is preferred.
        """
        super().__init__(bench)
        views, window, theme = bench.views, bench.window, bench.theme
        self.session = session
        self._views = views
        self._window = window
        self.lane = LaneWiring(session, views.lane, self)
        self.code = CodeTabs(session, window.editor_area, theme, self)
        self.bottom = BottomWiring(session, views.bottom, self)
        self.inspector = InspectorWiring(session, views.inspector, self)
        self.run = RunWiring(session, self)
        self.status = StatusWiring(session, views, window, self)
        self.folder = FolderWiring(session, bench.folder_bars, window, self)
        self.scenarios = ScenarioWiring(session, views, window, theme, self)
        self.scenarios.background_runs = bench.preferences.background_runs
        self.drag_words = DragWords(session, views, window, self)
        self.library = LibraryWiring(self.lane, views.library, window, self)
        self.lane_menus = LaneMenus(self.lane, self.library, views.lane, window.commands, self)
        self.desk = DeskWiring(session, window, theme, self)
        self.desk.is_typing = self.code.is_typing
        self.real_site = RealSiteWiring(session, window, theme, self)
        self.recorded = RecordedWiring(session, views.recorded, window, self)
        self.secrets = SecretWiring(session, bench.secret_views, window, self)
        self.export = ExportWiring(session, self.scenarios, bench.export_sheet, window, self)
        self.palette = PaletteWiring(session, self.code, self.scenarios, window, self)
        self.debug = DebugWiring(session, self.code, views, window, self)
        self.coverage = CoverageWiring(self, window)
        self.end_place = EndPlace(self, views.lane, window)
        self.command_states = CommandStates(self, window, self)
        self._join_views()
        self._join_places()
        self._join_login()
        self._join_scenarios()
        chosen = self.lane.selected
        self.inspector.select(ActionSelection(chosen, next(iter(chosen), None)))

    async def close(self) -> None:
        """End everything of this flow; what is not saved is journalled."""
        self.scenarios.flush()
        self.code.clear()
        self.scenarios.close_forms()
        self.folder.hide_bars()
        await self.debug.close()
        await self.coverage.close()
        await self.real_site.close()
        await self.desk.close()
        await self.export.close()
        await self.scenarios.runs.close()
        await self.session.close()
        self.deleteLater()

    def open_place(self, place: SourcePlace) -> None:
        """Show a line of an action's code; nothing runs."""
        if self.code.open_action(place.action_id, line=place.line):
            self._views.lane.select(place.action_id)
            self._window.open_editor(focus=True)

    def open_problem(self, problem: Problem) -> None:
        """Lead to what a problem is about."""
        lead_to(problem, self, self._views.lane, self._window)

    def tell_refused(self, refused: EditRefused | RunRefused) -> None:
        """Say what could not be done, and what to do."""
        text = f"{refused.message} {refused.remedy}".strip()
        self._window.toasts.show_text(text, error=True)

    def _join_views(self) -> None:
        window, document = self._window, self.session.document
        self.lane.refused.connect(self.tell_refused)
        self.lane.deleted.connect(self._offer_undo)
        self.lane.selection_changed.connect(self._on_selected)
        self.lane.secrets_declared.connect(self._on_secrets_declared)
        self.lane.pasted.connect(self._on_pasted)
        self.inspector.refused.connect(self.tell_refused)
        self.inspector.deleted.connect(self._offer_undo)
        self.bottom.refused.connect(self.tell_refused)
        self.code.edit_refused.connect(self.tell_refused)
        self.code.past_typed.connect(self._on_past_typed)
        self.code.place_changed.connect(self.status.show_place)
        self.code.breakpoints.run_to_wanted.connect(self.run.run_to)
        self.run.run_refused.connect(self._on_run_refused)
        self.run.secrets_needed.connect(self.secrets.ask_for_values)
        self.secrets.refused.connect(self.tell_refused)
        self.secrets.place_opened.connect(self.open_place)
        self.inspector.secret_opened.connect(self.secrets.show_secret)
        self.inspector.secret_wanted.connect(self.secrets.ask_for_name)
        self._views.bottom.run_asked.connect(self.run.start)
        document.draft_changed.connect(self._on_draft_changed)
        window.editor_area.restart_requested.connect(self._on_restart)

    def _join_places(self) -> None:
        self._views.lane.action_opened.connect(self._on_action_opened)
        self._views.lane.placing_changed.connect(self._on_placing_changed)
        for source in (self.bottom, self.inspector):
            source.place_opened.connect(self.open_place)
            source.problem_opened.connect(self.open_problem)
        self._views.status.part_pressed.connect(self._on_status_pressed)
        self._views.past_bar.step_back.connect(self.run.back_in_time)
        self._views.past_bar.step_forward.connect(self.run.forward_in_time)

    def _join_login(self) -> None:
        login = self.session.login
        login.state_changed.connect(self._on_state_changed)
        self.run.run_began.connect(self._on_run_began)
        self.run.event_edited = lambda: self.inspector.edited_event

    def _join_scenarios(self) -> None:
        scenarios, run = self.scenarios, self.run
        scenarios.refused.connect(self.tell_refused)
        scenarios.deleted.connect(self._offer_undo)
        scenarios.tally_changed.connect(self.status.show_scenarios)
        scenarios.runs.results_changed.connect(self._on_results_changed)
        scenarios.runs.run_finished.connect(self._on_results_changed)
        scenarios.run_shown.connect(self._on_run_began)
        self.desk.run_shown.connect(self._show_run)
        self.desk.scenario_made.connect(scenarios.save)
        self.desk.real_site_wanted.connect(self.real_site.offer)
        self.real_site.copied.connect(self.desk.tell_copied)
        self.recorded.scenario_made.connect(scenarios.save)
        self.recorded.login_shown.connect(self._show_run)
        self.recorded.refused.connect(self.tell_refused)
        self.recorded.run_requested.connect(run.start)
        self.desk.place_opened.connect(self.open_place)
        run.send_requested.connect(self.desk.show)
        self.status.offer_taken.connect(self._on_offer)
        self.folder.before_save = scenarios.flush
        run.before_run = scenarios.flush
        self.folder.trusted.connect(run.start)
        run.trust_needed.connect(self.folder.ask_for_trust)
        self.export.status_changed.connect(self.status.show_exported)
        self.export.status_changed.connect(self.inspector.show_export)
        self.inspector.scenarios_opened.connect(scenarios.show_grid)

    def save_as_scenario(self) -> None:
        """Make a scenario of what is on the desk, else of the login that is over."""
        if not self.desk.save_answer():
            self.recorded.save_last()

    def keep_as_expected(self) -> None:
        """Show what of the chosen scenario's run could be expected from now on."""
        entry = self.session.scenario
        if entry is not None:
            self.scenarios.keep(entry.file)

    def _on_offer(self, offer: OutcomeOffer) -> None:
        match offer:
            case OutcomeOffer.SEE_CLAIMS:
                self._views.inspector.choose("tokens")
                self._window.open_inspector()
            case OutcomeOffer.BROKEN_REPLY:
                self.desk.show_drills()
            case OutcomeOffer.OWN_ACTION:
                self._window.open_side("library", focus=True)
            case OutcomeOffer.KEEP_AS_EXPECTED:
                self.keep_as_expected()
            case OutcomeOffer.SAVE_AS_SCENARIO:
                self.recorded.save_last()
            case OutcomeOffer.COPY_AS_JSON:
                self.recorded.copy_last()

    def _on_results_changed(self, _: object) -> None:
        if not self.scenarios.runs.is_running:  # It would be another twenty times a second.
            self.inspector.show_reach(*self.scenarios.reach())

    def _on_selected(self, selection: ActionSelection) -> None:
        self.inspector.select(selection)

    def _on_action_opened(self, opening: ActionOpening) -> None:
        if self.code.open_action(opening.action, handler=opening.handler or "onExecutePostLogin"):
            self._window.open_editor(focus=True)

    def show_flow_settings(self) -> None:
        """Show the flow itself in the inspector, whatever is selected."""
        self.inspector.select(ActionSelection((), None))
        self._views.inspector.choose("flow")
        self._window.open_inspector()

    def _on_status_pressed(self, choice: StatusChoice) -> None:
        match choice.part:
            case StatusPart.SCENARIOS:
                self.scenarios.show_grid()
            case StatusPart.PROBLEMS:
                self._window.open_bottom("problems", focus=True)
            case StatusPart.EXPORT:
                self.export.open()
            case StatusPart.PLACE:
                editor = self.code.current
                if editor is not None:
                    editor.ask_for_line()
            case StatusPart.STATE | StatusPart.CRUMB:
                self._window.open_bottom("steps", focus=True)

    def _on_placing_changed(self, told: PlacingChange) -> None:
        self._views.status.show_message(told.text, spoken=False)

    def _on_past_typed(self, told: RefusedTyping) -> None:
        self._views.status.show_message(told.reason, spoken=False)

    def _on_restart(self, _: TabKey) -> None:
        self.run.restart()

    def _on_run_refused(self, refused: RunRefused) -> None:
        self.tell_refused(refused)
        if refused.problem is not None:
            self.open_problem(refused.problem)

    def _on_run_began(self) -> None:
        self._window.toasts.clear()
        self.desk.reset()
        self._show_run()

    def _show_run(self) -> None:
        """Arrange the window for a login."""
        self._window.show_mode(Mode.RUN)
        self._window.show_page(Page.FLOW)
        self._views.inspector.set_mode("run")

    def _on_state_changed(self, _: object = None) -> None:
        login = self.session.login
        state = login.state
        match state:
            case states.Past():
                cell = login.steps.numbered(state.step)
                files = login.inputs.flow.files if login.inputs is not None else None
                self._show_step(
                    None if cell is None else cell.action,
                    None if cell is None else cell.line,
                    file=None if cell is None else cell.file,
                    past=True,
                )
                self.code.show_as_it_ran(files)
                note = translate("Editor", "As it ran · read only")
                self._window.editor_area.set_right_note(note)
            case states.Paused():
                self._leave_past()
                self._show_step(state.action_id, state.line, handler=state.handler, file=state.file)
            case _:
                self._leave_past()
                self.code.show_run_line(None, None)
                away = login.away
                if away is not None and away.suspension.action is not None:
                    self._views.lane.select(away.suspension.action)
        self._note_edits()

    def _leave_past(self) -> None:
        self.code.show_as_it_ran(None)
        self._window.editor_area.set_right_note("")

    def _show_step(
        self,
        action: str | None,
        line: int | None,
        *,
        handler: str | None = None,
        file: str | None = None,
        past: bool = False,
    ) -> None:
        """Show where the login is in the code, without taking the keyboard from where it is."""
        source = file or self.code.source_of(action)
        if source is not None and (line is not None or handler is None):
            self.code.open_file(source, line=line, focus=not past)
        elif action is not None:
            self.code.open_action(action, handler=handler, focus=not past)
        if action is not None:
            self._views.lane.select(action)
        if not past:
            self._window.show_pane(Pane.EDITOR)
        self.code.show_run_line(source, stopped_or_past(line, past=past))

    def _on_draft_changed(self, change: DraftChange) -> None:
        self._note_edits()
        word = {
            "undone": translate("Toasts", "Undone: {edit}"),
            "redone": translate("Toasts", "Redone: {edit}"),
        }.get(change.kind)
        if word is not None:
            name = change.name[:1].lower() + change.name[1:]
            self._window.toasts.show_text(word.format(edit=name))

    def _note_edits(self) -> None:
        """Say on a tab that its code was edited since this login began, with Restart."""
        login, inputs = self.session.login, self.session.inputs()
        edited = () if inputs is None else login.edited_since(inputs).files
        over = isinstance(login.state, states.Idle)
        for file in self.code.files:
            text = ""
            if file in edited and not over:
                text = translate("Editor", "edited since this login began")
            self._window.editor_area.set_note(TabKey("code", file), text)

    def _offer_undo(self, name: str) -> None:
        toast = self._window.toasts.show_text(name, translate("Toasts", "Undo"))
        toast.pressed.connect(self.session.document.undo)

    def _on_secrets_declared(self, names: tuple[str, ...]) -> None:
        if len(names) == 1:
            text = translate("Toasts", "1 secret declared: {names}")
        else:
            text = translate("Toasts", "{count} secrets declared: {names}")
        self._window.toasts.show_text(text.format(count=len(names), names=", ".join(names)))

    def _on_pasted(self, focus: ActionsFocus) -> None:
        self._views.lane.select(focus.action_ids[0])
        self._views.lane.setFocus()
        self._views.lane.rename_current()
