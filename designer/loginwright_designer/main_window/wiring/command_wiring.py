"""Answers every command that is about the flow, its login, or the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject

from loginwright_designer.code_editor.editor import CodeEditor
from loginwright_designer.main_window.arrangement import Page
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.wiring.command_states import MEANINGS
from loginwright_designer.theme.roles import SchemeChoice
from loginwright_runtime.debugging import ActionBreakpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_designer.main_window.command_set import Refusal
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring
    from loginwright_designer.main_window.wiring.workbench import Workbench
    from loginwright_runtime.debugging import MeaningBreakpoint

translate = QCoreApplication.translate

BreakpointPlace: TypeAlias = Literal["before", "after", "leaving"]

SCHEMES: Mapping[CommandId, SchemeChoice] = {
    CommandId.THEME_LIGHT: SchemeChoice.LIGHT,
    CommandId.THEME_DARK: SchemeChoice.DARK,
    CommandId.THEME_SYSTEM: SchemeChoice.SYSTEM,
}
ACTION_BREAKS: Mapping[CommandId, BreakpointPlace] = {
    CommandId.BREAK_BEFORE: "before",
    CommandId.BREAK_AFTER: "after",
    CommandId.BREAK_BEFORE_LEAVING: "leaving",
}
CHANGES_CARDS = frozenset(
    {
        CommandId.CUT,
        CommandId.PASTE,
        CommandId.DUPLICATE,
        CommandId.DELETE,
        CommandId.SELECT_ALL,
        CommandId.TURN_ON_OR_OFF,
        CommandId.MOVE_UP,
        CommandId.MOVE_DOWN,
        *ACTION_BREAKS,
    }
)
CHANGES_CODE = frozenset(
    {
        CommandId.TOGGLE_COMMENT,
        CommandId.TOGGLE_BREAKPOINT,
        CommandId.TURN_BREAKPOINT,
        CommandId.RUN_TO_LINE,
        CommandId.TAB_MOVES_FOCUS,
    }
)


class CommandWiring(QObject):
    """Maps commands to what they do; the window answers those about places itself."""

    def __init__(self, bench: Workbench) -> None:
        """Listen to the window's commands."""
        super().__init__(bench)
        self._bench = bench
        self._answers: dict[CommandId, Callable[[], object]] = {
            **self._of_flow(),
            **self._of_run(),
            **self._of_look(),
            **bench.sheets.answers(),
        }
        bench.window.commands.invoked.connect(self._on_invoked)
        bench.window.commands.refused.connect(self._on_refused)
        for command, choice in SCHEMES.items():
            bench.window.commands.set_checked(command, bench.theme.choice is choice)
        bench.window.set_reduced_motion(reduced=bench.preferences.reduce_motion)
        bench.views.lane.set_reduced_motion(reduced=bench.preferences.reduce_motion)

    def _on_invoked(self, command: CommandId) -> None:
        self._bring_into_sight(command)
        answer = self._answers.get(command)
        if answer is not None:
            answer()

    def _bring_into_sight(self, command: CommandId) -> None:
        """Show the cards or the code that a command changes, where the grid stands before them."""
        window = self._bench.window
        if window.page is not Page.SCENARIOS:
            return
        if command in CHANGES_CARDS:
            window.show_page(Page.FLOW, focus=True)
        elif command in CHANGES_CODE:
            window.open_editor(focus=True)

    def _on_refused(self, refusal: Refusal) -> None:
        """Say why the command of a key cannot be given now."""
        if refusal.reason:
            name = self._bench.window.commands.text(refusal.command)
            self._bench.views.status.show_message(f"{name}: {refusal.reason}")

    def _with_flow(self, do: Callable[[FlowWiring], object]) -> Callable[[], object]:
        """Return what does something with the open flow, and nothing while there is none."""

        def answer() -> object:
            flow = self._bench.flow
            return None if flow is None else do(flow)

        return answer

    def _of_flow(self) -> Mapping[CommandId, Callable[[], object]]:
        lane = self._bench.views.lane
        on: dict[CommandId, Callable[[FlowWiring], object]] = {
            CommandId.UNDO: lambda flow: flow.session.document.undo(),
            CommandId.REDO: lambda flow: flow.session.document.redo(),
            CommandId.CUT: lambda flow: flow.lane.cut(),
            CommandId.COPY: lambda flow: flow.lane.copy(),
            CommandId.PASTE: lambda flow: flow.lane.paste(),
            CommandId.DUPLICATE: lambda flow: flow.lane.duplicate(),
            CommandId.DELETE: lambda _: lane.delete_selected(),
            CommandId.RENAME: lambda _: self._rename(),
            CommandId.SELECT_ALL: lambda _: lane.selectAll(),
            CommandId.MOVE_UP: lambda _: lane.move_selected(-1),
            CommandId.MOVE_DOWN: lambda _: lane.move_selected(1),
            CommandId.ADD_JAVASCRIPT: lambda flow: flow.lane.add_blank("javascript"),
            CommandId.ADD_PYTHON: lambda flow: flow.lane.add_blank("python"),
            CommandId.TURN_ON_OR_OFF: lambda flow: flow.lane.turn(),
            CommandId.FLOW_SETTINGS: lambda flow: flow.show_flow_settings(),
            CommandId.GO_TO_FILE: lambda flow: flow.palette.open(),
            CommandId.IMPORT_CODE: lambda flow: flow.library.import_files(),
            CommandId.DECLARE_SECRET: lambda flow: flow.secrets.ask_for_name(
                next(iter(flow.lane.selected), "")
            ),
            CommandId.OPEN_TRACE: lambda flow: flow.recorded.open_trace(),
            CommandId.SAVE_AS_SCENARIO: lambda flow: flow.save_as_scenario(),
            CommandId.KEEP_AS_EXPECTED: lambda flow: flow.keep_as_expected(),
            CommandId.NEW_FROM_PRESET: lambda _: self._open_presets(),
            CommandId.SAVE: lambda flow: flow.folder.save(),
            CommandId.SAVE_ALL: lambda flow: flow.folder.save(),
            CommandId.SAVE_AS: lambda flow: flow.folder.save_as(),
            CommandId.EXPORT: lambda flow: flow.export.open(),
            CommandId.RUN_SCENARIOS: lambda flow: flow.scenarios.run_all(),
            CommandId.MEASURE_COVERAGE: lambda flow: flow.coverage.measure(),
            CommandId.SCENARIOS_OF_LINE: lambda flow: flow.coverage.open_at_cursor(),
            CommandId.NEXT_PROBLEM: lambda flow: flow.bottom.next_problem(),
            CommandId.FIND: lambda flow: self._ask_in_code(flow, CodeEditor.open_find),
            CommandId.REPLACE: lambda flow: self._ask_in_code(
                flow, lambda editor: editor.open_find(replacing=True)
            ),
            CommandId.GO_TO_LINE: lambda flow: self._ask_in_code(flow, CodeEditor.ask_for_line),
            CommandId.TOGGLE_COMMENT: lambda flow: _in_code(
                flow, lambda editor: editor.view.toggle_comment()
            ),
            CommandId.TAB_MOVES_FOCUS: lambda flow: _in_code(
                flow, lambda editor: editor.toggle_tab_use()
            ),
        }
        return {command: self._with_flow(do) for command, do in on.items()}

    def _of_run(self) -> Mapping[CommandId, Callable[[], object]]:
        window = self._bench.window
        on: dict[CommandId, Callable[[FlowWiring], object]] = {
            CommandId.PRIMARY: lambda flow: flow.run.primary(),
            CommandId.RUN_TO_END: lambda flow: flow.run.run_to_end(),
            CommandId.RESTART: lambda flow: flow.run.restart(),
            CommandId.OVER: lambda flow: flow.run.over(),
            CommandId.INTO: lambda flow: flow.run.into(),
            CommandId.OUT: lambda flow: flow.run.out(),
            CommandId.STOP: lambda flow: flow.run.stop(),
            CommandId.BACK_IN_TIME: lambda flow: flow.run.back_in_time(),
            CommandId.FORWARD_IN_TIME: lambda flow: flow.run.forward_in_time(),
            CommandId.BACK_TO_NOW: lambda flow: flow.session.login.back_to_now(),
            CommandId.TOGGLE_BREAKPOINT: lambda flow: _in_code(
                flow, lambda editor: editor.toggle_breakpoint()
            ),
            CommandId.EDIT_CONDITION: lambda flow: self._ask_in_code(
                flow, lambda editor: editor.breakpoint_editing.edit("condition")
            ),
            CommandId.EDIT_HITS: lambda flow: self._ask_in_code(
                flow, lambda editor: editor.breakpoint_editing.edit("hits")
            ),
            CommandId.EDIT_LOG_MESSAGE: lambda flow: self._ask_in_code(
                flow, lambda editor: editor.breakpoint_editing.edit("log")
            ),
            CommandId.TURN_BREAKPOINT: lambda flow: _in_code(
                flow, lambda editor: editor.breakpoint_editing.turn()
            ),
            CommandId.RUN_TO_LINE: lambda flow: _in_code(
                flow, lambda editor: editor.breakpoint_editing.run_to()
            ),
            CommandId.RECORD_LINES: lambda flow: flow.debug.toggle_recording(),
            CommandId.EVALUATE: lambda flow: flow.debug.focus_console(),
            CommandId.SEND: lambda flow: flow.desk.send(),
            CommandId.SEND_AND_RUN: lambda flow: flow.desk.send(run=True),
            CommandId.SHOW_DESK: lambda flow: flow.desk.show(),
            CommandId.SHOW_VARIABLES: lambda _: self._show_inspector("variables"),
            CommandId.SHOW_CHANGES: lambda _: self._show_inspector("changes"),
            CommandId.SHOW_TOKENS: lambda _: self._show_inspector("tokens"),
            CommandId.SHOW_BREAKPOINTS: lambda _: self._show_inspector("breakpoints"),
        }
        for command, place in ACTION_BREAKS.items():
            on[command] = lambda flow, place=place: _break_at(flow, place)  # type: ignore[misc]  # bound
        for command, wherever in MEANINGS.items():
            on[command] = lambda flow, command=command, wherever=wherever: self._break_on(  # type: ignore[misc]  # bound
                flow, command, wherever
            )
        window.commands.set_state(CommandId.PRIMARY, enabled=True)
        return {command: self._with_flow(do) for command, do in on.items()}

    def _of_look(self) -> Mapping[CommandId, Callable[[], object]]:
        theme = self._bench.theme
        return {
            CommandId.ZOOM_IN: lambda: self._zoomed(theme.zoom_in),
            CommandId.ZOOM_OUT: lambda: self._zoomed(theme.zoom_out),
            CommandId.ZOOM_RESET: lambda: self.zoom(100),
            CommandId.REDUCE_MOTION: lambda: self.reduce_motion(
                reduced=not self._bench.preferences.reduce_motion
            ),
            CommandId.QUIT: self._bench.close,
            **{
                command: lambda choice=choice: self.choose_scheme(choice)  # type: ignore[misc]  # bound
                for command, choice in SCHEMES.items()
            },
        }

    def _break_on(self, flow: FlowWiring, command: CommandId, wherever: MeaningBreakpoint) -> None:
        """Set or remove a breakpoint that has no place of its own where it would be seen."""
        flow.session.toggle_breakpoint(wherever)
        name = self._bench.window.commands.text(command)
        is_set = wherever in flow.session.breakpoints
        told = (
            translate("Commands", "{name}: on") if is_set else translate("Commands", "{name}: off")
        )
        self._bench.views.status.show_message(told.format(name=name))

    def _rename(self) -> None:
        """Open a field over the name of a card; the lane is brought into sight first."""
        self._bench.window.show_page(Page.FLOW, focus=True)
        self._bench.views.lane.rename_current()

    def _ask_in_code(self, flow: FlowWiring, do: Callable[[CodeEditor], object]) -> None:
        """Ask something beside the code in front; it is brought into sight first."""
        if flow.code.current is not None:
            self._bench.window.open_editor()
            _in_code(flow, do)

    def _open_presets(self) -> None:
        self._bench.window.open_side("scenarios", focus=True)
        self._bench.views.scenarios.new_button.showMenu()

    def _show_inspector(self, page: str) -> None:
        self._bench.views.inspector.choose(page)
        self._bench.window.open_inspector()

    def zoom(self, percent: int) -> None:
        """Show everything larger or smaller, and remember it."""
        self._zoomed(lambda: self._bench.theme.choose_zoom(percent))

    def _zoomed(self, change: Callable[[], None]) -> None:
        change()
        self._bench.save_preferences(zoom=self._bench.theme.zoom)

    def reduce_motion(self, *, reduced: bool) -> None:
        """Let nothing move, or let it move again, and remember it."""
        self._bench.window.set_reduced_motion(reduced=reduced)
        self._bench.views.lane.set_reduced_motion(reduced=reduced)
        self._bench.save_preferences(reduce_motion=reduced)

    def choose_scheme(self, choice: SchemeChoice) -> None:
        """Show light or dark colours, or what the system says, and remember it."""
        self._bench.theme.choose_scheme(choice)
        for command, scheme in SCHEMES.items():
            self._bench.window.commands.set_checked(command, scheme is choice)
        self._bench.save_preferences(theme=choice.value)


def _in_code(flow: FlowWiring, do: Callable[[CodeEditor], object]) -> None:
    """Do something in the code in front, if any is."""
    editor = flow.code.current
    if editor is not None:
        do(editor)


def _break_at(flow: FlowWiring, place: BreakpointPlace) -> None:
    """Set or remove a breakpoint of each selected action."""
    for action in flow.lane.selected:
        flow.session.toggle_breakpoint(ActionBreakpoint(action, place))
