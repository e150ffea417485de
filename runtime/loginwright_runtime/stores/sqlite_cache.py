"""The cache of flows in a store file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import CacheChange, CacheRecord, CacheScope
from loginwright_runtime.stores.sqlite_database import Durability

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from loginwright_runtime.stores.sqlite_thread import StoreThread


class SqliteCache:
    """The ``CacheStore`` of a ``SqliteStore``; its docstring states the guarantees."""

    def __init__(self, thread: StoreThread) -> None:
        """Work on the store's thread."""
        self._thread = thread

    async def read(self, scope: CacheScope) -> Mapping[str, CacheRecord]:
        """Return every record of the flow, expired ones too."""
        return await self._thread.read(lambda connection: _read(connection, scope))

    async def commit(self, change: CacheChange) -> None:
        """Apply what a handler changed in one commit; a power cut may lose it whole."""
        await self._thread.write(lambda connection: _commit(connection, change), Durability.SYSTEM)


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


def _commit(connection: sqlite3.Connection, change: CacheChange) -> None:
    flow = change.scope.flow_name
    connection.executemany(
        "DELETE FROM cache WHERE flow_name = ? AND key = ?",
        [(flow, key) for key in change.records],
    )
    connection.executemany(
        "INSERT INTO cache (flow_name, key, value, expires_at) VALUES (?, ?, ?, ?)",
        [
            (flow, key, record.value, record.expires_at)
            for key, record in change.records.items()
            if record is not None
        ],
    )
