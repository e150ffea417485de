"""What Enter, Tab, the comment key and the search make of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.code_editor.brackets import BracketPair, bracket_pair
from loginwright_designer.code_editor.search import InvalidQuery, Match, Matches, Query, find_all
from loginwright_designer.code_editor.text_columns import character_column, utf16_column
from loginwright_designer.code_editor.typing_rules import (
    NewLine,
    begins_word,
    comment_toggled,
    dedented,
    indent_unit,
    indented,
    new_line,
    tab_text,
)

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Language

code_lines = st.lists(st.text("ab #/\t", max_size=8), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("  const a = 1;", "", NewLine("\n  ")),
        ("  if (a) {", "", NewLine("\n    ")),
        ("  f({", "});", NewLine("\n    ", "\n  ")),
        ("", "", NewLine("\n")),
    ],
)
def test_enter_keeps_the_indentation_of_javascript(
    before: str, after: str, expected: NewLine
) -> None:
    assert new_line(before, after, "  ", "javascript") == expected


def test_enter_follows_the_blocks_of_python() -> None:
    assert new_line("    if a:", "", "    ", "python") == NewLine("\n        ")
    assert new_line("        return a", "", "    ", "python") == NewLine("\n    ")


def test_the_unit_of_indentation_is_read_from_the_code() -> None:
    assert indent_unit(["a {", "   b", "}"], "javascript") == "   "
    assert indent_unit(["a {", "\tb", "}"], "javascript") == "\t"
    assert indent_unit([], "python") == "    "


def test_tab_goes_to_the_next_stop() -> None:
    assert tab_text("abc", "    ") == " "
    assert tab_text("", "\t") == "\t"


def test_a_block_is_commented_in_one_column_and_back() -> None:
    lines = ("  if (a) {", "", "    b();", "  }")

    assert comment_toggled(lines, "javascript") == ("  // if (a) {", "", "  //   b();", "  // }")
    assert comment_toggled(comment_toggled(lines, "javascript"), "javascript") == lines


@given(lines=code_lines, language=st.sampled_from(["javascript", "python"]))
def test_commenting_code_twice_gives_the_code_back(lines: list[str], language: Language) -> None:
    marker = "//" if language == "javascript" else "#"
    code = [line for line in lines if line.strip() and not line.lstrip().startswith(marker)]
    if code:
        assert comment_toggled(comment_toggled(code, language), language) == tuple(code)


@given(lines=code_lines, unit=st.sampled_from(["  ", "    ", "\t"]))
def test_indenting_and_back_gives_the_lines_back(lines: list[str], unit: str) -> None:
    filled = [line for line in lines if line.strip()]
    assert dedented(indented(filled, unit), unit) == tuple(filled)


def test_words_spaces_and_signs_are_undone_apart() -> None:
    assert not begins_word("con", "s")
    assert begins_word("const", " ")
    assert begins_word("const ", "a")
    assert begins_word("a", ".")


def test_a_bracket_finds_its_partner_and_passes_over_strings() -> None:
    text = "f(')', [1])"

    def is_code(place: int) -> bool:
        return place != 3

    assert bracket_pair(text, 1, is_code) == BracketPair(1, 10)
    assert bracket_pair(text, 11, is_code) == BracketPair(10, 1)
    assert bracket_pair("f(", 1, lambda _place: True) == BracketPair(1, None)
    assert bracket_pair("f", 1, lambda _place: True) is None


def test_plain_text_is_found_without_regard_to_capitals_unless_asked() -> None:
    assert len(_matches("Event event", Query("event"))) == 2
    assert len(_matches("Event event", Query("event", match_case=True))) == 1
    assert _matches("a.b", Query(".")) == (Match(1, 1),)


def test_whole_words_leave_longer_names_alone() -> None:
    assert _matches("token tokens", Query("token", whole_words=True)) == (Match(0, 5),)


def test_groups_of_an_expression_stand_in_the_replacement() -> None:
    result = find_all("set_a set_b", Query(r"(\w+)_(\w)", regular_expression=True), r"$2.\1\n")

    assert isinstance(result, Matches)
    assert [match.replacement for match in result.matches] == ["a.set\n", "b.set\n"]


def test_a_dollar_in_a_plain_replacement_stays_a_dollar() -> None:
    result = find_all("a", Query("a"), "$1")

    assert isinstance(result, Matches)
    assert result.matches[0].replacement == "$1"


def test_an_invalid_expression_says_why_and_where() -> None:
    result = find_all("a", Query("a(b", regular_expression=True, whole_words=True))

    assert isinstance(result, InvalidQuery)
    assert "parenthes" in result.reason
    assert 1 <= result.column <= 5


def test_an_expression_that_tries_too_much_is_given_up() -> None:
    result = find_all(f"{'a' * 40}!\n" * 50, Query("(a|aa)+$", regular_expression=True))

    assert isinstance(result, Matches)
    assert result.gave_up


@given(text=st.text("aé😀\n", max_size=20))
def test_places_of_matches_are_counted_as_qt_counts(text: str) -> None:
    units = text.encode("utf-16-le")
    for match in _matches(text, Query("a")):
        assert units[2 * match.start : 2 * match.start + 2] == "a".encode("utf-16-le")


@given(text=st.text("aé😀", max_size=20), column=st.integers(0, 20))
def test_columns_go_to_units_and_back(text: str, column: int) -> None:
    place = min(column, len(text))
    assert character_column(text, utf16_column(text, place)) == place


def _matches(text: str, query: Query) -> tuple[Match, ...]:
    result = find_all(text, query)
    assert isinstance(result, Matches)
    return result.matches
