"""Flows written back as folders, one file at a time and never by half."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.flow_files import FLOW_FILE
from loginwright_runtime.flow.source_files import is_below
from loginwright_runtime.flow.version import flow_document

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow


def flow_json(flow: Flow) -> bytes:
    """Return ``flow.json``: keys in the order of contract.md, two spaces, a final newline.

    The same flow always gives the same bytes, so that a diff shows what was edited only.
    """
    return orjson.dumps(flow_document(flow), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_flow_folder(flow: Flow, path: Path, *, previous: Flow | None = None) -> None:
    """Write a flow into a folder, ``flow.json`` last; made when it does not exist.

    Each file is replaced in one step, so that a reader or a crash meets the old or the new one
    whole. A file that already holds its content is left alone.

    Args:
        flow: What to write. Packages are not: they belong to npm.
        path: The flow folder.
        previous: The flow as it was last written there; files that it had and ``flow`` has not
            are removed. Nothing else is.

    Raises:
        FlowError: A file cannot be written, or would stand outside the folder.
    """
    root = Path(os.path.realpath(path))
    for name in flow.files:
        _check_name(root, name)
    for name, data in flow.files.items():
        replace_file(root, name, data)
    replace_file(root, FLOW_FILE, flow_json(flow))
    before = () if previous is None else previous.files
    for name in before:
        if name not in flow.files:
            _check_name(root, name)
            _remove(root, name)


def replace_file(folder: Path, name: str, data: bytes) -> None:
    """Put ``data`` in the place of a file below ``folder`` in one step; made when absent.

    Raises:
        FlowError: The file cannot be written, or would stand outside the folder.
    """
    root = Path(os.path.realpath(folder))
    _check_name(root, name)
    path = root / name
    temporary = path.parent / f".loginwright-{secrets.token_hex(8)}"
    try:
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(temporary, data, path)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise FlowError(_unwritable(name, error)) from error


def _write_new(temporary: Path, data: bytes, old: Path) -> None:
    """Write a new file with the rights of the old one, through to the disk."""
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(handle, "wb") as file:
        if old.is_file() and not old.is_symlink():
            temporary.chmod(stat.S_IMODE(old.stat().st_mode))
        file.write(data)
        file.flush()
        os.fsync(handle)


def _remove(root: Path, name: str) -> None:
    try:
        (root / name).unlink(missing_ok=True)
    except OSError as error:
        raise FlowError(_unwritable(name, error)) from error


def _check_name(root: Path, name: str) -> None:
    """Refuse a name, or a linked folder on its way, that leads out of the flow folder."""
    real = os.path.realpath((root / name).parent)
    if not is_below(real, str(root)):
        message = "The path leaves the flow folder."
        remedy = "Put a folder in the place of the link, or correct the path."
        raise FlowError(Problem("path-leaves-folder", "error", message, remedy, name))


def _unwritable(name: str, error: OSError) -> Problem:
    message = f"The file cannot be written: {error.strerror}."
    remedy = "Make room, or give yourself the right to write there."
    return Problem("unwritable-file", "error", message, remedy, name)
