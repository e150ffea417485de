"""RunRecord: what happened in a login, step by step; all else that is shown is a fold of it.

Entries are ordered by ``seq``, never by clock. One counter serves entries of every kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.login.json_values import JsonObject, JsonValue

RECORD_FORMAT = "loginwright/trace@1"

SuspensionKind: TypeAlias = Literal["redirect", "challenge", "enrollment", "form"]


@dataclass(frozen=True, slots=True)
class HandlerBegan:
    """A handler was called.

    Attributes:
        event: Index into ``RunRecord.events`` of the event it saw (without secrets).
    """

    seq: int
    at: float
    leg: int
    action: str
    handler: str
    event: int


@dataclass(frozen=True, slots=True)
class CallMade:
    """An api call, as the action made it.

    Attributes:
        read: The method answers something of its own; ``result`` holds the answer.
        threw: What the call threw inside the action, if it did.
        evaluated: A debugger's evaluation made it: no effect of the login.
    """

    seq: int
    at: float
    leg: int
    action: str
    method: str
    args: list[JsonValue] = field(repr=False)
    line: int | None = None
    read: bool = False
    result: JsonValue = field(default=None, repr=False)
    threw: ErrorReply | None = None
    evaluated: bool = False


@dataclass(frozen=True, slots=True)
class TokenCheck:
    """One row of a redirect token's validation (reference §2.3).

    Attributes:
        check: ``found``, ``signature``, ``state``, ``claims``, ``type``, ``sub`` or ``time``.
        expected: What would pass, in words or as a value.
        got: What came.
        passed: Whether it passed; judged also after an earlier row has failed.
        reached: False for rows the platform would not have looked at any more.
    """

    check: str
    expected: str
    got: str
    passed: bool
    reached: bool


@dataclass(frozen=True, slots=True)
class TokenChecked:
    """A redirect token was validated, or refused; follows its ``CallMade``."""

    seq: int
    at: float
    leg: int
    action: str
    line: int | None
    checks: tuple[TokenCheck, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LogWritten:
    """A line the action printed."""

    seq: int
    at: float
    leg: int
    action: str
    level: str
    text: str = field(repr=False)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class WarningRaised:
    """Something odd that did not end the login; ``code`` is stable."""

    seq: int
    at: float
    leg: int
    action: str | None
    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class LineReached:
    """A line was about to be executed; only where every line is recorded.

    Attributes:
        file: Path in the flow.
        line: From 1.
        function: Name of the function; empty for one without.
        depth: How many of the flow's frames were below this one.
        changes: Variable → its text, of those that were new or differed since the function's last
            recorded line. A change inside an object shows where its text shows it.
        callers: File, function and line of the frames below this one, nearest first; empty in
            records of versions that did not write it.
    """

    seq: int
    at: float
    leg: int
    action: str
    file: str
    line: int
    function: str
    depth: int
    changes: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    callers: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HandlerEnded:
    """The handler returned, threw, timed out or lost its worker."""

    seq: int
    at: float
    leg: int
    action: str
    handler: str
    how: Literal["returned", "threw", "timed_out", "host_failed", "missing"]
    duration_ms: float


@dataclass(frozen=True, slots=True)
class Left:
    """The login was suspended; ``url`` holds the state, masked in every trace."""

    seq: int
    at: float
    leg: int
    kind: SuspensionKind
    action: str | None
    url: str | None = field(repr=False)
    expires_at: float
    detail: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)


@dataclass(frozen=True, slots=True)
class CameBack:
    """The login was resumed; a new leg begins."""

    seq: int
    at: float
    leg: int
    kind: SuspensionKind
    action: str | None
    detail: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)


@dataclass(frozen=True, slots=True)
class ProfileWritten:
    """The profile was written: the keys of this write."""

    seq: int
    at: float
    leg: int
    user_metadata: JsonObject = field(repr=False)
    app_metadata: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokensIssued:
    """The final claims, before signing."""

    seq: int
    at: float
    leg: int
    id_token: JsonObject | None = field(repr=False)
    access_token: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class LoginEnded:
    """The last entry of a login that is over."""

    seq: int
    at: float
    leg: int
    status: Literal["allowed", "denied", "failed"]
    error: JsonObject | None = field(default=None, repr=False)


RecordEntry: TypeAlias = (
    HandlerBegan
    | CallMade
    | TokenChecked
    | LogWritten
    | WarningRaised
    | LineReached
    | HandlerEnded
    | Left
    | CameBack
    | ProfileWritten
    | TokensIssued
    | LoginEnded
)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A login as it happened so far.

    Attributes:
        entries: Ordered by ``seq``.
        events: The events handlers saw, JSON bytes without secrets, each once.
    """

    transaction_id: str
    flow_name: str
    flow_version: str
    entries: tuple[RecordEntry, ...] = field(default=(), repr=False)
    events: tuple[bytes, ...] = field(default=(), repr=False)
