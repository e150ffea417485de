"""Traces: what is written is read back, and a damaged one is read as far as it goes."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forged_tokens import STATE
from loginwright_runtime.errors import TraceError
from loginwright_runtime.tracing.codec import dumps, loads, open_trace
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.tracing.record import (
    RECORD_FORMAT,
    CallMade,
    HandlerBegan,
    LogWritten,
    RecordEntry,
    RunRecord,
)
from recorded_logins import LOGIN, PERSONAL, entries

NO_SECRETS = Masker([])


def numbered(some: list[RecordEntry]) -> tuple[RecordEntry, ...]:
    return tuple(replace(entry, seq=seq) for seq, entry in enumerate(some, start=1))


def whole(record: RunRecord) -> bytes:
    return dumps(record, NO_SECRETS, redact=False)


def without_state(record: RunRecord) -> RunRecord:
    return loads(whole(record))


@given(st.lists(entries, max_size=6))
def test_any_record_comes_back_as_it_was(some: list[RecordEntry]) -> None:
    record = RunRecord("tx", "Flow", "sha256:1", numbered(some), (b'{"user":{}}',))
    assert loads(whole(record)) == record


def test_a_trace_is_lines_of_json_with_the_header_first() -> None:
    data = whole(LOGIN)
    lines = [orjson.loads(line) for line in data.splitlines()]
    assert data.endswith(b"\n")
    assert lines[0] == {
        "format": "loginwright/trace@1",
        "transaction_id": "tx-1",
        "flow": {"name": "Customer login", "version": "sha256:3fa9"},
        "redacted": False,
    }
    assert [line.get("entry") for line in lines[1:4]] == ["event", "handler_began", "call"]
    assert lines[2]["seq"] == 1
    assert len(lines) == 1 + len(LOGIN.entries) + len(LOGIN.events)


def test_an_event_stands_before_the_first_handler_that_saw_it() -> None:
    kinds = [orjson.loads(line).get("entry") for line in whole(LOGIN).splitlines()]
    places = [index for index, kind in enumerate(kinds) if kind == "event"]
    assert [kinds[place + 1] for place in places] == ["handler_began", "handler_began"]


def test_an_event_that_no_handler_saw_is_kept_at_the_end() -> None:
    record = RunRecord("tx", "f", "v", (), (b'{"a":1}', b'{"b":2}'))
    assert loads(whole(record)) == record


def test_an_event_in_several_lines_becomes_one() -> None:
    record = RunRecord("tx", "f", "v", (), (b'{\n "a": 1\n}',))
    assert loads(whole(record)).events == (b'{"a":1}',)


def test_a_trace_is_redacted_unless_asked_not_to() -> None:
    opened = open_trace(dumps(LOGIN, NO_SECRETS))
    assert opened.redacted
    assert not any(text.encode() in dumps(LOGIN, NO_SECRETS) for text in PERSONAL)
    assert not open_trace(whole(LOGIN)).redacted
    assert b"ada@example.com" in whole(LOGIN)


def test_states_are_masked_even_in_an_unredacted_trace() -> None:
    assert STATE.encode() not in whole(LOGIN)
    assert b"state=***" in whole(LOGIN)


@pytest.mark.parametrize("redact", [True, False])
def test_secrets_are_masked_in_every_trace(redact: bool) -> None:
    data = dumps(LOGIN, Masker(["the shared secret of all"]), redact=redact)
    assert b"the shared secret" not in data


def test_a_redacted_trace_is_read_back_with_all_its_entries() -> None:
    record = loads(dumps(LOGIN, NO_SECRETS))
    assert [entry.seq for entry in record.entries] == [entry.seq for entry in LOGIN.entries]


@pytest.mark.parametrize("version", ["2", "17", "999999999"])
def test_a_newer_format_is_named_and_not_opened(version: str) -> None:
    data = whole(LOGIN).replace(b"trace@1", b"trace@" + version.encode(), 1)
    with pytest.raises(TraceError, match=f"trace@{version}; this version reads {RECORD_FORMAT}"):
        open_trace(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"{}",
        b"[]",
        b"not json",
        b'{"format":7}',
        b'{"format":"loginwright/flow@1"}',
        b"\xff",
    ],
)
def test_what_is_no_trace_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(TraceError, match="no trace of Loginwright"):
        loads(data)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[]", "no such kind"),
        (b'{"entry":"dream","seq":99}', "no such kind"),
        (b'{"entry":["log"]}', "no such kind"),
        (b'{"entry":"log","seq":99}', "at: missing"),
        (
            b'{"entry":"log","seq":"99","at":1,"leg":1,"action":"a","level":"log","text":"t"}',
            "seq: int type",
        ),
        (
            b'{"entry":"log","seq":1,"at":1,"leg":1,"action":"a","level":"log","text":"t"}',
            "seq 1 does not follow seq 18",
        ),
        (
            b'{"entry":"handler_began","seq":99,"at":1,"leg":1,"action":"a","handler":"h","event":-1}',
            "event -1 cannot be",
        ),
        (
            b'{"entry":"handler_began","seq":99,"at":1,"leg":1,"action":"a","handler":"h","event":999}',
            "event 999 cannot be",
        ),
        (b'{"entry":"event","index":0,"event":{}}', "index does not follow"),
        (b'{"entry":"event","index":"2","event":{}}', "index does not follow"),
        (b'{"entry":"event","index":999,"event":{}}', "index does not follow"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_shown(
    line: bytes, reason: str
) -> None:
    opened = open_trace(whole(LOGIN) + line + b"\n")
    (problem,) = opened.problems
    assert reason in problem.message
    assert problem.severity == "warning"
    assert problem.line == 2 + len(LOGIN.entries) + len(LOGIN.events)
    assert opened.record == without_state(LOGIN)
    with pytest.raises(TraceError, match="cannot be read"):
        loads(whole(LOGIN) + line)


def test_a_trace_that_was_cut_off_is_read_to_the_cut() -> None:
    data = whole(LOGIN)
    opened = open_trace(data[: len(data) // 2])
    assert len(opened.problems) == 1
    assert 0 < len(opened.record.entries) < len(LOGIN.entries)
    assert opened.record.entries == without_state(LOGIN).entries[: len(opened.record.entries)]


def test_a_lost_event_leaves_an_empty_one_and_moves_no_other() -> None:
    lines = whole(LOGIN).splitlines()
    lines[1] = b'{"entry":"event","index":0,"event":'
    opened = open_trace(b"\n".join(lines))
    assert opened.record.events[0] == b"{}"
    assert opened.record.events[1] == without_state(LOGIN).events[1]
    assert [entry.seq for entry in opened.record.entries] == [e.seq for e in LOGIN.entries]
    assert len(opened.problems) == 2


def test_a_later_event_leaves_room_for_a_lost_one() -> None:
    header = whole(RunRecord("tx", "f", "v")).strip()
    opened = open_trace(header + b'\n{"entry":"event","index":1,"event":{"a":1}}')
    assert opened.record.events == (b"{}", b'{"a":1}')


def test_a_problem_quotes_nothing_of_the_line() -> None:
    line = b'{"entry":"log","seq":"hunter22","at":1,"leg":1,"action":"a","level":"l","text":"t"}'
    (problem,) = open_trace(whole(LOGIN) + line).problems
    assert "hunter22" not in str(problem)


def test_members_of_a_later_writer_are_passed_over() -> None:
    line = b'{"entry":"log","seq":99,"at":1,"leg":1,"action":"a","level":"l","text":"t","mood":"x"}'
    opened = open_trace(whole(LOGIN) + line)
    assert opened.problems == ()
    assert opened.record.entries[-1] == LogWritten(99, 1.0, 1, "a", "l", "t")


def test_a_header_that_lacks_something_still_opens() -> None:
    opened = open_trace(b'{"format":"loginwright/trace@1","flow":[]}')
    assert opened.record == RunRecord("", "", "")


@given(st.binary(max_size=200))
def test_no_bytes_after_the_header_make_reading_fail(garbage: bytes) -> None:
    opened = open_trace(whole(RunRecord("tx", "f", "v")) + garbage)
    assert opened.record.transaction_id == "tx"


def test_reading_gives_the_very_types() -> None:
    record = without_state(LOGIN)
    assert isinstance(record.entries[0], HandlerBegan)
    assert isinstance(record.entries[1], CallMade)
    assert isinstance(record.entries[10].checks, tuple)  # type: ignore[union-attr]  # a TokenChecked
