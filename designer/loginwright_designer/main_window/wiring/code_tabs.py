"""The tabs with code: in step with the document, with the run, and with each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, Signal

from loginwright_designer.code_editor.editor import CodeEditor
from loginwright_designer.code_editor.editor_look import editor_look
from loginwright_designer.code_editor.file_problems import problems_in_file
from loginwright_designer.code_editor.line_marks import (
    Coverage,
    LineMarks,
    RunLine,
)
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.draft import CodeFocus, EditRefused
from loginwright_designer.document.source_text import SourceText
from loginwright_designer.main_window.editor_area import TabKey
from loginwright_designer.main_window.wiring.code_breakpoints import CodeBreakpoints
from loginwright_runtime.flow.action_names import language_of
from loginwright_runtime.flow.model import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_designer.code_editor.editor_signals import (
        CodeEdit,
        TabUse,
        Zoom,
    )
    from loginwright_designer.document.document_changes import DraftChange
    from loginwright_designer.main_window.editor_area import EditorArea
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.flow.model import Action

CODE: Final = "code"
CoverageOf: TypeAlias = Callable[[str], tuple[Mapping[int, Coverage], Mapping[int, str]]]
TYPING_MS = 1500
"""How long after a letter nothing takes the keyboard away from the code."""

ICONS: Mapping[str, str] = {"javascript": "braces", "python": "file-code"}


@dataclass(frozen=True, slots=True)
class CodePlace:
    """Where the cursor is in the code in front.

    Attributes:
        file: The source.
        language: Its language.
        line: From 1.
        column: From 1.
        read_only: The code is shown as it ran, or cannot be edited.
        tab_moves_focus: What Tab does there.
    """

    file: str
    language: Language
    line: int
    column: int
    read_only: bool = False
    tab_moves_focus: bool = False


@dataclass(frozen=True, slots=True)
class AskedValue:
    """Somebody wants to know what a name holds.

    Attributes:
        file: The source.
        expression: A chain of names as it stands there.
    """

    file: str
    expression: str


@dataclass(slots=True)
class _Page:
    """One open source file.

    Attributes:
        file: Which.
        language: Its language.
        editor: What shows it.
        source: What stands in the draft, as it was last shown.
        as_it_ran: Whether it shows the code of the run instead of the draft's.
        run_line: The line of the run.
    """

    file: str
    language: Language
    editor: CodeEditor
    source: SourceText
    as_it_ran: bool = False
    run_line: RunLine | None = None


class CodeTabs(QObject):
    """Opens sources of the flow in the editor area and keeps them true.

    Attributes:
        breakpoints: Those in the open sources.
    """

    value_asked = Signal(object)  # AskedValue
    coverage_clicked = Signal(str, int, QPoint)  # of a line of a source
    place_changed = Signal(object)  # CodePlace, or None where no code is in front
    edit_refused = Signal(object)  # EditRefused: typing met a document that takes no edit
    past_typed = Signal(object)  # RefusedTyping: somebody typed into code as it ran

    def __init__(
        self, session: FlowSession, area: EditorArea, theme: Theme, parent: QObject | None = None
    ) -> None:
        """Begin with no file open."""
        super().__init__(parent)
        self._session = session
        self._area = area
        self._theme = theme
        self._pages: dict[str, _Page] = {}
        self._zoom = 100
        self._values: tuple[str | None, Mapping[int, str]] = (None, {})
        self.coverage_of: CoverageOf = lambda _file: ({}, {})
        self._typed = QElapsedTimer()
        session.document.draft_changed.connect(self._on_draft_changed)
        session.document.problems_changed.connect(self.mark_all)
        session.document.saved_state_changed.connect(self._let_edit)
        self.breakpoints = CodeBreakpoints(session, self)
        area.current_changed.connect(self._tell_place)
        area.close_requested.connect(self._on_close_requested)
        theme.theme_changed.connect(self._on_theme_changed)

    @property
    def files(self) -> tuple[str, ...]:
        """The sources that are open, in the order in which they were opened."""
        return tuple(self._pages)

    def editor(self, file: str) -> CodeEditor | None:
        """Return what shows a source; None while it is not open."""
        page = self._pages.get(file)
        return None if page is None else page.editor

    def is_typing(self) -> bool:
        """Whether somebody is writing code at this moment."""
        editor = self.current
        has_focus = editor is not None and editor.view.hasFocus()
        return has_focus and self._typed.isValid() and self._typed.elapsed() < TYPING_MS

    @property
    def current(self) -> CodeEditor | None:
        """The code in front, or None."""
        page = self._current_page()
        return None if page is None else page.editor

    @property
    def current_file(self) -> str | None:
        """The source in front, or None."""
        page = self._current_page()
        return None if page is None else page.file

    def open_action(
        self,
        action_id: str,
        *,
        line: int | None = None,
        handler: str | None = None,
        focus: bool = True,
    ) -> bool:
        """Show an action's code; False where there is none.

        Args:
            action_id: Whose.
            line: Go there.
            handler: Go to where it begins, where no line is given.
            focus: Take the keyboard there too.
        """
        action = self._session.document.draft.action(action_id)
        if action is None:
            return False
        if line is None and handler is not None:
            line = self._line_of(action, handler)
        return self.open_file(action.code, line=line, focus=focus)

    def open_file(self, file: str, *, line: int | None = None, focus: bool = True) -> bool:
        """Show a source of the flow; False where there is none."""
        if file not in self._session.document.draft.flow.files:
            return False
        page = self._pages.get(file) or self._open(file)
        key = TabKey(CODE, file)
        self._area.bring(key)
        if line is not None:
            page.editor.go_to(line)
        if focus:
            self._area.focus_page()
        return True

    def source_of(self, action_id: str | None) -> str | None:
        """Return the file of an action's code; None where there is none."""
        action = None if action_id is None else self._session.document.draft.action(action_id)
        return None if action is None else action.code

    def show_run_line(self, file: str | None, line: RunLine | None) -> None:
        """Mark the line of the run in a source, and in no other."""
        for page in self._pages.values():
            page.run_line = line if page.file == file else None
            self._mark(page)
        shown = None if file is None else self._pages.get(file)
        if shown is not None and line is not None:
            shown.editor.go_to(line.line)

    def show_values(self, file: str | None, values: Mapping[int, str]) -> None:
        """Show what variables hold beside the lines of a source, and of no other."""
        shown = (file, values)
        if shown != self._values:
            self._values = shown
            self.mark_all()

    def mark_all(self, _: object = None) -> None:
        """Show again what stands beside the code: problems, values, coverage."""
        for page in self._pages.values():
            self._mark(page)

    def show_as_it_ran(self, files: Mapping[str, bytes] | None) -> None:
        """Show the sources of a run, not to be edited; None shows the draft's again."""
        for page in self._pages.values():
            self._show_text(page, files)
        self._tell_place()

    def clear(self) -> None:
        """Close every tab."""
        for file in tuple(self._pages):
            self._close(file)

    def _open(self, file: str) -> _Page:
        draft = self._session.document.draft
        action = _action_of(draft.flow.actions, file)
        language = action.language if action is not None else (language_of(file) or "javascript")
        editor = CodeEditor(file, language, editor_look(self._theme), own_undo=False)
        editor.set_zoom(self._zoom)
        page = _Page(file, language, editor, SourceText.of(draft.flow.files[file]))
        self._pages[file] = page
        if action is not None:
            editor.set_secrets(action.secrets)
        editor.set_text(page.source.text)
        if not self._may_edit(page):
            editor.show_as_it_ran()
        self.breakpoints.join(file, editor)
        editor.code_edited.connect(lambda edit, page=page: self._on_edited(page, edit))
        editor.cursor_line_changed.connect(lambda _, page=page: self._on_cursor(page))
        editor.tab_use_changed.connect(self._on_tab_use_changed)
        editor.zoom_changed.connect(self._on_zoom_changed)
        editor.typing_refused.connect(self.past_typed)
        editor.assistance.value_asked.connect(
            lambda told, page=page: self.value_asked.emit(AskedValue(page.file, told.expression))
        )
        editor.view.gutter.coverage_clicked.connect(partial(self.coverage_clicked.emit, file))
        title = file.rsplit("/", 1)[-1]
        self._area.open(TabKey(CODE, file), editor, title, ICONS[language])
        if self._session.login.position is not None and self._session.login.inputs is not None:
            self._show_text(page, self._session.login.inputs.flow.files)
        self._mark(page)
        return page

    def _close(self, file: str) -> None:
        page = self._pages.pop(file, None)
        if page is not None:
            self.breakpoints.part(file)
            self._area.close(TabKey(CODE, file))
            page.editor.deleteLater()

    def _show_text(self, page: _Page, files: Mapping[str, bytes] | None) -> None:
        if files is not None and page.file in files:
            page.as_it_ran = True
            page.editor.set_text(SourceText.of(files[page.file]).text)
            page.editor.show_as_it_ran()
            return
        if page.as_it_ran:
            page.as_it_ran = False
            page.editor.set_text(page.source.text)
            self._let_edit()

    def _let_edit(self, _: object = None) -> None:
        """Take edits, also where the window that had the folder was closed meanwhile."""
        for page in self._pages.values():
            if self._may_edit(page) and not page.as_it_ran:
                page.editor.show_to_edit()

    def _may_edit(self, page: _Page) -> bool:
        return page.source.editable and self._session.document.read_only is None

    def _mark(self, page: _Page) -> None:
        problems = self._session.document.problems
        same = problems.draft.flow.files.get(page.file) == (
            self._session.document.draft.flow.files.get(page.file)
        )
        shown = page.editor.view.marks.problems
        if page.as_it_ran:
            shown = ()
        elif same:
            shown = problems_in_file(problems.problems, page.file)
        covered = ({}, {}) if page.as_it_ran else self.coverage_of(page.file)
        values = self._values[1] if page.file == self._values[0] else {}
        page.editor.set_marks(LineMarks(shown, values, page.run_line, *covered))

    def _line_of(self, action: Action, handler: str) -> int | None:
        facts = self._session.document.problems.facts.get(action.code)
        if facts is not None:
            for found in facts.handlers:
                if found.name == handler:
                    return found.line
        return None

    def _on_edited(self, page: _Page, edit: CodeEdit) -> None:
        document = self._session.document
        if edit.typed:
            self._typed.start()
        text = page.editor.text()
        data = page.source.to_bytes(text)
        refused = document.apply(change_code(document.draft, page.file, data, typed=edit.typed))
        if isinstance(refused, EditRefused):
            page.editor.set_text(page.source.text)
            self.edit_refused.emit(refused)

    def _on_draft_changed(self, change: DraftChange) -> None:
        files = change.after.flow.files
        for file in tuple(self._pages):
            page = self._pages[file]
            if file not in files:
                self._close(file)
                continue
            action = _action_of(change.after.flow.actions, file)
            if action is not None:
                page.editor.set_secrets(action.secrets)
            if files[file] != change.before.flow.files.get(file):
                page.source = SourceText.of(files[file])
                if not page.as_it_ran and page.editor.text() != page.source.text:
                    page.editor.set_text(page.source.text)
        if change.kind != "edited" and isinstance(change.focus, CodeFocus):
            self._show_undone(change.focus)

    def _show_undone(self, focus: CodeFocus) -> None:
        page = self._pages.get(focus.file)
        if page is not None:
            text = page.source.text[: focus.position]
            page.editor.go_to(text.count("\n") + 1, len(text) - text.rfind("\n"))

    def _on_cursor(self, page: _Page) -> None:
        if page is self._current_page():
            self._tell_place()

    def _on_tab_use_changed(self, use: TabUse) -> None:
        self._tell_place()

    def _on_zoom_changed(self, zoom: Zoom) -> None:
        self._zoom = zoom.percent
        for page in self._pages.values():
            if page.editor.zoom != zoom.percent:
                page.editor.set_zoom(zoom.percent)

    def _on_theme_changed(self) -> None:
        look = editor_look(self._theme)
        for page in self._pages.values():
            page.editor.set_look(look)

    def _on_close_requested(self, key: TabKey) -> None:
        if key.kind == CODE:
            self._close(key.id)

    def _tell_place(self, _: object = None) -> None:
        page = self._current_page()
        if page is None:
            self.place_changed.emit(None)
            return
        place = page.editor.cursor_place
        self.place_changed.emit(
            CodePlace(
                page.file,
                page.language,
                place.line,
                place.column,
                read_only=page.as_it_ran or not page.source.editable,
                tab_moves_focus=page.editor.tab_moves_focus,
            )
        )

    def _current_page(self) -> _Page | None:
        key = self._area.current
        return self._pages.get(key.id) if key is not None and key.kind == CODE else None


def _action_of(actions: Iterator[Action] | tuple[Action, ...], file: str) -> Action | None:
    return next((action for action in actions if action.code == file), None)
