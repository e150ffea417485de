"""Breakpoints are one value: set, moved with the text, turned off, kept in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.breakpoint_set import BreakpointSet
from loginwright_runtime.debugging import ActionBreakpoint, LineBreakpoint, MeaningBreakpoint

if TYPE_CHECKING:
    from pydantic import JsonValue

FILE = "actions/a.js"
BEFORE = ActionBreakpoint("a", "before")
DENIED = MeaningBreakpoint("denied")

entries = st.one_of(
    st.builds(
        ActionBreakpoint, st.sampled_from("abc"), st.sampled_from(["before", "after", "leaving"])
    ),
    st.builds(MeaningBreakpoint, st.sampled_from(["claim_set", "denied", "mfa_asked"])),
    st.builds(
        LineBreakpoint,
        st.sampled_from([FILE, "actions/b.py"]),
        st.integers(1, 9),
        condition=st.none() | st.text(max_size=5),
    ),
)


def test_pressing_twice_sets_and_removes() -> None:
    once = BreakpointSet().toggled(BEFORE)
    assert BEFORE in once
    assert once.toggled(BEFORE) == BreakpointSet()


def test_one_that_is_turned_off_is_kept_and_not_stopped_at() -> None:
    both = BreakpointSet().added(BEFORE).added(DENIED).turned(BEFORE, on=False)
    assert both.entries == (BEFORE, DENIED)
    assert both.active == (DENIED,)
    assert both.turned(BEFORE, on=True).active == (BEFORE, DENIED)


def test_breakpoints_follow_the_text_and_keep_their_conditions() -> None:
    conditional = LineBreakpoint(FILE, 5, condition="x > 1")
    before = BreakpointSet().added(conditional).with_line(FILE, 9, wanted=True)

    after = before.turned(conditional, on=False).moved(FILE, {7, 11})

    moved = LineBreakpoint(FILE, 7, condition="x > 1")
    assert after.lines_of(FILE) == (moved, LineBreakpoint(FILE, 11))
    assert after.active == (LineBreakpoint(FILE, 11),)


def test_a_removed_line_takes_its_breakpoint_along() -> None:
    before = BreakpointSet().with_line(FILE, 5, wanted=True).with_line(FILE, 9, wanted=True)
    assert before.moved(FILE, {9}).lines_of(FILE) == (LineBreakpoint(FILE, 9),)


def test_what_belongs_to_a_removed_action_goes_with_it() -> None:
    before = BreakpointSet().added(BEFORE).added(DENIED).with_line(FILE, 1, wanted=True)
    assert before.known_in(actions=(), files=()).entries == (DENIED,)


@given(st.lists(entries, max_size=8), st.data())
def test_a_file_brings_back_what_was_kept(
    chosen: list[ActionBreakpoint | MeaningBreakpoint | LineBreakpoint], data: st.DataObject
) -> None:
    kept = BreakpointSet()
    for entry in chosen:
        kept = kept.added(entry).turned(entry, on=data.draw(st.booleans()))
    assert BreakpointSet.from_json(kept.to_json()) == kept
    lines = [entry for entry in kept.entries if isinstance(entry, LineBreakpoint)]
    assert len({(entry.file, entry.line) for entry in lines}) == len(lines)


@given(st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner)))
def test_a_broken_file_breaks_nothing(value: JsonValue) -> None:
    assert BreakpointSet.from_json([value, {"kind": "line", "line": "x"}]) == BreakpointSet()


def test_a_condition_typed_on_a_line_sets_a_breakpoint_and_an_empty_one_keeps_it_plain() -> None:
    found = BreakpointSet().with_part("a.js", 3, "condition", "x > 1")
    assert found.entries == (LineBreakpoint("a.js", 3, condition="x > 1"),)
    found = found.with_part("a.js", 3, "hits", "2").with_part("a.js", 3, "log", "at {x}")
    assert found.entries == (LineBreakpoint("a.js", 3, "x > 1", 2, "at {x}"),)
    plain = found
    for part in ("condition", "hits", "log"):
        plain = plain.with_part("a.js", 3, part, "")
    assert plain.entries == (LineBreakpoint("a.js", 3),)
    assert BreakpointSet().with_part("a.js", 3, "log", "") == BreakpointSet()


def test_a_breakpoint_that_is_edited_is_on_again() -> None:
    line = LineBreakpoint("a.js", 3)
    off = BreakpointSet((line,)).turned(line, on=False)
    assert off.with_part("a.js", 3, "condition", "x").active == (
        LineBreakpoint("a.js", 3, condition="x"),
    )
