"""Recorded lines in traces: written, read back, masked, redacted, folded past."""

from __future__ import annotations

from dataclasses import replace

import orjson

from loginwright_runtime.tracing.codec import dumps, loads
from loginwright_runtime.tracing.folds import logs_of, steps_of
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.tracing.packing import pack, unpack
from loginwright_runtime.tracing.record import HandlerBegan, LineReached, RunRecord
from loginwright_runtime.tracing.redaction import redacted

LINE = LineReached(
    2, 0.0, 1, "act", "lib/x.js", 7, "pick", 1, {"secret": '"s3cr3t-value"', "count": "3"}
)
RECORD = RunRecord(
    "t", "Flow", "sha256:0", (HandlerBegan(1, 0.0, 1, "act", "h", 0), LINE), (b"{}",)
)


def test_line_is_read_back_as_it_was_written() -> None:
    assert loads(dumps(RECORD, Masker([]), redact=False)) == RECORD
    assert unpack(pack(RECORD)) == RECORD


def test_callers_are_kept_and_a_line_without_them_can_be_read() -> None:
    line = replace(LINE, callers=(("actions/a.js", "", 3), ("lib/x.js", "f", 9)))
    record = replace(RECORD, entries=(RECORD.entries[0], line))
    assert loads(dumps(record, Masker([]), redact=False)) == record
    packed = pack(record)
    assert unpack(orjson.loads(orjson.dumps(packed))) == record
    trace = dumps(RECORD, Masker([]), redact=False).replace(b',"callers":[]', b"")
    assert b"callers" not in trace
    assert loads(trace) == RECORD


def test_line_that_an_earlier_version_packed_is_read() -> None:
    packed = pack(RECORD)
    entries = packed["entries"]
    assert isinstance(entries, list)
    line = entries[1]
    assert isinstance(line, list)
    assert line.pop() == []
    assert unpack(packed) == RECORD


def test_secret_in_a_variable_is_masked() -> None:
    trace = dumps(RECORD, Masker(["s3cr3t-value"]), redact=False)
    assert b"s3cr3t" not in trace
    assert b'"count":"3"' in trace


def test_redacted_line_keeps_no_text() -> None:
    line = redacted(RECORD).entries[1]
    assert isinstance(line, LineReached)
    assert line.changes == {"secret": '"***"', "count": "3"}
    assert redacted(redacted(RECORD)) == redacted(RECORD)


def test_lines_are_no_steps_and_no_logs() -> None:
    assert len(steps_of(RECORD)) == 1
    assert logs_of(RECORD) == []
