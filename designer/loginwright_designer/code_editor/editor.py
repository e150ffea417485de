"""The editor of one file: code, gutter, find bar and everything that floats over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.code_editor.breakpoint_editing import BreakpointEditing
from loginwright_designer.code_editor.code_assistance import CodeAssistance
from loginwright_designer.code_editor.code_keys import EditorKey
from loginwright_designer.code_editor.code_search import CodeSearch
from loginwright_designer.code_editor.code_view import CodeView
from loginwright_designer.code_editor.cursor_sight import cursor_kept_in_sight
from loginwright_designer.code_editor.document_text import document_text
from loginwright_designer.code_editor.editor_signals import (
    BreakpointLines,
    BreakpointToggle,
    CodeEdit,
    CursorPlace,
    RefusedTyping,
    TabUse,
    Zoom,
)
from loginwright_designer.code_editor.find_bar import FindBar
from loginwright_designer.code_editor.line_marks import LineMarks, PastLine, StoppedLine
from loginwright_designer.code_editor.line_prompt import LinePrompt
from loginwright_designer.code_editor.text_columns import character_column, utf16_column
from loginwright_designer.code_editor.text_edits import one_step, replace_range
from loginwright_designer.theme.theme import ZOOM_STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent

    from loginwright_designer.code_editor.breakpoint_marks import BreakpointMark
    from loginwright_designer.code_editor.editor_look import EditorLook
    from loginwright_runtime.flow.model import Language


class CodeEditor(QWidget):
    """Shows what it is given and tells what the user did; knows neither files nor flows."""

    code_edited = Signal(CodeEdit)  # by the user; ``text()`` has it
    breakpoint_toggled = Signal(BreakpointToggle)  # asked for; shown once ``set_breakpoints`` says
    breakpoints_moved = Signal(BreakpointLines)  # an edit has moved lines that have one
    cursor_line_changed = Signal(CursorPlace)  # the cursor came to another place
    tab_use_changed = Signal(TabUse)  # Ctrl+M
    zoom_changed = Signal(Zoom)  # the user made the code larger or smaller
    typing_refused = Signal(RefusedTyping)  # somebody typed into code that is shown as it ran

    def __init__(
        self, name: str, language: Language, look: EditorLook, *, own_undo: bool = True
    ) -> None:
        """Begin empty.

        Args:
            name: Of the file, for screen readers.
            language: Of the code.
            look: Colours and fonts.
            own_undo: Keep a history of edits here; without one, Ctrl+Z goes to the window.
        """
        super().__init__()
        self._look = look
        self._language: Language = language
        self._percent = 100
        self._taking_over = False
        self._lines = 1
        self._said_line = 1
        self.view = CodeView(language, look)
        self.view.document().setUndoRedoEnabled(own_undo)
        self.find_bar = FindBar()
        self.find_bar.set_look(look)
        self.line_prompt = LinePrompt()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.find_bar, self.line_prompt):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)
        self.search = CodeSearch(self.view, self.find_bar)
        self.assistance = CodeAssistance(self.view, self, language)
        self.breakpoint_editing = BreakpointEditing(self)
        self.setFocusProxy(self.view)
        self.set_name(name)
        self._listen()

    def _listen(self) -> None:
        self.view.document().contentsChange.connect(self._on_contents_change)
        self.view.cursorPositionChanged.connect(self._on_cursor_moved)
        self.view.focus_left.connect(self.assistance.hide)
        self.view.key_pressed.connect(self._on_key)
        self.view.refused.connect(self.refuse)
        self.view.zoomed.connect(self._on_zoomed)
        self.view.gutter.line_clicked.connect(self._on_gutter_clicked)
        self.line_prompt.place_chosen.connect(self._on_place_chosen)
        self.line_prompt.closed.connect(self.view.setFocus)

    def set_name(self, name: str) -> None:
        """Take another file name, for screen readers."""
        self.view.setAccessibleName(self.tr("Code of {file}").format(file=name))
        self.setAccessibleName(self.tr("Editor, {file}").format(file=name))

    def text(self) -> str:
        """Return the code."""
        return document_text(self.view.document())

    @property
    def revision(self) -> int:
        """Of the code; grows with every change."""
        return self.view.document().revision()

    def set_text(self, text: str) -> None:
        """Show other code, told by whoever owns it; nothing is said about an edit.

        Only what differs is touched, so that cursor, breakpoints and place stay where they are.
        """
        before = self.text()
        if self._taking_over or text == before:
            return
        self._taking_over = True
        try:
            cursor = self.view.textCursor()
            cursor.clearSelection()
            if before:
                with one_step(cursor):
                    replace_range(cursor, 0, before, text)
            else:
                self.view.setPlainText(text)
            self._take_moved_breakpoints()
        finally:
            self._taking_over = False

    def set_language(self, language: Language) -> None:
        """Read the code in another language."""
        self._language = language
        self.view.set_language(language)
        self.assistance.set_language(language)

    def set_look(self, look: EditorLook) -> None:
        """Take other colours and sizes after a change of theme."""
        self._look = look
        self.find_bar.set_look(look)
        self._take_look()

    @property
    def zoom(self) -> int:
        """How large the code is, in percent of the theme's own size."""
        return self._percent

    def set_zoom(self, percent: int) -> None:
        """Make the code larger or smaller, from 100 to 200 %."""
        percent = max(ZOOM_STEPS[0], min(ZOOM_STEPS[-1], percent))
        if percent != self._percent:
            self._percent = percent
            self._take_look()
            self.zoom_changed.emit(Zoom(percent))

    def set_secrets(self, names: Iterable[str]) -> None:
        """Take the names of the secrets that the action declares, for completion."""
        self.assistance.set_secrets(tuple(names))

    def set_marks(self, marks: LineMarks) -> None:
        """Show problems, values, the line of the run and coverage."""
        self.view.set_marks(marks)

    @property
    def breakpoints(self) -> frozenset[int]:
        """Lines with a breakpoint, from 1."""
        return self.view.breakpoints

    def set_breakpoints(
        self, lines: Iterable[int], marks: Mapping[int, BreakpointMark] | None = None
    ) -> None:
        """Show breakpoints on these lines, from 1.

        Args:
            lines: Which.
            marks: What there is to say of them; nothing more where a line is missing.
        """
        self.view.breakpoint_places.set(lines)
        self.view.breakpoint_marks = marks or {}
        self.view.gutter.update()

    def toggle_breakpoint(self, line: int | None = None) -> None:
        """Ask for a breakpoint on a line, by default the cursor's, or for its removal."""
        if self.view.as_it_ran:
            self.refuse()
            return
        number = self.view.cursor_line if line is None else line
        self.breakpoint_toggled.emit(BreakpointToggle(number, number not in self.breakpoints))
        said = (
            self.tr("breakpoint set, line {line}")
            if number in self.breakpoints
            else self.tr("breakpoint removed, line {line}")
        )
        announce(self.view, said.format(line=number))

    def show_as_it_ran(self) -> None:
        """Show code that cannot be changed, with the hatched edge of the past."""
        self.assistance.hide()
        self.view.set_as_it_ran(as_it_ran=True)

    def show_to_edit(self) -> None:
        """Be an editor again."""
        self.view.set_as_it_ran(as_it_ran=False)

    def go_to(self, line: int, column: int = 1) -> None:
        """Move the cursor to a place and bring it into view.

        Args:
            line: From 1; beyond the end, the last one.
            column: From 1, counted in characters.
        """
        document = self.view.document()
        block = document.findBlockByNumber(min(line, document.blockCount()) - 1)
        offset = min(column - 1, len(block.text()))
        self.view.go_to(block.position() + utf16_column(block.text(), offset))

    def ask_for_line(self) -> None:
        """Show the field that asks for a line."""
        self.line_prompt.open(self.view.cursor_line, self.view.document().blockCount())

    def open_find(self, *, replacing: bool = False) -> None:
        """Show the find bar."""
        self.search.open(replacing=replacing)

    @property
    def cursor_place(self) -> CursorPlace:
        """Where the cursor is."""
        cursor = self.view.textCursor()
        column = character_column(cursor.block().text(), cursor.positionInBlock())
        return CursorPlace(cursor.blockNumber() + 1, column + 1)

    @property
    def tab_moves_focus(self) -> bool:
        """Whether Tab goes to the next control instead of indenting."""
        return self.view.tabChangesFocus()

    def toggle_tab_use(self) -> None:
        """Let Tab move the focus, or indent again; said aloud."""
        moves = not self.tab_moves_focus
        self.view.setTabChangesFocus(moves)
        self.tab_use_changed.emit(TabUse(moves))
        announce(
            self.view, self.tr("Tab moves focus") if moves else self.tr("Tab indents the code")
        )

    def words_about(self, line: int) -> str:
        """Return in words what the gutter and the bands show of a line; nothing for most."""
        marks = self.view.marks
        words: list[str] = []
        match marks.run_line:
            case StoppedLine(at) if at == line:
                words.append(self.tr("paused here"))
            case PastLine(at) if at == line:
                words.append(self.tr("past, it was here"))
            case _:
                pass
        about = self.view.gutter.words_about(line)
        if about:
            words.append(about.replace("\n", ", "))
        words += [problem.message for problem in marks.problems_at(line)]
        value = marks.values.get(line)
        return ", ".join([*words, *([value] if value else [])])

    def _take_look(self) -> None:
        look = self._look.scaled(self._percent)
        with cursor_kept_in_sight(self.view, self.view.viewport().rect()):
            self.view.set_look(look)
        self.assistance.popup.set_look(look)
        self.assistance.card.set_look(look)

    def _on_contents_change(self, position: int, _removed: int, _added: int) -> None:
        lines = self.view.document().blockCount()
        if lines != self._lines:
            changed = self.view.document().findBlock(position).blockNumber() + 1
            self.set_marks(self.view.marks.moved(changed, lines - self._lines))
            self._lines = lines
        if not self._taking_over:
            self.code_edited.emit(CodeEdit(self.revision, self.view.typing))
            self._take_moved_breakpoints()

    def _take_moved_breakpoints(self) -> None:
        if self.view.breakpoint_places.moved():
            self.breakpoints_moved.emit(BreakpointLines(self.breakpoints))

    def _on_cursor_moved(self) -> None:
        place = self.cursor_place
        self.cursor_line_changed.emit(place)
        if place.line != self._said_line:
            self._said_line = place.line
            announce(self.view, self.words_about(place.line))

    def _on_gutter_clicked(self, line: int) -> None:
        self.toggle_breakpoint(line)

    def _on_place_chosen(self, place: CursorPlace) -> None:
        self.go_to(place.line, place.column)
        self.view.setFocus()

    def refuse(self) -> None:
        """Say that this is the past, in which nothing can be changed."""
        reason = self.tr("You are looking at the past")
        announce(self.view, reason)
        self.typing_refused.emit(RefusedTyping(reason))

    def _on_zoomed(self, direction: int) -> None:
        if direction > 0:
            self.set_zoom(next((step for step in ZOOM_STEPS if step > self._percent), 200))
        else:
            self.set_zoom(next((step for step in ZOOM_STEPS[::-1] if step < self._percent), 100))

    def _on_key(self, key: EditorKey) -> None:  # noqa: C901 - one line a key
        match key:
            case EditorKey.COMPLETE:
                self.assistance.complete()
            case EditorKey.HOVER:
                self.assistance.explain_cursor()
            case EditorKey.FIND:
                self.open_find()
            case EditorKey.REPLACE:
                self.open_find(replacing=True)
            case EditorKey.FIND_NEXT:
                self.search.go_to_next()
            case EditorKey.FIND_PREVIOUS:
                self.search.go_to_previous()
            case EditorKey.GO_TO_LINE:
                self.ask_for_line()
            case EditorKey.BREAKPOINT:
                self.toggle_breakpoint()
            case EditorKey.TAB_MOVES_FOCUS:
                self.toggle_tab_use()
            case EditorKey.LARGER:
                self._on_zoomed(1)
            case EditorKey.SMALLER:
                self._on_zoomed(-1)
            case EditorKey.USUAL_SIZE:
                self.set_zoom(100)
            case _:
                raise ValueError(f"{key} is a key of the view itself.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.find_bar.isHidden():
            self.search.close()
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.assistance.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.assistance.hide()
        if self.view.marks.run_line is not None:
            self.view.ensureCursorVisible()
