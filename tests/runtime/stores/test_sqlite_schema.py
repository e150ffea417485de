"""A store file grows with Loginwright, and one that it does not know is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.errors import StoreError
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.stores.sqlite_schema import APPLICATION_ID, MIGRATIONS, migrate
from loginwright_runtime.testing.user_conformance import user
from sqlite_probe import change, rows

if TYPE_CHECKING:
    from pathlib import Path

NEXT = (*MIGRATIONS, ("CREATE TABLE later (a)", "INSERT INTO later VALUES (1)"))


async def test_new_file_carries_its_mark_and_version(tmp_path: Path) -> None:
    async with SqliteStore(tmp_path / "logins.db"):
        pass
    assert rows(tmp_path / "logins.db", "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert rows(tmp_path / "logins.db", "PRAGMA user_version") == [(len(MIGRATIONS),)]


async def test_older_file_becomes_a_newer_one_and_keeps_its_rows(tmp_path: Path) -> None:
    async with SqliteStore(tmp_path / "logins.db") as store:
        await store.users.put(user())
    with closing(sqlite3.connect(tmp_path / "logins.db", isolation_level=None)) as connection:
        migrate(connection, "logins.db", NEXT)
        migrate(connection, "logins.db", NEXT)
    assert rows(tmp_path / "logins.db", "SELECT a FROM later") == [(1,)]
    assert rows(tmp_path / "logins.db", "SELECT user_id FROM user") == [("auth0|ada",)]
    assert rows(tmp_path / "logins.db", "PRAGMA user_version") == [(len(NEXT),)]


async def test_file_of_a_newer_loginwright_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "logins.db"
    async with SqliteStore(path) as store:
        await store.users.put(user())
    change(path, "PRAGMA user_version = 7")
    before = path.read_bytes()
    store = SqliteStore(path)
    with pytest.raises(StoreError, match="has format 7") as refused:
        await store.open()
    await store.aclose()
    assert f"reads up to {len(MIGRATIONS)}" in str(refused.value)
    assert "newer Loginwright" in refused.value.remedy
    assert path.read_bytes() == before


async def test_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "logins.db"
    async with SqliteStore(path):
        pass
    broken = (*MIGRATIONS, ("CREATE TABLE later (a)", "INSERT INTO nowhere VALUES (1)"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, str(path), broken)
        assert not connection.in_transaction
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 'later'") == []
    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]


async def test_database_of_another_program_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    change(path, "CREATE TABLE bookmark (url TEXT)", "INSERT INTO bookmark VALUES ('x')")
    path.chmod(0o600)
    before = path.read_bytes()
    store = SqliteStore(path)
    with pytest.raises(StoreError, match="another program"):
        await store.open()
    await store.aclose()
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database, but long enough for one" * 40, b"short"])
async def test_file_that_is_no_database_is_refused_and_untouched(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    path.chmod(0o600)
    store = SqliteStore(path)
    with pytest.raises(StoreError, match="it is no SQLite file") as refused:
        await store.open()
    await store.aclose()
    assert str(path) in str(refused.value)
    assert "Name another file" in refused.value.remedy
    assert path.read_bytes() == content
