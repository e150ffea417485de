"""The text area of the editor: keys, mouse and painting on Qt's plain text widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit
from typing_extensions import override

from loginwright_designer.code_editor.breakpoint_lines import BreakpointPlaces
from loginwright_designer.code_editor.code_keys import EditorKey, editor_key, types, undoes
from loginwright_designer.code_editor.code_painting import CodePainter, CodeSpots
from loginwright_designer.code_editor.cursor_sight import (
    bring_cursor,
    cursor_kept_in_sight,
    is_well_seen,
)
from loginwright_designer.code_editor.cursor_spots import matching_brackets, word_occurrences
from loginwright_designer.code_editor.gutter import Gutter
from loginwright_designer.code_editor.highlighting import Highlighter
from loginwright_designer.code_editor.line_layout import LineLayout
from loginwright_designer.code_editor.line_marks import LineMarks
from loginwright_designer.code_editor.text_edits import (
    indent_out,
    insert_closing,
    insert_new_line,
    insert_tab,
    to_line_begin,
    toggle_comment,
)
from loginwright_designer.code_editor.visible_lines import VisibleLine
from loginwright_designer.code_editor.word_undo import WordUndo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from loginwright_designer.code_editor.breakpoint_marks import BreakpointMark
    from loginwright_designer.code_editor.editor_look import EditorLook
    from loginwright_runtime.flow.model import Language

_SPOT_DELAY_MS = 120


class CodeView(QPlainTextEdit):
    """Shows the code of one file, with a gutter at its left."""

    key_pressed = Signal(EditorKey)  # one of the editor's own keys; nothing was done yet
    typed = Signal(str)  # a character came in by the keyboard and stands in the text
    refused = Signal()  # somebody typed into code that is shown as it ran
    pressed = Signal()  # the mouse, anywhere on the code
    hovered = Signal(QPoint, int)  # the mouse rests on the character at a position
    hover_ended = Signal()  # it went elsewhere
    focus_left = Signal()  # another widget has the keyboard now
    zoomed = Signal(int)  # Ctrl and the wheel: 1 for larger, -1 for smaller

    def __init__(self, language: Language, look: EditorLook) -> None:
        """Show no code yet."""
        super().__init__()
        self.look = look
        self.marks = LineMarks()
        self.as_it_ran = False
        self.typing = False
        self.completion_keys: Callable[[QKeyEvent], bool] = lambda _event: False
        self._language: Language = language
        self._spots = CodeSpots()
        self._shown_cursor = (-1, False)
        self._undo = WordUndo()
        document = QTextDocument(self)
        document.setDefaultFont(look.code_font)
        document.setDocumentMargin(0)
        self._layout = LineLayout(document)
        document.setDocumentLayout(self._layout)
        self.setDocument(document)
        self.highlighter = Highlighter(document, language, look.colours)
        self._breakpoints = BreakpointPlaces(document)
        self.breakpoint_marks: Mapping[int, BreakpointMark] = {}
        self._spot_timer = QTimer(self, singleShot=True, interval=_SPOT_DELAY_MS)
        self._spot_timer.timeout.connect(self._on_spots_due)
        self.setProperty("kind", "editor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.viewport().setMouseTracking(True)
        self.gutter = Gutter(self, self)
        self.set_look(look)
        self.updateRequest.connect(self._on_update_request)
        self.blockCountChanged.connect(self._on_block_count_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        document.contentsChange.connect(self._on_contents_change)

    @property
    def breakpoints(self) -> frozenset[int]:
        """Lines with a breakpoint, from 1."""
        return self._breakpoints.lines

    @property
    def breakpoint_places(self) -> BreakpointPlaces:
        """The breakpoints, to set them and to follow an edit."""
        return self._breakpoints

    @property
    def cursor_line(self) -> int:
        """The line of the cursor, from 1."""
        return self.textCursor().blockNumber() + 1

    @property
    def spots(self) -> CodeSpots:
        """What is lit up in the code at this moment."""
        return self._spots

    def set_look(self, look: EditorLook) -> None:
        """Take other colours and sizes."""
        self.look = look
        colours = look.colours
        self.document().setDefaultFont(look.code_font)
        self.setFont(look.code_font)
        self._layout.measure()
        self.document().markContentsDirty(0, self.document().characterCount())
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        palette = self.palette()
        plain = max(colours.syntax, key=lambda role: role == "plain")
        palette.setColor(QPalette.ColorRole.Base, colours.ground)
        palette.setColor(QPalette.ColorRole.Text, colours.syntax[plain])
        palette.setColor(QPalette.ColorRole.Highlight, colours.selection)
        palette.setBrush(QPalette.ColorRole.HighlightedText, Qt.BrushStyle.NoBrush)
        self.setPalette(palette)
        self.setCursorWidth(max(1, look.px(1.5)))
        self.highlighter.set_colours(colours)
        self._place_gutter()
        self.viewport().update()

    def set_language(self, language: Language) -> None:
        """Read the code in another language."""
        self._language = language
        self.highlighter.set_language(language)

    def set_marks(self, marks: LineMarks) -> None:
        """Show other marks beside the code."""
        if marks == self.marks:
            return
        self.marks = marks
        self.viewport().update()
        self.gutter.update()

    def set_found(
        self, found: tuple[tuple[int, int], ...], current: tuple[int, int] | None
    ) -> None:
        """Light up what the search found."""
        spots = self._spots
        self._spots = CodeSpots(found, current, spots.occurrences, spots.brackets, spots.lonely)
        self.viewport().update()

    def set_as_it_ran(self, *, as_it_ran: bool) -> None:
        """Show code that cannot be changed, with the edge of the past; or an editor again."""
        if as_it_ran == self.as_it_ran:
            return
        self.as_it_ran = as_it_ran
        self.setReadOnly(as_it_ran)
        flags = Qt.TextInteractionFlag.TextEditorInteraction
        if as_it_ran:
            flags = (
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setTextInteractionFlags(flags)
        self.gutter.update()

    def go_to(self, position: int, end: int | None = None) -> None:
        """Move the cursor, select up to ``end``, and bring the place to the middle if unseen."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        if end is not None:
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        unseen = not is_well_seen(self, cursor)
        before = self.textCursor()
        if (cursor.position(), cursor.anchor()) != (before.position(), before.anchor()):
            self.setTextCursor(cursor)
        if unseen:
            self.centerCursor()
        QTimer.singleShot(0, self, lambda: bring_cursor(self))  # once the view has its size

    def visible_lines(self, area: QRect | None = None) -> Iterator[VisibleLine]:
        """Yield the lines to be seen, from the top; only those that ``area`` touches, if given."""
        block = self.firstVisibleBlock()
        offset = self.contentOffset()
        top = self.blockBoundingGeometry(block).translated(offset).top()
        ascent, height, left = self._layout.baseline, self._layout.line_height, offset.x()
        first = 0 if area is None else area.top()
        last = self.viewport().height() if area is None else area.bottom() + 1
        number = block.blockNumber() + 1
        while block.isValid() and top <= last:
            if top + height >= first:
                yield VisibleLine(block, number, top, height, top + ascent, left)
            top, number, block = top + height, number + 1, block.next()

    def line_at(self, y: float) -> int | None:
        """Return the line at a height, from 1; None below the last one."""
        lines = self.visible_lines()
        return next((one.number for one in lines if one.top <= y < one.top + one.height), None)

    def position_at(self, point: QPoint) -> int | None:
        """Return the position of the character under a point of the viewport."""
        cursor = self.cursorForPosition(point)
        box = self.cursorRect(cursor)
        wide = self.fontMetrics().horizontalAdvance("0")
        near = box.adjusted(-wide, 0, wide, 0).contains(point)
        return cursor.position() if near else None

    def _place_gutter(self) -> None:
        width = self.gutter.wanted_width()
        self.setViewportMargins(width, 0, 0, 0)
        code = self.viewport().geometry()
        self.gutter.setGeometry(self.contentsRect().left(), code.top(), width, code.height())
        self.gutter.update()

    def _on_update_request(self, area: QRect, scrolled: int) -> None:
        if scrolled:
            self.gutter.scroll(0, scrolled)
        else:
            self.gutter.update(0, area.y(), self.gutter.width(), area.height())

    def _on_block_count_changed(self, _count: int) -> None:
        if self.gutter.width() != self.gutter.wanted_width():
            self._place_gutter()
        self.gutter.update()

    def _on_cursor_moved(self) -> None:
        cursor = self.textCursor()
        shown = (cursor.blockNumber(), cursor.hasSelection())
        if shown != self._shown_cursor:
            self._shown_cursor = shown
            self.viewport().update()
            self.gutter.update()
        self._spot_timer.start()

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        self._spots = self._spots.after_edit(position, removed, added)

    def _on_spots_due(self) -> None:
        cursor, document = self.textCursor(), self.document()
        brackets, lonely = matching_brackets(document, cursor, self.highlighter)
        occurrences = word_occurrences(document, cursor, self.highlighter)
        spots = CodeSpots(self._spots.found, self._spots.current, occurrences, brackets, lonely)
        if spots != self._spots:
            self._spots = spots
            self.viewport().update()

    def _do_key(self, key: EditorKey) -> bool:
        """Do what an editing key does; False for one that only the editor around knows."""
        cursor = self.textCursor()
        match key:
            case EditorKey.NEW_LINE:
                insert_new_line(cursor, self._language)
            case EditorKey.INDENT:
                insert_tab(cursor, self._language)
            case EditorKey.INDENT_OUT:
                indent_out(cursor, self._language)
            case EditorKey.COMMENT:
                toggle_comment(cursor, self._language)
            case EditorKey.LINE_BEGIN:
                to_line_begin(cursor, QTextCursor.MoveMode.MoveAnchor)
            case EditorKey.SELECT_TO_LINE_BEGIN:
                to_line_begin(cursor, QTextCursor.MoveMode.KeepAnchor)
            case _:
                return False
        self.setTextCursor(cursor)
        return True

    def _type(self, text: str) -> None:
        cursor = self.textCursor()
        self.typing = True
        try:
            if not insert_closing(cursor, text, self._language):
                self._undo.insert(cursor, text)
        finally:
            self.typing = False
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.typed.emit(text)

    def toggle_comment(self) -> None:
        """Turn the selected lines into comments or back, where the code can be edited."""
        if not self.isReadOnly():
            self._do_key(EditorKey.COMMENT)

    @override
    def event(self, event: QEvent) -> bool:
        """Leave undo to the window where the code keeps no history of its own."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        is_windows = is_asked and not self.document().isUndoRedoEnabled()
        if is_windows and isinstance(event, QKeyEvent) and undoes(event):
            event.ignore()
            return False
        return bool(super().event(event))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completion_keys(event):
            event.accept()
            return
        key = editor_key(event, tab_moves_focus=self.tabChangesFocus())
        if self.isReadOnly() and (types(event) or (key is not None and key.edits)):
            self.refused.emit()
            event.accept()
        elif key is not None:
            if not self._do_key(key):
                self.key_pressed.emit(key)
            event.accept()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        elif types(event) and not self.overwriteMode():
            self._type(event.text())
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        lines = list(self.visible_lines(event.rect()))
        self._paint_under(lines)
        super().paintEvent(event)
        self._paint_over(lines)

    def _paint_under(self, lines: list[VisibleLine]) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        under = CodePainter(painter, self.look, self.viewport().width())
        current = self.cursor_line if not self.textCursor().hasSelection() else None
        for line in lines:
            under.band(line, self.marks, current=line.number == current)
            under.spots(line, self._spots)
        painter.end()

    def _paint_over(self, lines: list[VisibleLine]) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = CodePainter(painter, self.look, self.viewport().width())
        for line in lines:
            problems = self.marks.problems_at(line.number) if self.marks.problems else ()
            over.problems(line, problems)
            value = self.marks.values.get(line.number)
            if value:
                over.value(line, value)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        with cursor_kept_in_sight(self, QRect(QPoint(), event.oldSize())):
            super().resizeEvent(event)
        self._place_gutter()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_left.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.hover_ended.emit()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            position = self.position_at(event.pos())
            if position is not None:
                self.hovered.emit(self.viewport().mapToGlobal(event.pos()), position)
            return True
        if event.type() == QEvent.Type.Leave:
            self.hover_ended.emit()
        return super().viewportEvent(event)
