"""What SQLite reports, in words an operator can act on."""

from __future__ import annotations

import sqlite3

from loginwright_runtime.errors import StoreError

_RETRY = "Nothing of this step was written; what was kept before is kept."

_WORDS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        "another process holds it",
        f"{_RETRY} End the process that has it open, or try again.",
    ),
    sqlite3.SQLITE_LOCKED: (
        "another connection holds it",
        f"{_RETRY} Try again.",
    ),
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        f"{_RETRY} Free some space and try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "it cannot be written",
        f"{_RETRY} Give the user of this process write permission to the file and its folder.",
    ),
    sqlite3.SQLITE_PERM: (
        "the system refuses access",
        f"{_RETRY} Give the user of this process the right to read and write it.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it, or a file beside it, cannot be opened",
        "Give the user of this process the right to read and write the file and its folder.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "it is no SQLite file",
        "Name another file, or move this one away.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "it is damaged",
        "Restore it from a backup, or move it away to begin with an empty store.",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk refuses to read or write (full, over a quota, or failing)",
        f"{_RETRY} Free some space or check the disk, then try again.",
    ),
}

_PRIMARY_CODE = 0xFF  # extended result codes carry the primary one in their lowest byte
_KEEPS_CONNECTION = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CONSTRAINT}
)


def store_error(path: str, error: sqlite3.Error) -> StoreError:
    """Return what ``error`` means for the file at ``path``, with a remedy."""
    reason, remedy = _WORDS.get(
        _code(error), (f"SQLite reports {_name(error)}", f"{_RETRY} Check the file and its disk.")
    )
    return StoreError(f"The store {path} cannot be used: {reason}.", remedy, file=path)


def must_reopen(error: sqlite3.Error) -> bool:
    """Tell whether the connection should be opened anew after ``error``."""
    return _code(error) not in _KEEPS_CONNECTION


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another connection was in the way."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _code(error: sqlite3.Error) -> int:
    code: object = getattr(error, "sqlite_errorcode", None)
    return code & _PRIMARY_CODE if isinstance(code, int) else sqlite3.SQLITE_ERROR


def _name(error: sqlite3.Error) -> str:
    name: object = getattr(error, "sqlite_errorname", None)
    return name if isinstance(name, str) else type(error).__name__
