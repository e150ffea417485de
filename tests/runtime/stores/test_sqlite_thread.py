"""The store's one thread: in order, committed together, off the loop, and gone when closed."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.errors import StoreError
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.stores.sqlite_database import Database, Durability
from loginwright_runtime.stores.sqlite_thread import StoreThread
from loginwright_runtime.testing.suspension_conformance import suspension
from loginwright_runtime.testing.user_conformance import user
from sqlite_probe import rows, watch

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


class Gate:
    """A step that holds the store's thread until it is opened."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._opened = threading.Event()

    def __call__(self, _connection: sqlite3.Connection) -> None:
        self._reached.set()
        self._opened.wait(timeout=30)

    async def reached(self) -> None:
        await asyncio.to_thread(self._reached.wait, 30)

    def open(self) -> None:
        self._opened.set()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "logins.db"


@pytest.fixture
async def thread(path: Path) -> AsyncIterator[StoreThread]:
    thread = StoreThread(Database(str(path), 5.0), lambda _database: False, "store")
    await thread.write(lambda connection: create(connection), Durability.DISK)
    yield thread
    await thread.aclose()


def create(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE note (text TEXT UNIQUE)")


def note(text: str) -> Callable[[sqlite3.Connection], str]:
    def write(connection: sqlite3.Connection) -> str:
        connection.execute("INSERT INTO note VALUES (?)", (text,))
        return text

    return write


def note_and_raise(error: Exception) -> Callable[[sqlite3.Connection], None]:
    def write(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO note VALUES ('never')")
        raise error

    return write


async def test_steps_that_wait_together_share_a_commit(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = watch(monkeypatch)
    thread = StoreThread(Database(str(path), 5.0), lambda _database: False, "store")
    await thread.write(create, Durability.DISK)
    before, gate = statements.commits, Gate()
    async with asyncio.TaskGroup() as group:
        group.create_task(thread.read(gate))
        await gate.reached()
        written = [
            group.create_task(thread.write(note(f"{number}"), Durability.DISK))
            for number in range(50)
        ]
        await asyncio.sleep(0)
        gate.open()
    await thread.aclose()
    assert [task.result() for task in written] == [f"{number}" for number in range(50)]
    assert rows(path, "SELECT count(*) FROM note") == [(50,)]
    assert statements.commits - before == 1


async def test_steps_that_share_a_commit_are_as_durable_as_any_of_them_needs(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = watch(monkeypatch)
    thread = StoreThread(Database(str(path), 5.0), lambda _database: False, "store")
    await thread.write(create, Durability.DISK)
    await thread.write(note("before"), Durability.SYSTEM)
    gate = Gate()
    held = asyncio.create_task(thread.read(gate))
    await gate.reached()
    waiting = asyncio.gather(
        thread.write(note("claimed"), Durability.SYSTEM),
        thread.write(note("ended"), Durability.DISK),
        thread.write(note("claimed too"), Durability.SYSTEM),
    )
    await asyncio.sleep(0)
    gate.open()
    await waiting
    await held
    await thread.aclose()
    levels_and_commits = [
        text for text in statements.seen if text == "COMMIT" or text.startswith("PRAGMA sync")
    ]
    assert levels_and_commits[-4:] == [
        "PRAGMA synchronous = NORMAL",
        "COMMIT",
        "PRAGMA synchronous = FULL",
        "COMMIT",
    ]
    assert rows(path, "SELECT count(*) FROM note") == [(4,)]


@pytest.mark.parametrize("again", ["a", "d"], ids=["SQLite refuses one", "one raises"])
async def test_step_that_fails_takes_none_of_the_others_with_it(
    thread: StoreThread, path: Path, again: str
) -> None:
    gate = Gate()
    held = asyncio.create_task(thread.read(gate))
    await gate.reached()
    steps = [note("a"), note_and_raise(ValueError("on purpose")), note("b"), note(again)]
    waiting = asyncio.gather(
        *(thread.write(step, Durability.DISK) for step in steps), return_exceptions=True
    )
    await asyncio.sleep(0)
    gate.open()
    answers = await waiting
    await held
    last = StoreError if again == "a" else str
    assert [type(answer) for answer in answers] == [str, ValueError, str, last]
    assert {text for (text,) in rows(path, "SELECT text FROM note")} == {"a", "b", again}


async def test_lone_step_that_fails_leaves_nothing(thread: StoreThread, path: Path) -> None:
    with pytest.raises(ValueError, match="on purpose"):
        await thread.write(note_and_raise(ValueError("on purpose")), Durability.DISK)
    assert rows(path, "SELECT * FROM note") == []
    await thread.write(note("later"), Durability.DISK)


async def test_steps_run_in_the_order_they_were_asked_for(thread: StoreThread) -> None:
    seen: list[int] = []
    gate = Gate()
    held = asyncio.create_task(thread.read(gate))
    await gate.reached()

    def remember(number: int) -> Callable[[sqlite3.Connection], None]:
        return lambda _connection: seen.append(number)

    waiting = asyncio.gather(
        thread.write(remember(1), Durability.DISK),
        thread.read(remember(2)),
        thread.write(remember(3), Durability.SYSTEM),
        thread.write(remember(4), Durability.DISK),
        *(thread.write(remember(number), Durability.DISK) for number in range(5, 200)),
    )
    await asyncio.sleep(0)
    gate.open()
    await waiting
    await held
    assert seen == list(range(1, 200))


async def test_caller_who_gave_up_waiting_in_the_queue_changes_nothing(
    thread: StoreThread, path: Path
) -> None:
    gate = Gate()
    held = asyncio.create_task(thread.read(gate))
    await gate.reached()
    given_up = asyncio.create_task(thread.write(note("given up"), Durability.DISK))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    gate.open()
    await held
    await thread.write(note("later"), Durability.DISK)
    assert rows(path, "SELECT text FROM note") == [("later",)]


async def test_loop_goes_on_while_the_file_is_busy(thread: StoreThread) -> None:
    gate = Gate()
    held = asyncio.create_task(thread.read(gate))
    await gate.reached()  # the thread stands still, and this test runs
    assert not held.done()
    gate.open()
    await held


async def test_idle_store_is_purged_again_and_again(path: Path) -> None:
    third = threading.Event()
    purges: list[int] = []

    def purge(_database: Database) -> bool:
        purges.append(1)
        if len(purges) == 3:
            third.set()
        return False

    thread = StoreThread(Database(str(path), 5.0), purge, "store", purge_seconds=0.001)
    await thread.read(lambda _connection: None)
    assert await asyncio.to_thread(third.wait, 30)
    await thread.aclose()


async def test_purge_that_finds_more_goes_on_at_once(path: Path) -> None:
    more = [True, True, False]
    thread = StoreThread(
        Database(str(path), 5.0), lambda _database: more.pop(0), "store", purge_seconds=3600
    )
    await thread.read(lambda _connection: None)
    while more:
        await thread.read(lambda _connection: None)
    more.append(False)  # for the purge of the end
    await thread.aclose()
    assert more == []


async def test_file_that_never_opened_is_not_purged(tmp_path: Path) -> None:
    purges: list[int] = []

    def purge(_database: Database) -> bool:
        purges.append(1)
        return False

    (tmp_path / "logins.db").mkdir()
    thread = StoreThread(Database(str(tmp_path / "logins.db"), 5.0), purge, "store")
    for _ in range(3):
        with pytest.raises(StoreError, match="no plain file"):
            await thread.write(create, Durability.DISK)
    await thread.aclose()
    assert purges == []


async def test_purge_that_fails_disturbs_nobody(path: Path) -> None:
    def purge(_database: Database) -> bool:
        raise StoreError("on purpose")

    thread = StoreThread(Database(str(path), 5.0), purge, "store")
    await thread.write(create, Durability.DISK)
    assert await thread.write(note("later"), Durability.DISK) == "later"
    await thread.aclose()


async def test_closing_waits_for_what_was_asked_for(path: Path) -> None:
    store = SqliteStore(path, clock=MovableClock())
    saving = asyncio.gather(*(store.suspensions.save(suspension(f"{n}")) for n in range(20)))
    await asyncio.sleep(0)
    await store.aclose()
    await saving
    assert rows(path, "SELECT count(*) FROM suspension") == [(20,)]


async def test_closing_that_is_given_up_closes_nevertheless(path: Path) -> None:
    before = set(threading.enumerate())
    thread = StoreThread(Database(str(path), 5.0), lambda _database: False, "store")
    gate = Gate()
    held = asyncio.create_task(thread.read(gate))
    await gate.reached()
    closing = [asyncio.create_task(thread.aclose()) for _ in range(2)]
    await asyncio.sleep(0)
    closing[0].cancel()
    await asyncio.sleep(0)
    assert not any(task.done() for task in closing)
    gate.open()
    await held
    await asyncio.wait(closing)
    assert closing[0].cancelled()
    assert {one for one in threading.enumerate() if one.name == "store"} <= before


def test_two_loops_that_begin_at_once_share_the_one_thread(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[threading.Thread] = []
    both = threading.Barrier(2)

    class Meeting(threading.Thread):
        """Is made when another one is, too, if ever one is."""

        def __init__(self, target: Callable[[], None], name: str, daemon: bool) -> None:
            super().__init__(target=target, name=name, daemon=daemon)
            made.append(self)
            with suppress(threading.BrokenBarrierError):
                both.wait(0.2)

    store = SqliteStore(path)
    where = SimpleNamespace(Thread=Meeting)
    monkeypatch.setattr("loginwright_runtime.stores.sqlite_thread.threading", where)
    with ThreadPoolExecutor(2) as loops:
        puts = [loops.submit(asyncio.run, store.users.put(user())) for _ in range(2)]
    asyncio.run(store.aclose())
    assert [put.exception() for put in puts] == [None, None]
    assert len(made) == 1


async def test_closed_store_has_no_thread_and_says_it_is_closed(path: Path) -> None:
    before = set(threading.enumerate())
    store = SqliteStore(path)
    await store.open()
    assert len(set(threading.enumerate()) - before) == 1
    await store.aclose()
    await store.aclose()
    assert set(threading.enumerate()) == before
    with pytest.raises(StoreError, match="is closed"):
        await store.users.put(user())


async def test_store_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    (tmp_path / "logins.db").mkdir()
    before = set(threading.enumerate())
    with pytest.raises(StoreError, match="no plain file"):
        async with SqliteStore(tmp_path / "logins.db"):
            pass
    assert set(threading.enumerate()) == before


def test_loop_that_closed_before_its_answer_came_disturbs_nobody(path: Path) -> None:
    thread = StoreThread(Database(str(path), 5.0), lambda _database: False, "store")
    gate = Gate()

    async def leave() -> None:
        held = asyncio.create_task(thread.read(gate))
        await gate.reached()
        assert not held.done()

    async def come_later() -> str:
        await thread.write(create, Durability.DISK)
        return await thread.write(note("later"), Durability.DISK)

    asyncio.run(leave())
    gate.open()
    assert asyncio.run(come_later()) == "later"
    asyncio.run(thread.aclose())


async def test_caller_who_gave_up_while_the_step_ran_is_told_nothing(
    thread: StoreThread, path: Path
) -> None:
    gate = Gate()

    def write(connection: sqlite3.Connection) -> None:
        gate(connection)
        note("done all the same")(connection)

    given_up = asyncio.create_task(thread.write(write, Durability.DISK))
    await gate.reached()
    given_up.cancel()
    gate.open()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    await thread.write(note("later"), Durability.DISK)
    assert rows(path, "SELECT text FROM note") == [("done all the same",), ("later",)]


def test_store_serves_one_loop_after_another(path: Path) -> None:
    store = SqliteStore(path)
    asyncio.run(store.users.put(user()))
    asyncio.run(store.users.put(user(colour="teal")))
    asyncio.run(store.aclose())
    assert rows(path, "SELECT count(*) FROM user") == [(1,)]


def test_repr_names_the_file_only(path: Path) -> None:
    assert repr(SqliteStore(path)) == f"SqliteStore({str(path)!r})"
