"""Writes a file that a command was told to write: whole, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from loginwright_runtime.errors import BadInputError, Problem
from loginwright_runtime.whole_file import put_file


def refuse_missing_folder(path: str | None, what: str) -> None:
    """Refuse what could not be written once the work is done.

    Args:
        path: The file, as given; None where none is asked for.
        what: What it holds, one word.

    Raises:
        BadInputError: There is no folder for it.
    """
    if path is not None and not os.path.isdir(os.path.dirname(path) or os.curdir):
        message = f"There is no such folder to write the {what} into."
        remedy = "Make it, or name another file."
        raise BadInputError(Problem("missing-folder", "error", message, remedy, path))


def write_output(path: str, data: bytes, what: str, *, private: bool = False) -> None:
    """Put a file in place in one step; a pipe or a device is written to.

    Args:
        path: The file, as given.
        data: Its content.
        what: What it holds, one word.
        private: Readable by this user only.

    Raises:
        BadInputError: It cannot be written; what stood there before stands there still.
    """
    try:
        if _is_plain(path):
            put_file(Path(path), data, 0o600 if private else 0o666)
        else:
            with open(path, "wb") as file:
                file.write(data)
    except OSError as error:
        message = f"The {what} cannot be written: {error.strerror}."
        remedy = "Make room, or name a file in a folder that you may write to."
        raise BadInputError(Problem("unwritable-file", "error", message, remedy, path)) from None


def _is_plain(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return True
