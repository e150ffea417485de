"""Values come out of .env files as other tools read them, and nothing is run on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.document.env_file import MAX_ENV_BYTES, read_env


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=plain", "plain"),
        ("export A=plain", "plain"),
        ("  A = spaced  ", "spaced"),
        ("A=", ""),
        ("A=# nothing", ""),
        ("A=with#hash", "with#hash"),
        ("A=text # a note", "text"),
        ("A='single $B \\n'", "single $B \\n"),
        ('A="double \\"q\\" \\n end"', 'double "q" \n end'),
        ('A="quoted # no note" # note', "quoted # no note"),
        ('A="two\nlines"', "two\nlines"),
        ("A='two\r\nlines'", "two\nlines"),
        ('A="it\'s"', "it's"),
        ("A=half'quote", "half'quote"),
        ('A="open', '"open'),
        ("A=$(rm -rf .)", "$(rm -rf .)"),
    ],
)
def test_value_is_read(line: str, value: str) -> None:
    read = read_env(f"{line}\nLAST=1\n".encode())
    assert read.values == {"A": value, "LAST": "1"}
    assert read.problems == ()


def test_comments_and_blank_lines_give_nothing() -> None:
    assert read_env(b"\xef\xbb\xbf# note\n\n   \n#A=1\nB=2").values == {"B": "2"}


def test_line_that_gives_nothing_is_told_by_its_number_only() -> None:
    read = read_env(b"A=1\nhunter2hunter2\n9X=canary\nB='x\ny'\nalso bad")
    assert read.values == {"A": "1", "B": "x\ny"}
    assert [problem.line for problem in read.problems] == [2, 3, 6]
    assert "hunter2" not in repr(read)
    assert "canary" not in repr(read)


def test_later_line_counts() -> None:
    assert read_env(b"A=1\nA=2").values == {"A": "2"}


@pytest.mark.parametrize("content", [b"A=\xff", b"A=" + b"x" * MAX_ENV_BYTES])
def test_file_that_is_no_env_file_says_why(content: bytes) -> None:
    read = read_env(content)
    assert read.values == {}
    assert len(read.problems) == 1


@given(st.binary(max_size=200))
def test_no_file_is_too_strange(content: bytes) -> None:
    read_env(content)


@given(st.text(st.characters(codec="utf-8", exclude_characters="'\r"), max_size=40))
def test_what_stands_in_single_quotes_is_literal(value: str) -> None:
    assert read_env(f"A='{value}'".encode()).values == {"A": value}
