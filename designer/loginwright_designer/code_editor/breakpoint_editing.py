"""What can be done with a line's breakpoint: its menu, and the field for its parts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QMenu

from loginwright_designer.code_editor.breakpoint_field import BreakpointField
from loginwright_designer.code_editor.breakpoint_marks import (
    PLAIN,
    BreakpointMark,
    BreakpointPart,
)
from loginwright_designer.code_editor.editor_signals import (
    BreakpointEdit,
    BreakpointTurn,
    RunToLine,
)
from loginwright_designer.controls.passing_menus import open_menu

if TYPE_CHECKING:
    from loginwright_designer.code_editor.editor import CodeEditor


class BreakpointEditing(QObject):
    """Edits breakpoints in place; what is wished is told, and shown once it is so."""

    edited = Signal(BreakpointEdit)
    turned = Signal(BreakpointTurn)
    run_to_wanted = Signal(RunToLine)

    def __init__(self, editor: CodeEditor) -> None:
        """Work on the lines of ``editor``."""
        super().__init__(editor)
        self._editor = editor
        self.field = BreakpointField(editor)
        self.field.edited.connect(self.edited)
        self.field.closed.connect(editor.view.setFocus)
        editor.view.gutter.menu_requested.connect(self.open_menu)

    def mark(self, line: int) -> BreakpointMark | None:
        """Return a line's breakpoint."""
        view = self._editor.view
        if line not in view.breakpoints:
            return None
        return view.breakpoint_marks.get(line, PLAIN)

    def edit(self, part: BreakpointPart, line: int | None = None) -> None:
        """Ask for a part of a line's breakpoint, by default the cursor's; one is set by that."""
        view = self._editor.view
        number = view.cursor_line if line is None else line
        if view.as_it_ran:
            self._editor.refuse()
            return
        shown = next((one for one in view.visible_lines() if one.number == number), None)
        if shown is None:
            self._editor.go_to(number)
            shown = next((one for one in view.visible_lines() if one.number == number), None)
        top = 0 if shown is None else round(shown.top)
        height = 0 if shown is None else round(shown.height)
        corner = view.viewport().mapTo(self._editor, QPoint(0, top))
        area = QRect(corner.x(), corner.y(), view.viewport().width(), height)
        self.field.open(number, part, self.mark(number) or PLAIN, area, view.look)

    def turn(self, line: int | None = None) -> None:
        """Turn a line's breakpoint off, or on again."""
        number = self._editor.view.cursor_line if line is None else line
        mark = self.mark(number)
        if mark is not None:
            self.turned.emit(BreakpointTurn(number, on=not mark.enabled))

    def run_to(self, line: int | None = None) -> None:
        """Ask for the login to go on to a line."""
        self.run_to_wanted.emit(RunToLine(self._editor.view.cursor_line if line is None else line))

    def menu(self, line: int) -> QMenu:
        """Return what can be done with a line."""
        mark = self.mark(line)
        menu = QMenu(self._editor)
        menu.setAccessibleName(self.tr("Line {line}").format(line=line))
        words = self.tr("Set breakpoint") if mark is None else self.tr("Remove breakpoint")
        menu.addAction(words).triggered.connect(partial(self._editor.toggle_breakpoint, line))
        parts: dict[BreakpointPart, str] = {
            "condition": self.tr("Edit condition…"),
            "hits": self.tr("Edit hit count…"),
            "log": self.tr("Edit log message…"),
        }
        for part, text in parts.items():
            menu.addAction(text).triggered.connect(partial(self.edit, part, line))
        if mark is not None:
            words = self.tr("Turn off") if mark.enabled else self.tr("Turn on")
            menu.addAction(words).triggered.connect(partial(self.turn, line))
        menu.addSeparator()
        menu.addAction(self.tr("Run to line")).triggered.connect(partial(self.run_to, line))
        return menu

    def open_menu(self, line: int, at: QPoint) -> None:
        """Show the menu of a line."""
        open_menu(self.menu(line), at)
