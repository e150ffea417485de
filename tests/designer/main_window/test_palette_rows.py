"""Which rows the palette finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.main_window.menu_commands import COMMANDS
from loginwright_designer.main_window.palette_rows import (
    PaletteRow,
    fitting_rows,
    line_of,
    line_row,
)

ROWS = tuple(
    PaletteRow(row.id.value, row.text.rstrip("…"), row.menu.value, keywords=row.keywords)
    for row in COMMANDS
)
FILES = (
    PaletteRow("actions/block-weekends.js", "block-weekends.js", "actions"),
    PaletteRow("@actions/ask.js:onExecutePostLogin", "onExecutePostLogin", "ask.js"),
)


def test_sec_finds_the_secrets_first() -> None:
    assert fitting_rows("sec", ROWS)[0].text == "Secrets"


def test_every_command_is_found_by_its_whole_text() -> None:
    for row in ROWS:
        assert fitting_rows(row.text, ROWS)[0].text == row.text


def test_first_letters_of_words_find_a_command() -> None:
    assert fitting_rows("rte", ROWS)[0].text == "Run to end"
    assert fitting_rows("fl se", ROWS)[0].text == "Flow settings"


def test_a_keyword_finds_what_is_called_otherwise() -> None:
    assert "Turn on or off" in [row.text for row in fitting_rows("disable", ROWS)]


def test_without_a_query_the_recently_used_come_first() -> None:
    rows = fitting_rows("", ROWS, recent=("stop", "export"))
    assert [row.key for row in rows[:2]] == ["stop", "export"]
    assert len(rows) == len(ROWS)


def test_what_cannot_be_done_comes_behind_what_can() -> None:
    rows = (PaletteRow("a", "Stop here", enabled=False), PaletteRow("b", "Stop there"))
    assert [row.key for row in fitting_rows("stop", rows)] == ["b", "a"]


def test_a_colon_and_a_number_is_a_line() -> None:
    (row,) = fitting_rows(":42", FILES)
    assert row.text == "Go to line 42"
    assert line_of(row) == 42


def test_handlers_show_behind_an_at_sign_only() -> None:
    assert [row.text for row in fitting_rows("@", FILES)] == ["onExecutePostLogin"]
    assert [row.text for row in fitting_rows("@exec", FILES)] == ["onExecutePostLogin"]
    assert [row.text for row in fitting_rows("", FILES)] == ["block-weekends.js"]


@given(st.text(max_size=12))
def test_a_line_is_made_of_plain_digits_or_not_at_all(typed: str) -> None:
    row = line_row(f":{typed}")
    if row is not None:
        assert line_of(row) == int(typed)
        assert typed.strip().isascii()


@given(st.text(max_size=8))
def test_nothing_is_found_twice(query: str) -> None:
    keys = [row.key for row in fitting_rows(query, ROWS)]
    assert len(keys) == len(set(keys))
