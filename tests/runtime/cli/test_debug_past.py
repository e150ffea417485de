"""A record, looked at moment by moment."""

from __future__ import annotations

from loginwright_runtime.cli.debugged_login.asked import asked_for, token_rows
from loginwright_runtime.cli.debugged_login.past import moments, until
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LineReached,
    LoginEnded,
    RecordEntry,
    RunRecord,
    WarningRaised,
)

FILE = "actions/colour.js"
FLOW = Flow(
    name="F",
    actions=(Action(id="colour", name="Colour", code=FILE, language="javascript"),),
    version="sha256:x",
)


def began(seq: int, handler: str = "onExecutePostLogin") -> HandlerBegan:
    return HandlerBegan(seq, 0, 1, "colour", handler, 0)


def call(seq: int, *, evaluated: bool = False) -> CallMade:
    method = "user.setUserMetadata"
    return CallMade(seq, 0, 1, "colour", method, ["k", seq], 3, evaluated=evaluated)


def line(seq: int, number: int, depth: int = 0, **changes: str) -> LineReached:
    return LineReached(
        seq, 0, 1, "colour", FILE, number, "run" if depth == 0 else "f", depth, changes
    )


def record(*entries: RecordEntry) -> RunRecord:
    return RunRecord("t", "F", "sha256:x", entries, (b"{}",))


def test_calls_and_journeys_are_moments_and_evaluations_are_none() -> None:
    found = moments(
        record(
            began(1),
            call(2),
            call(3, evaluated=True),
            HandlerEnded(4, 0, 1, "colour", "onExecutePostLogin", "returned", 1.0),
            Left(5, 0, 1, "redirect", "colour", "https://site.example/x?state=s", 0),
            CameBack(6, 0, 2, "redirect", "colour", {"method": "POST"}),
            LoginEnded(7, 0, 2, "allowed"),
        ),
        FLOW,
    )
    assert [(one.seq, one.label) for one in found] == [
        (1, "before onExecutePostLogin"),
        (2, 'user.setUserMetadata("k", 2)'),
        (5, "away at site.example"),
        (6, "came back by POST"),
        (7, "the login is allowed"),
    ]
    assert (found[1].file, found[1].line) == (FILE, 3)


def test_recorded_lines_remember_variables_of_every_function_that_runs() -> None:
    found = moments(
        record(
            began(1),
            line(2, 1, a="1"),
            line(3, 2, b="2"),
            line(4, 9, depth=1, c="3"),
            line(5, 10, depth=1, c="4"),
            line(6, 3, a="5"),
            line(7, 9, depth=1, d="6"),
        ),
        FLOW,
    )
    assert [one.variables for one in found[4].stack] == [{"c": "4"}, {"a": "1", "b": "2"}]
    assert [one.variables for one in found[5].stack] == [{"a": "5", "b": "2"}]
    assert [one.variables for one in found[6].stack] == [{"d": "6"}, {"a": "5", "b": "2"}]


def test_a_new_handler_knows_nothing_of_the_variables_before() -> None:
    found = moments(record(began(1), line(2, 1, a="1"), began(3), line(4, 1)), FLOW)
    assert found[-1].stack[0].variables == {}


def test_up_to_a_moment_only_what_was_asked_for_until_then() -> None:
    whole = record(began(1), call(2), call(3))
    first = until(whole, moments(whole, FLOW)[1])
    assert len(asked_for(first)) == 1
    assert len(asked_for(whole)) == 2


def test_what_a_broken_handler_asked_for_is_lost() -> None:
    rows = asked_for(
        record(
            began(1),
            call(2),
            WarningRaised(3, 0, 1, "colour", "odd", "That was odd.", 3),
            HandlerEnded(4, 0, 1, "colour", "onExecutePostLogin", "threw", 1.0),
        )
    )
    assert [(row.lost, row.warnings, row.place) for row in rows] == [
        (True, ("That was odd.",), "colour:3")
    ]


def test_claims_that_were_asked_for_are_shown_until_tokens_are_issued() -> None:
    claim = CallMade(2, 0, 1, "colour", "idToken.setCustomClaim", ["https://x.example/a", [1]])
    assert token_rows(record(began(1), claim)) == (
        False,
        [("ID token", "https://x.example/a", "[1]")],
    )
