"""The record as moments that somebody can look at again; nothing runs there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from loginwright_runtime.cli.debugged_login.words import call_text
from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    Left,
    LineReached,
    LoginEnded,
    ProfileWritten,
    RecordEntry,
    RunRecord,
    TokensIssued,
)

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow


@dataclass(frozen=True, slots=True)
class PastFrame:
    """A function that was running, as recorded lines tell of it.

    Attributes:
        function: Its name; empty for one without.
        variables: Name → text, as last seen.
    """

    function: str
    file: str
    line: int
    variables: dict[str, str] = field(default_factory=dict[str, str], repr=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a login that has happened.

    Attributes:
        seq: Of its entry; a record up to here is how things stood.
        label: What happened, in words.
        action: Id of the action, or None.
        handler: Its handler, or None.
        file: Path in the flow, where code was.
        line: From 1, where known.
        event: Index into the record's events of what the handler saw, or None.
        stack: Innermost first; one frame, or those of recorded lines.
    """

    seq: int
    label: str = field(repr=False)
    action: str | None = None
    handler: str | None = None
    file: str | None = None
    line: int | None = None
    event: int | None = None
    stack: tuple[PastFrame, ...] = field(default=(), repr=False)


def moments(record: RunRecord, flow: Flow) -> tuple[Moment, ...]:
    """Return every step of a record, in order."""
    folding = _Folding({action.id: action.code for action in flow.actions})
    found = (folding.take(entry) for entry in record.entries)
    return tuple(moment for moment in found if moment is not None)


def until(record: RunRecord, moment: Moment) -> RunRecord:
    """Return a record as it was at a moment."""
    entries = tuple(entry for entry in record.entries if entry.seq <= moment.seq)
    return RunRecord(
        record.transaction_id, record.flow_name, record.flow_version, entries, record.events
    )


class _Folding:
    """The place where the login is, while its record is folded."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files
        self._handler: HandlerBegan | None = None
        self._frames: list[PastFrame] = []

    def take(self, entry: RecordEntry) -> Moment | None:
        """Return the moment of an entry that is one."""
        match entry:
            case HandlerBegan():
                self._handler, self._frames = entry, []
                return self._inside(entry.seq, f"before {entry.handler}", entry.action, None)
            case CallMade(evaluated=False):
                return self._inside(entry.seq, call_text(entry), entry.action, entry.line)
            case LineReached():
                return self._line(entry)
            case CallMade():
                return None
            case _:
                return self._outside(entry)

    def _outside(self, entry: RecordEntry) -> Moment | None:
        self._frames = []
        match entry:
            case Left():
                return Moment(entry.seq, left_text(entry), entry.action)
            case CameBack():
                how = entry.detail.get("method") or entry.detail.get("factor")
                label = f"came back by {how}" if how else "came back"
                return Moment(entry.seq, label, entry.action)
            case ProfileWritten():
                return Moment(entry.seq, "the profile is written")
            case TokensIssued():
                return Moment(entry.seq, "the tokens are issued")
            case LoginEnded():
                return Moment(entry.seq, f"the login is {entry.status}")
            case _:
                return None

    def _inside(self, seq: int, label: str, action: str, line: int | None) -> Moment:
        began, file = self._handler, self._files.get(action)
        stack = tuple(reversed(self._frames))
        if not stack and file is not None and line is not None:
            stack = (PastFrame(began.handler if began else "", file, line),)
        return Moment(
            seq,
            label,
            action,
            began.handler if began else None,
            file,
            line,
            began.event if began else None,
            stack,
        )

    def _line(self, entry: LineReached) -> Moment:
        before = self._frames[entry.depth : entry.depth + 1]
        same = [one for one in before if (one.function, one.file) == (entry.function, entry.file)]
        known = same[0].variables if same else {}
        frame = PastFrame(entry.function, entry.file, entry.line, {**known, **entry.changes})
        self._frames = [*self._frames[: entry.depth], frame]
        label = f"line {entry.line}"
        moment = self._inside(entry.seq, label, entry.action, entry.line)
        return Moment(
            moment.seq,
            label,
            moment.action,
            moment.handler,
            entry.file,
            entry.line,
            moment.event,
            tuple(reversed(self._frames)),
        )


def left_text(entry: Left) -> str:
    """Return where a login went, in words."""
    try:
        host = urlsplit(entry.url or "").hostname
    except ValueError:
        host = None
    return f"away at {host}" if host else f"away, waits for a {entry.kind}"
