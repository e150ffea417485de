"""Brings up proposals and documentation where the cursor or the mouse is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.code_editor.code_chain import chain_at
from loginwright_designer.code_editor.completion import CompletionItem, completion_items
from loginwright_designer.code_editor.completion_popup import CompletionPopup
from loginwright_designer.code_editor.document_text import document_text
from loginwright_designer.code_editor.editor_signals import ValueQuestion
from loginwright_designer.code_editor.hover import HoverDoc, hover_doc
from loginwright_designer.code_editor.hover_card import HoverCard
from loginwright_designer.code_editor.text_columns import character_column
from loginwright_designer.code_editor.text_edits import one_step, text_around
from loginwright_designer.theme.roles import SyntaxRole

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QTextBlock
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.code_editor.code_view import CodeView
    from loginwright_designer.code_editor.line_marks import CodeProblem
    from loginwright_runtime.flow.model import Language

_SILENT = (SyntaxRole.COMMENT, SyntaxRole.STRING, SyntaxRole.REGEX)


class CodeAssistance(QObject):
    """Completion and hover of one view of code."""

    value_asked = Signal(ValueQuestion)  # what a name holds; ``show_value`` may follow

    def __init__(self, view: CodeView, surface: QWidget, language: Language) -> None:
        """Show cards on ``surface``, which holds the view."""
        super().__init__(view)
        self._view = view
        self._surface = surface
        self._language: Language = language
        self._secrets: tuple[str, ...] = ()
        self._asked = ""
        self._explained: tuple[QRect, HoverDoc | None, tuple[CodeProblem, ...]] | None = None
        self.popup = CompletionPopup(surface, view.look)
        self.card = HoverCard(surface, view.look)
        self.popup.accepted.connect(self._on_accepted)
        self.popup.row_changed.connect(self._on_row_changed)
        view.completion_keys = self._take_key
        view.typed.connect(self._on_typed)
        view.hovered.connect(self._on_hovered)
        view.pressed.connect(self.hide)
        view.hover_ended.connect(self._end_hover)
        view.cursorPositionChanged.connect(self._on_cursor_moved)
        view.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def set_secrets(self, secrets: tuple[str, ...]) -> None:
        """Take the names of the secrets that the action declares."""
        self._secrets = secrets

    def set_language(self, language: Language) -> None:
        """Spell in another language."""
        self._language = language

    def hide(self) -> bool:
        """Hide both; whether one was there."""
        shown = not (self.popup.isHidden() and self.card.isHidden())
        self.popup.hide()
        self._end_hover()
        return shown

    def complete(self) -> None:
        """Propose what may be written at the cursor; nothing where code is only shown."""
        self.card.hide()
        if self._view.isReadOnly():
            return
        text, position = self._text_and_place(self._view.textCursor().position())
        items = completion_items(text, position, self._language, self._secrets)
        self.popup.show_items(items, self._line_area(self._view.cursorRect()))

    def explain_cursor(self) -> None:
        """Show what is known of the place at the cursor, and say it."""
        cursor = self._view.textCursor()
        self._explain(cursor.position(), self._view.cursorRect(cursor))
        announce(self.card, self.card.text)

    def _explain(self, position: int, area: QRect) -> None:
        block = self._view.document().findBlock(position)
        text, place = self._text_and_place(position)
        said = hover_doc(text, place, self._language, self._secrets)
        if self._role_before(block, position + 1) in _SILENT:
            said = None
        problems = self._view.marks.problems_at(block.blockNumber() + 1)
        self.card.show_at(self._line_area(area), said, problems)
        self._explained = (self._line_area(area), said, problems)
        self._ask_for_value(block, position)

    def show_value(self, expression: str, text: str) -> None:
        """Say what a name holds, if somebody still wants to know."""
        if expression == self._asked and self._explained is not None:
            area, said, problems = self._explained
            self.card.show_at(area, said, problems, f"{expression} = {text}")
            announce(self.card, self.card.text)

    def _ask_for_value(self, block: QTextBlock, position: int) -> None:
        text = block.text()
        column = character_column(text, position - block.position())
        chain = chain_at(text, column)
        silent = self._role_before(block, position + 1) in _SILENT
        self._asked = "" if chain is None or silent or "[" in chain[0] else chain[0]
        if self._asked:
            self.value_asked.emit(ValueQuestion(self._asked))

    def _end_hover(self) -> None:
        self._asked = ""
        self.card.hide()

    def _take_key(self, event: QKeyEvent) -> bool:
        escape = event.key() == Qt.Key.Key_Escape
        if escape and self.hide():
            return True
        self.card.hide()
        if event.key() == Qt.Key.Key_Backspace and not self.popup.isHidden():
            QTimer.singleShot(0, self, self.complete)
        return self.popup.take_key(event)

    def _on_typed(self, text: str) -> None:
        goes_on = not self.popup.isHidden() and (text.isalnum() or text in "_$")
        if goes_on or self._begins_proposals(text):
            self.complete()
        else:
            self.popup.hide()

    def _begins_proposals(self, typed: str) -> bool:
        """Whether what was typed asks for proposals by itself: a dot in code, a quoted key."""
        if typed == ".":
            cursor = self._view.textCursor()
            return self._role_before(cursor.block(), cursor.position()) not in _SILENT
        return typed in ('"', "'") and self._after_bracket()

    def _after_bracket(self) -> bool:
        before = text_around(self._view.textCursor())[0]
        return before[:-1].rstrip().endswith("[")

    def _role_before(self, block: QTextBlock, position: int) -> SyntaxRole | None:
        return self._view.highlighter.role_at(block, position - block.position() - 1)

    def _on_accepted(self, item: CompletionItem) -> None:
        cursor = self._view.textCursor()
        with one_step(cursor):
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, item.replaced
            )
            cursor.insertText(item.insert)
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, item.caret_back
        )
        self._view.setTextCursor(cursor)

    def _on_row_changed(self, words: str) -> None:
        announce(self.popup, words)

    def _on_hovered(self, place: QPoint, position: int) -> None:
        if self.popup.isHidden():
            cursor = QTextCursor(self._view.document())
            cursor.setPosition(position)
            area = self._view.cursorRect(cursor)
            area.moveLeft(self._view.viewport().mapFromGlobal(place).x())
            self._explain(position, area)

    def _on_cursor_moved(self) -> None:
        self.card.hide()
        if not self.popup.isHidden() and not text_around(self._view.textCursor())[0]:
            self.popup.hide()

    def _on_scrolled(self, _value: int) -> None:
        self.hide()

    def _line_area(self, area: QRect) -> QRect:
        top_left = self._view.viewport().mapTo(self._surface, area.topLeft())
        return QRect(top_left, area.size())

    def _text_and_place(self, position: int) -> tuple[str, int]:
        """Return the code, and Qt's position in it counted in characters."""
        text = document_text(self._view.document())
        return text, character_column(text, position)
