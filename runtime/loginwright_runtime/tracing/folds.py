"""Folds of a run record into what an outcome shows: steps, logs and warnings (contract.md)."""

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
    from loginwright_runtime.login.json_values import JsonObject


def steps_of(record: RunRecord) -> list[JsonObject]:
    """Return every handler that ran, in order, with its calls; an open one has 0 ms so far."""
    steps: list[JsonObject] = []
    calls: list[JsonObject] = []
    for entry in record.entries:
        match entry:
            case HandlerBegan():
                calls = []
                steps.append(
                    {
                        "seq": entry.seq,
                        "action": entry.action,
                        "handler": entry.handler,
                        "duration_ms": 0.0,
                        "calls": calls,  # type: ignore[dict-item]  # list is invariant
                    }
                )
            case CallMade(evaluated=False):
                calls.append(call_json(entry))
            case HandlerEnded() if steps:
                steps[-1]["duration_ms"] = round(entry.duration_ms, 3)
            case _:
                pass
    return steps


def call_json(call: CallMade) -> JsonObject:
    """Return one api call as contract.md shows it."""
    return {
        "seq": call.seq,
        "method": call.method,
        "args": call.args,
        "read": call.read,
        "result": call.result,
        "line": call.line,
    }


def logs_of(record: RunRecord) -> list[JsonObject]:
    """Return every line that actions printed, in order."""
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
    """Return every warning, in order."""
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
