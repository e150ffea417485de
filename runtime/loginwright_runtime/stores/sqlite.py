"""The store in one SQLite file: suspended logins, users and the cache."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from typing_extensions import override

from loginwright_runtime.stores.clocks import SystemClock
from loginwright_runtime.stores.limits import MAX_SUSPENSIONS
from loginwright_runtime.stores.sqlite_cache import SqliteCache
from loginwright_runtime.stores.sqlite_database import Database
from loginwright_runtime.stores.sqlite_purge import purge
from loginwright_runtime.stores.sqlite_suspensions import SqliteSuspensions, SuspensionRules
from loginwright_runtime.stores.sqlite_thread import StoreThread
from loginwright_runtime.stores.sqlite_users import SqliteUsers

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from loginwright_runtime.extension_points import Clock


class SqliteStore:
    """One file with ``suspensions``, ``users`` and ``cache``, shared by any number of processes.

    Guarantees:

    - *Whole.* Each step is one transaction. A process killed between or within steps, a full disk
      or a power cut leaves the state before the step or after it; suspensions, their ends and users
      are on disk before a call returns. The cache and claims survive the process only: a power cut
      ends every claim's lease anyway.
    - *Once.* Of many claims of a state, also from several processes, exactly one wins; it names the
      browser that left. Its lease runs in monotonic time, which all processes of a machine share; a
      lease from before the machine was started anew has lapsed. Every later transition checks the
      claim. Suspending and resuming a login takes three commits, fewer when logins wait for the
      disk together.
    - *Ended is ended.* A finished login, or a used state, is not kept again before its expiry.
    - *Little to steal.* Rows of suspensions hold digests, times, the flow's name and version,
      sealed bytes; versions of flows are kept once each. Profiles, their last writes (for a day)
      and the cache are readable in the file, which is 0600 in a 0700 folder (``sqlite_file``).
      Deleted rows are overwritten.
    - *Bounded.* What has expired is purged at the start, hourly, and at the end; at most 100,000
      logins are suspended at once.

    Expiry compares in the store's clock (security.md 28); give every opener of a file clocks that
    agree. Everything that touches the file happens on one thread, which starts with the first call
    and ends in ``aclose``. The file has to be on a local disk. Every fault of the file is a
    StoreError that names it and a remedy; nothing is lost by it, and the next call tries again.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        clock: Clock | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        busy_seconds: float = 5.0,
        max_suspensions: int = MAX_SUSPENSIONS,
    ) -> None:
        """Remember where the file is; it is opened, or created, by the first call or ``open``.

        Args:
            path: The file; folders that are missing are created.
            clock: The store's time, asked on the store's thread; the machine's when left out.
            monotonic: Real time, in which leases lapse.
            busy_seconds: How long a step waits for another process before StoreError.
            max_suspensions: Suspended logins kept at most.
        """
        self._path = os.path.realpath(Path(path))
        self._monotonic = monotonic
        self._clock: Clock = clock or SystemClock()
        self._thread = StoreThread(
            Database(self._path, busy_seconds), self._purge, f"store {self._path}"
        )
        self.suspensions = SqliteSuspensions(
            self._thread,
            SuspensionRules(self._clock, monotonic, max_suspensions, f"The store {self._path}"),
        )
        self.users = SqliteUsers(self._thread, self._clock)
        self.cache = SqliteCache(self._thread, self._clock)

    @property
    def path(self) -> str:
        """The file, absolute and without links."""
        return self._path

    async def open(self) -> None:
        """Open the file now instead of with the first call; StoreError when it cannot be used."""
        await self._thread.read(lambda _connection: None)

    async def aclose(self) -> None:
        """Finish what was asked for, close the file, end the thread, also when cancelled."""
        await self._thread.aclose()

    async def __aenter__(self) -> Self:
        """Open the file."""
        try:
            await self.open()
        except BaseException:
            await self.aclose()
            raise
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file."""
        await self.aclose()

    @override
    def __repr__(self) -> str:
        return f"SqliteStore({self._path!r})"

    def _purge(self, database: Database) -> bool:
        return purge(database, self._clock, self._monotonic())
