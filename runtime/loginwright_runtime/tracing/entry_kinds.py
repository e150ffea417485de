"""The name under which each kind of record entry is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LineReached,
    LoginEnded,
    LogWritten,
    ProfileWritten,
    RecordEntry,
    TokenChecked,
    TokensIssued,
    WarningRaised,
)


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry.

    Attributes:
        name: As it stands in a trace.
        entry: Its type.
        make: Makes one of its members' values, which nobody checks.
        members: Names of its fields in order, ``seq`` first.
    """

    name: str
    entry: type[RecordEntry]
    make: Callable[..., RecordEntry]
    members: tuple[str, ...]


def _kind(name: str, entry: type[RecordEntry]) -> EntryKind:
    return EntryKind(name, entry, entry, tuple(field.name for field in fields(entry)))


_KINDS = (
    _kind("handler_began", HandlerBegan),
    _kind("call", CallMade),
    _kind("token_checked", TokenChecked),
    _kind("log", LogWritten),
    _kind("warning", WarningRaised),
    _kind("line", LineReached),
    _kind("handler_ended", HandlerEnded),
    _kind("left", Left),
    _kind("came_back", CameBack),
    _kind("profile_written", ProfileWritten),
    _kind("tokens_issued", TokensIssued),
    _kind("login_ended", LoginEnded),
)

KIND_BY_NAME = {kind.name: kind for kind in _KINDS}
KIND_BY_TYPE: dict[type[RecordEntry], EntryKind] = {kind.entry: kind for kind in _KINDS}
