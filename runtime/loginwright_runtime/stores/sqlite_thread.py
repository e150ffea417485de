"""The one thread of a store: takes steps from any event loop and commits them together."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from queue import Empty, SimpleQueue
from typing import TypeAlias, TypeVar, cast

from loginwright_runtime.errors import StoreError
from loginwright_runtime.stores.limits import PURGE_SECONDS
from loginwright_runtime.stores.sqlite_database import Database, Durability

T = TypeVar("T")
Step: TypeAlias = Callable[[sqlite3.Connection], T]

_MOST_TOGETHER = 64
_RETRY_SECONDS = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class _Errand:
    """A step and the future of whoever waits for it, which belongs to that one's loop."""

    step: Step[object]
    durability: Durability | None  # None: it only reads
    done: asyncio.Future[object]

    @property
    def is_wanted(self) -> bool:
        return not self.done.cancelled()

    def answer(self, answer: _Answer) -> None:
        """Give the answer from the store's thread; a loop that was closed wants none."""
        with suppress(RuntimeError):
            self.done.get_loop().call_soon_threadsafe(answer.give, self.done)


@dataclass(frozen=True, slots=True, eq=False)
class _Stop:
    done: Future[None] = field(default_factory=Future[None])


@dataclass(frozen=True, slots=True)
class _Answer:
    result: object = None
    error: Exception | None = None

    def give(self, done: asyncio.Future[object]) -> None:
        """Give the answer in the loop that the future belongs to."""
        if done.done():
            return  # The caller was cancelled meanwhile.
        if self.error is None:
            done.set_result(self.result)
        else:
            done.set_exception(self.error)


class StoreThread:
    """Runs the steps of a store in the order in which they came, off the event loop.

    Steps that write and wait in the queue together share one commit, as durable as any of them
    needs, each inside its own savepoint:
    one that fails takes none of the others with it, and none is answered before the commit. The
    thread starts with the first step and ends in ``aclose``; between steps it purges hourly.
    """

    def __init__(
        self,
        database: Database,
        purge: Callable[[Database], bool],
        name: str,
        purge_seconds: float = PURGE_SECONDS,
    ) -> None:
        """Prepare the thread; nothing starts yet.

        Args:
            database: Used on this thread only.
            purge: Removes what has expired; True when there is more of it. A StoreError of it is
                dropped, and it is tried again after a minute: the next step meets the same fault
                and has somebody to tell.
            name: Name of the thread.
            purge_seconds: Time from the end of one purge to the next.
        """
        self._database = database
        self._purge = purge
        self._name = name
        self._purge_seconds = purge_seconds
        self._errands: SimpleQueue[_Errand | _Stop] = SimpleQueue()
        self._lock = threading.Lock()  # Loops of several threads may ask at once.
        self._thread: threading.Thread | None = None
        self._process = os.getpid()  # In which the thread was started; a fork has none of it.
        self._stop: _Stop | None = None
        self._closed = False

    async def write(self, step: Step[T], durability: Durability) -> T:
        """Run ``step`` inside a transaction and return its result once that is kept.

        A cancelled caller may leave the step done or not done, never half done.
        """
        return await self._ask(step, durability)

    async def read(self, step: Step[T]) -> T:
        """Run ``step`` outside a transaction and return its result."""
        return await self._ask(step, None)

    async def aclose(self) -> None:
        """Finish what was asked for, close the file and end the thread, also when cancelled.

        Again waits for the same. In a fork of the process that opened the file nothing is closed:
        that would take away the files beside it.
        """
        if self._is_parents:
            return
        with self._lock:
            self._closed = True
            thread = self._thread
            if thread is None:
                return
            if self._stop is None:
                self._stop = _Stop()
                self._errands.put(self._stop)
        ended = asyncio.wrap_future(self._stop.done)
        cancelled: asyncio.CancelledError | None = None
        while not ended.done():
            try:
                await asyncio.shield(ended)
            except asyncio.CancelledError as error:
                cancelled = error
        thread.join()
        if cancelled is not None:
            raise cancelled

    @property
    def _is_parents(self) -> bool:
        return self._thread is not None and self._process != os.getpid()

    async def _ask(self, step: Step[T], durability: Durability | None) -> T:
        if self._is_parents:  # Its lock may have been held when the process was forked.
            raise StoreError(
                f"The {self._name} was opened before this process was forked.",
                "Open a SqliteStore in each process, after the fork.",
            )
        errand = _Errand(step, durability, asyncio.get_running_loop().create_future())
        with self._lock:  # Nothing comes after the stop, where nobody would answer it.
            if self._closed:
                raise StoreError(f"The {self._name} is closed.", "Open a new one.")
            if self._thread is None:
                self._process = os.getpid()
                self._thread = threading.Thread(target=self._serve, name=self._name, daemon=True)
                self._thread.start()
            self._errands.put(errand)
        return cast("T", await errand.done)

    # --- on the thread ----------------------------------------------------------------------

    def _serve(self) -> None:
        next_purge = time.monotonic()
        stop: _Stop | None = None
        while stop is None:
            is_open = self._database.is_open
            errands, stop = self._take(next_purge - time.monotonic() if is_open else None)
            self._run(errands)
            if self._database.is_open and time.monotonic() >= next_purge:
                next_purge = time.monotonic() + self._purge_quietly()
        if self._database.is_open:
            self._purge_quietly()
        self._database.close()
        stop.done.set_result(None)

    def _take(self, patience: float | None) -> tuple[list[_Errand], _Stop | None]:
        """Return what waits; when nothing does, after ``patience`` seconds (None: never)."""
        errands: list[_Errand] = []
        try:
            errand = self._errands.get(timeout=None if patience is None else max(patience, 0))
            while not isinstance(errand, _Stop):
                errands.append(errand)
                if len(errands) == _MOST_TOGETHER:
                    return errands, None
                errand = self._errands.get_nowait()
        except Empty:
            return errands, None
        return errands, errand

    def _run(self, errands: Sequence[_Errand]) -> None:
        wanted = (errand for errand in errands if errand.is_wanted)
        for only_reads, group in groupby(wanted, key=lambda errand: errand.durability is None):
            if only_reads:
                for errand in group:
                    self._read_one(errand)
            else:
                self._write_all(list(group))

    def _read_one(self, errand: _Errand) -> None:
        try:
            with self._database.reading() as connection:
                answer = _Answer(errand.step(connection))
        except Exception as error:  # noqa: BLE001 - the thread's border: the caller gets it
            answer = _Answer(error=error)
        errand.answer(answer)

    def _write_all(self, errands: Sequence[_Errand]) -> None:
        if len(errands) > 1 and self._write_together(errands):
            return
        for errand in errands:
            self._write_one(errand)

    def _write_one(self, errand: _Errand) -> None:
        try:
            with self._database.writing(_needed([errand])) as connection:
                answer = _Answer(errand.step(connection))
        except Exception as error:  # noqa: BLE001 - the thread's border: the caller gets it
            answer = _Answer(error=error)
        errand.answer(answer)

    def _write_together(self, errands: Sequence[_Errand]) -> bool:
        """Commit the errands at once; False when the file failed one, and each has to be alone."""
        begun = False
        try:
            with self._database.writing(_needed(errands)) as connection:
                begun = True
                answers = [_attempt(connection, errand.step) for errand in errands]
        except StoreError as error:
            if begun:
                return False
            answers = [_Answer(error=error)] * len(errands)
        for errand, answer in zip(errands, answers, strict=True):
            errand.answer(answer)
        return True

    def _purge_quietly(self) -> float:
        """Purge and return after how many seconds to do so again."""
        try:
            more = self._purge(self._database)
        except StoreError:
            return min(_RETRY_SECONDS, self._purge_seconds)
        return 0.0 if more else self._purge_seconds


def _needed(errands: Sequence[_Errand]) -> Durability:
    """Return what a commit of these waits for: as much as any of them needs."""
    needs_disk = any(errand.durability is Durability.DISK for errand in errands)
    return Durability.DISK if needs_disk else Durability.SYSTEM


def _attempt(connection: sqlite3.Connection, step: Step[object]) -> _Answer:
    connection.execute("SAVEPOINT step")
    try:
        answer = _Answer(step(connection))
    except sqlite3.Error:
        raise
    except Exception as error:  # noqa: BLE001 - the thread's border: the caller gets it
        connection.execute("ROLLBACK TO step")
        answer = _Answer(error=error)
    connection.execute("RELEASE step")
    return answer
