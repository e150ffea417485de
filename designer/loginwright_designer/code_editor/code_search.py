"""Finds and replaces in the code what the find bar asks for."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor

from loginwright_designer.code_editor.document_text import document_text
from loginwright_designer.code_editor.search import InvalidQuery, Match, Matches, find_all
from loginwright_designer.code_editor.text_edits import one_step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.code_editor.code_view import CodeView
    from loginwright_designer.code_editor.find_bar import FindBar, Search

_KEEP = QTextCursor.MoveMode.KeepAnchor
_AFTER_EDIT_MS = 150


class CodeSearch(QObject):
    """Joins one find bar to one view of code."""

    def __init__(self, view: CodeView, bar: FindBar) -> None:
        """Listen to both."""
        super().__init__(view)
        self._view = view
        self._bar = bar
        self._result: Matches | InvalidQuery = Matches(())
        self._origin = 0
        self._after_edit = QTimer(self, singleShot=True, interval=_AFTER_EDIT_MS)
        self._after_edit.timeout.connect(self._on_after_edit)
        bar.search_changed.connect(self._on_search_changed)
        bar.next_wanted.connect(self.go_to_next)
        bar.previous_wanted.connect(self.go_to_previous)
        bar.replace_wanted.connect(self.replace)
        bar.replace_all_wanted.connect(self.replace_all)
        bar.closed.connect(self.close)
        view.document().contentsChange.connect(self._on_contents_change)

    @property
    def matches(self) -> tuple[Match, ...]:
        """What was found, as of the last search."""
        return self._result.matches if isinstance(self._result, Matches) else ()

    def open(self, *, replacing: bool) -> None:
        """Show the bar, looking for what is selected."""
        cursor = self._view.textCursor()
        self._origin = cursor.selectionStart()
        selected = cursor.selectedText()
        self._bar.open("" if "\u2029" in selected else selected, replacing=replacing)

    def close(self) -> None:
        """Hide the bar and go back to the code."""
        self._bar.hide()
        self._view.set_found((), None)
        self._view.setFocus()

    def go_to_next(self) -> None:
        """Select the match behind the cursor, or the first."""
        self._refresh()
        cursor = self._view.textCursor()
        place = cursor.selectionStart() + (1 if cursor.hasSelection() else 0)
        self._select(bisect_left([match.start for match in self.matches], place))

    def go_to_previous(self) -> None:
        """Select the match before the cursor, or the last."""
        self._refresh()
        place = self._view.textCursor().selectionStart()
        self._select(bisect_left([match.start for match in self.matches], place) - 1)

    def replace(self) -> None:
        """Replace the match that is selected and select the next one."""
        self._refresh()
        current = self._current()
        if current is not None and not self._view.isReadOnly():
            self._write([self.matches[current]])
        self.go_to_next()

    def replace_all(self) -> None:
        """Replace every match, as one step of undo."""
        self._refresh()
        if not self._view.isReadOnly():
            self._write(reversed(self.matches))
            self._refresh()

    def _write(self, matches: Iterable[Match]) -> None:
        cursor = QTextCursor(self._view.document())
        with one_step(cursor):
            for match in matches:
                cursor.setPosition(match.start)
                cursor.setPosition(match.start + match.length, _KEEP)
                cursor.insertText(match.replacement)

    def _on_search_changed(self, _search: Search) -> None:
        self._refresh()
        starts = [match.start for match in self.matches]
        if starts:
            self._select(bisect_left(starts, self._origin))

    def _on_contents_change(self, _position: int, _removed: int, _added: int) -> None:
        if not self._bar.isHidden():
            self._after_edit.start()

    def _on_after_edit(self) -> None:
        if not self._bar.isHidden():
            self._refresh()

    def _refresh(self) -> None:
        search = self._bar.search
        text = document_text(self._view.document())
        self._result = find_all(text, search.query, search.replacement)
        self._show()

    def _show(self) -> None:
        current = self._current()
        ranges = tuple((match.start, match.start + match.length) for match in self.matches)
        self._view.set_found(ranges, None if current is None else ranges[current])
        self._bar.show_result(self._result, current)

    def _current(self) -> int | None:
        cursor = self._view.textCursor()
        start, length = cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart()
        index = bisect_left([match.start for match in self.matches], start)
        if index < len(self.matches):
            match = self.matches[index]
            if (match.start, match.length) == (start, length):
                return index
        return None

    def _select(self, index: int) -> None:
        if self.matches:
            match = self.matches[index % len(self.matches)]
            self._view.go_to(match.start, match.start + match.length)
            self._show()
