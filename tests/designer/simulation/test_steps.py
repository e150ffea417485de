"""The steps strip shows what a login did, in order, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.steps import Glyph, away_words, milliseconds, steps
from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LoginEnded,
    LogWritten,
    RecordEntry,
    RunRecord,
)

if TYPE_CHECKING:
    from loginwright_runtime.simulation import ScenarioRun


def record_of(*entries: RecordEntry) -> RunRecord:
    """A record of these entries."""
    return RunRecord("t", "Flow", "v", entries)


def test_a_login_is_grouped_under_its_actions(
    first_login: ScenarioRun, action_names: dict[str, str]
) -> None:
    strip = steps(first_login.record, action_names)
    assert [(group.kind, group.title, len(group.cells)) for group in strip.groups] == [
        ("action", "Block weekends", 2),
        ("action", "Require MFA in NA", 2),
        ("action", "Ask favourite colour", 4),
        ("away", "Away", 1),
        ("return", "Ask favourite colour, return", 5),
        ("action", "Add roles to tokens", 4),
        ("end", "End", 2),
    ]
    assert (strip.total, strip.legs) == (20, 2)


def test_each_kind_of_step_has_its_glyph(first_login: ScenarioRun) -> None:
    glyphs = [cell.glyph for cell in steps(first_login.record).cells[4:14]]
    assert glyphs == [
        Glyph.ENTER,
        Glyph.ENCODE_TOKEN,
        Glyph.SEND_USER,
        Glyph.LEAVE,
        Glyph.AWAY,
        Glyph.RETURN,
        Glyph.ENTER,
        Glyph.READ,
        Glyph.SET,
        Glyph.LEAVE,
    ]


def test_a_call_says_where_it_is(first_login: ScenarioRun, action_names: dict[str, str]) -> None:
    cell = steps(first_login.record, action_names).numbered(7)
    assert cell is not None
    assert (cell.label, cell.line) == ("sendUserTo", 21)
    assert cell.breadcrumb == ("Flow", "Ask favourite colour", "line 21")


def test_what_a_step_printed_belongs_to_it(first_login: ScenarioRun) -> None:
    strip = steps(first_login.record)
    printed = next(one for one in first_login.record.entries if isinstance(one, LogWritten))
    cell = strip.at(printed.seq)
    assert cell is not None
    assert cell.label == "setUserMetadata"
    assert cell.until == printed.seq


def test_a_fixed_clock_shows_no_time_away(first_login: ScenarioRun) -> None:
    away = next(group for group in steps(first_login.record).groups if group.kind == "away")
    assert away.note == "login clock fixed"
    assert away.cells[0].label == "my-app.example.com"


def test_time_away_is_told_on_the_logins_clock() -> None:
    strip = steps(
        record_of(
            Left(1, 100.0, 1, "redirect", "a", "https://site.example/?state=x", 3700.0),
            CameBack(2, 142.0, 2, "redirect", "a"),
        )
    )
    assert strip.groups[0].note == "42 s"


def test_an_unfinished_login_waits_in_its_last_group() -> None:
    strip = steps(record_of(Left(1, 100.0, 1, "form", "a", None, 3700.0)))
    assert strip.groups[-1].note == "waiting"
    assert strip.cells[-1].label == "a form"


def test_a_handler_that_broke_off_ends_with_a_triangle() -> None:
    strip = steps(
        record_of(
            HandlerBegan(1, 0.0, 1, "a", "onExecutePostLogin", 0),
            HandlerEnded(2, 0.0, 1, "a", "onExecutePostLogin", "timed_out", 20_000.0),
            LoginEnded(3, 0.0, 1, "failed"),
        )
    )
    assert [cell.glyph for cell in strip.cells] == [Glyph.ENTER, Glyph.FAILED, Glyph.FAILED]
    assert strip.groups[0].note == "20.0 s"
    assert strip.groups[-1].kind == "end"


def test_what_a_debugger_evaluated_is_no_step() -> None:
    call = CallMade(2, 0.0, 1, "a", "access.deny", [], evaluated=True)
    began = HandlerBegan(1, 0.0, 1, "a", "onExecutePostLogin", 0)
    assert steps(record_of(began, call)).total == 1


@given(st.data())
def test_every_beginning_of_a_login_is_the_beginning_of_its_strip(
    first_login: ScenarioRun, data: st.DataObject
) -> None:
    entries = first_login.record.entries
    end = data.draw(st.integers(0, len(entries)))
    part = steps(replace(first_login.record, entries=entries[:end]))
    whole = steps(first_login.record)
    assert [cell.seq for cell in part.cells] == [cell.seq for cell in whole.cells[: part.total]]
    assert [cell for group in part.groups for cell in group.cells] == list(part.cells)
    assert [cell.number for cell in part.cells] == list(range(1, part.total + 1))
    for entry in entries[:end]:
        found = part.at(entry.seq)
        assert found is not None
        assert found.seq <= entry.seq <= found.until


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "login clock fixed"), (42.0, "42 s"), (900.0, "15 min"), (7200.0, "2 h")],
)
def test_time_away_is_rounded_to_what_matters(seconds: float, words: str) -> None:
    assert away_words(seconds) == words


def test_durations_keep_two_places() -> None:
    assert (milliseconds(0.1523), milliseconds(2400.0)) == ("0.15 ms", "2.4 s")
