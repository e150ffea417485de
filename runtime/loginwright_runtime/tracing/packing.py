"""Packs a run record, whole and unmasked, for the inside of a sealed suspension."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.errors import Problem, TraceError
from loginwright_runtime.tracing.entry_kinds import KIND_BY_NAME, KIND_BY_TYPE
from loginwright_runtime.tracing.record import (
    RECORD_FORMAT,
    CallMade,
    LineReached,
    RecordEntry,
    RunRecord,
    TokenCheck,
    TokenChecked,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


def pack(record: RunRecord) -> JsonObject:
    """Return a record as JSON from which ``unpack`` makes an equal one.

    Args:
        record: The login so far; its values are shared, not copied.
    """
    return {
        "format": RECORD_FORMAT,
        "transaction_id": record.transaction_id,
        "flow": [record.flow_name, record.flow_version],
        "entries": [_packed(entry) for entry in record.entries],
        "events": [event.decode("utf-8") for event in record.events],
    }


def unpack(packed: JsonObject) -> RunRecord:
    """Return the record that ``pack`` packed.

    Args:
        packed: From inside a seal, so nobody else wrote it; its values are not judged again.

    Raises:
        TraceError: Another version of Loginwright packed it in another format.
    """
    match packed:
        case {
            "format": str(written),
            "transaction_id": str(transaction_id),
            "flow": [str(name), str(version)],
            "entries": [*entries],
            "events": [*events],
        } if written == RECORD_FORMAT:
            return RunRecord(
                transaction_id,
                name,
                version,
                tuple(_unpacked(entry) for entry in entries),
                tuple(str(event).encode("utf-8") for event in events),
            )
        case _:
            raise _foreign(packed.get("format"))


def _packed(entry: RecordEntry) -> JsonValue:
    kind = KIND_BY_TYPE[type(entry)]
    values: list[JsonValue] = [getattr(entry, member) for member in kind.members]
    match entry:
        case CallMade(threw=ErrorReply(name, message)):
            values[kind.members.index("threw")] = [name, message]
        case TokenChecked(checks=checks):
            values[kind.members.index("checks")] = [list(astuple(check)) for check in checks]
        case LineReached(callers=callers):
            values[kind.members.index("callers")] = [list(caller) for caller in callers]
        case _:
            pass
    return [kind.name, *values]


def _unpacked(packed: JsonValue) -> RecordEntry:
    match packed:
        case [str(name), *values] if name in KIND_BY_NAME:
            kind = KIND_BY_NAME[name]
        case _:
            raise _foreign("an entry of another kind")
    if kind.entry is LineReached and len(values) == len(kind.members) - 1:
        values.append([])  # Packed by a version that recorded no callers.
    if len(values) != len(kind.members):
        raise _foreign(f"another {name}")
    return kind.make(*map(_restored, kind.members, values))


def _restored(member: str, value: JsonValue) -> object:
    match value:
        case [str(name), str(message)] if member == "threw":
            return ErrorReply(name, message)
        case [*rows] if member == "checks":
            return tuple(_check(row) for row in rows)
        case [*callers] if member == "callers":
            return tuple(tuple(caller) for caller in callers if isinstance(caller, list))
        case _:
            return value


def _check(row: JsonValue) -> TokenCheck:
    match row:
        case [str(check), str(expected), str(got), bool(passed), bool(reached)]:
            return TokenCheck(check, expected, got, passed, reached)
        case _:
            raise _foreign("a token check of another shape")


def _foreign(what: JsonValue) -> TraceError:
    return TraceError(
        Problem(
            rule="trace-format",
            severity="error",
            message=f"The suspended login holds a record in another format ({what}).",
            remedy="Resume it with the version of Loginwright that suspended it.",
        )
    )
