"""Folds of a run record into the steps, logs and warnings of an outcome (contract.md).

They show what the record holds: fold a record that ``masking.masked`` has been over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.tracing.record import (
    CallMade,
    HandlerBegan,
    HandlerEnded,
    LogWritten,
    RunRecord,
    WarningRaised,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


def steps_of(record: RunRecord) -> list[JsonObject]:
    """Return one step for each handler that began, its api calls inside, over all legs.

    What a debugger's evaluation called is no effect of the login, hence no call of a step. A
    handler that has not ended yet has no duration.
    """
    steps: list[JsonObject] = []
    calls: list[JsonValue] = []
    for entry in record.entries:
        match entry:
            case HandlerBegan():
                calls = []
                steps.append(
                    {
                        "seq": entry.seq,
                        "action": entry.action,
                        "handler": entry.handler,
                        "duration_ms": None,
                        "calls": calls,
                    }
                )
            case CallMade(evaluated=False):
                calls.append(_call(entry))
            case HandlerEnded() if steps:
                steps[-1]["duration_ms"] = entry.duration_ms
            case _:
                pass
    return steps


def _call(entry: CallMade) -> JsonObject:
    return {
        "seq": entry.seq,
        "method": entry.method,
        "args": entry.args,
        "read": entry.read,
        "result": entry.result if entry.read else None,
        "line": entry.line,
    }


def logs_of(record: RunRecord) -> list[JsonObject]:
    """Return every line that the actions printed."""
    return [
        {
            "seq": entry.seq,
            "action": entry.action,
            "level": entry.level,
            "text": entry.text,
            "line": entry.line,
        }
        for entry in record.entries
        if isinstance(entry, LogWritten)
    ]


def warnings_of(record: RunRecord) -> list[JsonObject]:
    """Return everything odd that did not end the login."""
    return [
        {
            "code": entry.code,
            "action": entry.action,
            "line": entry.line,
            "message": entry.message,
        }
        for entry in record.entries
        if isinstance(entry, WarningRaised)
    ]
