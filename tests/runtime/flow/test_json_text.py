"""JSON files decoded strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.json_text import JsonFile, read_json


def refused(data: bytes) -> Problem:
    problem = read_json(data, "flow.json")
    assert isinstance(problem, Problem)
    assert problem.rule == "invalid-json"
    assert problem.file == "flow.json"
    return problem


def accepted(data: bytes) -> JsonFile:
    file = read_json(data, "flow.json")
    assert isinstance(file, JsonFile)
    return file


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_what_json_writes_is_read_back(value: dict[str, int | str]) -> None:
    file = accepted(json.dumps(value).encode())
    assert file.value == value
    assert file.problems == []


@given(st.binary(max_size=40) | st.text(alphabet='{}[]",:\\ud8eDC0019aNI-.\n', max_size=40))
def test_any_bytes_are_read_or_refused_but_never_raise(data: bytes | str) -> None:
    raw = data.encode() if isinstance(data, str) else data
    result = read_json(raw, "flow.json")
    if isinstance(result, JsonFile):
        json.dumps(result.value, ensure_ascii=False).encode()


def test_a_syntax_error_names_line_and_column() -> None:
    problem = refused(b'{\n  "name": "x",\n  "actions": [}\n}')
    assert (problem.line, problem.column) == (3, 15)
    assert str(problem).startswith("flow.json:3:15: This is not JSON")


def test_text_that_is_not_utf8_names_its_line() -> None:
    problem = refused(b'{\n"name": "\xff"}')
    assert problem.line == 2
    assert "UTF-8" in problem.message


def test_a_byte_order_mark_is_passed_over() -> None:
    assert accepted(b"\xef\xbb\xbf[1]").value == [1]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_know_are_refused(number: str) -> None:
    assert number in refused(f"[{number}]".encode()).message


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    assert "digits" in refused(b"9" * 5_000).message


def test_a_document_nested_without_end_is_refused() -> None:
    assert "deeply" in refused(b"[" * 200_000).message


@pytest.mark.parametrize(
    "text",
    [
        r'"\ud83d"',
        r'"\uDE00 after"',
        r'"\\\ud83d"',
        r'"\ud83d\\\ude00"',
        r'{"\ud83d": 1}',
    ],
)
def test_half_a_character_is_refused(text: str) -> None:
    assert "half" in refused(text.encode()).message


@pytest.mark.parametrize(
    ("text", "value"), [(r'"\ud83d\ude00"', "😀"), (r'"\\ud83d"', r"\ud83d"), (r'"\u00e9"', "é")]
)
def test_whole_characters_may_be_escaped(text: str, value: str) -> None:
    assert accepted(text.encode()).value == value


def test_a_repeated_key_is_one_problem_and_the_last_value_counts() -> None:
    file = accepted(b'{"name": "a",\n "name": "b"}')
    assert file.value == {"name": "b"}
    (problem,) = file.problems
    assert problem.rule == "duplicate-json-key"
    assert (problem.line, problem.column, problem.path) == (2, 2, "$.name")


def test_a_report_points_at_value_key_or_surrounding_object() -> None:
    file = accepted(b'{\n "a": {\n  "b": 1\n }\n}')
    file.report("r", ("a", "b"), "Value.", "")
    file.report("r", ("a", "b"), "Key.", "", at_key=True)
    file.report("r", ("a", "c"), "Missing.", "")
    assert [(p.line, p.column) for p in file.problems] == [(3, 8), (3, 3), (2, 7)]


def test_a_document_that_was_changed_cannot_tell_lines() -> None:
    file = accepted(b'{"a": 1}')
    file.located = False
    file.report("r", ("a",), "Value.", "", severity="warning")
    (problem,) = file.problems
    assert (problem.line, problem.column, problem.path) == (None, None, "$.a")
    assert problem.severity == "warning"


def test_the_text_of_a_file_never_shows_in_its_repr() -> None:
    assert "canary" not in repr(accepted(b'{"secret": "canary"}'))
