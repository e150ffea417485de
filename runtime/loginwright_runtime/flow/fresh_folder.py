"""A flow folder written where nothing stands yet: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.flow_files import assemble
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.migrations import flow_history
from loginwright_runtime.flow.source_files import is_text, unreadable_name
from loginwright_runtime.flow.writing import flow_json, replace_file, write_flow_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow


def check_target(path: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        FlowError: The folder is not empty, or is none.
    """
    if not is_text(os.path.realpath(path)):
        raise FlowError(unreadable_name(path))
    try:
        empty = not os.listdir(path)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        message = "There is a file of this name."
        raise FlowError(_problem("not-a-folder", message, "Choose another name.", path)) from None
    except OSError as error:
        message = f"The folder cannot be read: {error.strerror}."
        raise FlowError(_problem("unreadable-folder", message, "Choose another.", path)) from error
    if not empty:
        message = "The folder is not empty."
        raise FlowError(_problem("folder-not-empty", message, "Choose another folder.", path))


def write_fresh(path: Path, flow: Flow, scenarios: Mapping[str, bytes]) -> Flow:
    """Write a flow and its scenarios, and return the flow as it is read from there.

    Raises:
        FlowError: The flow has faults, or a file cannot be written; nothing is left behind then.
    """
    checked = assemble(flow_json(flow), flow.files, {}, flow_history())
    if any(problem.severity == "error" for problem in checked.problems):
        raise FlowError(*checked.problems)
    existed = path.exists()
    try:
        write_flow_folder(flow, path)
        for file, data in scenarios.items():
            replace_file(path, file, data)
    except FlowError as error:
        _empty(path)
        if not existed:
            with suppress(OSError):
                path.rmdir()
        problems = (replace(one, file=f"{path}/{one.file}") for one in error.problems)
        raise FlowError(*problems) from error
    return read_flow_folder(path)


def _empty(folder: Path) -> None:
    """Remove what was written into a folder that held nothing before."""
    for left in folder.iterdir() if folder.is_dir() else ():
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _problem(rule: str, message: str, remedy: str, path: Path) -> Problem:
    return Problem(rule, "error", message, remedy, str(path))
