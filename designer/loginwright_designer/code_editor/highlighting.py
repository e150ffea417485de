"""Colours a document a line at a time: at once what was typed, the rest in idle slices."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextLayout

from loginwright_designer.code_editor.line_colouring import START, Stack, colour_line
from loginwright_designer.code_editor.text_columns import utf16_column
from loginwright_designer.theme.roles import SyntaxRole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtGui import QTextBlock

    from loginwright_designer.code_editor.colours import EditorColours
    from loginwright_runtime.flow.model import Language

BUDGET_SECONDS = 0.002
"""How long one edit, and one idle slice, may colour lines (desktop.md, "Choices, measured")."""

LONGEST_LINE = 5_000
"""A longer line stays plain, so that a minified file cannot take the window's time."""

ROLE_PROPERTY = QTextCharFormat.Property.UserProperty
"""Where the format of a piece of code says what that piece is, as the role's value."""

_UNREAD = -1


class Highlighter(QObject):
    """Keeps the colours of one document right.

    The stack of lexer states at the end of a line is the line's block state, as a number. Lines
    from ``_stale_from`` to ``_stale_to`` may be wrong; beyond them colouring stops as soon as a
    line ends in the state it had.
    """

    def __init__(
        self,
        document: QTextDocument,
        language: Language,
        colours: EditorColours,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Colour ``document``, now and whenever it changes."""
        super().__init__(document)
        self._document = document
        self._language: Language = language
        self._clock = clock
        self._stacks: list[Stack] = [START]
        self._numbers: dict[Stack, int] = {START: 0}
        self._stale_from: QTextCursor | None = None
        self._stale_to: QTextCursor | None = None
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._on_idle)
        self._formats = _formats(colours)
        document.contentsChange.connect(self._on_contents_change)
        self._all_again()

    @property
    def complete(self) -> bool:
        """Whether every line has its right colours."""
        return self._stale_from is None

    def set_colours(self, colours: EditorColours) -> None:
        """Colour everything again, in slices, after a change of theme."""
        self._formats = _formats(colours)
        self._all_again()

    def set_language(self, language: Language) -> None:
        """Read the code in another language from now on."""
        if language != self._language:
            self._language = language
            self._all_again()

    def finish(self) -> None:
        """Colour all that is left, for a picture or a test."""
        while not self.complete:
            self._continue(None)

    def role_at(self, block: QTextBlock, column: int) -> SyntaxRole | None:
        """Return what stands at a column of a line, as last coloured."""
        for piece in block.layout().formats():
            if piece.start <= column < piece.start + piece.length:
                return SyntaxRole(piece.format.property(ROLE_PROPERTY))
        return None

    def ranges_of(self, block: QTextBlock, roles: Collection[SyntaxRole]) -> tuple[range, ...]:
        """Return the columns of a line that have one of these roles, as last coloured."""
        return tuple(
            range(piece.start, piece.start + piece.length)
            for piece in block.layout().formats()
            if piece.format.property(ROLE_PROPERTY) in roles
        )

    def _all_again(self) -> None:
        self._stale_from = QTextCursor(self._document)
        self._stale_to = QTextCursor(self._document)
        self._stale_to.movePosition(QTextCursor.MoveOperation.End)
        self._continue(self._clock() + BUDGET_SECONDS)

    def _on_contents_change(self, position: int, _removed: int, added: int) -> None:
        first = self._document.findBlock(position)
        last = self._document.findBlock(position + added)
        if not last.isValid():
            last = self._document.lastBlock()
        stopped = self._colour(first, last.blockNumber(), self._clock() + BUDGET_SECONDS)
        if stopped is not None:
            self._note_stale(stopped, last)
            self._idle.start()

    def _note_stale(self, stopped: QTextBlock, last: QTextBlock) -> None:
        """Lines from ``stopped`` on are not known to be right, ``last`` included."""
        start, end = stopped.position(), max(last.position(), stopped.position())
        if self._stale_from is not None and self._stale_to is not None:
            start = min(start, self._stale_from.position())
            end = max(end, self._stale_to.position())
        self._stale_from = QTextCursor(self._document)
        self._stale_from.setPosition(start)
        self._stale_to = QTextCursor(self._document)
        self._stale_to.setPosition(end)

    def _on_idle(self) -> None:
        self._continue(self._clock() + BUDGET_SECONDS)

    def _continue(self, deadline: float | None) -> None:
        if self._stale_from is None or self._stale_to is None:
            self._idle.stop()
            return
        first, last = self._stale_from.block(), self._stale_to.blockNumber()
        stopped = self._colour(first, last, deadline)
        if stopped is None:
            self._stale_from = self._stale_to = None
            self._idle.stop()
        else:
            self._stale_from.setPosition(stopped.position())
            if stopped.blockNumber() > last:
                self._stale_to.setPosition(stopped.position())
            self._idle.start()

    def _colour(self, first: QTextBlock, last: int, deadline: float | None) -> QTextBlock | None:
        """Colour lines up to number ``last`` and on until one ends as it did before.

        Returns:
            The line to go on with, or None when all is right.
        """
        block, number = first, first.blockNumber()
        stack = self._stack_before(first)
        while block.isValid():
            before = block.userState()
            after = self._colour_block(block, stack)
            following = block.next()
            done = not following.isValid() or (number >= last and after == before)
            if done or (deadline is not None and self._clock() >= deadline):
                self._show(first, block)
                return None if done else following
            block, number, stack = following, number + 1, self._stacks[after]
        return None

    def _stack_before(self, block: QTextBlock) -> Stack:
        state = block.previous().userState()
        return START if state == _UNREAD else self._stacks[state]

    def _colour_block(self, block: QTextBlock, stack: Stack) -> int:
        text = block.text()
        if len(text) > LONGEST_LINE:
            block.layout().clearFormats()
            state = self._number(stack)
        else:
            line = colour_line(self._language, text, stack)
            plain = text.isascii()
            ranges = []
            for span in line.spans:
                piece = QTextLayout.FormatRange()
                end = span.start + span.length
                piece.start = span.start if plain else utf16_column(text, span.start)
                piece.length = (end if plain else utf16_column(text, end)) - piece.start
                piece.format = self._formats[span.role]
                ranges.append(piece)
            block.layout().setFormats(ranges)
            state = self._number(line.stack)
        block.setUserState(state)
        return state

    def _number(self, stack: Stack) -> int:
        known = self._numbers.get(stack)
        if known is None:
            known = self._numbers[stack] = len(self._stacks)
            self._stacks.append(stack)
        return known

    def _show(self, first: QTextBlock, last: QTextBlock) -> None:
        start = first.position()
        self._document.markContentsDirty(start, last.position() + last.length() - start)


def _formats(colours: EditorColours) -> dict[SyntaxRole, QTextCharFormat]:
    formats = {}
    for role, colour in colours.syntax.items():
        made = formats[role] = QTextCharFormat()
        made.setForeground(colour)
        made.setProperty(ROLE_PROPERTY, role.value)
    return formats
