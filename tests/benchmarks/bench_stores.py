"""Suspending and resuming in the store file, against the least that could keep 8 kB durably.

The floor has one table, three bare commits (insert, update with a read, delete) under the same
pragmas, and the same way to a thread and back. Both take turns in one run.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.table import Row
from loginwright_runtime.extension_points import ClaimedSuspension, Finish, SavedSuspension
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing.suspension_conformance import claim, digest, suspension

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SEALED_BYTES = 8_000
ARCHIVE = bytes(60_000)
TURNS = 300
AWAY = 10_000
TOGETHER = 64

PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")


class Floor:
    """Three bare commits on a thread."""

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._thread.submit(self._open, path).result()

    def _open(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(
            "CREATE TABLE login (state TEXT PRIMARY KEY, sealed BLOB, claim TEXT)"
        )

    async def one_login(self, name: str) -> None:
        """Insert, claim and delete one row."""
        loop, sealed = asyncio.get_running_loop(), os.urandom(SEALED_BYTES)
        for step, values in (
            (self._insert, (digest(name), sealed)),
            (self._claim, ("claim", digest(name))),
            (self._delete, (digest(name), "claim")),
        ):
            await loop.run_in_executor(self._thread, step, values)

    def _insert(self, values: tuple[object, ...]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO login (state, sealed) VALUES (?, ?)", values)
        self._connection.execute("COMMIT")

    def _claim(self, values: tuple[object, ...]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "UPDATE login SET claim = ? WHERE state = ? AND claim IS NULL", values
        )
        self._connection.execute("SELECT sealed FROM login WHERE state = ?", values[1:]).fetchone()
        self._connection.execute("COMMIT")

    def _delete(self, values: tuple[object, ...]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("DELETE FROM login WHERE state = ? AND claim = ?", values)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file and end the thread."""
        self._thread.submit(lambda: self._connection.close()).result()
        self._thread.shutdown()


def login(name: str) -> SavedSuspension:
    """Return a suspended login of usual size."""
    return replace(suspension(name), sealed=os.urandom(SEALED_BYTES), flow_archive=ARCHIVE)


async def one_login(store: SqliteStore, name: str) -> None:
    """Suspend, claim and finish one login."""
    await store.suspensions.save(login(name))
    known = frozenset({suspension(name).flow_version})
    claimed = await store.suspensions.claim(replace(claim(name), known_versions=known))
    if not isinstance(claimed, ClaimedSuspension):
        raise TypeError(f"The claim was refused: {claimed}.")
    await store.suspensions.settle(Finish(digest(name), "claim"))


async def timed(step: Callable[[], Awaitable[None]]) -> float:
    """Return how many microseconds the step takes."""
    begin = time.perf_counter()
    await step()
    return (time.perf_counter() - begin) * 1e6


async def rows() -> list[Row]:
    """Measure one login after another, many together, and with 10,000 away."""
    clock = MovableClock(suspension("1").expires_at - 3600)
    with TemporaryDirectory() as folder:
        floor = Floor(Path(folder, "floor.db"))
        async with SqliteStore(Path(folder, "store", "logins.db"), clock=clock) as store:
            await store.suspensions.save(login("always away"))  # keeps the flow's version there
            measured = await _in_turns(store, floor, "few away")
            together = await _together(store, median(measured[0]))
            memory = _peak_memory()
            await _send_away(store)
            grown = _peak_memory() - memory
            size = _size(store)
            crowded = await _in_turns(store, floor, "many away")
        floor.close()
    return [
        Row(
            "suspend, claim, finish (SQLite)",
            median(measured[0]),
            median(measured[1]),
            1.5,
            "floor: three bare commits of 8 kB on a thread",
        ),
        together,
        Row(
            f"the same with {AWAY:,} away",
            median(crowded[0]),
            median(measured[0]),
            1.3,
            f"floor: with one away; {size / AWAY / 1000:.1f} kB of disk a login of 8 kB, "
            f"{grown / 1e6:.1f} MB more memory",
        ),
    ]


async def _in_turns(store: SqliteStore, floor: Floor, name: str) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(TURNS):
        ours.append(await timed(partial(one_login, store, f"{name} {turn}")))
        theirs.append(await timed(partial(floor.one_login, f"{name} {turn}")))
    return ours, theirs


async def _together(store: SqliteStore, alone_us: float) -> Row:
    async def many(turn: int) -> None:
        await asyncio.gather(*(one_login(store, f"{turn}.{number}") for number in range(TOGETHER)))

    each = [await timed(partial(many, turn)) / TOGETHER for turn in range(10)]
    return Row(
        f"{TOGETHER} logins at once, each",
        median(each),
        alone_us,
        1.0,
        "floor: one after another; waiting steps share a commit",
    )


async def _send_away(store: SqliteStore) -> None:
    for first in range(0, AWAY, 100):
        await asyncio.gather(
            *(
                store.suspensions.save(login(f"away {number}"))
                for number in range(first, first + 100)
            )
        )


def _size(store: SqliteStore) -> int:
    return Path(store.path).stat().st_size


def _peak_memory() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
