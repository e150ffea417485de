"""Joins the views to code that stands still: frames, values, watches, the debug console."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states
from loginwright_designer.simulation.past_lines import past_stack, past_values

if TYPE_CHECKING:
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.code_tabs import AskedValue, CodeTabs
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.views import Views
    from loginwright_designer.panels.bottom.bottom_signals import Evaluation
    from loginwright_designer.panels.inspector.inspector_signals import (
        FrameChoice,
        LineOpening,
        MembersWish,
        VariableEdit,
        WatchEdit,
    )
    from loginwright_designer.simulation.paused_code import Answer, ReadMembers
    from loginwright_runtime.debugging import Pause

translate = QCoreApplication.translate


class DebugWiring(QObject):
    """Shows where code stands still and what it holds, and asks it what somebody wants to know."""

    def __init__(
        self,
        session: FlowSession,
        code: CodeTabs,
        views: Views,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """Follow the login's pauses.

        Args:
            session: The open flow.
            code: The tabs with code.
            views: What stands in the window.
            window: The main window.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._code = code
        self._views = views
        self._window = window
        self._noted: Pause | None = None
        self._lookups: set[asyncio.Task[None]] = set()
        paused, variables = session.paused_code, views.inspector.variables
        paused.changed.connect(self._show)
        paused.members_read.connect(self._on_members_read)
        paused.refused.connect(variables.show_refusal)
        paused.answered.connect(self._on_answered)
        variables.members_wanted.connect(self._on_members_wanted)
        variables.variable_edited.connect(self._on_variable_edited)
        variables.watch_edited.connect(self._on_watch_edited)
        variables.line_opened.connect(self._on_line_opened)
        variables.stack.frame_chosen.connect(self._on_frame_chosen)
        views.bottom.console.input.evaluated.connect(self._on_evaluation)
        code.value_asked.connect(self._on_value_asked)
        session.login.state_changed.connect(self._show)
        self._show_recording()
        self._show()

    async def close(self) -> None:
        """End what is being looked up."""
        tasks = tuple(self._lookups)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        self._views.exception_bar.hide()
        self._views.inspector.variables.stack.show_frames((), None)
        self._views.bottom.console.input.set_ready(ready=False)

    def toggle_recording(self) -> None:
        """Record every line of the logins that begin from now on, or no longer."""
        login = self._session.login
        login.record_lines = not login.record_lines
        self._show_recording()
        if login.record_lines:
            text = translate(
                "Debug", "The next login records every line: about 1 ms a line in JavaScript."
            )
        else:
            text = translate("Debug", "The next login records no lines.")
        self._window.toasts.show_text(text)

    def _show_recording(self) -> None:
        self._window.commands.set_checked(CommandId.RECORD_LINES, self._session.login.record_lines)

    def focus_console(self) -> None:
        """Bring the field for expressions to the front, where code stands still."""
        if not self._session.paused_code.can_evaluate:
            return
        self._window.open_bottom("console", focus=True)
        self._views.bottom.console.input.setFocus()

    def _show(self, _: object = None) -> None:
        paused, past = self._session.paused_code, self._is_past
        frame = None if past else paused.frame
        stack = self._views.inspector.variables.stack
        frames = past_stack(self._session.login.frame) if past else paused.frames
        stack.show_frames(frames, frames[0] if past and frames else frame)
        ready = frame is not None
        function = "" if frame is None else frame.function
        self._views.bottom.console.input.set_ready(ready=ready, function=function)
        if past:
            self._show_past_values()
        elif frame is None:
            self._code.show_values(None, {})
        elif not paused.is_reading:
            self._code.show_values(frame.file, paused.values)
        self._show_thrown()

    def _show_past_values(self) -> None:
        """Show what stood beside the lines at the step that is looked at."""
        login = self._session.login
        frame = login.frame
        self._code.show_values(None if frame is None else frame.file, past_values(frame))

    @property
    def _is_past(self) -> bool:
        return isinstance(self._session.login.state, states.Past)

    def _show_thrown(self) -> None:
        pause, bar = self._session.login.pause, self._views.exception_bar
        thrown = None if pause is None or self._is_past else pause.exception
        if pause is not None and thrown is not None:
            bar.show_thrown(thrown.text, caught=pause.caught)
        bar.setVisible(thrown is not None)
        if pause is not None and pause is not self._noted and pause.note:
            self._window.toasts.show_text(pause.note, error=True)
        self._noted = pause

    def _on_frame_chosen(self, told: FrameChoice) -> None:
        paused = self._session.paused_code
        if self._is_past:
            frames = past_stack(self._session.login.frame)
            frame = next((one for one in frames if one.handle == told.handle), None)
        else:
            paused.choose(told.handle)
            frame = paused.frame
        if frame is not None:
            self._code.open_file(frame.file, line=frame.line, focus=False)

    def _on_line_opened(self, told: LineOpening) -> None:
        if self._code.open_file(told.file, line=told.line):
            self._window.open_editor(focus=True)

    def _on_members_wanted(self, told: MembersWish) -> None:
        self._session.paused_code.want(told.key)

    def _on_members_read(self, told: ReadMembers) -> None:
        self._views.inspector.variables.show_members(told.key, told.variables)

    def _on_variable_edited(self, told: VariableEdit) -> None:
        self._session.paused_code.set_value(told.scope, told.path, told.text)

    def _on_watch_edited(self, told: WatchEdit) -> None:
        kept = tuple(one for one in self._session.paused_code.watches if one != told.removed)
        self._session.set_watches((*kept, told.added) if told.added else kept)

    def _on_evaluation(self, told: Evaluation) -> None:
        self._session.paused_code.evaluate(told.expression)

    def _on_answered(self, told: Answer) -> None:
        console = self._views.bottom.console
        console.show_answer(told.expression, told.text, failed=told.failed)

    def _on_value_asked(self, asked: AskedValue) -> None:
        frame = self._session.paused_code.frame
        if frame is not None and frame.file == asked.file and not self._is_past:
            task = self._session.setting.loop.create_task(self._look_up(asked))
            self._lookups.add(task)
            task.add_done_callback(self._lookups.discard)

    async def _look_up(self, asked: AskedValue) -> None:
        text = await self._session.paused_code.value_of(asked.expression)
        editor = self._code.editor(asked.file)
        if text is not None and editor is not None:
            editor.assistance.show_value(asked.expression, text)
