"""The tables of a store file, and how an older file becomes a newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.errors import StoreError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

APPLICATION_ID = 0x4C577374  # "LWst"; tells a store from any other SQLite file

_VERSION_1 = (
    # A login that is away. What a thief finds: digests, times, the flow, sealed bytes. The bytes
    # stand apart, so that a claim does not write them again.
    """CREATE TABLE suspension (
        state_digest TEXT PRIMARY KEY NOT NULL,
        browser_digest TEXT,
        transaction_id TEXT NOT NULL,
        flow_name TEXT NOT NULL,
        flow_version TEXT NOT NULL,
        expires_at REAL NOT NULL,
        sealed_login INTEGER NOT NULL,
        claim_id TEXT,
        lease_from REAL,
        lease_until REAL) WITHOUT ROWID""",
    "CREATE INDEX suspension_expiry ON suspension (expires_at)",
    "CREATE TABLE sealed_login (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
    # What stays of a state that was used or has expired.
    """CREATE TABLE tombstone (
        state_digest TEXT PRIMARY KEY NOT NULL,
        browser_digest TEXT,
        transaction_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('finished', 'left', 'expired')),
        until REAL NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX tombstone_transaction ON tombstone (transaction_id) WHERE kind = 'finished'",
    "CREATE INDEX tombstone_until ON tombstone (until)",
    "CREATE TABLE flow_archive (version TEXT PRIMARY KEY NOT NULL, archive BLOB NOT NULL)",
    """CREATE TABLE user (
        user_id TEXT PRIMARY KEY NOT NULL,
        profile BLOB NOT NULL,
        blocked INTEGER NOT NULL)""",
    # The answer to a profile write, for its repetition.
    """CREATE TABLE profile_write (
        idempotency_key TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL,
        profile BLOB NOT NULL,
        blocked INTEGER NOT NULL,
        skipped BLOB NOT NULL,
        keep_until REAL NOT NULL)""",
    "CREATE INDEX profile_write_until ON profile_write (keep_until)",
    "CREATE INDEX profile_write_user ON profile_write (user_id)",
    """CREATE TABLE cache (
        flow_name TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        keep_until REAL NOT NULL,
        PRIMARY KEY (flow_name, key)) WITHOUT ROWID""",
    "CREATE INDEX cache_until ON cache (keep_until)",
)

MIGRATIONS: Sequence[Sequence[str]] = (_VERSION_1,)
"""Entry n holds the statements that lead from version n to n + 1. Entries are only ever added."""


def check_readable(connection: sqlite3.Connection, path: str, newest: int) -> None:
    """Refuse a file that is another program's or of a newer Loginwright; change nothing.

    Raises:
        StoreError: Names the file and, where it is newer, both versions.
    """
    # In this order: another process may create the tables, and with them the mark, meanwhile.
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    application = pragma_number(connection, "application_id")
    version = pragma_number(connection, "user_version")
    if application != APPLICATION_ID and tables != (0,):
        raise StoreError(
            f"The store {path} cannot be used: it is the database of another program.",
            "Name another file.",
            file=path,
        )
    if version > newest:
        raise StoreError(
            f"The store {path} has format {version}; this Loginwright reads up to {newest}.",
            "Use a newer Loginwright, or name another file.",
            file=path,
        )


def migrate(
    connection: sqlite3.Connection, path: str, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> None:
    """Bring the file to the newest format, in one transaction or not at all.

    Raises:
        StoreError: The file is of a newer format.
    """
    if pragma_number(connection, "user_version") == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        check_readable(connection, path, len(migrations))  # another process may have been first
        for statements in migrations[pragma_number(connection, "user_version") :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def pragma_number(connection: sqlite3.Connection, name: str) -> int:
    """Return what ``PRAGMA name`` answers with a number."""
    row: tuple[object, ...] = connection.execute(f"PRAGMA {name}").fetchone()
    value = row[0]
    if not isinstance(value, int):  # pragma: no cover - SQLite answers these with numbers
        raise TypeError(f"PRAGMA {name} answered {type(value).__name__}.")
    return value
