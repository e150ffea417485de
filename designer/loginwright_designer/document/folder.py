"""A flow folder on disk: read as far as it can be read, written, compared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.draft import Draft
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.flow_files import FLOW_FILE, assemble
from loginwright_runtime.flow.folder import validate_flow_folder
from loginwright_runtime.flow.migrations import flow_history
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.source_files import read_folder_file, read_source_files
from loginwright_runtime.flow.version import UNKNOWN_VERSION, flow_document
from loginwright_runtime.flow.writing import replace_file, write_flow_folder
from loginwright_runtime.simulation import list_scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ReadFolder:
    """What stands in a flow folder.

    Attributes:
        path: Its real path.
        draft: The flow and its scenarios; parts that cannot be read stand as their defaults.
        problems: Errors and warnings about the folder's files, none about what the code does.
        content: Every file as it stands there, ``flow.json`` and scenarios too, by POSIX path.
        refused: Files that are there and cannot be read, by path.
        package_problems: Those of ``problems`` that are about ``node_modules``.
        unwritable: Why saving into it is refused, None where it is not: ``flow.json`` is of a
            newer format, or is no JSON object.
        unread: Why nothing of the flow could be read, None where some of it was.
        packages: Folder that holds ``node_modules``, or None.
        lost_on_save: What is wrong inside ``flow.json`` and would be gone after a save.
    """

    path: Path
    draft: Draft
    problems: tuple[Problem, ...]
    content: Mapping[str, bytes] = field(repr=False)
    refused: Mapping[str, Problem] = field(default_factory=dict)
    package_problems: tuple[Problem, ...] = ()
    unwritable: Problem | None = None
    unread: Problem | None = None
    packages: Path | None = None
    lost_on_save: tuple[Problem, ...] = ()

    def placed(self, draft: Draft) -> Flow:
        """Return a draft's flow as one that stands in this folder, without its version."""
        return draft.flow.model_copy(update={"root": self.path, "packages": self.packages})

    def emptied(self) -> ReadFolder:
        """Return the folder as it is once everything in it was removed."""
        return empty_folder(self.path, self.draft.flow.name)


@dataclass(frozen=True, slots=True)
class NoFolder:
    """There is no flow folder to show."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft stands in its folder."""

    folder: ReadFolder


@dataclass(frozen=True, slots=True)
class SaveRefused:
    """Nothing, or not all, was written; what was on the desk is still there."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ChangedOutside:
    """Nothing was written, because files differ from what was last read or written here."""

    folder: ReadFolder


SaveResult: TypeAlias = Saved | SaveRefused | ChangedOutside


def read_folder(path: Path) -> ReadFolder | NoFolder:
    """Read a flow folder, however much of it is wrong; runs nothing.

    Blocks on the disk: not on a GUI thread.
    """
    root = Path(os.path.realpath(path))
    flow, problems = validate_flow_folder(root)
    if flow is None and problems[0].file == str(root):  # the folder itself is at fault
        return NoFolder(problems)
    flow_file = read_folder_file(root, FLOW_FILE)
    if isinstance(flow_file, Problem) and flow_file.rule == "missing-file":
        return NoFolder((flow_file,))
    sources = read_source_files(root)
    scenarios = list_scenarios(root)
    written = b"" if isinstance(flow_file, Problem) else flow_file
    of_files = assemble(written, sources.files, sources.problems, flow_history()).problems
    shown = flow or Flow(name=root.name, files=sources.files, version=UNKNOWN_VERSION)
    content = {
        FLOW_FILE: written,
        **sources.files,
        **{entry.file: entry.content for entry in scenarios},
    }
    unwritable = _unwritable(flow, problems)
    return ReadFolder(
        path=root,
        draft=Draft.of(shown, scenarios),
        problems=problems,
        content=content,
        refused=sources.problems,
        package_problems=tuple(one for one in problems if one not in of_files),
        unwritable=unwritable,
        unread=unwritable if flow is None else None,
        packages=None if flow is None else flow.packages,
        lost_on_save=() if unwritable else tuple(_lost_on_save(problems)),
    )


def empty_folder(root: Path, name: str) -> ReadFolder:
    """Return a folder in which nothing stands yet, for a flow of that name."""
    return ReadFolder(root, Draft.of(Flow(name=name, version=UNKNOWN_VERSION)), (), {})


def save_folder(before: ReadFolder, draft: Draft, *, checked: bool = True) -> SaveResult:
    """Write a draft into its folder, each file in one step.

    ``flow.json`` is left as somebody formatted it where it says the same already. Blocks on the
    disk: not on a GUI thread.

    Args:
        before: The folder as it was last read or written here.
        draft: What to write.
        checked: Write nothing when a file differs from ``before``.
    """
    if before.unwritable is not None:
        return SaveRefused((before.unwritable,))
    now = read_folder(before.path)
    if isinstance(now, NoFolder):  # removed meanwhile: everything is written again
        before = replace(before, content={})
    elif checked and now.content != before.content:
        return ChangedOutside(now)
    try:
        write_draft(before, draft)
    except FlowError as error:
        return SaveRefused(error.problems)
    written = read_folder(before.path)
    if isinstance(written, NoFolder):
        return SaveRefused(written.problems)
    return Saved(written)


def write_draft(before: ReadFolder, draft: Draft) -> None:
    """Write what a draft changes; FlowError when a file cannot be written."""
    root = before.path
    old = before.draft
    same_document = flow_document(draft.flow) == flow_document(old.flow)
    if same_document and draft.flow.files.keys() == old.flow.files.keys() and before.content:
        for file, data in draft.flow.files.items():
            if before.content.get(file) != data:
                replace_file(root, file, data)
    else:
        write_flow_folder(draft.flow, root, previous=old.flow)
    kept = {entry.file for entry in draft.scenarios}
    for entry in draft.scenarios:
        old_content = before.content.get(entry.file, b"")  # of one that cannot be read: nothing
        if old_content != entry.content:
            replace_file(root, entry.file, entry.content)
    for entry in old.scenarios:
        if entry.file not in kept:
            _remove(root, entry.file)


def new_folder(path: Path, draft: Draft) -> SaveResult:
    """Write a draft into a folder of its own, which must not exist or be empty.

    Packages stay where they are: they belong to npm.
    """
    root = Path(os.path.realpath(path))
    try:
        if root.exists() and any(root.iterdir()):
            message = translate("Folder", "The folder is not empty.")
            remedy = translate("Folder", "Choose another folder.")
            return SaveRefused((Problem("folder-not-empty", "error", message, remedy, str(path)),))
        write_draft(empty_folder(root, draft.flow.name), draft)
    except OSError as error:
        message = translate("Folder", "The folder cannot be made: {reason}.")
        message = message.format(reason=error.strerror)
        remedy = translate("Folder", "Choose another folder.")
        return SaveRefused((Problem("unwritable-folder", "error", message, remedy, str(path)),))
    except FlowError as error:
        return SaveRefused(error.problems)
    written = read_folder(root)
    return SaveRefused(written.problems) if isinstance(written, NoFolder) else Saved(written)


def _remove(root: Path, file: str) -> None:
    try:
        (root / file).unlink(missing_ok=True)
    except OSError as error:
        message = translate("Folder", "The file cannot be removed: {reason}.")
        message = message.format(reason=error.strerror)
        remedy = translate("Folder", "Give yourself the right to write there.")
        raise FlowError(Problem("unwritable-file", "error", message, remedy, file)) from error


def _unwritable(flow: Flow | None, problems: tuple[Problem, ...]) -> Problem | None:
    of_file = [problem for problem in problems if problem.file == FLOW_FILE]
    if flow is None:
        return next(iter(of_file), problems[0])
    return next((problem for problem in of_file if problem.rule == "unknown-format"), None)


def _lost_on_save(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """Yield faults inside ``flow.json`` whose text a save replaces."""
    kept = {"missing-file", "missing-key", "too-many-actions", "code-too-large", "not-utf-8"}
    for problem in problems:
        inside = problem.file == FLOW_FILE and problem.path is not None
        if inside and problem.severity == "error" and problem.rule not in kept:
            yield problem
