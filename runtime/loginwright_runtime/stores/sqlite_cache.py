"""The cache of flows in a store file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import CacheChange, CacheRecord, CacheScope, Clock
from loginwright_runtime.stores.limits import CACHE_SECONDS
from loginwright_runtime.stores.sqlite_database import Durability

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from loginwright_runtime.stores.sqlite_thread import StoreThread


class SqliteCache:
    """The ``CacheStore`` of a ``SqliteStore``; its docstring states the guarantees."""

    def __init__(self, thread: StoreThread, clock: Clock) -> None:
        """Work on the store's thread."""
        self._thread = thread
        self._clock = clock

    async def read(self, scope: CacheScope) -> Mapping[str, CacheRecord]:
        """Return every record of the flow, expired ones too."""
        return await self._thread.read(lambda connection: _read(connection, scope))

    async def commit(self, change: CacheChange) -> None:
        """Apply what a handler changed in one commit; a power cut may lose it whole.

        A record leaves the file a day after this, whatever its expiry says: that is in the time
        of the login, which a scenario may have moved.
        """
        await self._thread.write(
            lambda connection: _commit(connection, change, self._clock.now()), Durability.SYSTEM
        )


def _read(connection: sqlite3.Connection, scope: CacheScope) -> dict[str, CacheRecord]:
    rows: list[tuple[object, ...]] = connection.execute(
        "SELECT key, value, expires_at FROM cache WHERE flow_name = ?", (scope.flow_name,)
    ).fetchall()
    records: dict[str, CacheRecord] = {}
    for row in rows:
        match row:
            case (str(key), str(value), int(expires_at)):
                records[key] = CacheRecord(value, expires_at)
            case _:
                continue  # a damaged record is as good as none
    return records


def _commit(connection: sqlite3.Connection, change: CacheChange, now: float) -> None:
    flow = change.scope.flow_name
    connection.executemany(
        "DELETE FROM cache WHERE flow_name = ? AND key = ?",
        [(flow, key) for key in change.records],
    )
    connection.executemany(
        "INSERT INTO cache (flow_name, key, value, expires_at, keep_until) VALUES (?, ?, ?, ?, ?)",
        [
            (flow, key, record.value, record.expires_at, now + CACHE_SECONDS)
            for key, record in change.records.items()
            if record is not None
        ],
    )
