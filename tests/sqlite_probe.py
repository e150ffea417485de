"""Looks over SQLite's shoulder: what a store tells it, and what lies in its files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

_connect = sqlite3.connect

_MEMORY = Path("/dev/shm")
QUICK_FOLDER = _MEMORY if _MEMORY.is_dir() else None
"""Where to put many files that need no disk; None: where temporary files always go."""


@dataclass(slots=True)
class Statements:
    """Every statement that the connections opened since ``watch`` have begun."""

    seen: list[str] = field(default_factory=list)

    @property
    def commits(self) -> int:
        """How many transactions were committed."""
        return self.seen.count("COMMIT")


def watch(monkeypatch: pytest.MonkeyPatch, *first: str) -> Statements:
    """Record what is executed from now on; every new connection begins with ``first``."""
    statements = Statements()

    def connect(*args: Any, **keywords: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = _connect(*args, **keywords)
        for statement in first:
            connection.execute(statement).fetchall()
        connection.set_trace_callback(statements.seen.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect)
    return statements


def rows(path: Path, question: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the file as another program would."""
    with closing(_connect(path)) as connection:
        return connection.execute(question, values).fetchall()


def change(path: Path, *statements: str, values: Sequence[object] = ()) -> None:
    """Change the file as somebody who may write to it would."""
    with closing(_connect(path)) as connection:
        for statement in statements:
            connection.execute(statement, values)
        connection.commit()


def file_bytes(path: Path) -> bytes:
    """Return what lies in the file and the files beside it."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
