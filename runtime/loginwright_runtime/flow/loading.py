"""Flows loaded from wherever they stand: a folder or a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.archive import MAX_TOTAL_BYTES
from loginwright_runtime.flow.flow_files import FLOW_FILE
from loginwright_runtime.flow.folder import read_flow_folder

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow

_MAX_BUNDLE_BYTES = MAX_TOTAL_BYTES + 4_000_000


def load_flow(path: str | Path) -> Flow:
    """Return the flow in a folder or in a bundle, verified; runs nothing.

    Args:
        path: A folder with ``flow.json``, or a ``.loginflow`` file.

    Raises:
        FlowError: There is nothing there, it is neither, or it cannot be used; every problem that
            was found names its file, place, reason and remedy.
    """
    path = Path(path)
    if path.is_dir():
        return read_flow_folder(path)
    from loginwright_runtime.flow.bundle import read_bundle  # a folder needs none of it

    return read_bundle(bundle_bytes(path), path.name)


def bundle_bytes(path: Path) -> bytes:
    """Return what stands in the file of a bundle, unverified.

    Raises:
        FlowError: There is nothing there, it is no plain file, or it is larger than any bundle.
    """
    try:
        if path.name == FLOW_FILE and path.is_file():
            message = "This is one file of a flow."
            remedy = "Name the folder that holds it."
            raise FlowError(Problem("not-a-flow", "error", message, remedy, str(path)))
        if path.exists() and not path.is_file():
            message = "This is neither a flow folder nor a bundle."
            raise FlowError(_problem("not-a-flow", message, path))
        with path.open("rb") as file:
            data = file.read(_MAX_BUNDLE_BYTES + 1)
    except FileNotFoundError as error:
        raise FlowError(
            _problem("missing-flow", "There is no such file or folder.", path)
        ) from error
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        raise FlowError(_problem("unreadable-file", message, path)) from error
    if len(data) > _MAX_BUNDLE_BYTES:
        message = f"The file has more than {_MAX_BUNDLE_BYTES:,} bytes, which no bundle has."
        raise FlowError(_problem("bundle-too-large", message, path))
    return data


def _problem(rule: str, message: str, path: Path) -> Problem:
    remedy = "Name a folder that holds flow.json, or a bundle made by export."
    return Problem(rule, "error", message, remedy, str(path))
