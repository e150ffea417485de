"""Rewrites what a record's entries hold of an action's and a user's own text and values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeAlias, assert_never

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

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

ActionEntry: TypeAlias = (
    HandlerBegan | CallMade | TokenChecked | LogWritten | WarningRaised | LineReached | HandlerEnded
)


class Rewriter(Protocol):
    """Turns contents into contents that may be shown."""

    def text(self, text: str) -> str:
        """Return a text."""
        ...

    def json(self, value: JsonValue) -> JsonValue:
        """Return a JSON value of the same shape."""
        ...

    def object(self, value: JsonObject) -> JsonObject:
        """Return a JSON object with the same keys."""
        ...


def rewritten(entry: RecordEntry, by: Rewriter) -> RecordEntry:
    """Return an entry with its contents rewritten; its skeleton stays.

    The skeleton is what Loginwright itself wrote: order, times, legs, action ids, method names,
    lines, levels, codes, how something ended.
    """
    match entry:
        case Left():
            url = None if entry.url is None else by.text(entry.url)
            return replace(entry, url=url, detail=by.object(entry.detail))
        case CameBack():
            return replace(entry, detail=by.object(entry.detail))
        case ProfileWritten():
            return replace(
                entry,
                user_metadata=by.object(entry.user_metadata),
                app_metadata=by.object(entry.app_metadata),
            )
        case TokensIssued():
            id_token = None if entry.id_token is None else by.object(entry.id_token)
            return replace(entry, id_token=id_token, access_token=by.object(entry.access_token))
        case LoginEnded():
            return replace(entry, error=None if entry.error is None else by.object(entry.error))
        case _:
            return _rewritten_of_action(entry, by)


def _rewritten_of_action(entry: ActionEntry, by: Rewriter) -> RecordEntry:
    match entry:
        case CallMade():
            return _rewritten_call(entry, by)
        case TokenChecked():
            checks = tuple(
                replace(row, expected=by.text(row.expected), got=by.text(row.got))
                for row in entry.checks
            )
            return replace(entry, checks=checks)
        case LogWritten():
            return replace(entry, text=by.text(entry.text))
        case WarningRaised():
            return replace(entry, message=by.text(entry.message))
        case LineReached():
            changes = {name: by.text(text) for name, text in entry.changes.items()}
            return replace(entry, changes=changes)
        case HandlerBegan() | HandlerEnded():
            return entry
        case _:
            assert_never(entry)


def _rewritten_call(entry: CallMade, by: Rewriter) -> CallMade:
    threw = entry.threw
    return replace(
        entry,
        args=[by.json(arg) for arg in entry.args],
        result=by.json(entry.result),
        threw=None if threw is None else replace(threw, message=by.text(threw.message)),
    )
