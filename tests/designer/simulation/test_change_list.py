"""The list of changes tells how a login stands, what is pending and what comes later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loginwright_designer.simulation.change_list import (
    ChangeList,
    ChangesAt,
    change_list,
    later_words,
    shortened,
)
from loginwright_designer.simulation.changes import AskedChanges
from loginwright_designer.simulation.steps import steps
from loginwright_runtime.tracing.record import CallMade, Left, LoginEnded, RunRecord

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation import ScenarioRun

NAMES = {"ask-favourite-colour": "Ask favourite colour"}


def listed(record: RunRecord, at: ChangesAt | None = None) -> ChangeList:
    """The list of a record."""
    return change_list(record, AskedChanges.of(record), steps(record, NAMES), NAMES, at)


def until(record: RunRecord, kind: type) -> RunRecord:
    """A record up to the first entry of a kind."""
    number = next(n for n, entry in enumerate(record.entries) if isinstance(entry, kind))
    return replace(record, entries=record.entries[: number + 1])


def test_a_login_that_is_away_tells_its_outcome_so_far(first_login: ScenarioRun) -> None:
    shown = listed(until(first_login.record, Left))
    facts = {fact.name: fact.value for fact in shown.facts}
    assert shown.standing == "away"
    assert shown.rows == ()
    assert list(facts) == [
        "status",
        "kind",
        "action",
        "state",
        "expires_at",
        "profile_update",
        "tokens",
    ]
    assert facts["status"] == "suspended"
    assert facts["expires_at"] == "2026-11-23T11:00:00Z"
    assert "…" in facts["state"]
    assert facts["tokens"] == "null"


def test_what_is_set_is_pending_until_the_profile_is_written(first_login: ScenarioRun) -> None:
    record = first_login.record
    call = next(
        entry
        for entry in record.entries
        if isinstance(entry, CallMade) and entry.method == "user.setUserMetadata"
    )
    so_far = replace(record, entries=record.entries[: record.entries.index(call) + 1])
    shown = listed(so_far, ChangesAt(since=call.seq - 1))
    assert shown.pending == "Pending: written to the profile at the end."
    assert [row.new for row in shown.rows] == [True]
    assert shown.profile == ""
    done = listed(record)
    assert done.pending == ""
    assert '"favorite_color": "teal"' in done.profile
    assert done.facts == ()


def test_what_a_failed_login_had_set_is_said_not_to_be_written(first_login: ScenarioRun) -> None:
    record = first_login.record
    number = next(
        n
        for n, entry in enumerate(record.entries)
        if isinstance(entry, CallMade) and entry.method == "user.setUserMetadata"
    )
    failed = LoginEnded(record.entries[number].seq + 1, 0.0, 2, "failed", {"code": "x"})
    shown = listed(replace(record, entries=(*record.entries[: number + 1], failed)))
    assert shown.pending == "Not written to the profile: the login failed."


def test_the_past_says_in_which_steps_more_was_asked_for(first_login: ScenarioRun) -> None:
    record = first_login.record
    away = next(entry for entry in record.entries if isinstance(entry, Left))
    shown = listed(record, ChangesAt(position=away.seq))
    assert shown.rows == ()
    assert shown.later == 3
    numbers = " and ".join(
        [", ".join(map(str, shown.later_steps[:-1])), str(shown.later_steps[-1])]
    )
    assert later_words(shown) == f"3 were asked for later, in steps {numbers}."


def test_one_later_change_is_spoken_of_as_one() -> None:
    words = later_words(ChangeList(later=1, later_steps=(4,), step=1))
    assert words == "1 was asked for later, in step 4."


def test_a_denial_tells_code_action_and_line() -> None:
    error: JsonObject = {"code": "access_denied", "kind": "denied", "action": "a", "line": 3}
    error["description"] = "Closed."
    entries = (LoginEnded(1, 0.0, 1, "denied", error),)
    facts = {fact.name: fact.value for fact in listed(RunRecord("t", "", "", entries)).facts}
    assert facts == {
        "status": "denied",
        "code": "access_denied",
        "kind": "denied",
        "action": "a",
        "line": "3",
        "description": "Closed.",
        "profile_update": "null",
        "tokens": "null",
    }


def test_a_record_without_entries_is_a_list_without_rows() -> None:
    assert listed(RunRecord("t", "", "")).standing == "going"


def test_a_state_keeps_its_ends() -> None:
    assert shortened("aOFwEY1hxxxxxxxxxxV1gd") == "aOFwEY1h…V1gd"
    assert shortened("short") == "short"
