"""Folds a run record, up to one of its steps, into what became of each action."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class ActionRun:
    """What an action did so far; written only while the record is folded.

    Attributes:
        handler: The handler that was called last.
        open: It has not ended yet.
        duration_ms: Of its first handler.
        effects: How often its first handler called each method that changes something.
        back_ms: Of the handler that the login came back to.
        back_effects: The same of that handler.
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
    back_ms: float = 0.0
    back_effects: Counter[str] = field(default_factory=Counter[str])
    last_call: tuple[str, int | None] | None = None
    mfa: str | None = None
    left: Left | None = None
    back: CameBack | None = None
    continued: bool = False
    went: str | None = None


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

    @property
    def error(self) -> JsonObject:
        """The contract's ``error``, empty where there is none."""
        return (self.ended.error if self.ended is not None else None) or {}

    @property
    def asks_mfa(self) -> str | None:
        """The provider that multifactor authentication at the end was last asked of, or None."""
        asked = [run.mfa for run in self.actions.values() if run.mfa is not None]
        return asked[-1] if asked else None


def fold(record: RunRecord | None, until: int | None = None) -> FoldedRun:
    """Return what had happened at a step.

    Args:
        record: The login; None is a login that has not begun.
        until: ``seq`` of the last entry that counts; None takes all.
    """
    folded = FoldedRun()
    if record is None:
        return folded
    for entry in record.entries:
        if until is not None and entry.seq > until:
            break
        _take(folded, entry)
        folded.last = entry
    folded.context = _context(record)
    return folded


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
    if entry.handler == CONTINUE:
        run.back_ms += entry.duration_ms
    else:
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
