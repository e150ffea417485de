"""Joins scenarios to document, background runs and login: list, picker, grid, form, difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.canvas.card_sketch import sketch_of
from loginwright_designer.document.draft import EditRefused, ScenarioFocus
from loginwright_designer.document.folder import Saved
from loginwright_designer.document.scenario_edits import (
    add_scenario,
    change_scenario,
    change_scenario_text,
    duplicate_scenario,
    import_scenario,
    keep_as_expected,
    remove_scenario,
    rename_scenario,
)
from loginwright_designer.main_window.arrangement import Page
from loginwright_designer.main_window.editor_area import TabKey
from loginwright_designer.panels.bars.bar_signals import ScenarioState as TallyState
from loginwright_designer.panels.bars.bar_signals import ScenarioTally
from loginwright_designer.panels.scenarios.form import ScenarioForm
from loginwright_designer.panels.scenarios.grid_model import GridAction
from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.scenario_difference import difference_report, no_report
from loginwright_designer.simulation.scenario_presets import preset, scenario_of
from loginwright_designer.simulation.scenario_results import (
    ScenarioState,
    count,
    reach_counts,
)
from loginwright_designer.simulation.scenario_runs import ScenarioInputs, ScenarioRuns

if TYPE_CHECKING:
    from loginwright_designer.document.document_changes import DraftChange, SaveFinished
    from loginwright_designer.document.draft import EditResult
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.views import Views
    from loginwright_designer.panels.scenarios.wishes import (
        ImportWish,
        KeepWish,
        PresetWish,
        RenameWish,
        RunWish,
        ScenarioEdit,
        ScenarioTextEdit,
        ScenarioWish,
    )
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.simulation import Scenario
    from loginwright_runtime.simulation.reading import ScenarioFile

translate = QCoreApplication.translate

FORM: Final = "scenario"


class ScenarioWiring(QObject):
    """Shows scenarios wherever they are shown, runs them, and edits them.

    Attributes:
        runs: Runs them in the background; its results know what they belong to.
    """

    refused = Signal(object)  # EditRefused
    deleted = Signal(str)  # name of the edit
    tally_changed = Signal(object)  # ScenarioTally, or None without scenarios
    run_shown = Signal()  # a scenario's run is looked at as a login

    def __init__(
        self,
        session: FlowSession,
        views: Views,
        window: MainWindow,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        """Show the session's scenarios.

        Args:
            session: The open flow.
            views: Panel, picker, grid and difference.
            window: Where forms are opened.
            theme: The colours.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._views = views
        self._window = window
        self._theme = theme
        self._forms: dict[str, ScenarioForm] = {}
        self.background_runs = True
        self._compared: str | None = None
        self.runs = ScenarioRuns(session.login.settings, session.setting.loop, self)
        self._listen()
        self.runs.mark_stale(session.document.draft)
        self._show_actions()
        self._show()

    def _listen(self) -> None:
        document, views = self._session.document, self._views
        self.runs.results_changed.connect(self._show)
        self.runs.run_finished.connect(self._show)
        document.draft_changed.connect(self._on_draft_changed)
        document.save_finished.connect(self._on_save_finished)
        document.problems_changed.connect(self._show_actions)
        self._session.scenario_chosen.connect(self._show)
        for view in (views.picker, views.scenarios):
            view.chosen.connect(self._on_chosen)
            view.all_requested.connect(self.show_grid)
        views.picker.preset_chosen.connect(self._on_preset_chosen)
        views.scenarios.new_requested.connect(self._on_preset_chosen)
        views.scenarios.scenario_opened.connect(self._on_opened)
        views.scenarios.duplicate_requested.connect(self._on_duplicate)
        views.scenarios.rename_requested.connect(self._on_rename)
        views.scenarios.delete_requested.connect(self._on_delete)
        views.scenarios.import_requested.connect(self._on_import)
        grid = views.grid
        grid.run_requested.connect(self._on_run_requested)
        grid.run_opened.connect(self.show_run)
        grid.difference_shown.connect(self._on_difference)
        grid.keep_requested.connect(self._on_keep_requested)
        grid.scenario_opened.connect(self._on_opened)
        grid.scenario_selected.connect(self._on_selected)
        grid.new_requested.connect(self._on_preset_chosen)
        views.difference.run_opened.connect(self.show_run)
        views.difference.kept.connect(self._on_kept)
        views.difference.run_requested.connect(self._on_run_requested)
        views.difference.scenario_opened.connect(self._on_opened)
        self._window.editor_area.close_requested.connect(self._on_close_requested)

    def run_all(self, files: tuple[str, ...] = ()) -> bool:
        """Run scenarios in the background; all of them where none is named."""
        self.flush()
        document = self._session.document
        scenarios = document.draft.scenarios
        chosen = tuple(one for one in scenarios if not files or one.file in files)
        flow = document.placed_flow()
        return self.runs.run(ScenarioInputs(flow, chosen, self._session.may_run))

    def show_grid(self) -> None:
        """Bring the grid to the front."""
        self._window.show_page(Page.SCENARIOS, focus=True)
        if all(not result.has_run for result in self.runs.results):
            self.run_all()

    def show_in_grid(self, file: str) -> None:
        """Bring the grid to the front, with a scenario chosen in it."""
        self.show_grid()
        self._views.grid.select(file)

    def add_from_preset(self, key: str) -> None:
        """Add a scenario made from a preset; it is the one that runs from now on."""
        made = preset(key)
        if made is None:
            return
        current = self._session.scenario
        replies = () if current is None or current.scenario is None else current.scenario.resume
        kept = None if current is None else self.runs.kept_run(current.file)
        written = None if kept is None else getattr(kept.outcome, "profile_update", None)
        self.add(scenario_of(made, replies, written), choose=True)

    def add(self, scenario: Scenario, *, choose: bool = False) -> None:
        """Add a scenario; with ``choose`` it is the one that runs."""
        result = add_scenario(self._session.document.draft, scenario)
        if self._apply(result) and choose and not isinstance(result, EditRefused):
            focus = result.focus
            if isinstance(focus, ScenarioFocus):
                self._session.choose_scenario(focus.file)

    def save(self, scenario: Scenario) -> None:
        """Add what was made of a login, and say so: nothing else in sight tells of it."""
        before = {entry.file for entry in self._session.document.draft.scenarios}
        self.add(scenario)
        for entry in self._session.document.draft.scenarios:
            if entry.file not in before and entry.scenario is not None:
                text = translate("Scenarios", "Saved as the scenario {name}")
                self._window.toasts.show_text(text.format(name=entry.scenario.name))

    def keep(self, file: str) -> None:
        """Show what of a scenario's last run could be expected from now on."""
        self._window.show_page(Page.SCENARIOS)
        self._views.grid.select(file)
        self._show_difference(file)
        self._views.difference.choose_what_to_keep()

    def flush(self) -> None:
        """Take over what is typed in a form and not told yet."""
        for form in tuple(self._forms.values()):
            form.flush()

    def open_form(self, file: str) -> None:
        """Edit a scenario in the editor area."""
        entry = self._session.document.draft.scenario(file)
        if entry is None:
            return
        if file not in self._forms:
            form = ScenarioForm(self._theme)
            self._forms[file] = form
            form.scenario_edited.connect(self._on_edited)
            form.text_edited.connect(self._on_text_edited)
            form.rename_requested.connect(self._on_rename)
            self._show_form(form, entry)
            title = entry.scenario.name if entry.scenario is not None else entry.stem
            self._window.editor_area.open(TabKey(FORM, file), form, title, "list-checks")
        self._window.show_page(Page.FLOW)
        self._window.editor_area.focus(TabKey(FORM, file))
        self._window.open_editor(focus=True)

    def show_run(self, wish: ScenarioWish) -> None:
        """Look at a scenario's last run as a login that is over."""
        run = self.runs.kept_run(wish.file)
        entry = self._session.document.draft.scenario(wish.file)
        if run is None or run.record is None or entry is None or entry.scenario is None:
            self._session.choose_scenario(wish.file)
            return
        self._session.choose_scenario(wish.file)
        inputs = LoginInputs(self._session.document.placed_flow(), entry.scenario, entry.file)
        self._session.login.show_record(inputs, run.record, run.outcome)
        self._window.show_page(Page.FLOW)
        self.run_shown.emit()

    def close_forms(self) -> None:
        """Close every form."""
        for file in tuple(self._forms):
            self._close_form(file)

    def _show(self, _: object = None) -> None:
        results = self.runs.results
        chosen = self._session.scenario
        file = None if chosen is None else chosen.file
        self._views.picker.show_scenarios(results, file)
        self._views.scenarios.show_results(results, file)
        self._views.grid.show_results(results)
        self._window.canvas_pane.set_scenario_count(len(results) or None)
        if self._compared is not None:
            self._show_difference(self._compared)
        self.tally_changed.emit(self.tally())

    def tally(self) -> ScenarioTally | None:
        """Return how all scenarios stand, for the status bar; None without any."""
        results = self.runs.results
        if not results or not any(result.has_run for result in results):
            return None
        counts = count(results)
        passed = counts.of(ScenarioState.AS_EXPECTED)
        if counts.of(ScenarioState.RUNNING):
            state = TallyState.RUNNING
        elif counts.of(ScenarioState.DIFFERS) or counts.of(ScenarioState.UNREADABLE):
            state = TallyState.DIFFERS
        elif passed == len(results):
            state = TallyState.AS_EXPECTED
        else:
            state = TallyState.STALE
        return ScenarioTally(passed, len(results), state)

    def reach(self) -> tuple[dict[str, int], int]:
        """Return by how many scenarios each action was reached, and of how many that have run."""
        ran = [result for result in self.runs.results if result.has_run]
        return dict(reach_counts(ran)), len(ran)

    def _show_actions(self, _: object = None) -> None:
        flow, facts = self._session.document.draft.flow, self._session.document.problems.facts
        self._views.grid.show_actions(
            tuple(
                GridAction(
                    action.id,
                    action.name,
                    sketch_of(flow.files.get(action.code, b""), facts.get(action.code)).icon,
                    number,
                )
                for number, action in enumerate(flow.actions, start=1)
                if action.enabled
            )
        )

    def _show_form(self, form: ScenarioForm, entry: ScenarioFile | None) -> None:
        document = self._session.document
        form.show_scenario(entry, document.draft.flow, document.problems.facts)

    def _apply(self, result: EditResult) -> bool:
        refused = self._session.document.apply(result)
        if refused is not None:
            self.refused.emit(refused)
        return refused is None

    def _on_draft_changed(self, change: DraftChange) -> None:
        self.runs.mark_stale(change.after)
        self._show_actions()
        for file, form in tuple(self._forms.items()):
            entry = change.after.scenario(file)
            if entry is None:
                self._close_form(file)
            elif entry != change.before.scenario(file):
                self._show_form(form, entry)
        self._show()

    def _on_save_finished(self, finished: SaveFinished) -> None:
        """Run the scenarios when the flow was saved (security.md 29 says with what)."""
        if isinstance(finished.answer, Saved) and self.background_runs:
            self.run_all()

    def _on_chosen(self, wish: ScenarioWish) -> None:
        self._session.choose_scenario(wish.file)

    def _on_preset_chosen(self, wish: PresetWish) -> None:
        self.add_from_preset(wish.key)

    def _on_opened(self, wish: ScenarioWish) -> None:
        self.open_form(wish.file)

    def _on_duplicate(self, wish: ScenarioWish) -> None:
        self._apply(duplicate_scenario(self._session.document.draft, wish.file))

    def _on_rename(self, wish: RenameWish) -> None:
        self._apply(rename_scenario(self._session.document.draft, wish.file, wish.name))

    def _on_delete(self, wish: ScenarioWish) -> None:
        result = remove_scenario(self._session.document.draft, wish.file)
        if self._apply(result) and not isinstance(result, EditRefused):
            self.deleted.emit(result.name)

    def _on_import(self, wish: ImportWish) -> None:
        try:
            content = Path(wish.path).read_bytes()
        except OSError as error:
            message = translate("Scenarios", "{file} cannot be read: {reason}.")
            remedy = translate("Scenarios", "Choose a file that you may read.")
            told = message.format(file=wish.path.name, reason=error.strerror)
            self.refused.emit(EditRefused(told, remedy))
            return
        self._apply(import_scenario(self._session.document.draft, wish.path.stem, content))

    def _on_run_requested(self, wish: RunWish) -> None:
        self.run_all(wish.files)

    def _on_selected(self, wish: ScenarioWish) -> None:
        self._show_difference(wish.file)

    def _on_difference(self, wish: ScenarioWish) -> None:
        self._show_difference(wish.file)

    def _on_keep_requested(self, wish: ScenarioWish) -> None:
        self._show_difference(wish.file)
        self._views.difference.choose_what_to_keep()

    def _show_difference(self, file: str) -> None:
        self._compared = file
        document = self._session.document
        entry, run = document.draft.scenario(file), self.runs.kept_run(file)
        if entry is None or entry.scenario is None or run is None:
            missing = None if entry is None else no_report(entry)
            self._views.difference.show_report(missing)
            return
        result = self.runs.result(file)
        stale = result is not None and result.state is ScenarioState.STALE
        flow, facts = document.draft.flow, document.problems.facts
        report = difference_report(file, entry.scenario, run, flow, facts, is_stale=stale)
        self._views.difference.show_report(report)

    def _on_kept(self, wish: KeepWish) -> None:
        run = self.runs.kept_run(wish.file)
        if run is None:
            return
        outcome = run.outcome.model_dump(mode="json")
        draft = self._session.document.draft
        if self._apply(keep_as_expected(draft, wish.file, outcome, wish.paths)):
            self.run_all((wish.file,))

    def _on_edited(self, told: ScenarioEdit) -> None:
        self._apply(change_scenario(self._session.document.draft, told.file, told.scenario))

    def _on_text_edited(self, told: ScenarioTextEdit) -> None:
        self._apply(change_scenario_text(self._session.document.draft, told.file, told.content))

    def _on_close_requested(self, key: TabKey) -> None:
        if key.kind == FORM:
            form = self._forms.get(key.id)
            if form is not None:
                form.flush()
            self._close_form(key.id)

    def _close_form(self, file: str) -> None:
        if self._forms.pop(file, None) is not None:
            self._window.editor_area.close(TabKey(FORM, file))
