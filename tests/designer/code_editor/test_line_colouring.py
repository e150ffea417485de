"""Colours of code, a line at a time, are those that the whole text would have."""

from __future__ import annotations

from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from loginwright_designer.code_editor.highlighting import Highlighter
from loginwright_designer.code_editor.line_colouring import (
    START,
    colour_line,
    lexer_of,
    role_of,
)
from loginwright_designer.code_editor.line_layout import LineLayout

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.code_editor.editor_look import EditorLook
    from loginwright_designer.theme.roles import SyntaxRole
    from loginwright_runtime.flow.model import Language

_PIECES: dict[str, list[str]] = {
    "javascript": [
        "/*", "*/", "//", "/", "`", "${", "}", "{", '"', "'", "\\", "\n", " ", "a", "1", ".", "(",
        ")", "[", "]", "=", "return", "function", "class", "event", "0x1n", "=>", "++", "😀", "é",
    ],
    "python": [
        '"""', "'''", '"', "'", "f", "rb", "{", "}", "{{", ":", "!r", "#", "\\", "\n", " ", "    ",
        "a", "1", ".", "(", ")", "def ", "class ", "match x:", "@b", "=", "return", "😀", "é",
    ],
}  # fmt: skip

code_edits = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 12), st.lists(st.integers(0, 28), max_size=12)),
    max_size=12,
)


def _roles_line_by_line(text: str, language: Language) -> list[SyntaxRole | None]:
    stack = START
    roles: list[SyntaxRole | None] = []
    for line in text.split("\n"):
        coloured = colour_line(language, line, stack)
        stack = coloured.stack
        of_line: list[SyntaxRole | None] = [None] * len(line)
        for span in coloured.spans:
            of_line[span.start : span.start + span.length] = [span.role] * span.length
        roles += [*of_line, None]
    return roles


def _roles_of_whole(text: str, language: Language) -> list[SyntaxRole | None]:
    roles: list[SyntaxRole | None] = [None] * (len(text) + 1)
    for start, token, value in lexer_of(language).get_tokens_unprocessed(f"{text}\n"):
        roles[start : start + len(value)] = [role_of(token)] * len(value)
    return [
        None if end_of_line else role
        for role, end_of_line in zip(roles, [*(c == "\n" for c in text), True], strict=False)
    ]


def _text_after(edits: list[tuple[int, int, list[int]]], language: str) -> list[str]:
    """Return the texts that a series of edits makes, one after the other."""
    pieces, text, texts = _PIECES[language], "", []
    for place, removed, added in edits:
        at = min(place, len(text))
        text = text[:at] + "".join(pieces[i] for i in added) + text[at + removed :]
        texts.append(text)
    return texts


@pytest.mark.parametrize("language", ["javascript", "python"])
@given(edits=code_edits)
def test_lines_one_by_one_have_the_colours_of_the_whole_text(
    language: Language, edits: list[tuple[int, int, list[int]]]
) -> None:
    for text in _text_after(edits, language)[-2:]:
        assert _roles_line_by_line(text, language) == _roles_of_whole(text, language)


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_a_document_edited_at_random_keeps_the_colours_of_its_whole_text(
    language: Language, look: EditorLook
) -> None:
    @given(edits=code_edits, slow=st.booleans())
    def edited(edits: list[tuple[int, int, list[int]]], slow: bool) -> None:
        document = QTextDocument()
        document.setDocumentLayout(LineLayout(document))
        clock = count().__next__ if slow else perf_counter
        highlighter = Highlighter(document, language, look.colours, clock)
        cursor = QTextCursor(document)
        for place, removed, added in edits:
            end = document.characterCount() - 1
            cursor.setPosition(min(place, end))
            cursor.setPosition(min(place + removed, end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText("".join(_PIECES[language][i] for i in added))
        highlighter.finish()
        text = document.toPlainText()
        assert _roles_in_document(document, highlighter) == _roles_of_whole(text, language)

    edited()


def test_an_edit_colours_what_its_budget_allows_and_leaves_the_rest_for_later(
    look: EditorLook, qtbot: QtBot
) -> None:
    document = QTextDocument("a\n" * 50)
    document.setDocumentLayout(LineLayout(document))
    highlighter = Highlighter(document, "javascript", look.colours, count().__next__)
    highlighter.finish()

    QTextCursor(document).insertText("/*")

    last = document.findBlockByNumber(49)
    assert highlighter.role_at(document.firstBlock(), 0) == "comment"
    assert highlighter.role_at(last, 0) is None
    qtbot.waitUntil(lambda: highlighter.complete)
    assert highlighter.role_at(last, 0) == "comment"


def _roles_in_document(
    document: QTextDocument, highlighter: Highlighter
) -> list[SyntaxRole | None]:
    roles: list[SyntaxRole | None] = []
    block = document.firstBlock()
    while block.isValid():
        units = 0
        for character in block.text():
            roles.append(highlighter.role_at(block, units))
            units += 2 if ord(character) > 0xFFFF else 1
        roles.append(None)
        block = block.next()
    return roles


def _pieces(text: str, language: Language) -> list[tuple[str, str]]:
    stack, found = START, []
    for line in text.split("\n"):
        coloured = colour_line(language, line, stack)
        stack = coloured.stack
        found += [
            (line[span.start : span.start + span.length], span.role.value)
            for span in coloured.spans
        ]
    return found


def test_braces_inside_a_template_literal_do_not_end_its_expression() -> None:
    pieces = _pieces("`a ${ {b: `c ${d}`}.b } e`", "javascript")

    assert [piece for piece, role in pieces if role == "interpolation"] == ["${", "${", "}", "}"]
    assert [piece for piece, role in pieces if role == "string"] == ["`a ", "`c ", "`", " e`"]


def test_a_block_comment_goes_on_over_lines() -> None:
    assert _pieces("a /* one\ntwo\n*/ return", "javascript") == [
        ("/* one", "comment"), ("two", "comment"), ("*/", "comment"), ("return", "keyword"),
    ]  # fmt: skip


def test_a_string_that_is_not_closed_ends_with_its_line() -> None:
    assert _pieces("'open\nreturn", "javascript") == [("'open", "string"), ("return", "keyword")]


@pytest.mark.parametrize(
    ("code", "regex"),
    [
        ("x = /a[/]b/g.test(y)", ["/a[/]b/g"]),
        ("a / b / c", []),
        ("a\n/ b / c", []),
        ("return /a/", ["/a/"]),
        ("f(/a/, /b/)", ["/a/", "/b/"]),
        ("i++ / 2 / 3", []),
        ("`${/}/.test(a)}`", ["/}/"]),
    ],
)
def test_a_slash_divides_behind_a_value_and_begins_an_expression_elsewhere(
    code: str, regex: list[str]
) -> None:
    assert [piece for piece, role in _pieces(code, "javascript") if role == "regex"] == regex


def test_members_named_like_keywords_stay_plain() -> None:
    assert _pieces("event.default.class", "javascript") == []


def test_a_formatted_string_holds_expressions_with_strings_and_formats() -> None:
    pieces = _pieces("f\"{user['name']!r:>{width}} {{x}}\"", "python")

    assert ("'name'", "string") in pieces
    assert ' {{x}}"' in [piece for piece, role in pieces if role == "string"]


def test_triple_quotes_go_on_over_lines_and_half_typed_formats_do_not() -> None:
    assert _pieces('"""a\nb""" + 1\nf"{a(\nreturn', "python") == [
        ('"""a', "string"), ('b"""', "string"), ("+", "operator"), ("1", "number"),
        ('f"', "string"), ("{", "interpolation"), ("return", "keyword"),
    ]  # fmt: skip


def test_match_is_a_keyword_only_where_a_statement_begins() -> None:
    assert _pieces("match = match.group(1)", "python") == [("=", "operator"), ("1", "number")]
    assert _pieces("match command:", "python") == [("match", "keyword")]
