"""Logins that ended are kept in a list, and can be opened, deleted and brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.login_signals import LoginEnd
from loginwright_designer.simulation.opened_trace import TraceRefused, trace_login
from loginwright_designer.simulation.outcome_words import OutcomeState
from loginwright_designer.simulation.recorded_logins import (
    MOST_LOGINS,
    RecordedLogin,
    RecordedLogins,
)
from loginwright_designer.simulation.recorded_rows import recorded_rows
from loginwright_runtime.tracing import Masker, dumps
from loginwright_runtime.tracing.record import CameBack, LoginEnded

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import Scenario, ScenarioRun

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def ended(flow: Flow, scenario: Scenario, run: ScenarioRun) -> LoginEnd:
    return LoginEnd(LoginInputs(flow, scenario), run.record, run.outcome)


def recorded(login: RecordedLogin | TraceRefused) -> RecordedLogin:
    assert isinstance(login, RecordedLogin)
    return login


def test_two_runs_are_listed_with_their_outcome(
    sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun
) -> None:
    logins = RecordedLogins()
    logins.add(ended(sample_flow, sample_scenario, first_login), NOON)
    stopped = LoginEnd(LoginInputs(sample_flow, sample_scenario), first_login.record, None)
    logins.add(stopped, NOON + timedelta(minutes=1))
    rows = recorded_rows(logins.logins, NOON)
    assert [row.word for row in rows] == ["Stopped", "Allowed"]
    assert [row.state for row in rows] == [OutcomeState.STOPPED, OutcomeState.ALLOWED]
    assert [row.scenario for row in rows] == ["First login", "First login"]
    assert [row.time for row in rows] == ["12:01", "12:00"]
    assert rows[1].facts == "2 legs, 20 steps"
    assert rows[1].spoken == "Allowed, First login, 12:00, 2 legs, 20 steps"


def test_a_login_that_could_not_run_is_not_recorded(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    logins = RecordedLogins()
    assert logins.add(LoginEnd(LoginInputs(sample_flow, sample_scenario), None), NOON) is None
    assert logins.logins == ()


def test_a_row_of_another_day_says_the_day_and_the_open_one_says_so(
    sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun
) -> None:
    logins = RecordedLogins()
    login = logins.add(ended(sample_flow, sample_scenario, first_login), NOON)
    assert login is not None
    row = recorded_rows(logins.logins, NOON + timedelta(days=1), login.key)[0]
    assert row.time == "2026-11-23"
    assert "2026-11-23 12:00" in row.spoken
    assert row.is_open
    assert row.spoken.endswith(", shown now")


def test_what_was_deleted_comes_back_in_its_place(
    sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun
) -> None:
    logins = RecordedLogins()
    end = ended(sample_flow, sample_scenario, first_login)
    added = [logins.add(end, NOON + timedelta(minutes=minute)) for minute in range(3)]
    middle = added[1]
    assert middle is not None
    before = logins.logins
    gone = logins.delete(middle.key)
    assert logins.open(middle.key) is None
    logins.restore(gone)
    assert logins.logins == before
    logins.restore(logins.delete_all())
    assert logins.logins == before
    assert logins.delete("no such key") == ()


def test_the_oldest_goes_first_and_kept_ones_last(
    sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun
) -> None:
    logins = RecordedLogins()
    end = ended(sample_flow, sample_scenario, first_login)
    first = logins.add(end, NOON)
    assert first is not None
    logins.mark_kept(first.key)
    for minute in range(1, MOST_LOGINS + 5):
        logins.add(end, NOON + timedelta(minutes=minute))
    assert len(logins.logins) == MOST_LOGINS
    assert logins.logins[-1].key == first.key
    assert logins.logins[0].at == NOON + timedelta(minutes=MOST_LOGINS + 4)


def test_the_newest_is_listed_even_if_all_others_are_kept(
    sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun
) -> None:
    logins = RecordedLogins(most=2)
    end = ended(sample_flow, sample_scenario, first_login)
    for minute in range(3):
        login = logins.add(end, NOON + timedelta(minutes=minute))
        assert login is not None
        assert logins.logins[0].key == login.key
        logins.mark_kept(login.key)
    assert len(logins.logins) == 2


def test_a_trace_opens_as_the_login_it_was(first_login: ScenarioRun) -> None:
    login = recorded(trace_login(dumps(first_login.record, Masker(())), "customer.trace"))
    assert (login.word, login.state) == ("Allowed", OutcomeState.ALLOWED)
    assert (login.legs, login.steps) == (2, 20)
    assert login.scenario == "customer.trace"
    assert login.problems == ()
    row = recorded_rows((login,), NOON)[0]
    assert row.facts == "2 legs, 20 steps · trace"


def test_a_broken_trace_opens_as_far_as_it_can_be_read(first_login: ScenarioRun) -> None:
    lines = dumps(first_login.record, Masker(()), redact=False).split(b"\n")
    broken = b"\n".join((*lines[:4], b"{not json", b'{"entry":"nonsense"}', *lines[5:]))
    login = recorded(trace_login(broken))
    assert [problem.line for problem in login.problems][:2] == [5, 6]
    assert login.steps > 10
    assert "2 lines cannot be read" in recorded_rows((login,), NOON)[0].facts


def test_a_trace_that_ends_early_is_away_or_stopped(first_login: ScenarioRun) -> None:
    entries = first_login.record.entries
    came = next(index for index, entry in enumerate(entries) if isinstance(entry, CameBack))
    left = replace(first_login.record, entries=entries[:came])
    login = recorded(trace_login(dumps(left, Masker(()))))
    assert (login.word, login.state) == ("Away at my-app.example.com", OutcomeState.STOPPED)
    stopped = replace(first_login.record, entries=entries[: came + 2])
    assert recorded(trace_login(dumps(stopped, Masker(())))).word == "Stopped"


def test_an_end_in_a_trace_names_its_action(
    first_login: ScenarioRun, action_names: dict[str, str]
) -> None:
    last = first_login.record.entries[-1]
    assert isinstance(last, LoginEnded)
    denied = replace(last, status="denied", error={"action": "block-weekends"})
    record = replace(first_login.record, entries=(*first_login.record.entries[:-1], denied))
    data = dumps(record, Masker(()))
    assert recorded(trace_login(data)).word == "Denied by block-weekends"
    assert recorded(trace_login(data, names=action_names)).word == "Denied by Block weekends"


def test_what_is_no_trace_says_why() -> None:
    for data in (b"", b"PK\x03\x04", b'{"format": "loginwright/flow@1"}', b"[" * 100_000):
        refused = trace_login(data)
        assert isinstance(refused, TraceRefused)
        assert "no trace" in refused.problems[0].message
    newer = trace_login(b'{"format": "loginwright/trace@7"}')
    assert isinstance(newer, TraceRefused)
    assert "newer Loginwright" in newer.problems[0].remedy


def test_a_trace_without_entries_or_with_an_odd_clock_opens() -> None:
    header = b'{"format": "loginwright/trace@1", "transaction_id": "t", "flow": {}}'
    assert recorded(trace_login(header)).steps == 0
    odd = b'{"entry":"login_ended","seq":1,"at":1e300,"leg":1,"status":"allowed","error":null}'
    assert recorded(trace_login(header + b"\n" + odd)).at.year in (1970, 2026)


def test_strange_characters_of_a_trace_are_shown(first_login: ScenarioRun) -> None:
    login = recorded(trace_login(dumps(first_login.record, Masker(())), "a\u202eb\nc"))
    assert recorded_rows((login,), NOON)[0].scenario == "a\\u202eb⏎c"
