"""Exports a flow off the GUI thread: what it will be, and the file itself."""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.document.background_thread import BackgroundThread
from loginwright_designer.document.draft import Draft
from loginwright_designer.document.export_history import ExportHistory, LastExport
from loginwright_designer.document.export_parts import parts_of
from loginwright_runtime.errors import BadInputError, FlowError, Problem
from loginwright_runtime.flow.bundle import export_bundle, open_bundle
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.package_check import package_warnings
from loginwright_runtime.flow.version import with_version

if TYPE_CHECKING:
    from concurrent.futures import Future

    from loginwright_runtime.flow.bundle import Bundle

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export where.

    Attributes:
        draft: What is on the desk.
        flow: The draft's flow as ``ReadFolder.placed`` returns it.
        target: The file to write.
        with_scenarios: Whether scenarios go along (security.md 25).
    """

    draft: Draft = field(repr=False)
    flow: Flow = field(repr=False)
    target: Path
    with_scenarios: bool = False


@dataclass(frozen=True, slots=True)
class ExportLook:
    """What an export of a draft would be.

    Attributes:
        draft: Which draft.
        version: Of its flow; None where its packages cannot be read.
        package_problems: What keeps its packages out of a bundle.
    """

    draft: Draft = field(repr=False)
    version: str | None
    package_problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportWritten:
    """The bundle stands in its file, and was read back and verified.

    Attributes:
        file: Where.
        size: In bytes.
        version: Of the flow.
        secrets: Names that the server has to supply.
        members: How many files it holds.
        draft: What was exported.
        with_scenarios: Whether scenarios went along.
    """

    file: Path
    size: int
    version: str
    secrets: tuple[str, ...]
    members: int
    draft: Draft = field(repr=False)
    with_scenarios: bool = False


@dataclass(frozen=True, slots=True)
class ExportFailed:
    """Nothing was written; what stood in the file before still does."""

    problems: tuple[Problem, ...]


ExportResult: TypeAlias = ExportWritten | ExportFailed


class FlowExport(QObject):
    """Looks and writes on a thread of its own, one after the other; ``close`` ends it."""

    looked = Signal(object)  # ExportLook: what an export would be
    finished = Signal(object)  # ExportWritten | ExportFailed: what came of one

    def __init__(self, parent: QObject | None = None) -> None:
        """Prepare the thread."""
        super().__init__(parent)
        self._thread = BackgroundThread("flow-export", self)

    def look(self, draft: Draft, flow: Flow) -> None:
        """Find the version and what is wrong with packages; ``looked`` follows.

        Args:
            draft: What is on the desk.
            flow: Its flow as ``ReadFolder.placed`` returns it.
        """
        self._thread.run(partial(look_at_export, draft, flow), self.looked.emit)

    def write(self, order: ExportOrder, history: ExportHistory | None = None) -> None:
        """Write the bundle and remember it; ``finished`` follows."""
        self._thread.run(partial(write_export, order, history), self.finished.emit)

    def scenario_copy(self, written: ExportWritten) -> Future[Path]:
        """Return a copy of a bundle with its scenarios in it, in a new folder of its own.

        For a check of a bundle whose scenarios stayed here. Whoever asked removes the folder.
        """
        return self._thread.submit(partial(copy_with_scenarios, written))

    def close(self) -> None:
        """End the thread; an export that has begun is finished and not told."""
        self._thread.close()


def look_at_export(draft: Draft, flow: Flow) -> ExportLook:
    """Return what an export would be; reads the packages' files, so not on a GUI thread."""
    try:
        return ExportLook(draft, with_version(flow).version, package_warnings(flow))
    except FlowError as error:
        return ExportLook(draft, None, error.problems)


def write_export(order: ExportOrder, history: ExportHistory | None = None) -> ExportResult:
    """Write a bundle into its file in one step, and remember it; not on a GUI thread."""
    problems = _unreadable_scenarios(order)
    if problems:
        return ExportFailed(problems)
    taken = {entry.file: entry.content for entry in order.draft.scenarios}
    scenarios = taken if order.with_scenarios else None
    try:
        data = export_bundle(order.flow, scenarios=scenarios)
        bundle = open_bundle(data, order.target.name)
    except BadInputError as error:
        return ExportFailed(error.problems)
    try:
        _put_in_place(order.target, data)
    except OSError as error:
        return ExportFailed((unwritable(order.target, error),))
    written = _written(order, data, bundle)
    if history is not None:
        parts = parts_of(order.draft, with_scenarios=order.with_scenarios)
        now = datetime.now(UTC).replace(microsecond=0)
        history.remember(LastExport(now, order.target, written.version, parts))
    return written


def copy_with_scenarios(written: ExportWritten) -> Path:
    """Read a bundle back and write it again with its scenarios, in a private folder.

    The version stays the same: scenarios do not count (contract.md, "Bundle").

    Raises:
        FlowError: The file is not the bundle that was written.
        OSError: The file cannot be read, or the copy not written.
    """
    bundle = open_bundle(written.file.read_bytes(), written.file.name)
    if bundle.flow.version != written.version:
        message = translate("Export", "The file holds another version by now.")
        remedy = translate("Export", "Export it again.")
        raise FlowError(Problem("version-mismatch", "error", message, remedy, str(written.file)))
    scenarios = {entry.file: entry.content for entry in written.draft.scenarios if entry.scenario}
    data = export_bundle(bundle.flow, scenarios=scenarios)
    copy = Path(tempfile.mkdtemp(prefix="loginwright-check-"), written.file.name)
    copy.write_bytes(data)
    return copy


def _written(order: ExportOrder, data: bytes, bundle: Bundle) -> ExportWritten:
    manifest = bundle.manifest
    return ExportWritten(
        file=order.target,
        size=len(data),
        version=manifest.version,
        secrets=manifest.secrets,
        members=len(manifest.members) + 1,
        draft=order.draft,
        with_scenarios=order.with_scenarios,
    )


def _unreadable_scenarios(order: ExportOrder) -> tuple[Problem, ...]:
    if not order.with_scenarios:
        return ()
    return tuple(
        problem
        for entry in order.draft.scenarios
        if entry.scenario is None
        for problem in entry.problems
    )


def _put_in_place(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:64]}.{secrets.token_hex(6)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def unwritable(path: Path, error: OSError) -> Problem:
    """Return why a file could not be written, in words, and what to do about it."""
    elsewhere = translate("Export", "Choose another place.")
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            message = translate("Export", "There is no room left on the disk.")
            remedy = translate("Export", "Free some space, or choose another disk.")
        case errno.EACCES | errno.EPERM:
            message = translate("Export", "You may not write there.")
            remedy = elsewhere
        case errno.EROFS:
            message, remedy = translate("Export", "That disk can only be read."), elsewhere
        case errno.EISDIR:
            message = translate("Export", "There is a folder of this name.")
            remedy = translate("Export", "Choose another name.")
        case errno.ENOTDIR | errno.EEXIST:
            message = translate("Export", "A file stands where a folder is needed.")
            remedy = elsewhere
        case errno.ENAMETOOLONG:
            message = translate("Export", "The name is too long.")
            remedy = translate("Export", "Choose a shorter name.")
        case _:
            words = translate("Export", "The file cannot be written: {reason}.")
            message = words.format(reason=error.strerror or type(error).__name__)
            remedy = elsewhere
    return Problem("unwritable-file", "error", message, remedy, str(path))
