"""Takes personal data out of a run record before it becomes a trace (security.md 23).

What is personal by its place (``redaction_rules``) is hidden there, and the same texts are then
hidden wherever else in the record they stand: in logs, arguments, claims, errors and URLs, as a
whole or as a word, from 6 characters on also inside other texts and encodings. Compact tokens
and e-mail addresses are hidden in every text. Redacting twice changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never
from urllib.parse import parse_qsl, urlsplit

import orjson

from loginwright_runtime.tracing import redaction_rules as rules
from loginwright_runtime.tracing.contents import rewritten
from loginwright_runtime.tracing.masking import MASK, Masker
from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    Left,
    LineReached,
    ProfileWritten,
    RecordEntry,
    RunRecord,
    TokenCheck,
    TokenChecked,
    TokensIssued,
)
from loginwright_runtime.tracing.secret_forms import MIN_PART_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_MIN_WORD_CHARACTERS = 3
_PROTOCOL_WORDS = frozenset(
    {"openid", "profile", "email", "phone", "address", "offline_access", "true", "false", "null"}
)
"""Words that are hidden where they are personal and nowhere else."""

_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?|\'(?:[^\'\\]|\\.)*\'?')
_HIDDEN = f'"{MASK}"'
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")


def redacted(record: RunRecord) -> RunRecord:
    """Return a record that names nobody, with the same entries in the same order."""
    seen = [_loaded(event) for event in record.events]
    events = [rules.redacted_event(event) for event in seen]
    entries = [_by_place(entry) for entry in record.entries]
    found: set[str] = set()
    for before, after in zip(seen, events, strict=True):
        found.update(_hidden(before, after))
    for original, entry in zip(record.entries, entries, strict=True):
        found.update(_hidden_in_entry(original, entry))
    concealer = Concealer(found)
    return replace(
        record,
        entries=tuple(rewritten(entry, concealer) for entry in entries),
        events=tuple(orjson.dumps(concealer.object(event)) for event in events),
    )


class Concealer:
    """Hides given personal texts, compact tokens and e-mail addresses.

    Args:
        personal: Texts to hide. Those under 3 characters, and words of the protocol such as
            ``profile``, hide nothing.
    """

    __slots__ = ("_masker", "_words")

    def __init__(self, personal: Iterable[str]) -> None:
        texts = {text for text in personal if len(text) >= _MIN_WORD_CHARACTERS}
        texts -= _PROTOCOL_WORDS | {MASK}
        short = sorted(re.escape(text) for text in texts if len(text) < MIN_PART_CHARACTERS)
        self._masker = Masker(texts)
        self._words = re.compile(rf"(?<!\w)(?:{'|'.join(short)})(?!\w)") if short else None

    def text(self, text: str) -> str:
        """Return a text that names nobody."""
        text = self._masker.text(text)
        if self._words is not None:
            text = self._words.sub(MASK, text)
        if "eyJ" in text:
            text = _TOKEN.sub(MASK, text)
        return _EMAIL.sub(MASK, text) if "@" in text else text

    def json(self, value: JsonValue) -> JsonValue:
        """Return a JSON value that names nobody, of the same shape."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return self.object(value)
        return [self.json(item) for item in value] if isinstance(value, list) else value

    def object(self, value: JsonObject) -> JsonObject:
        """Return a JSON object that names nobody in its values."""
        return {key: self.json(member) for key, member in value.items()}


def _loaded(event: bytes) -> JsonObject:
    value: JsonValue = orjson.loads(event)
    return value if isinstance(value, dict) else {}


def _by_place(entry: RecordEntry) -> RecordEntry:
    match entry:
        case CallMade():
            return replace(
                entry,
                args=rules.redacted_args(entry.method, entry.args),
                result=rules.redacted_result(entry.method, entry.result),
            )
        case TokenChecked():
            return replace(entry, checks=tuple(_redacted_row(row) for row in entry.checks))
        case Left():
            url = None if entry.url is None else rules.redacted_url(entry.url)
            return replace(entry, url=url, detail=rules.redacted_detail(entry.detail))
        case CameBack():
            return replace(entry, detail=rules.redacted_detail(entry.detail))
        case LineReached():
            changes = {name: _QUOTED.sub(_HIDDEN, text) for name, text in entry.changes.items()}
            return replace(entry, changes=changes)
        case ProfileWritten() | TokensIssued():
            return _redacted_end(entry)
        case _:
            return entry


def _redacted_end(entry: ProfileWritten | TokensIssued) -> RecordEntry:
    match entry:
        case ProfileWritten():
            return replace(
                entry,
                user_metadata={key: rules.concealed(v) for key, v in entry.user_metadata.items()},
                app_metadata={key: rules.concealed(v) for key, v in entry.app_metadata.items()},
            )
        case TokensIssued():
            id_token = None if entry.id_token is None else rules.redacted_claims(entry.id_token)
            access_token = rules.redacted_claims(entry.access_token)
            return replace(entry, id_token=id_token, access_token=access_token)
        case _:
            assert_never(entry)


def _redacted_row(row: TokenCheck) -> TokenCheck:
    """Hide the values that the rows ``state`` and ``sub`` compare; words about them stay."""
    if row.check not in ("state", "sub"):
        return row
    in_words = row.got == f"no {row.check}" or row.got.startswith("not readable: ")
    return replace(row, expected=MASK, got=row.got if in_words else MASK)


def _hidden_in_entry(before: RecordEntry, after: RecordEntry) -> Iterator[str]:
    match before, after:
        case CallMade(), CallMade():
            yield from _hidden([*before.args, before.result], [*after.args, after.result])
        case TokenChecked(), TokenChecked():
            for old, new in zip(before.checks, after.checks, strict=True):
                yield from _hidden([old.expected, old.got], [new.expected, new.got])
        case Left(), Left():
            yield from _hidden(before.detail, after.detail)
            yield from _query_values(before.url)
        case CameBack(), CameBack():
            yield from _hidden(before.detail, after.detail)
        case ProfileWritten(), ProfileWritten():
            yield from _hidden(before.user_metadata, after.user_metadata)
            yield from _hidden(before.app_metadata, after.app_metadata)
        case TokensIssued(), TokensIssued():
            yield from _hidden(before.id_token, after.id_token)
            yield from _hidden(before.access_token, after.access_token)
        case _:
            pass


def _hidden(before: JsonValue, after: JsonValue) -> Iterator[str]:
    """Yield the texts of one value that the other, of the same shape, hides."""
    if isinstance(before, str):
        if after != before:
            yield before
    elif isinstance(before, dict) and isinstance(after, dict):
        for key, member in before.items():
            yield from _hidden(member, after[key])
    elif isinstance(before, list) and isinstance(after, list):
        for old, new in zip(before, after, strict=True):
            yield from _hidden(old, new)


def _query_values(url: str | None) -> Iterator[str]:
    if url is not None:
        yield from (value for _, value in parse_qsl(urlsplit(url).query))
