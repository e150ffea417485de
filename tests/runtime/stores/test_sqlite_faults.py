"""When the file fails, the error says which, why and what to do, and nothing is lost."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from typing_extensions import override

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import (
    ClaimedSuspension,
    ClaimRefused,
    Finish,
    UserQuery,
)
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.stores.sqlite_errors import must_reopen, store_error
from loginwright_runtime.testing.suspension_conformance import claim, digest, suspension
from loginwright_runtime.testing.user_conformance import change, user, writing
from sqlite_probe import rows, watch

if TYPE_CHECKING:
    from collections.abc import Iterator

START = suspension("1").expires_at - 3600
PROCESS = Path(__file__).with_name("store_process.py")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "logins.db"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
def holder(path: Path, clock: MovableClock) -> Iterator[sqlite3.Connection]:
    """Another program's connection to a file that holds one login."""

    async def prepare() -> None:
        async with SqliteStore(path, clock=clock) as store:
            await store.suspensions.save(suspension("1"))

    asyncio.run(prepare())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


async def in_a_process(path: Path, *arguments: str) -> Any:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PROCESS), str(path), *arguments, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(printed)


async def save_until_it_fails(store: SqliteStore, saved: list[str]) -> StoreError:
    for number in range(1000):
        try:
            await store.suspensions.save(suspension(f"{number}"))
        except StoreError as error:
            return error
        saved.append(f"{number}")
    pytest.fail("The disk was never full.")


def move(path: Path, other: Path) -> None:
    path.rename(other)


def set_mode(path: Path, mode: int) -> None:
    path.chmod(mode)


def overwrite_all_but_the_first_page(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def assert_names(error: StoreError, path: Path, reason: str, remedy: str) -> None:
    assert str(path) in str(error)
    assert reason in str(error)
    assert remedy in error.remedy


# --- held by somebody else ------------------------------------------------------------------------


async def test_file_that_another_process_holds_is_waited_for_and_then_named(
    path: Path, clock: MovableClock, holder: sqlite3.Connection
) -> None:
    async with SqliteStore(path, clock=clock, busy_seconds=0.05) as store:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as held:
            await store.suspensions.claim(claim("1"))
        assert_names(held.value, path, "another process holds it", "try again")
        holder.execute("COMMIT")
        assert isinstance(await store.suspensions.claim(claim("1")), ClaimedSuspension)


async def test_purge_does_not_wait_for_another_process(
    path: Path, clock: MovableClock, holder: sqlite3.Connection
) -> None:
    clock.advance(3600)
    holder.execute("BEGIN IMMEDIATE")
    async with SqliteStore(path, clock=clock, busy_seconds=60) as store:
        await store.open()  # after the purge of the start
    holder.execute("COMMIT")  # and after that of the end
    assert rows(path, "SELECT count(*) FROM suspension") == [(1,)]
    async with SqliteStore(path, clock=clock):
        pass
    assert rows(path, "SELECT count(*) FROM suspension") == [(0,)]


async def test_all_who_wait_together_are_told_at_once(
    path: Path, clock: MovableClock, holder: sqlite3.Connection
) -> None:
    async with SqliteStore(path, clock=clock, busy_seconds=0.05) as store:
        await store.open()
        holder.execute("BEGIN IMMEDIATE")
        answers = await asyncio.gather(
            *(store.suspensions.save(suspension(f"{number}")) for number in range(2, 40)),
            return_exceptions=True,
        )
        holder.execute("COMMIT")
    assert {type(answer) for answer in answers} == {StoreError}


async def test_reading_goes_on_while_another_process_writes(
    path: Path, clock: MovableClock, holder: sqlite3.Connection
) -> None:
    holder.execute("BEGIN IMMEDIATE")
    async with SqliteStore(path, clock=clock, busy_seconds=60) as store:
        assert await store.users.read(UserQuery("auth0|ada")) is None
    holder.execute("COMMIT")


async def test_file_locked_as_a_whole_cannot_be_opened(
    path: Path, clock: MovableClock, holder: sqlite3.Connection
) -> None:
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("COMMIT")
    store = SqliteStore(path, clock=clock, busy_seconds=0.05)
    with pytest.raises(StoreError) as held:
        await store.open()
    await store.aclose()
    assert_names(held.value, path, "another process holds it", "End the process")


async def test_new_file_that_another_process_is_preparing_is_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crowded(sqlite3.Connection):
        refused: ClassVar[int] = 0

        @override
        def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
            if sql == "PRAGMA journal_mode = WAL" and Crowded.refused < 3:
                Crowded.refused += 1
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode = sqlite3.SQLITE_BUSY
                raise error
            return super().execute(sql, values)

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Crowded))
    async with SqliteStore(path) as store:
        await store.users.put(user())
    assert Crowded.refused == 3


# --- full -----------------------------------------------------------------------------------------


async def test_full_disk_keeps_what_was_kept(
    path: Path, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(monkeypatch, "PRAGMA max_page_count = 60")
    saved: list[str] = []
    async with SqliteStore(path, clock=clock) as store:
        await store.users.put(user())
        error = await save_until_it_fails(store, saved)
        assert_names(error, path, "the disk is full", "Free some space")
        first = await store.suspensions.claim(claim(saved[0]))
        assert first == ClaimedSuspension(suspension(saved[0]), "claim")
        refused = await store.suspensions.claim(claim(f"{len(saved)}"))
        assert refused == ClaimRefused("unknown")
    monkeypatch.undo()
    async with SqliteStore(path, clock=clock) as store:
        for name in saved[1:]:
            again = await store.suspensions.claim(claim(name))
            assert again == ClaimedSuspension(suspension(name), "claim")


async def test_login_that_finds_no_room_to_leave_again_can_still_end(
    path: Path, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
    pages = rows(path, "PRAGMA page_count")[0][0]
    watch(monkeypatch, f"PRAGMA max_page_count = {pages + 2}")
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.claim(claim("1"))
        with pytest.raises(StoreError, match="the disk is full"):
            await store.users.put(user(large="x" * 100_000))
        assert await store.suspensions.settle(Finish(digest("1"), "claim"))


async def test_disk_that_refuses_to_write_keeps_what_was_kept(
    path: Path, clock: MovableClock
) -> None:
    result = await in_a_process(path, "save-until-full", "300000")
    assert "Free some space" in result["remedy"]
    assert str(path) in result["error"]
    assert len(result["saved"]) > 10
    async with SqliteStore(path, clock=clock) as store:
        for name in (*result["saved"], "after"):
            again = await store.suspensions.claim(claim(name))
            assert again == ClaimedSuspension(suspension(name), "claim")


# --- not ours to write ----------------------------------------------------------------------------


async def test_file_that_cannot_be_written_is_named(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
    set_mode(path, 0o400)
    result = await in_a_process(path, "save-without-privilege", "2")
    assert str(path) in result["error"]
    assert "cannot be written" in result["error"]
    assert "write permission" in result["remedy"]
    set_mode(path, 0o600)
    async with SqliteStore(path, clock=clock) as store:
        assert isinstance(await store.suspensions.claim(claim("1")), ClaimedSuspension)


async def test_folder_that_cannot_be_written_is_named(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
    set_mode(path.parent, 0o500)
    result = await in_a_process(path, "save-without-privilege", "2")
    set_mode(path.parent, 0o700)
    assert str(path) in result["error"]
    assert "folder" in result["remedy"]


async def test_folder_that_cannot_be_written_takes_no_new_file(tmp_path: Path) -> None:
    set_mode(tmp_path, 0o500)
    result = await in_a_process(tmp_path / "new.db", "save-without-privilege", "2")
    set_mode(tmp_path, 0o700)
    assert str(tmp_path / "new.db") in result["error"]
    assert "Permission denied" in result["error"]
    assert "may write to" in result["remedy"]


async def test_file_that_may_not_be_read_is_named(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock):
        pass
    set_mode(path, 0o000)
    result = await in_a_process(path, "save-without-privilege", "2")
    set_mode(path, 0o600)
    assert str(path) in result["error"]
    assert "read and write" in result["remedy"]


# --- gone or damaged while open -------------------------------------------------------------------


async def test_file_that_was_removed_is_missed_before_anything_is_written_to_nowhere(
    path: Path, clock: MovableClock
) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
        move(path, path.with_name("elsewhere.db"))
        with pytest.raises(StoreError, match="was removed or replaced") as missed:
            await store.suspensions.save(suspension("2"))
        assert "Put it back" in missed.value.remedy
        move(path.with_name("elsewhere.db"), path)
        await store.suspensions.save(suspension("2"))
        assert isinstance(await store.suspensions.claim(claim("1")), ClaimedSuspension)


async def test_damaged_file_is_named(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as store:
        for number in range(50):
            await store.suspensions.save(suspension(f"{number}"))
    overwrite_all_but_the_first_page(path)
    store = SqliteStore(path, clock=clock)
    with pytest.raises(StoreError) as damaged:
        await store.suspensions.claim(claim("1"))
    await store.aclose()
    assert_names(damaged.value, path, "it is damaged", "backup")


async def test_write_that_failed_can_be_repeated(
    path: Path, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(monkeypatch, "PRAGMA max_page_count = 40")
    write = writing("k", change("colour", "x" * 200_000))
    async with SqliteStore(path, clock=clock) as store:
        await store.users.put(user())
        with pytest.raises(StoreError, match="the disk is full"):
            await store.users.write(write)
        record = await store.users.read(UserQuery("auth0|ada"))
        assert record is not None
        assert record.profile == user()
    monkeypatch.undo()
    async with SqliteStore(path, clock=clock) as store:
        assert (await store.users.write(write)).skipped == ()


def test_fault_without_words_of_its_own_still_names_file_and_remedy() -> None:
    error = store_error("logins.db", sqlite3.OperationalError("odd"))
    assert str(error).startswith("The store logins.db cannot be used: SQLite reports Operational")
    assert error.remedy
    assert must_reopen(sqlite3.OperationalError("odd"))
