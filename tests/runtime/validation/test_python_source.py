"""Python is judged by its own compiler, and none of it runs."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.validation.python_source import read_python

if TYPE_CHECKING:
    from loginwright_runtime.validation.sources import ReadSource


def read(text: str | bytes) -> ReadSource:
    return read_python("actions/x.py", text.encode() if isinstance(text, str) else text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x = 1\nif x\n", 2, 5),
        ("def f():\n    return 1\n  x = 2\n", 3, 8),
        ("x = (1,\n", 1, 5),
        ("x = 1\nreturn x\n", 2, 1),
        ("await f()\n", 1, 1),
        ("x = 'é' y\n", 1, 9),
        ("# é\ndef f(a, a): ...\n", 2, 10),
    ],
)
def test_a_fault_is_told_with_line_and_column(text: str, line: int, column: int) -> None:
    fault = read(text).fault
    assert fault is not None
    assert (fault.line, fault.column) == (line, column)


def test_a_null_byte_is_told_with_its_place() -> None:
    fault = read("x = 1\ny = '\0'\n").fault
    assert fault is not None
    assert "null byte" in fault.message
    assert (fault.line, fault.column) == (2, 6)


def test_an_encoding_declaration_is_followed() -> None:
    assert read("# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1")).fault is None
    assert read(b"\xef\xbb\xbfx = '\xc3\xa9'\n").fault is None
    assert read(b"x = '\xff'\n").fault is not None
    assert read(b"# coding: no-such-encoding\n").fault is not None


@pytest.mark.parametrize("depth", [90, 150, 5000])
def test_code_that_is_nested_deeply_is_read_or_refused(depth: int) -> None:
    answer = read("x = " + "[" * depth + "]" * depth)
    assert (answer.fault is None) == (answer.tree is not None)


def test_a_long_chain_of_operators_is_no_deep_nesting() -> None:
    assert read("x = " + " + ".join(["'a'"] * 800)).unread is None


def test_what_lies_too_deep_is_left_out_and_said() -> None:
    answer = read("x = " + "not " * 500 + "y\n")
    assert answer.tree is not None
    assert answer.unread == "from line 1 on it is nested too deeply"


def test_warnings_of_the_compiler_are_no_faults() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read("x = '\\d' is 'y'\nassert (x, 'z')\n").fault is None


def test_code_is_compiled_and_never_run() -> None:
    assert read("raise SystemExit(1)\nwhile True: pass\n").fault is None


def test_the_future_of_this_module_is_not_that_of_the_action() -> None:
    assert read("x: 1 + = 2\n").fault is not None
    assert read("def f(x: (yield)): ...\n").fault is not None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    answer = read_python("x.py", source)
    assert (answer.fault is None) == (answer.tree is not None)
