"""The flow's cache as one handler sees it (reference §4.5): its own changes over the store's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.api.call import UNDEFINED
from loginwright_runtime.extension_points import CacheRecord

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

MAX_ENTRIES = 20
MAX_KEY_BYTES = 64
MAX_VALUE_BYTES = 4 * 1024
MAX_TOTAL_BYTES = 8 * 1024
DEFAULT_LIFE_MS = 15 * 60 * 1000
MAX_LIFE_MS = 24 * 60 * 60 * 1000


@dataclass(slots=True)
class CacheView:
    """Reads and changes of one handler.

    Attributes:
        stored: The flow's records as the store has them.
        now_ms: The login's clock, epoch milliseconds.
        changes: What this handler set or deleted; None deletes.
    """

    stored: Mapping[str, CacheRecord]
    now_ms: int
    changes: dict[str, CacheRecord | None] = field(default_factory=dict[str, CacheRecord | None])

    def _live(self) -> dict[str, CacheRecord]:
        merged: dict[str, CacheRecord | None] = {**self.stored, **self.changes}
        return {
            key: record
            for key, record in merged.items()
            if record is not None and record.expires_at > self.now_ms
        }

    def get(self, key: str) -> JsonObject:
        """Return ``{value, expires_at}``, or undefined for a missing or expired key."""
        record = self._live().get(key)
        return UNDEFINED if record is None else record_json(record)

    def set(self, key: str, value: JsonValue, options: JsonObject) -> JsonObject:
        """Keep a string; answers as the platform does and never throws."""
        if not isinstance(value, str):
            return _error("FailedToSetCacheRecord")
        expires_at = self._expiry(options)
        if isinstance(expires_at, str):
            return _error(expires_at)
        record = CacheRecord(value, expires_at)
        code = self._size_error(key, record)
        if code is not None:
            return _error(code)
        self.changes[key] = record
        return {"type": "success", "record": record_json(record)}

    def delete(self, key: str) -> JsonObject:
        """Remove a key; a missing one is an error code."""
        if key not in self._live():
            return _error("CacheKeyDoesNotExist")
        self.changes[key] = None
        return {"type": "success"}

    def _expiry(self, options: JsonObject) -> int | str:
        """Return epoch milliseconds or an error code; of two given the earlier counts."""
        moments: list[int] = []
        for name, base in (("ttl", self.now_ms), ("expires_at", 0)):
            given = options.get(name)
            if given is None:
                continue
            if isinstance(given, bool) or not isinstance(given, int | float):
                return "InvalidExpiry"
            moments.append(base + int(given))
        moment = min(moments, default=self.now_ms + DEFAULT_LIFE_MS)
        if moment <= self.now_ms:
            return "ItemAlreadyExpired"
        return min(moment, self.now_ms + MAX_LIFE_MS)

    def _size_error(self, key: str, record: CacheRecord) -> str | None:
        if len(key.encode()) > MAX_KEY_BYTES:
            return "CacheKeySizeExceeded"
        if len(record.value.encode()) > MAX_VALUE_BYTES:
            return "CacheValueSizeExceeded"
        live = {**self._live(), key: record}
        if len(live) > MAX_ENTRIES:
            return "MaxSideEffectsExceeded"
        total = sum(len(name.encode()) + len(kept.value.encode()) for name, kept in live.items())
        return "CacheSizeExceeded" if total > MAX_TOTAL_BYTES else None


def record_json(record: CacheRecord) -> JsonObject:
    """Return a record as actions see it."""
    return {"value": record.value, "expires_at": record.expires_at}


def _error(code: str) -> JsonObject:
    return {"type": "error", "code": code}
