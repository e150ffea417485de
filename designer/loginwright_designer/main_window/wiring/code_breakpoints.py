"""Keeps the breakpoints of the flow and those in the editors the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loginwright_designer.code_editor.breakpoint_marks import BreakpointMark
from loginwright_runtime.debugging import LineBreakpoint

if TYPE_CHECKING:
    from loginwright_designer.code_editor.editor import CodeEditor
    from loginwright_designer.code_editor.editor_signals import (
        BreakpointEdit,
        BreakpointLines,
        BreakpointToggle,
        BreakpointTurn,
        RunToLine,
    )
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.simulation.breakpoint_set import BreakpointSet


class CodeBreakpoints(QObject):
    """Shows breakpoints in the open sources, and takes what is done with them there."""

    run_to_wanted = Signal(object)  # LineBreakpoint: the login is to go on to a line

    def __init__(self, session: FlowSession, parent: QObject | None = None) -> None:
        """Begin with no source open."""
        super().__init__(parent)
        self._session = session
        self._editors: dict[str, CodeEditor] = {}
        session.breakpoints_changed.connect(self._on_changed)

    def join(self, file: str, editor: CodeEditor) -> None:
        """Show and take the breakpoints of a source."""
        self._editors[file] = editor
        editing = editor.breakpoint_editing
        editor.breakpoint_toggled.connect(lambda told: self._on_toggled(file, told))
        editor.breakpoints_moved.connect(lambda told: self._on_moved(file, editor, told))
        editing.edited.connect(lambda told: self._on_edited(file, told))
        editing.turned.connect(lambda told: self._on_turned(file, told))
        editing.run_to_wanted.connect(lambda told: self._on_run_to(file, told))
        self._show(file)

    def part(self, file: str) -> None:
        """A source is closed."""
        self._editors.pop(file, None)

    def _on_changed(self, _: BreakpointSet) -> None:
        for file in self._editors:
            self._show(file)

    def _show(self, file: str) -> None:
        breakpoints = self._session.breakpoints
        found = breakpoints.lines_of(file)
        marks = {one.line: breakpoint_mark(breakpoints, one) for one in found}
        self._editors[file].set_breakpoints(marks, marks)

    def _on_toggled(self, file: str, told: BreakpointToggle) -> None:
        session = self._session
        session.set_breakpoints(session.breakpoints.with_line(file, told.line, wanted=told.wanted))

    def _on_moved(self, file: str, editor: CodeEditor, told: BreakpointLines) -> None:
        if not editor.view.as_it_ran:
            session = self._session
            session.set_breakpoints(session.breakpoints.moved(file, told.lines))

    def _on_edited(self, file: str, told: BreakpointEdit) -> None:
        session = self._session
        session.set_breakpoints(
            session.breakpoints.with_part(file, told.line, told.part, told.text)
        )

    def _on_turned(self, file: str, told: BreakpointTurn) -> None:
        session = self._session
        entry = session.breakpoints.line_at(file, told.line)
        if entry is not None:
            session.set_breakpoints(session.breakpoints.turned(entry, on=told.on))

    def _on_run_to(self, file: str, told: RunToLine) -> None:
        self.run_to_wanted.emit(LineBreakpoint(file, told.line))


def breakpoint_mark(breakpoints: BreakpointSet, one: LineBreakpoint) -> BreakpointMark:
    """Return what the gutter shows of a breakpoint."""
    return BreakpointMark(
        enabled=one.enabled and one not in breakpoints.off,
        condition=one.condition or "",
        hits="" if one.hit_count is None else str(one.hit_count),
        log=one.log_message or "",
    )
