"""At a recorded line stands what its function held, with the line that gave it."""

from __future__ import annotations

from dataclasses import replace

from loginwright_designer.simulation.past_lines import (
    past_frame,
    past_scopes,
    past_stack,
    past_values,
)
from loginwright_designer.simulation.steps import steps
from loginwright_designer.simulation.variables import Mark, SetAt
from loginwright_runtime.tracing.record import HandlerBegan, HandlerEnded, LineReached, RunRecord

FILE = "actions/a.js"


def line(seq: int, number: int, function: str = "f", depth: int = 0, **changes: str) -> LineReached:
    return LineReached(seq, 0.0, 1, "a", FILE, number, function, depth, changes)


RECORD = RunRecord(
    "t",
    "Flow",
    "1",
    (
        HandlerBegan(1, 0.0, 1, "a", "onExecutePostLogin", 0),
        line(2, 10, event="{}"),
        line(3, 11, count="0"),
        line(4, 20, "inner", 1, value="7"),
        line(5, 21, "inner", 1, twice="14"),
        line(6, 12, count="14"),
        line(7, 13, name='"x"'),
        HandlerEnded(8, 0.0, 1, "a", "onExecutePostLogin", "returned", 1.0),
    ),
)


def test_a_variable_was_set_by_the_line_before_the_change_was_seen() -> None:
    frame = past_frame(RECORD, 7)
    assert frame is not None
    assert frame.line == 13
    assert {name: one.text for name, one in frame.variables.items()} == {
        "event": "{}",
        "count": "14",
        "name": '"x"',
    }
    assert frame.variables["count"].set_at == SetAt(FILE, 11)
    assert frame.variables["name"].set_at == SetAt(FILE, 12)
    assert frame.variables["event"].set_at is None
    assert past_values(frame) == {11: "count = 14", 12: 'name = "x"'}


def test_a_function_that_is_called_has_variables_of_its_own() -> None:
    frame = past_frame(RECORD, 5)
    assert frame is not None
    assert frame.function == "inner"
    assert list(frame.variables) == ["value", "twice"]


def test_the_stack_of_a_line_is_that_of_its_moment() -> None:
    called = replace(line(4, 20, "inner", 1), callers=((FILE, "f", 11),))
    record = replace(RECORD, entries=(*RECORD.entries[:3], called))
    shown = past_stack(past_frame(record, 4))
    assert [(one.function, one.line) for one in shown] == [("inner", 20), ("f", 11)]
    assert len({one.handle for one in shown}) == 2
    assert past_stack(None) == ()


def test_of_a_record_without_callers_only_the_function_itself_is_shown() -> None:
    assert [one.function for one in past_stack(past_frame(RECORD, 5))] == ["inner"]


def test_what_came_with_the_last_line_is_marked() -> None:
    (scope,) = past_scopes(past_frame(RECORD, 6))
    assert {row.name: row.mark for row in scope.variables} == {
        "event": Mark.NONE,
        "count": Mark.CHANGED,
    }
    (scope,) = past_scopes(past_frame(RECORD, 7))
    assert {row.name: row.mark for row in scope.variables}["name"] is Mark.NEW
    (scope,) = past_scopes(past_frame(RECORD, 2))
    assert [row.mark for row in scope.variables] == [Mark.NONE]


def test_outside_of_code_there_is_no_function() -> None:
    assert past_frame(RECORD) is None
    assert past_frame(RECORD, 1) is None
    assert past_scopes(None) == ()


def test_recorded_lines_are_steps_below_the_calls() -> None:
    strip = steps(RECORD)
    assert [cell.is_line for cell in strip.cells] == [False, *[True] * 6, False]
    assert strip.cells[3].breadcrumb[-1] == "line 20"
    assert strip.cells[3].file == FILE


def test_ten_thousand_lines_are_looked_at_from_their_end() -> None:
    many = tuple(line(2 + number, 10 + number % 3, count=str(number)) for number in range(10_000))
    record = RunRecord("t", "Flow", "1", (RECORD.entries[0], *many))
    frame = past_frame(record)
    assert frame is not None
    assert frame.variables["count"].text == "9999"
