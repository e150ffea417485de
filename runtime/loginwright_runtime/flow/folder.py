"""Flow folders, read and checked (contract.md, "Flow folder")."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.flow_files import FLOW_FILE, TRIGGERS_FILE, ReadFlow, assemble
from loginwright_runtime.flow.migrations import FormatHistory, flow_history
from loginwright_runtime.flow.packages import (
    FOLDER,
    find_installed,
    package_digests,
    read_lock_leniently,
)
from loginwright_runtime.flow.source_files import (
    SourceFiles,
    is_text,
    read_folder_file,
    read_source_files,
    unreadable_name,
)
from loginwright_runtime.flow.version import with_version

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow


def read_flow_folder(path: Path, *, history: FormatHistory | None = None) -> Flow:
    """Read the flow in a folder.

    Args:
        path: The folder that holds ``flow.json``.
        history: Formats of ``flow.json`` that can be read; today's when None.

    Returns:
        The flow with every source file in memory; ``root`` is the folder's real path.

    Raises:
        FlowError: The folder cannot be used; carries every error and warning found.
    """
    flow, problems = validate_flow_folder(path, history=history)
    if flow is None or any(problem.severity == "error" for problem in problems):
        raise FlowError(*problems)
    return flow


def validate_flow_folder(
    path: Path, *, history: FormatHistory | None = None
) -> tuple[Flow | None, tuple[Problem, ...]]:
    """Read the flow in a folder as far as it can be read; never raises for what stands there.

    Returns:
        The flow, None when ``flow.json`` is missing or no JSON object, and every problem. What
        could not be read stands as its default: such a flow is shown, never run.
    """
    root = Path(os.path.realpath(path))
    fault = _folder_fault(root, path)
    if fault is not None:
        return None, (fault,)
    sources = read_source_files(root)
    read = _read_flow_file(root, sources, history or flow_history())
    if read.flow is None:
        return None, read.problems
    has_packages = os.path.lexists(root / FOLDER)
    flow = read.flow.model_copy(update={"root": root, "packages": root if has_packages else None})
    flow, problems = _versioned(flow)
    return flow, (*read.problems, *problems)


def _folder_fault(root: Path, path: Path) -> Problem | None:
    if not is_text(str(root)):
        return unreadable_name(path)
    try:
        os.listdir(root)
    except FileNotFoundError:
        message, remedy = "There is no such folder.", "Correct the path."
        return Problem("missing-folder", "error", message, remedy, str(path))
    except NotADirectoryError:
        message, remedy = "This is no folder.", "Name the folder that holds flow.json."
        return Problem("not-a-folder", "error", message, remedy, str(path))
    except OSError as error:
        message = f"The folder cannot be read: {error.strerror}."
        remedy = "Give yourself the right to read it."
        return Problem("unreadable-folder", "error", message, remedy, str(path))
    if not os.path.lexists(root / FLOW_FILE) and (root / TRIGGERS_FILE).is_file():
        message = "This is the export of a tenant and no flow."
        remedy = f"Make a flow of it: loginwright new DIR --from {path}"
        return Problem("missing-file", "error", message, remedy, str(path))
    return None


def _read_flow_file(root: Path, sources: SourceFiles, history: FormatHistory) -> ReadFlow:
    data = read_folder_file(root, FLOW_FILE)
    if isinstance(data, Problem):
        return ReadFlow(None, (data, *sources.problems.values()))
    return assemble(data, sources.files, sources.problems, history)


def _versioned(flow: Flow) -> tuple[Flow, tuple[Problem, ...]]:
    if flow.packages is None:
        return with_version(flow, {}), ()
    installed = find_installed(flow.packages, read_lock_leniently(flow.files))
    problems = () if installed is None else installed.problems
    try:
        return with_version(flow, package_digests(installed)), problems
    except FlowError as error:
        return with_version(flow, {}), (*problems, *error.problems)
