"""The cache of flows in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.extension_points import CacheChange, CacheRecord, CacheScope


class MemoryCacheStore:
    """Keeps each flow's cache until the process ends; answers at once, without an awaitable.

    Guarantees: a change is applied whole; one flow never sees another's records (security.md 22).
    """

    def __init__(self) -> None:
        """Start empty."""
        self._records: dict[CacheScope, dict[str, CacheRecord]] = {}

    def read(self, scope: CacheScope) -> Mapping[str, CacheRecord]:
        """Return a copy of every record, expired ones too."""
        return dict(self._records.get(scope, {}))

    def commit(self, change: CacheChange) -> None:
        """Apply what a handler changed."""
        records = dict(self._records.get(change.scope, {}))
        for key, record in change.records.items():
            if record is None:
                records.pop(key, None)
            else:
                records[key] = record
        self._records[change.scope] = records
