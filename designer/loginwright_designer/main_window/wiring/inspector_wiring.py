"""Joins the inspector to what is selected, and to what the login holds at the step shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.document.action_edits import (
    declare_secret,
    remove_actions,
    rename_action,
    set_enabled,
    undeclare_secret,
)
from loginwright_designer.document.action_obstacles import missing_node, obstacle_of
from loginwright_designer.document.action_summary import (
    ActionSurroundings,
    LineReach,
    ScenarioReach,
    action_summary,
)
from loginwright_designer.document.draft import EditRefused
from loginwright_designer.document.flow_edits import change_setting, rename_flow
from loginwright_designer.document.flow_words import flow_summary
from loginwright_designer.simulation import states
from loginwright_designer.simulation.breakpoint_rows import breakpoint_list, removed, turned
from loginwright_designer.simulation.change_list import ChangeList, ChangesAt, change_list
from loginwright_designer.simulation.changes import AskedChanges
from loginwright_designer.simulation.event_scope import event_scope, read_value, with_value
from loginwright_designer.simulation.issued_tokens import tokens
from loginwright_designer.simulation.milestones import milestones
from loginwright_designer.simulation.past_lines import past_scopes, with_places
from loginwright_designer.simulation.token_list import TokenList, token_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.canvas.lane_signals import ActionSelection
    from loginwright_designer.document.draft import EditResult
    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.panels.inspector.inspector import Inspector
    from loginwright_designer.panels.inspector.inspector_signals import (
        ActionsDeletion,
        BreakpointRemoval,
        BreakpointToggle,
        EnabledToggle,
        EventEdit,
        NameEdit,
        NameOfFlowEdit,
        ProblemOpening,
        ScenariosOpening,
        SecretDeclaration,
        SecretOpening,
        SecretRemoval,
        SettingEdit,
    )
    from loginwright_runtime.tracing import RunRecord

translate = QCoreApplication.translate


class InspectorWiring(QObject):
    """Fills the inspector's pages, and makes edits of what is asked for in them."""

    place_opened = Signal(object)  # SourcePlace
    problem_opened = Signal(object)  # Problem
    scenarios_opened = Signal(str)  # id of the action whose scenarios are asked for
    secret_opened = Signal(str)  # a secret's name
    secret_wanted = Signal(str)  # id of the action that is to declare one, by a name still unknown
    refused = Signal(object)  # EditRefused
    deleted = Signal(str)  # name of the edit

    def __init__(
        self, session: FlowSession, inspector: Inspector, parent: QObject | None = None
    ) -> None:
        """Show the session's flow and login.

        Args:
            session: The open flow.
            inspector: Its pages.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._inspector = inspector
        self._selected: tuple[str, ...] = ()
        self._reach: Mapping[str, int] = {}
        self._scenarios = 0
        self._lines: Mapping[str, LineReach] = {}
        self._last_export = ""
        self._asked_of: RunRecord | None = None
        self._asked: AskedChanges | None = None
        self._milestones: RunRecord | None = None
        self._stop: int | None = None
        self._since: int | None = None
        self._event: bytes | None = None
        self._listen()
        self._show_subject()
        self._show_login()
        self._show_breakpoints()

    def _listen(self) -> None:
        session, inspector = self._session, self._inspector
        document, login = session.document, session.login
        document.draft_changed.connect(self._show_subject)
        document.draft_changed.connect(self._show_breakpoints)
        document.problems_changed.connect(self._show_subject)
        session.secrets.secrets_changed.connect(self._show_subject)
        session.breakpoints_changed.connect(self._show_breakpoints)
        login.state_changed.connect(self._on_state_changed)
        login.record_grown.connect(self._show_login)
        login.login_ended.connect(self._on_ended)
        session.paused_code.changed.connect(self._show_login)
        inspector.mode_changed.connect(self._show_subject)
        action, flow = inspector.action, inspector.flow
        action.name_edited.connect(self._on_name)
        action.enabled_toggled.connect(self._on_enabled)
        action.delete_requested.connect(self._on_delete)
        action.secret_declared.connect(self._on_declared)
        action.secret_removed.connect(self._on_removed)
        action.secret_opened.connect(self._on_secret_opened)
        action.place_opened.connect(self.place_opened)
        action.scenarios_opened.connect(self._on_scenarios_opened)
        for page in (action, inspector.problems):
            page.problem_opened.connect(self._on_problem_opened)
        flow.name_edited.connect(self._on_flow_name)
        flow.setting_edited.connect(self._on_setting)
        flow.secret_opened.connect(self._on_secret_opened)
        inspector.variables.event_edited.connect(self._on_event_edited)
        for view in (inspector.variables, inspector.changes, inspector.tokens):
            view.place_opened.connect(self.place_opened)
        inspector.breakpoints.toggled.connect(self._on_breakpoint_toggled)
        inspector.breakpoints.removed.connect(self._on_breakpoint_removed)
        inspector.breakpoints.opened.connect(self.place_opened)

    @property
    def edited_event(self) -> bytes | None:
        """The event as it was edited at this pause, for the next step; None where it was not."""
        return self._event

    def select(self, selection: ActionSelection) -> None:
        """Show other actions, or the flow where none is selected."""
        self._selected = selection.actions
        self._show_subject()

    def show_reach(self, reach: Mapping[str, int], scenarios: int) -> None:
        """Tell by how many of the scenarios each action was reached."""
        self._reach, self._scenarios = reach, scenarios
        self._show_subject()

    def show_lines(self, lines: Mapping[str, LineReach]) -> None:
        """Tell how many lines of each action the scenarios come to."""
        self._lines = lines
        self._show_subject()

    def show_export(self, words: str) -> None:
        """Tell of the last export."""
        self._last_export = words
        self._show_subject()

    def _show_subject(self, _: object = None) -> None:
        """Show what is selected; in a run nobody sees it, and nothing is worked out."""
        session, inspector = self._session, self._inspector
        if inspector.mode == "run":
            return
        document = session.document
        flow = document.placed_flow()
        present = [
            name for name in document.draft.declared_secrets() if session.secrets.value(name)
        ]
        unread = document.folder.unread
        inspector.show_flow(flow_summary(flow, present, self._last_export, unread))
        chosen = [action for action in flow.actions if action.id in self._selected]
        if not chosen:
            inspector.select_flow()
            return
        if len(chosen) > 1:
            ids = tuple(action.id for action in chosen)
            inspector.show_several(ids, sum(action.enabled for action in chosen))
            return
        action = chosen[0]
        problems = document.problems
        inspector.show_action(
            action_summary(
                flow,
                action,
                problems.facts.get(action.code),
                ActionSurroundings(
                    problems.problems,
                    self._secret_facts(action.secrets),
                    self._secret_note(),
                    self._reach_of(action.id),
                    self._lines.get(action.id),
                    obstacle=obstacle_of(flow, action, problems.problems, missing_node()),
                ),
            )
        )

    def _reach_of(self, action: str) -> ScenarioReach | None:
        if not self._scenarios or not self._reach:
            return None
        return ScenarioReach(self._reach.get(action, 0), self._scenarios)

    def _secret_facts(self, names: tuple[str, ...]) -> Mapping[str, SecretFacts]:
        facts = {name: self._session.secrets.facts(name) for name in names}
        return {name: found for name, found in facts.items() if found is not None}

    def _secret_note(self) -> str:
        if self._session.is_bundled:
            return translate("Inspector", "Sample value, not stored")
        return ""

    def _on_state_changed(self, _: object) -> None:
        """Remember where the login stood still, to tell what is new at the next stop."""
        state = self._session.login.state
        if isinstance(state, states.Running):
            self._event = None
            if self._session.login.record is None:
                self._stop = self._since = None
        elif isinstance(state, states.Paused | states.Away | states.Finished | states.Failed):
            self._note_stop()
        self._show_login()

    def _on_ended(self, _: object) -> None:
        self._note_stop()
        self._show_login()

    def _note_stop(self) -> None:
        record = self._session.login.record
        last = record.entries[-1].seq if record is not None and record.entries else None
        if last is not None and last != self._stop:
            self._since, self._stop = self._stop, last

    def _show_login(self, _: object = None) -> None:
        login, inspector = self._session.login, self._inspector
        record, state = login.record, login.state
        past = isinstance(state, states.Past)
        inspector.set_past(past)
        inspector.variables.empty.show_running(runs=isinstance(state, states.Running))
        if record is None or login.inputs is None:
            inspector.variables.show_scopes(())
            inspector.show_changes(ChangeList())
            inspector.show_tokens(TokenList())
            return
        if self._asked is None or self._asked_of is not record:
            self._asked, self._asked_of = AskedChanges.of(record), record
            self._milestones = milestones(record)
        events = self._milestones or record
        flow = login.inputs.flow
        names = {action.id: action.name for action in flow.actions}
        position, since = login.position, self._since
        if isinstance(state, states.Past):
            before = login.steps.numbered(state.step - 1)
            since = None if before is None else before.until
        secrets = {action.id: action.secrets for action in flow.actions}
        pause = None if past else login.pause
        if pause is not None and self._event is not None:
            pause = replace(pause, event=self._event)
        scope = event_scope(
            events,
            position=position,
            since=since,
            pause=pause,
            secrets=secrets,
        )
        code = self._session.paused_code
        if past or not code.is_reading:
            frame = login.frame
            scopes = past_scopes(frame) if past else with_places(code.scopes, frame)
            inspector.variables.show_scopes(scopes if scope is None else (*scopes, scope))
        inspector.variables.set_editable(pause is not None and pause.kind == "before_handler")
        at = ChangesAt(position, since, flow.settings.profile_writes)
        changes = change_list(events, self._asked, login.steps, names, at)
        inspector.show_changes(changes)
        found = tokens(events, position, self._asked)
        signed = None if past or login.outcome is None else login.outcome.tokens
        inspector.show_tokens(
            token_list(events, found, self._asked, names, signed, changes.standing)
        )

    def _show_breakpoints(self, _: object = None) -> None:
        session = self._session
        shown = breakpoint_list(session.breakpoints, session.document.draft.flow)
        self._inspector.show_breakpoints(shown)

    def _apply(self, result: EditResult) -> bool:
        if self._session.login.position is not None:
            result = EditRefused(
                translate("Lane", "You are looking at the past."),
                translate("Lane", "Press Esc to return to now, then edit."),
            )
        refused = self._session.document.apply(result)
        if refused is not None:
            self.refused.emit(refused)
        return refused is None

    def _on_secret_opened(self, told: SecretOpening) -> None:
        self.secret_opened.emit(told.name)

    def _on_scenarios_opened(self, told: ScenariosOpening) -> None:
        self.scenarios_opened.emit(told.action_id)

    def _on_problem_opened(self, told: ProblemOpening) -> None:
        self.problem_opened.emit(told.problem)

    def _on_name(self, told: NameEdit) -> None:
        self._apply(rename_action(self._session.document.draft, told.action_id, told.name))

    def _on_enabled(self, told: EnabledToggle) -> None:
        draft = self._session.document.draft
        self._apply(set_enabled(draft, told.action_ids, enabled=told.enabled))

    def _on_delete(self, told: ActionsDeletion) -> None:
        result = remove_actions(self._session.document.draft, told.action_ids)
        if self._apply(result) and not isinstance(result, EditRefused):
            self.deleted.emit(result.name)

    def _on_declared(self, told: SecretDeclaration) -> None:
        if not told.name:
            self.secret_wanted.emit(told.action_id)
            return
        draft = self._session.document.draft
        self._apply(declare_secret(draft, told.action_id, told.name))

    def _on_removed(self, told: SecretRemoval) -> None:
        draft = self._session.document.draft
        self._apply(undeclare_secret(draft, told.action_id, told.name))

    def _on_flow_name(self, told: NameOfFlowEdit) -> None:
        self._apply(rename_flow(self._session.document.draft, told.name))

    def _on_setting(self, told: SettingEdit) -> None:
        self._apply(change_setting(self._session.document.draft, told.name, told.value))

    def _on_event_edited(self, told: EventEdit) -> None:
        """Keep an edit of the event for the next step; only before a handler has begun."""
        pause = self._session.login.pause
        if pause is None or pause.kind != "before_handler":
            message = translate("Inspector", "The event can be edited before an action only.")
            remedy = translate("Inspector", "Set a breakpoint before the action, and run again.")
            self.refused.emit(EditRefused(message, remedy))
            self._show_login()
            return
        self._event = with_value(self._event or pause.event, told.path, read_value(told.text))
        self._show_login()

    def _on_breakpoint_toggled(self, told: BreakpointToggle) -> None:
        session = self._session
        session.set_breakpoints(turned(session.breakpoints, told.key, on=told.enabled))

    def _on_breakpoint_removed(self, told: BreakpointRemoval) -> None:
        session = self._session
        session.set_breakpoints(removed(session.breakpoints, told.key))
