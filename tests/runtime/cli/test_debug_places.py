"""Where a typed breakpoint shall be, and how breakpoints follow edited code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debugged_flows import javascript_flow
from flow_folders import action, document, write_folder
from loginwright_runtime.cli.debug_prompt.book import BreakpointBook, described
from loginwright_runtime.cli.debug_prompt.places import breakpoint_at
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.sources import moved_line, source_text
from loginwright_runtime.debugging import (
    ActionBreakpoint,
    Breakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
)
from loginwright_runtime.flow.loading import load_flow

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow

SUMS = "actions/sums.js"


@pytest.fixture
def flow(tmp_path: Path) -> Flow:
    return load_flow(str(javascript_flow(tmp_path / "flow")))


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("sums:7", LineBreakpoint(SUMS, 7)),
        ("sums:7 if a == 'x if y'", LineBreakpoint(SUMS, 7, "a == 'x if y'")),
        ("lib/words.js:2", LineBreakpoint("lib/words.js", 2)),
        ("4", LineBreakpoint(SUMS, 4)),
        ("sums", ActionBreakpoint("sums", "before")),
        ("after sums", ActionBreakpoint("sums", "after")),
        ("leaving sums", ActionBreakpoint("sums", "leaving")),
        ("claim", MeaningBreakpoint("claim_set")),
        ("mfa", MeaningBreakpoint("mfa_asked")),
        ("exceptions", ExceptionBreakpoint()),
        ("exceptions all", ExceptionBreakpoint(caught=True)),
    ],
)
def test_what_is_typed_is_a_place(flow: Flow, typed: str, point: Breakpoint) -> None:
    assert breakpoint_at(typed, flow, SUMS) == point
    assert described(point)


@pytest.mark.parametrize(
    "typed", ["sums:0", "sums:12", "sums:x", "../flow.json:1", "before x", "9"]
)
def test_what_is_no_place_is_refused(flow: Flow, typed: str) -> None:
    with pytest.raises(RefusedError):
        breakpoint_at(typed, flow, None)


def test_code_that_two_actions_share_stops_in_the_one_that_is_named(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path / "flow",
        document(action("one", code=SUMS), action("two", code=SUMS)),
        {SUMS: b"1"},
    )
    point = breakpoint_at("two:1", load_flow(str(folder)), None)
    assert point == LineBreakpoint(SUMS, 1, action_id="two")


def test_no_file_outside_the_flow_is_read(flow: Flow) -> None:
    for name in (
        "flow.json",
        "/etc/passwd",
        "node_modules/../../../etc/passwd",
        "lib/../flow.json",
    ):
        assert source_text(flow, name) is None


def test_a_breakpoint_at_the_same_place_keeps_its_number() -> None:
    book = BreakpointBook()
    book.add(LineBreakpoint(SUMS, 3))
    book.add(LineBreakpoint(SUMS, 4), once=True)
    assert book.add(LineBreakpoint(SUMS, 3, "x")).number == 1
    assert [entry.number for entry in book.stopped((LineBreakpoint(SUMS, 4),))] == [2]
    assert book.points() == (LineBreakpoint(SUMS, 3, "x"),)


LINES = [f"line {number}" for number in range(1, 11)]


@given(
    st.integers(1, 10),
    st.integers(0, 10),
    st.lists(st.text("xyz", min_size=1), max_size=5),
)
def test_breakpoints_follow_lines_around_an_insertion(
    line: int, at: int, inserted: list[str]
) -> None:
    edited = [*LINES[:at], *inserted, *LINES[at:]]
    assert edited[moved_line(LINES, edited, line) - 1] == LINES[line - 1]


@given(
    st.lists(st.text("ab\n", max_size=3)), st.lists(st.text("ab", max_size=3)), st.integers(1, 9)
)
def test_a_moved_line_is_always_a_line(before: list[str], after: list[str], line: int) -> None:
    assert 1 <= moved_line(before, after, line) <= max(len(after), line if before == after else 1)
