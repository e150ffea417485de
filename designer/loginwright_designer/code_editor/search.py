"""Finds and replaces text by words or by regular expression; places are Qt's UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression

from loginwright_designer.code_editor.text_columns import utf16_length

if TYPE_CHECKING:
    from PySide6.QtCore import QRegularExpressionMatch

MOST_MATCHES = 10_000
"""More are not counted; nobody steps through them."""

_MOST_TRIES = 10_000


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: As typed.
        regular_expression: ``text`` is one.
        match_case: Capitals differ from small letters.
        whole_words: Nothing within a word.
    """

    text: str
    regular_expression: bool = False
    match_case: bool = False
    whole_words: bool = False


@dataclass(frozen=True, slots=True)
class InvalidQuery:
    """A regular expression that is none.

    Attributes:
        reason: In Qt's words.
        column: Where it goes wrong, from 1.
    """

    reason: str
    column: int


@dataclass(frozen=True, slots=True)
class Match:
    """One place where the query was found.

    Attributes:
        start: Position of the first unit.
        length: In units; 0 is possible with a regular expression.
        replacement: What replaces it, when that was asked for.
    """

    start: int
    length: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found.

    Attributes:
        matches: In order.
        cut: There are more than are listed.
        gave_up: The expression asks too much of the search on this text.
    """

    matches: tuple[Match, ...]
    cut: bool = False
    gave_up: bool = False


_REFERENCE = re.compile(r"\\(?P<escape>[\\ntr])|[\\$](?P<group>\d)|\$\{(?P<long>\d{1,2})\}")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def find_all(text: str, query: Query, replacement: str = "") -> Matches | InvalidQuery:
    r"""Return every place of ``text`` where ``query`` is found; a match stays in its line.

    A line on which the expression tries too many ways ends the search, so that no expression can
    hold up the window.

    Args:
        text: What is searched.
        query: What for; an empty one finds nothing.
        replacement: What each match would be replaced by; with a regular expression ``$1`` and
            ``\\1`` stand for its groups.
    """
    if not query.text:
        return Matches(())
    expression = _expression(query)
    if not expression.isValid():
        before = expression.pattern().find(query.text)
        column = max(0, expression.patternErrorOffset() - before) + 1
        return InvalidQuery(expression.errorString(), min(column, len(query.text) + 1))
    found: list[Match] = []
    position = 0
    for line in text.split("\n"):
        matches = expression.globalMatch(line)
        while matches.hasNext():
            one = matches.next()
            if not one.isValid():
                return Matches(tuple(found), gave_up=True)
            if len(found) == MOST_MATCHES:
                return Matches(tuple(found), cut=True)
            found.append(_match(one, position, query, replacement))
        if not matches.isValid():
            return Matches(tuple(found), gave_up=True)
        position += utf16_length(line) + 1
    return Matches(tuple(found))


def _match(one: QRegularExpressionMatch, line_start: int, query: Query, replacement: str) -> Match:
    if query.regular_expression:
        groups = [one.captured(group) for group in range(one.lastCapturedIndex() + 1)]
        replacement = _replacement(replacement, groups)
    return Match(line_start + one.capturedStart(), one.capturedLength(), replacement)


def _expression(query: Query) -> QRegularExpression:
    pattern = query.text if query.regular_expression else QRegularExpression.escape(query.text)
    if query.whole_words:
        pattern = rf"(?<![\w$])(?:{pattern})(?![\w$])"
    options = QRegularExpression.PatternOption.UseUnicodePropertiesOption
    if not query.match_case:
        options |= QRegularExpression.PatternOption.CaseInsensitiveOption
    return QRegularExpression(f"(*LIMIT_MATCH={_MOST_TRIES}){pattern}", options)


def _replacement(template: str, groups: list[str]) -> str:
    def put(reference: re.Match[str]) -> str:
        escape = reference["escape"]
        if escape:
            return _ESCAPES[escape]
        number = int(reference["group"] or reference["long"])
        return groups[number] if number < len(groups) else ""

    return _REFERENCE.sub(put, template)
