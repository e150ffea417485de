"""Traces: a run record as JSON lines, written and read back (``loginwright/trace@1``).

The first line is the header: format, transaction id, flow, and whether it was redacted. Each
other line is an event (``entry`` ``event``, before the first handler that saw it) or an entry of
the record, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import orjson
from pydantic import TypeAdapter, ValidationError

from loginwright_runtime.errors import Problem, TraceError
from loginwright_runtime.tracing.entry_kinds import KIND_BY_NAME, KIND_BY_TYPE
from loginwright_runtime.tracing.masking import Masker, masked
from loginwright_runtime.tracing.packing import pack, unpack
from loginwright_runtime.tracing.record import (
    RECORD_FORMAT,
    HandlerBegan,
    Left,
    RecordEntry,
    RunRecord,
)
from loginwright_runtime.tracing.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

__all__ = ["OpenedTrace", "dumps", "loads", "open_trace", "pack", "unpack"]

_FORMAT = re.compile(r"\Aloginwright/trace@(\d{1,9})\Z")


@dataclass(frozen=True, slots=True)
class OpenedTrace:
    """A trace as far as it can be read.

    Attributes:
        record: What was read.
        redacted: Whether personal data were hidden when it was written.
        problems: Lines that could not be read, each a warning.
    """

    record: RunRecord
    redacted: bool
    problems: tuple[Problem, ...] = field(default=())


def dumps(record: RunRecord, masker: Masker, redact: bool = True) -> bytes:
    """Return a record as a trace.

    Args:
        record: The login.
        masker: Knows the secrets of the flow; they are always masked, and so are the states
            that left with a browser.
        redact: Hide personal data and redirect tokens too (``--unredacted`` does not).
    """
    shown = masked(masked(record, masker), Masker(_states(record)))
    if redact:
        shown = redacted(shown)
    return b"\n".join((*_lines(shown, redact), b""))


def loads(data: bytes) -> RunRecord:
    """Return the record of a trace.

    Raises:
        TraceError: Not a trace, a newer format, or a line that cannot be read.
    """
    opened = open_trace(data)
    if opened.problems:
        raise TraceError(*opened.problems)
    return opened.record


def open_trace(data: bytes) -> OpenedTrace:
    """Read a trace as far as it can be read: a line that cannot be is passed over and named.

    Raises:
        TraceError: Not a trace at all, or written in a newer format.
    """
    lines = data.split(b"\n")
    header = _header(lines[0])
    reading = _Reading()
    for number, line in enumerate(lines[1:], start=2):
        if line:
            reading.line(number, line)
    record = RunRecord(
        _text(header, "transaction_id"),
        _text(_member(header, "flow"), "name"),
        _text(_member(header, "flow"), "version"),
        tuple(reading.entries),
        tuple(reading.events),
    )
    return OpenedTrace(record, header.get("redacted") is True, tuple(reading.problems))


def _states(record: RunRecord) -> Iterator[str]:
    for entry in record.entries:
        if isinstance(entry, Left) and entry.url is not None:
            yield from parse_qs(urlsplit(entry.url).query).get("state", ())


def _lines(record: RunRecord, redact: bool) -> Iterator[bytes]:
    yield orjson.dumps(
        {
            "format": RECORD_FORMAT,
            "transaction_id": record.transaction_id,
            "flow": {"name": record.flow_name, "version": record.flow_version},
            "redacted": redact,
        }
    )
    written = 0
    for entry in record.entries:
        if isinstance(entry, HandlerBegan):
            yield from _event_lines(record, written, entry.event + 1)
            written = max(written, entry.event + 1)
        yield b'{"entry":"%b",%b' % (
            KIND_BY_TYPE[type(entry)].name.encode("ascii"),
            orjson.dumps(entry)[1:],
        )
    yield from _event_lines(record, written, len(record.events))


def _event_lines(record: RunRecord, first: int, end: int) -> Iterator[bytes]:
    for index, event in enumerate(record.events[first:end], start=first):
        one_line = orjson.dumps(orjson.loads(event)) if b"\n" in event else event
        yield b'{"entry":"event","index":%d,"event":%b}' % (index, one_line)


class _Reading:
    """The lines read so far."""

    __slots__ = ("entries", "events", "problems")

    def __init__(self) -> None:
        self.entries: list[RecordEntry] = []
        self.events: list[bytes] = []
        self.problems: list[Problem] = []

    def line(self, number: int, line: bytes) -> None:
        """Read one line, or say why it cannot be."""
        try:
            value: JsonValue = orjson.loads(line)
        except orjson.JSONDecodeError:
            self._problem(number, "it is not JSON")
            return
        kind = value.get("entry") if isinstance(value, dict) else None
        if isinstance(value, dict) and kind == "event":
            self._event(number, value)
        elif isinstance(kind, str) and kind in KIND_BY_NAME:
            self._entry(number, kind, line)
        else:
            self._problem(number, "this version knows no such kind of entry")

    def _event(self, number: int, value: JsonObject) -> None:
        index = value.get("index")
        if not isinstance(index, int) or not len(self.events) <= index < number:
            self._problem(number, "its index does not follow")
            return
        self._leave_room(index)
        self.events.append(orjson.dumps(value.get("event")))

    def _leave_room(self, index: int) -> None:
        """Put empty events in the place of those whose lines could not be read."""
        self.events.extend(b"{}" for _ in range(index - len(self.events)))

    def _entry(self, number: int, kind: str, line: bytes) -> None:
        try:
            entry = _adapter(kind).validate_json(line, strict=True)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            self._problem(number, f"{place or kind}: {first['type'].replace('_', ' ')}")
            return
        if self.entries and entry.seq <= self.entries[-1].seq:
            self._problem(number, f"seq {entry.seq} does not follow seq {self.entries[-1].seq}")
            return
        if isinstance(entry, HandlerBegan) and not self._has_event(number, entry.event):
            return
        self.entries.append(entry)

    def _has_event(self, number: int, index: int) -> bool:
        if not 0 <= index < number:
            self._problem(number, f"event {index} cannot be in the trace")
            return False
        if index >= len(self.events):
            self._problem(number, f"event {index} is not in the trace; an empty one is shown")
            self._leave_room(index + 1)
        return True

    def _problem(self, number: int, reason: str) -> None:
        self.problems.append(
            Problem(
                rule="trace-line",
                severity="warning",
                message=f"This line of the trace cannot be read: {reason}.",
                remedy="Save the trace again; the other lines are shown.",
                line=number,
            )
        )


@cache
def _adapter(kind: str) -> TypeAdapter[RecordEntry]:
    return TypeAdapter(KIND_BY_NAME[kind].entry)


def _header(line: bytes) -> JsonObject:
    try:
        header: JsonValue = orjson.loads(line)
    except orjson.JSONDecodeError:
        header = None
    written = header.get("format") if isinstance(header, dict) else None
    match = _FORMAT.match(written) if isinstance(written, str) else None
    if not isinstance(header, dict) or match is None:
        raise _not_opened(
            "This file is no trace of Loginwright.", "Open one that `--trace FILE` wrote."
        )
    if written != RECORD_FORMAT:
        raise _not_opened(
            f"This trace is in the format {match.group()}; this version reads {RECORD_FORMAT}.",
            "Open it with a newer Loginwright.",
        )
    return header


def _not_opened(message: str, remedy: str) -> TraceError:
    return TraceError(
        Problem(rule="trace-format", severity="error", message=message, remedy=remedy, line=1)
    )


def _member(value: JsonObject, name: str) -> JsonObject:
    member = value.get(name)
    return member if isinstance(member, dict) else {}


def _text(value: JsonObject, name: str) -> str:
    text = value.get(name)
    return text if isinstance(text, str) else ""
