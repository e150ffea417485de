"""Folds a run record, up to one of its steps, into what became of each action."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import orjson

from loginwright_designer.canvas.lane_state import CONTINUE
from loginwright_runtime.login.json_values import JsonObject
from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LoginEnded,
    ProfileWritten,
    RecordEntry,
    TokensIssued,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.tracing.record import RunRecord

ASKS_MFA = "multifactor.enable"
_MARK_EVERY = 256
"""Entries between two marks: folding them takes half a millisecond."""


@dataclass(slots=True)
class ActionRun:
    """What an action did so far; written only while the record is folded.

    Attributes:
        handler: The handler that was called last.
        open: It has not ended yet.
        duration_ms: Of its first handler.
        effects: How often its first handler called each method that changes something.
        back_effects: The same of the handler that the login came back to.
        last_call: Method and line of its last call, for the step that is looked at.
        mfa: The provider it asked multifactor authentication of, or None.
        left: How it left, or None.
        back: How it came back, or None.
        continued: Whether its second handler began.
        went: How its last handler ended, or None.
    """

    handler: str = ""
    open: bool = False
    duration_ms: float = 0.0
    effects: Counter[str] = field(default_factory=Counter[str])
    back_effects: Counter[str] = field(default_factory=Counter[str])
    last_call: tuple[str, int | None] | None = None
    mfa: str | None = None
    left: Left | None = None
    back: CameBack | None = None
    continued: bool = False
    went: str | None = None

    def copy(self) -> ActionRun:
        """Return one that can be written to."""
        effects, back_effects = Counter(self.effects), Counter(self.back_effects)
        return replace(self, effects=effects, back_effects=back_effects)


@dataclass(slots=True)
class FoldedRun:
    """A record up to a step; written only while it is folded.

    Attributes:
        actions: By id, in the order in which they were reached.
        left: How the login left for MFA at the end, or None.
        back: How it came back from there, or None.
        keys: The keys of the profile that were written.
        profile_at_end: Whether the last write came after the last handler.
        tokens: Whether tokens were issued.
        ended: How the login ended, or None.
        last: The last entry, or None.
        context: The first event a handler saw.
    """

    actions: dict[str, ActionRun] = field(default_factory=dict[str, ActionRun])
    left: Left | None = None
    back: CameBack | None = None
    keys: set[str] = field(default_factory=set[str])
    profile_at_end: bool = False
    tokens: bool = False
    ended: LoginEnded | None = None
    last: RecordEntry | None = None
    context: JsonObject = field(default_factory=dict[str, "JsonValue"])

    def copy(self) -> FoldedRun:
        """Return one that can be written to."""
        actions = {name: run.copy() for name, run in self.actions.items()}
        return replace(self, actions=actions, keys=set(self.keys))

    @property
    def error(self) -> JsonObject:
        """The contract's ``error``, empty where there is none."""
        return (self.ended.error if self.ended is not None else None) or {}

    @property
    def asks_mfa(self) -> str | None:
        """The provider that multifactor authentication at the end was last asked of, or None."""
        asked = [run.mfa for run in self.actions.values() if run.mfa is not None]
        return asked[-1] if asked else None


class Folding:
    """Folds one record at one step after another, each from the nearest mark before it.

    A record that grew keeps the marks of what it was; another one has marks of its own.
    """

    def __init__(self) -> None:
        """Begin without marks."""
        self._record: RunRecord | None = None
        self._marks = [FoldedRun()]
        self._event: JsonObject = {}

    def fold(self, record: RunRecord | None, until: int | None = None) -> FoldedRun:
        """Return what had happened at a step; not to be written to.

        Args:
            record: The login; None is a login that has not begun.
            until: ``seq`` of the last entry that counts; None takes all.
        """
        if record is None:
            return FoldedRun()
        if record is not self._record:
            self._take_record(record)
        entries = record.entries
        count = len(entries) if until is None else bisect_right(entries, until, key=_seq)
        folded = self._marked(count // _MARK_EVERY).copy()
        for entry in entries[count - count % _MARK_EVERY : count]:
            _take(folded, entry)
        folded.last = entries[count - 1] if count else None
        folded.context = self._event
        return folded

    def _take_record(self, record: RunRecord) -> None:
        before, self._record = self._record, record
        marked = (len(self._marks) - 1) * _MARK_EVERY
        grown = (
            before is not None
            and len(record.entries) >= marked
            and (marked <= 0 or record.entries[marked - 1] is before.entries[marked - 1])
        )
        if not grown:
            self._marks = [FoldedRun()]
        self._event = _context(record)

    def _marked(self, number: int) -> FoldedRun:
        """Return what had happened after so many times the entries between two marks."""
        assert self._record is not None, "taken before"
        while len(self._marks) <= number:
            begin = (len(self._marks) - 1) * _MARK_EVERY
            folded = self._marks[-1].copy()
            for entry in self._record.entries[begin : begin + _MARK_EVERY]:
                _take(folded, entry)
            self._marks.append(folded)
        return self._marks[number]


def host_of(left: Left | None) -> str | None:
    """Return the host a login left for, or None; a redacted trace does not tell it."""
    if left is None or left.url is None:
        return None
    try:
        host = urlsplit(left.url).hostname
    except ValueError:
        return None
    return None if host is None or "*" in host else host


def text_member(value: JsonValue, *path: str) -> str | None:
    """Return a text inside JSON, or None where there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None


def _seq(entry: RecordEntry) -> int:
    return entry.seq


def _take(folded: FoldedRun, entry: RecordEntry) -> None:
    if isinstance(entry, CallMade):
        _take_call(_run_of(folded, entry.action), entry)
        return
    match entry:
        case HandlerBegan() | HandlerEnded():
            folded.profile_at_end = False
            _take_handler(_run_of(folded, entry.action), entry)
        case Left() | CameBack():
            _take_journey(folded, entry)
        case ProfileWritten():
            folded.keys |= {*entry.user_metadata, *entry.app_metadata}
            folded.profile_at_end = True
        case TokensIssued():
            folded.tokens = True
        case LoginEnded():
            folded.ended = entry
        case _:
            pass


def _run_of(folded: FoldedRun, action: str) -> ActionRun:
    run = folded.actions.get(action)
    if run is None:
        run = folded.actions[action] = ActionRun()
    return run


def _take_handler(run: ActionRun, entry: HandlerBegan | HandlerEnded) -> None:
    if isinstance(entry, HandlerBegan):
        run.continued = run.continued or entry.handler == CONTINUE
        run.handler, run.open, run.went = entry.handler, True, None
        return
    run.open, run.went, run.last_call = False, entry.how, None
    if entry.handler != CONTINUE:
        run.duration_ms += entry.duration_ms


def _take_call(run: ActionRun, entry: CallMade) -> None:
    if entry.evaluated:
        return
    run.last_call = (entry.method, entry.line)
    if entry.read or entry.threw is not None:
        return
    (run.back_effects if run.continued else run.effects)[entry.method] += 1
    if entry.method == ASKS_MFA:
        run.mfa = entry.args[0] if entry.args and isinstance(entry.args[0], str) else "any"


def _take_journey(folded: FoldedRun, entry: Left | CameBack) -> None:
    place = folded if entry.action is None else _run_of(folded, entry.action)
    if isinstance(entry, Left):
        place.left, place.back = entry, None
    else:
        place.back = entry


def _context(record: RunRecord) -> JsonObject:
    if not record.events:
        return {}
    try:
        event = orjson.loads(record.events[0])
    except orjson.JSONDecodeError:
        return {}
    return event if isinstance(event, dict) else {}
