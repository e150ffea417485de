"""Puts a file in place whole, or leaves what stood there."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


def put_file(path: Path, data: bytes, mode: int) -> None:
    """Put a file in place in one step; through a link, what it leads to.

    Args:
        path: Where to; its folder has to exist.
        data: Its content.
        mode: Of the file; what the process masks is taken from it.

    Raises:
        OSError: It cannot be written; what stood there before stands there still.
    """
    real = Path(os.path.realpath(path))
    with fresh_file(real, data, mode) as fresh:
        fresh.replace(real)


def put_private(path: Path, data: bytes) -> None:
    """Put a file in place that only this user can read; folders that it lacks are made so too.

    Args:
        path: Where to.
        data: Its content.

    Raises:
        OSError: It cannot be written, or this user has taken the right to write it away; what
            stood there before stands there still.
    """
    _make_folder(path.parent)
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    put_file(path, data, 0o600)


def kept_private(path: Path, data: bytes) -> bool:
    """Put a private file in place, where its loss stops nothing; False where it cannot be."""
    try:
        put_private(path, data)
    except OSError:
        return False
    return True


@contextmanager
def fresh_file(path: Path, data: bytes, mode: int) -> Generator[Path]:
    """Lend a complete file beside the place where it is to stand; it goes unless it is moved.

    Args:
        path: Where it is to stand.
        data: Its content, on the disk before the file is lent.
        mode: Of the file; what the process masks is taken from it.

    Raises:
        OSError: It cannot be written.
    """
    fresh = path.with_name(f".{path.name[:64]}.{secrets.token_hex(6)}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        yield fresh
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
