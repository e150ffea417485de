"""The file of a store: made private, and refused when it is not (security.md 24).

Missing folders are created with mode 0700 and the file with 0600. What is there already is not
changed: a file that others may read or write, that another user owns, or whose folder anybody may
write to, is refused with the command that repairs it, since whoever copied it there has to know
that it lay open. Windows has no such modes; there the folder's access list decides.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from loginwright_runtime.errors import StoreError

SIDE_FILES = ("-wal", "-shm", "-journal")
_HAS_MODES = os.name == "posix"


def prepare_file(path: str) -> None:
    """Create the file and its folder where they are missing, and check that they are private.

    An existing file is never opened here: closing it would drop the locks that another connection
    of this process holds on it.

    Raises:
        StoreError: The file cannot be created, is no plain file, or lies open to others.
    """
    try:
        _create_folder(Path(path).parent)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        _check_folder(Path(path).parent)
        _check_file(path)
        for suffix in SIDE_FILES:
            with suppress(FileNotFoundError):
                _check_file(path + suffix)
    except OSError as error:
        raise StoreError(
            f"The store {path} cannot be used: {error.strerror or type(error).__name__}.",
            "Name a file in a folder that the user of this process may write to.",
            file=path,
        ) from error


def identity(path: str) -> tuple[int, int] | None:
    """Return what tells this file from another one of that name, or None when it is gone."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _create_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _create_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)


def _check_folder(folder: Path) -> None:
    mode = folder.stat().st_mode
    if _HAS_MODES and mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise StoreError(
            f"The folder {folder} lets every user of this machine replace the store.",
            f"Run: chmod 700 '{folder}'",
            file=str(folder),
        )


def _check_file(path: str) -> None:
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise StoreError(f"The store {path} is no plain file.", "Name another file.", file=path)
    if not _HAS_MODES:
        return
    if status.st_uid != os.geteuid():
        raise StoreError(
            f"The store {path} belongs to another user (uid {status.st_uid}).",
            "Run this process as that user, or name another file.",
            file=path,
        )
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StoreError(
            f"The store {path} can be read or written by other users "
            f"(mode {stat.S_IMODE(status.st_mode):04o}).",
            f"Run: chmod 600 '{path}'",
            file=path,
        )
