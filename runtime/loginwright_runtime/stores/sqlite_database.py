"""One connection to a store file: opened privately, written in whole transactions, purged."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

from loginwright_runtime.errors import StoreError
from loginwright_runtime.stores.sqlite_errors import is_busy, must_reopen, store_error
from loginwright_runtime.stores.sqlite_file import identity, prepare_file
from loginwright_runtime.stores.sqlite_schema import (
    MIGRATIONS,
    check_readable,
    migrate,
    pragma_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

_RETRY_SECONDS = 0.01
_SPARE_PAGES = 256  # a megabyte
_PAGES_AT_ONCE = 4096


class Durability(Enum):
    """What a commit waits for; the value is SQLite's ``synchronous``."""

    DISK = "FULL"
    """The disk has it, and all that was committed before it: a power cut loses none of it
    (suspensions, their ends, users)."""

    SYSTEM = "NORMAL"
    """The system has it: a killed process loses nothing (cache, claims of suspensions)."""


class Database:
    """A store file as its one thread sees it; every method is called on that thread."""

    def __init__(self, path: str, busy_seconds: float) -> None:
        """Remember where the file is; nothing is opened yet.

        Args:
            path: Absolute path without links.
            busy_seconds: How long to wait for another process before StoreError.
        """
        self._path = path
        self._busy_seconds = busy_seconds
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._durability = Durability.DISK

    def open(self) -> sqlite3.Connection:
        """Return the connection, opening the file first where that is due.

        Raises:
            StoreError: The file cannot be used; names it, the reason and the remedy.
        """
        if self._connection is None:
            prepare_file(self._path)
            self._connection = self._connect()
            self._identity = identity(self._path)
            self._durability = Durability.DISK
        return self._connection

    def close(self) -> None:
        """Close the connection; the last one to close takes the side files away."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """Give the connection for one statement that reads."""
        with self._readable_errors():
            yield self.open()

    @property
    def is_open(self) -> bool:
        """Whether the file is open."""
        return self._connection is not None

    @contextmanager
    def impatient(self) -> Generator[None]:
        """Give up at once, instead of waiting for another process, on whatever is done inside."""
        with self._readable_errors():
            connection = self.open()
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                yield
            finally:
                connection.execute(f"PRAGMA busy_timeout = {round(self._busy_seconds * 1000)}")

    @contextmanager
    def writing(self, durability: Durability) -> Generator[sqlite3.Connection]:
        """Give the connection inside a transaction: all of it is kept, or nothing.

        Raises:
            StoreError: The file cannot be written; the transaction has left no trace.
        """
        with self._readable_errors():
            connection = self.open()
            self._check_still_there()
            if durability is not self._durability:
                connection.execute(f"PRAGMA synchronous = {durability.value}")
                self._durability = durability
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def compact(self) -> bool:
        """Give freed pages back and cut the write-ahead log.

        The log holds what was deleted until it is cut (security.md 24). Some free pages stay for
        the next logins; of very many a part is given back, and the answer is True.
        """
        with self._readable_errors():
            connection = self.open()
            free = pragma_number(connection, "freelist_count") - _SPARE_PAGES
            if free > 0:
                # execute() would free a single page.
                connection.executescript(f"PRAGMA incremental_vacuum({min(free, _PAGES_AT_ONCE)})")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return 0 < pragma_number(connection, "freelist_count") - _SPARE_PAGES < free

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=self._busy_seconds, isolation_level=None, cached_statements=64
        )
        try:
            self._retry_while_busy(lambda: self._set_up(connection))
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_up(self, connection: sqlite3.Connection) -> None:
        check_readable(connection, self._path, len(MIGRATIONS))
        for pragma in (
            "secure_delete = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "temp_store = MEMORY",
            "journal_size_limit = 8388608",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        if pragma_number(connection, "user_version") == 0:
            # Takes effect in an empty file only, and would wait for a writer in any other.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        self._use_write_ahead_log(connection)
        connection.execute(f"PRAGMA synchronous = {Durability.DISK.value}")
        migrate(connection, self._path)

    def _use_write_ahead_log(self, connection: sqlite3.Connection) -> None:
        mode: object = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != ("wal",):
            raise StoreError(
                f"The store {self._path} cannot be used: its file system has no shared memory.",
                "Put the file on a local disk.",
                file=self._path,
            )

    def _retry_while_busy(self, work: Callable[[], None]) -> None:
        # SQLite does not wait when two processes turn the same new file to write-ahead logging.
        deadline = time.monotonic() + self._busy_seconds
        while True:
            try:
                return work()
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() >= deadline:
                    raise
            time.sleep(_RETRY_SECONDS)

    def _check_still_there(self) -> None:
        if self._identity != identity(self._path):
            self.close()
            raise StoreError(
                f"The store {self._path} was removed or replaced while it was open.",
                "Put it back; the next step opens what is there then.",
                file=self._path,
            )

    @contextmanager
    def _readable_errors(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if must_reopen(error):
                self.close()
            raise store_error(self._path, error) from error
        except (OverflowError, UnicodeEncodeError):
            raise StoreError(
                f"The store {self._path} cannot keep a value of this step.",
                "Numbers have at most 64 bits, texts are valid Unicode.",
                file=self._path,
            ) from None


def changed_one(connection: sqlite3.Connection, statement: str, values: Sequence[object]) -> bool:
    """Execute ``statement`` and tell whether it changed a row."""
    return connection.execute(statement, values).rowcount == 1
