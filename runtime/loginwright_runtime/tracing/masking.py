"""Takes secret values out of whatever is shown, logged or written down (security.md 23)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
from typing_extensions import override

from loginwright_runtime.tracing.contents import rewritten
from loginwright_runtime.tracing.secret_forms import MIN_PART_CHARACTERS, forms_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.tracing.record import RunRecord

MASK = "***"
MAX_DEPTH = 200


class Masker:
    """Replaces secret values by ``***``: values, never keys (contract.md, "Outcome").

    A whole string that equals a secret is replaced, and from 6 characters on also a part of one,
    in every form that ``secret_forms`` knows; so is a number that reads as such a secret. Where
    no secret is, which is nearly always, one search over the JSON bytes says so. What nests so
    deeply that it cannot be written as JSON is masked from the 200th level on.

    Args:
        secrets: Their values; empty ones hide nothing and are passed over.
    """

    __slots__ = (
        "_count",
        "_hints",
        "_pattern",
        "_quoted",
        "_search_all",
        "_source",
        "_text_hints",
        "_whole",
    )

    def __init__(self, secrets: Iterable[str]) -> None:
        distinct = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        forms = [forms_of(secret) for secret in distinct]
        parts = [form for form in forms if form.pattern is not None]
        short = [secret for secret in distinct if len(secret) < MIN_PART_CHARACTERS]
        self._count = len(distinct)
        self._whole = frozenset[str]().union(*(form.whole for form in forms))
        self._quoted = tuple(
            orjson.dumps(text) for secret in short for text in forms_of(secret).whole
        )
        self._search_all = any(not form.hints for form in parts)
        self._hints = tuple(dict.fromkeys(hint for form in parts for hint in form.hints))
        self._text_hints = tuple(hint.decode("ascii") for hint in self._hints)
        self._source = "|".join(form.pattern for form in parts if form.pattern is not None)
        self._pattern: re.Pattern[str] | None = None

    @override
    def __repr__(self) -> str:
        return f"Masker({self._count} secrets)"

    @property
    def hides_nothing(self) -> bool:
        """Whether there is no secret to look for."""
        return not self._count

    def text(self, text: str) -> str:
        """Return a text without secrets."""
        if text in self._whole:
            return MASK
        if self._search_all or any(hint in text for hint in self._text_hints):
            return self._compiled().sub(MASK, text)
        return text

    def json(self, value: JsonValue) -> JsonValue:
        """Return a JSON value without secrets in its values; itself where there are none."""
        try:
            data = orjson.dumps(value)
        except orjson.JSONEncodeError:
            return self._walk(value, 0)
        return self._walk(value, 0) if self.may_stand_in(data) else value

    def object(self, value: JsonObject) -> JsonObject:
        """Return a JSON object without secrets in its values."""
        masked = self.json(value)
        return masked if isinstance(masked, dict) else {}

    def finds(self, value: JsonValue) -> bool:
        """Tell whether a secret stands in a value, for the warning ``secret-in-output``."""
        return self.json(value) != value

    def may_stand_in(self, data: bytes) -> bool:
        """Tell whether JSON text may hold a secret; False is certain.

        Args:
            data: Compact JSON in UTF-8, as orjson writes it.
        """
        if not self._count:
            return False
        if self._search_all:
            return True
        return any(hint in data for hint in self._hints) or any(
            quoted in data for quoted in self._quoted
        )

    def _compiled(self) -> re.Pattern[str]:
        """Return the pattern; compiled when a hint was found, hence nearly never."""
        if self._pattern is None:
            self._pattern = re.compile(self._source)
        return self._pattern

    def _walk(self, value: JsonValue, depth: int) -> JsonValue:
        if isinstance(value, str):
            return self.text(value)
        if depth > MAX_DEPTH:
            return MASK
        if isinstance(value, dict):
            return {key: self._walk(member, depth + 1) for key, member in value.items()}
        if isinstance(value, list):
            return [self._walk(item, depth + 1) for item in value]
        return MASK if self._is_secret_number(value) else value

    def _is_secret_number(self, value: JsonValue) -> bool:
        text = str(value)
        return len(text) >= MIN_PART_CHARACTERS and text in self._whole


def masked(record: RunRecord, masker: Masker) -> RunRecord:
    """Return a record without secrets in its entries and events; itself where there are none."""
    events = tuple(_masked_event(event, masker) for event in record.events)
    if not _may_stand_in_entries(record, masker):
        return record if events == record.events else replace(record, events=events)
    entries = tuple(rewritten(entry, masker) for entry in record.entries)
    return replace(record, entries=entries, events=events)


def _masked_event(event: bytes, masker: Masker) -> bytes:
    if not masker.may_stand_in(event):
        return event
    return orjson.dumps(masker.json(orjson.loads(event)))


def _may_stand_in_entries(record: RunRecord, masker: Masker) -> bool:
    try:
        return masker.may_stand_in(orjson.dumps(record.entries))
    except orjson.JSONEncodeError:
        return True
