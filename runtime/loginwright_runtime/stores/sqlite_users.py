"""User profiles in a store file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import (
    Clock,
    MetadataChange,
    ProfileWrite,
    UserQuery,
    UserRecord,
    WriteResult,
)
from loginwright_runtime.stores.json_bytes import decode, decode_object, encode
from loginwright_runtime.stores.limits import ANSWER_SECONDS, key_of_another_user
from loginwright_runtime.stores.profile_changes import apply_changes, user_id_of
from loginwright_runtime.stores.sqlite_database import Durability

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.stores.sqlite_thread import StoreThread


class SqliteUsers:
    """The ``UserStore`` of a ``SqliteStore``; its docstring states the guarantees."""

    def __init__(self, thread: StoreThread, clock: Clock) -> None:
        """Work on the store's thread."""
        self._thread = thread
        self._clock = clock

    async def put(self, profile: JsonObject, *, blocked: bool = False) -> None:
        """Keep ``profile`` in place of the user's former one; on disk when this returns.

        Raises:
            StoreError: It has no ``user_id``, is no JSON, or the file failed.
        """
        row = (user_id_of(profile), encode(profile, "The profile"), blocked)
        await self._thread.write(lambda connection: _put(connection, row), Durability.DISK)

    async def remove(self, query: UserQuery) -> None:
        """Forget a user, and every answer about them; nothing happens when there is none."""
        await self._thread.write(
            lambda connection: _remove(connection, query.user_id), Durability.DISK
        )

    async def read(self, query: UserQuery) -> UserRecord | None:
        """Return the user, or None when there is none."""
        return await self._thread.read(lambda connection: _read(connection, query.user_id))

    async def write(self, write: ProfileWrite) -> WriteResult:
        """Apply the changes in one commit; a repetition of the key answers as the first did."""
        return await self._thread.write(
            lambda connection: _write(connection, write, self._clock.now()), Durability.DISK
        )


def _put(connection: sqlite3.Connection, row: tuple[str, bytes, bool]) -> None:
    connection.execute(
        "INSERT INTO user (user_id, profile, blocked) VALUES (?, ?, ?) ON CONFLICT (user_id)"
        " DO UPDATE SET profile = excluded.profile, blocked = excluded.blocked",
        row,
    )


def _remove(connection: sqlite3.Connection, user_id: str) -> None:
    connection.execute("DELETE FROM user WHERE user_id = ?", (user_id,))
    connection.execute("DELETE FROM profile_write WHERE user_id = ?", (user_id,))


def _read(connection: sqlite3.Connection, user_id: str) -> UserRecord | None:
    row: tuple[object, ...] | None = connection.execute(
        "SELECT profile, blocked FROM user WHERE user_id = ?", (user_id,)
    ).fetchone()
    return None if row is None else _record(row)


def _write(connection: sqlite3.Connection, write: ProfileWrite, now: float) -> WriteResult:
    answer = _former_answer(connection, write)
    if answer is not None:
        return answer
    before = _read(connection, write.user_id)
    if before is None:
        return WriteResult(None)
    profile, skipped = apply_changes(before.profile, write.changes)
    content = encode(profile, "The profile")
    _put(connection, (write.user_id, content, before.blocked))
    connection.execute(
        "INSERT INTO profile_write (idempotency_key, user_id, profile, blocked, skipped,"
        " keep_until) VALUES (?, ?, ?, ?, ?, ?)",
        (
            write.idempotency_key,
            write.user_id,
            content,
            before.blocked,
            encode([_change_to_json(change) for change in skipped], "The answer"),
            now + ANSWER_SECONDS,
        ),
    )
    return WriteResult(UserRecord(profile, before.blocked), skipped)


def _former_answer(connection: sqlite3.Connection, write: ProfileWrite) -> WriteResult | None:
    row: tuple[object, ...] | None = connection.execute(
        "SELECT profile, blocked, skipped, user_id FROM profile_write WHERE idempotency_key = ?",
        (write.idempotency_key,),
    ).fetchone()
    if row is None:
        return None
    if row[3] != write.user_id:
        raise key_of_another_user()
    return WriteResult(_record(row), _changes(decode(row[2], "A stored answer")))


def _record(row: Sequence[object]) -> UserRecord:
    return UserRecord(decode_object(row[0], "A stored profile"), bool(row[1]))


def _change_to_json(change: MetadataChange) -> JsonObject:
    return {
        "kind": change.kind,
        "key": change.key,
        "value": change.value,
        "expected": change.expected,
    }


def _changes(content: JsonValue) -> tuple[MetadataChange, ...]:
    return tuple(_change(member) for member in (content if isinstance(content, list) else [None]))


def _change(content: JsonValue) -> MetadataChange:
    match content:
        case {
            "kind": "user_metadata" | "app_metadata" as kind,
            "key": str(key),
            "value": value,
            "expected": expected,
        }:
            return MetadataChange(kind, key, value, expected)
        case _:
            raise StoreError("A stored answer is damaged.", "Restore the store from a backup.")
