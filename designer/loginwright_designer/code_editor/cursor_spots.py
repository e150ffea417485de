"""Works out what the cursor's place lights up: its brackets, and where its word occurs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loginwright_designer.code_editor.brackets import bracket_pair
from loginwright_designer.code_editor.document_text import document_text
from loginwright_designer.theme.roles import SyntaxRole

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor, QTextDocument

    from loginwright_designer.code_editor.highlighting import Highlighter

_WORD = re.compile(r"[\w$]+")
_NOT_CODE = (SyntaxRole.STRING, SyntaxRole.COMMENT, SyntaxRole.REGEX)
_NO_NAME = (*_NOT_CODE, SyntaxRole.KEYWORD)
_MOST_OCCURRENCES = 1_000
_SHORTEST_WORD = 2


def matching_brackets(
    document: QTextDocument, cursor: QTextCursor, highlighter: Highlighter
) -> tuple[tuple[int, ...], int | None]:
    """Return the places of two brackets that belong together, or that of a lonely one."""
    known: dict[int, tuple[range, ...]] = {}

    def is_code(place: int) -> bool:
        block = document.findBlock(place)
        number = block.blockNumber()
        if number not in known:
            known[number] = highlighter.ranges_of(block, _NOT_CODE)
        column = place - block.position()
        return not any(column in columns for columns in known[number])

    pair = bracket_pair(_units(document_text(document)), cursor.position(), is_code)
    if pair is None or cursor.hasSelection():
        return (), None
    return ((), pair.here) if pair.other is None else ((pair.here, pair.other), None)


def word_occurrences(
    document: QTextDocument, cursor: QTextCursor, highlighter: Highlighter
) -> tuple[tuple[int, int], ...]:
    """Return where the name at the cursor, or the selected one, stands; nothing if only there."""
    block, column = cursor.block(), cursor.positionInBlock()
    if any(highlighter.role_at(block, place) in _NO_NAME for place in (column, column - 1)):
        return ()
    text = _units(document_text(document))
    word = _word_at(text, cursor)
    if word is None:
        return ()
    pattern = re.compile(rf"(?<![\w$]){re.escape(word)}(?![\w$])")
    places: list[tuple[int, int]] = []
    for found in pattern.finditer(text):
        places.append(found.span())
        if len(places) == _MOST_OCCURRENCES:
            break
    return tuple(places) if len(places) > 1 else ()


def _word_at(text: str, cursor: QTextCursor) -> str | None:
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    if start == end:
        while start > 0 and _WORD.match(text[start - 1]):
            start -= 1
        while end < len(text) and _WORD.match(text[end]):
            end += 1
    word = text[start:end]
    if len(word) < _SHORTEST_WORD or word[0].isdigit() or not _WORD.fullmatch(word):
        return None
    return word


def _units(text: str) -> str:
    """Return a text in which every UTF-16 unit is one character, so that places are Qt's."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    return re.sub("[\U00010000-\U0010ffff]", "\ufffd\ufffd", text)
