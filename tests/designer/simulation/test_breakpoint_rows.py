"""Breakpoints are listed in the order of the flow, and turned on and off by their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.simulation.breakpoint_rows import (
    breakpoint_key,
    breakpoint_list,
    breakpoint_of,
    removed,
    turned,
)
from loginwright_designer.simulation.breakpoint_set import BreakpointSet
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_runtime.debugging import (
    ActionBreakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
)

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow

AFTER = ActionBreakpoint("ask-favourite-colour", "after")
BEFORE = ActionBreakpoint("ask-favourite-colour", "before")
LEAVING = ActionBreakpoint("ask-favourite-colour", "leaving")
LINE = LineBreakpoint("actions/ask-favourite-colour.js", 34)
FIRST = ActionBreakpoint("block-weekends", "after")
EVERY = BreakpointSet(
    (AFTER, ExceptionBreakpoint(), LINE, LEAVING, BEFORE, FIRST), frozenset({LINE})
)


def test_rows_stand_in_the_order_in_which_a_login_meets_them(sample_flow: Flow) -> None:
    shown = breakpoint_list(EVERY, sample_flow)
    assert [(row.text, row.enabled) for row in shown.rows] == [
        ("After Block weekends", True),
        ("Before Ask favourite colour", True),
        ("Before it leaves from Ask favourite colour", True),
        ("Ask favourite colour, line 34", False),
        ("After Ask favourite colour", True),
    ]
    assert shown.rows[3].place == SourcePlace("ask-favourite-colour", 34)
    assert [row.enabled for row in shown.meanings] == [False] * 4 + [True, False]
    assert [row.text for row in shown.meanings[4:]] == [
        "The code throws and nothing catches it",
        "The code throws and catches it itself",
    ]
    assert shown.count == 5


def test_a_row_says_when_a_line_stops_and_what_it_prints(sample_flow: Flow) -> None:
    line = LineBreakpoint(LINE.file, 12, "a > 1", 3, "now {a}")
    (row,) = breakpoint_list(BreakpointSet((line,)), sample_flow).rows
    assert row.text == ("Ask favourite colour, line 12, if a > 1, from hit 3 on, prints now {a}")


def test_what_code_throws_is_set_by_its_ticks() -> None:
    both = turned(
        turned(BreakpointSet(), "exception:uncaught", on=True), "exception:caught", on=True
    )
    assert both.active == (
        ExceptionBreakpoint(),
        ExceptionBreakpoint(caught=True, uncaught=False),
    )
    assert turned(both, "exception:uncaught", on=False).entries == both.entries[1:]


def test_a_meaning_is_set_by_its_tick_and_gone_without_it() -> None:
    denied = MeaningBreakpoint("denied")
    on = turned(BreakpointSet(), "meaning:denied", on=True)
    assert on.active == (denied,)
    assert turned(on, "meaning:denied", on=False).entries == ()


def test_a_place_that_is_turned_off_is_kept_until_it_is_removed() -> None:
    key = breakpoint_key(BEFORE)
    off = turned(EVERY, key, on=False)
    assert BEFORE in off
    assert BEFORE not in off.active
    assert BEFORE not in removed(off, key)
    assert removed(EVERY, "before:nobody") == turned(EVERY, "line:x:1", on=True) == EVERY


def test_every_key_leads_back_to_its_breakpoint() -> None:
    for one in EVERY.entries:
        assert breakpoint_of(EVERY, breakpoint_key(one)) == one
