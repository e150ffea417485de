"""Says which commands can be given now, and of the others why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states
from loginwright_runtime.debugging import ActionBreakpoint, MeaningBreakpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring
    from loginwright_runtime.debugging import Breakpoint

translate = QCoreApplication.translate

OF_SELECTION = (
    CommandId.CUT,
    CommandId.COPY,
    CommandId.DUPLICATE,
    CommandId.DELETE,
    CommandId.RENAME,
    CommandId.TURN_ON_OR_OFF,
    CommandId.MOVE_UP,
    CommandId.MOVE_DOWN,
    CommandId.BREAK_BEFORE,
    CommandId.BREAK_AFTER,
    CommandId.BREAK_BEFORE_LEAVING,
    CommandId.DECLARE_SECRET,
)
OF_CODE = (
    CommandId.FIND,
    CommandId.REPLACE,
    CommandId.GO_TO_LINE,
    CommandId.TOGGLE_COMMENT,
    CommandId.TOGGLE_BREAKPOINT,
    CommandId.EDIT_CONDITION,
    CommandId.EDIT_HITS,
    CommandId.EDIT_LOG_MESSAGE,
    CommandId.RUN_TO_LINE,
    CommandId.TAB_MOVES_FOCUS,
)
MEANINGS: Mapping[CommandId, MeaningBreakpoint] = {
    CommandId.BREAK_ON_CLAIM: MeaningBreakpoint("claim_set"),
    CommandId.BREAK_ON_DENIAL: MeaningBreakpoint("denied"),
    CommandId.BREAK_ON_METADATA: MeaningBreakpoint("metadata_changed"),
    CommandId.BREAK_ON_MFA: MeaningBreakpoint("mfa_asked"),
}


class CommandStates(QObject):
    """Follows selection, code in front, login and breakpoints."""

    def __init__(self, flow: FlowWiring, window: MainWindow, parent: QObject | None = None) -> None:
        """Look once, and whenever something changes.

        Args:
            flow: The open flow.
            window: Whose commands.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._flow = flow
        self._window = window
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._show)
        session = flow.session
        session.login.state_changed.connect(self._look)
        session.breakpoints_changed.connect(self._look)
        session.scenario_chosen.connect(self._look)
        session.document.draft_changed.connect(self._look)
        flow.lane.selection_changed.connect(self._look)
        flow.code.place_changed.connect(self._look)
        flow.scenarios.runs.results_changed.connect(self._look)
        session.document.problems_changed.connect(self._look)
        window.editor_area.current_changed.connect(self._look)
        self._show()

    def _look(self, _: object = None) -> None:
        if not self._due.isActive():
            self._due.start()

    def _show(self) -> None:
        commands = self._window.commands
        for command, reason in self._reasons():
            commands.set_state(command, not reason, reason)
        breakpoints = self._flow.session.breakpoints
        for command, entry in MEANINGS.items():
            commands.set_checked(command, entry in breakpoints)
        selected = self._flow.lane.selected
        places: dict[CommandId, tuple[Breakpoint, ...]] = {
            CommandId.BREAK_BEFORE: tuple(ActionBreakpoint(one, "before") for one in selected),
            CommandId.BREAK_AFTER: tuple(ActionBreakpoint(one, "after") for one in selected),
            CommandId.BREAK_BEFORE_LEAVING: tuple(
                ActionBreakpoint(one, "leaving") for one in selected
            ),
        }
        for command, entries in places.items():
            commands.set_checked(
                command, bool(entries) and all(one in breakpoints for one in entries)
            )

    def _reasons(self) -> Iterator[tuple[CommandId, str]]:
        """Yield commands with why they cannot be given now; empty where they can."""
        flow = self._flow
        nothing = "" if flow.lane.selected else translate("Commands", "No action is selected.")
        for command in OF_SELECTION:
            yield command, nothing
        no_code = "" if flow.code.current else translate("Commands", "No code is open in front.")
        for command in OF_CODE:
            yield command, no_code
        yield CommandId.TURN_BREAKPOINT, no_code or self._without_breakpoint()
        yield from self._of_tabs()
        state = flow.session.login.state
        now = state.now if isinstance(state, states.Past) else state
        away = isinstance(now, states.Away) and not isinstance(state, states.Past)
        not_away = "" if away else translate("Commands", "No login is waiting for an answer.")
        yield CommandId.SEND, not_away
        yield CommandId.SEND_AND_RUN, not_away
        running = isinstance(now, states.Running)
        busy = translate("Commands", "The code is running: stop it first.") if running else ""
        yield CommandId.RUN_TO_END, busy
        begun = not isinstance(now, states.Idle)
        yield CommandId.RESTART, "" if begun else translate("Commands", "No login has begun.")
        stands = flow.session.paused_code.can_evaluate and now is state
        no_stop = translate("Commands", "No code stands still: pause it in an action first.")
        yield CommandId.EVALUATE, "" if stands else no_stop
        yield from self._of_time(state)
        yield from self._of_scenarios(now)

    def _without_breakpoint(self) -> str:
        editor = self._flow.code.current
        if editor is None or editor.breakpoint_editing.mark(editor.view.cursor_line) is not None:
            return ""
        return translate("Commands", "There is no breakpoint on this line.")

    def _of_tabs(self) -> Iterator[tuple[CommandId, str]]:
        area = self._window.editor_area
        closed = translate("Commands", "No tab is open.")
        yield CommandId.CLOSE_TAB, closed if area.current is None else ""
        alone = translate("Commands", "No other tab is open.") if area.current else closed
        for command in (CommandId.NEXT_TAB, CommandId.PREVIOUS_TAB):
            yield command, "" if len(area.keys) > 1 else alone
        never = translate("Commands", "No login has left yet.")
        yield CommandId.SHOW_DESK, never if self._flow.desk.page is None else ""
        problems = self._flow.session.document.problems.problems
        yield CommandId.NEXT_PROBLEM, "" if problems else translate("Commands", "No problems.")

    def _of_time(self, state: states.LoginState) -> Iterator[tuple[CommandId, str]]:
        past = isinstance(state, states.Past)
        total = self._flow.session.login.steps.total
        first = translate("Commands", "There is no earlier step.")
        shown = state.step if isinstance(state, states.Past) else total
        yield CommandId.BACK_IN_TIME, "" if shown > 1 else first
        now = translate("Commands", "You are looking at now.")
        yield CommandId.FORWARD_IN_TIME, "" if past else now
        yield CommandId.BACK_TO_NOW, "" if past else now

    def _of_scenarios(self, now: states.NowState) -> Iterator[tuple[CommandId, str]]:
        session = self._flow.session
        without = translate("Commands", "There is no scenario yet.")
        yield CommandId.RUN_SCENARIOS, "" if session.document.draft.scenarios else without
        yield CommandId.MEASURE_COVERAGE, "" if session.document.draft.scenarios else without
        measured = self._flow.code.current is not None and self._flow.coverage.runs.coverage.files
        unknown = translate("Commands", "Open code and measure line coverage first.")
        yield CommandId.SCENARIOS_OF_LINE, "" if measured else unknown
        entry = session.scenario
        kept = entry is not None and self._flow.scenarios.runs.kept_run(entry.file) is not None
        not_run = translate("Commands", "The scenario has not run yet.")
        yield CommandId.KEEP_AS_EXPECTED, "" if kept else not_run
        over = isinstance(now, states.Finished | states.Failed)
        not_over = translate("Commands", "Answer the login that is away, or stop it, first.")
        none = translate("Commands", "Run a login first.")
        at_now = not isinstance(session.login.state, states.Past)
        open_desk = isinstance(now, states.Away) and now.kind == "redirect" and at_now
        reason = not_over if isinstance(now, states.Away) and not open_desk else none
        yield CommandId.SAVE_AS_SCENARIO, "" if over or open_desk else reason
