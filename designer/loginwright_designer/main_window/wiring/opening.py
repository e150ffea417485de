"""Reads a flow folder off the GUI thread, and makes new ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.code_editor.line_colouring import lexer_of
from loginwright_designer.document.background_thread import BackgroundThread
from loginwright_designer.document.folder import (
    NoFolder,
    ReadFolder,
    Saved,
    SaveRefused,
    empty_folder,
    new_folder,
    read_folder,
)
from loginwright_designer.document.new_flow import MadeFlow, make_flow
from loginwright_designer.document.recovery import left_behind
from loginwright_designer.document.templates import read_templates
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.flow_files import TRIGGERS_FILE
from loginwright_runtime.flow.model import Language
from loginwright_runtime.flow.platform_import import ImportedFlow
from loginwright_runtime.flow.sample_files import sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.document.folder import SaveResult
    from loginwright_designer.document.new_flow import NewFlowWanted
    from loginwright_designer.document.recovery import Recovery
    from loginwright_designer.document.templates import Template
    from loginwright_designer.preferences import Preferences

translate = QCoreApplication.translate

LANGUAGES: tuple[Language, ...] = get_args(Language)

FIRST_SAMPLE = "customer-login"
"""What the first start opens (walkthrough A1)."""


@dataclass(frozen=True, slots=True)
class OpenedFolder:
    """A folder was read, or made.

    Attributes:
        folder: What stands in it.
        is_new: It was made by this window just now.
        imported: What was taken out of an export, None where it was made of none.
    """

    folder: ReadFolder
    is_new: bool = False
    imported: ImportedFlow | None = None


@dataclass(frozen=True, slots=True)
class NotOpened:
    """A folder could not be opened or made; what was on the desk stays.

    Attributes:
        path: Which.
        problems: Why, each with its remedy.
        refused: Why a new one could not be made, or None.
        is_export: The folder is the export of a tenant, of which a flow can be made.
    """

    path: Path
    problems: tuple[Problem, ...]
    refused: SaveRefused | None = None
    is_export: bool = False


def folder_to_begin_with(preferences: Preferences) -> Path:
    """Return the flow that was open last, and the sample where it is gone or there was none."""
    left = preferences.left_open
    if left is not None and Path(left.folder).is_dir():
        return Path(left.folder)
    return sample(FIRST_SAMPLE)


class Opening(QObject):
    """Opens and makes folders, one at a time."""

    opened = Signal(object)  # OpenedFolder
    not_opened = Signal(object)  # NotOpened

    def __init__(self, parent: QObject | None = None) -> None:
        """Prepare; the thread begins with the first folder."""
        super().__init__(parent)
        self._thread = BackgroundThread("open", self)

    def open(self, path: Path) -> None:
        """Read a folder; a file inside of one stands for its folder."""
        folder = path.parent if path.is_file() else path
        self._thread.run(partial(_read, folder), partial(self._on_read, folder))

    def make_new(self, wanted: NewFlowWanted) -> None:
        """Write a new flow into a folder of its own, and open it."""
        self._thread.run(partial(make_flow, wanted), partial(self._on_made, wanted.folder))

    def make_again(self, recovery: Recovery, folder: Path) -> None:
        """Write a flow that was left behind into a folder of its own, and open it.

        Nobody has said that its code may run, so it is not new.
        """
        draft = recovery.applied_to(empty_folder(folder, recovery.folder.name))
        self._thread.run(partial(new_folder, folder, draft), partial(self._on_made_again, folder))

    def find_left_behind(
        self, state: Path | None, then: Callable[[tuple[Recovery, ...]], None]
    ) -> None:
        """Look for unsaved changes whose folder has gone, behind what was asked for before."""
        self._thread.run(partial(left_behind, state), then)

    def read_templates(self, then: Callable[[tuple[Template, ...]], None]) -> None:
        """Read the templates of the library, behind the folders that were asked for before."""
        self._thread.run(read_templates, then)

    def make_lexers(self) -> None:
        """Make what colours code, so that the first file to be opened does not wait for it."""
        self._thread.run(lambda: [lexer_of(language) for language in LANGUAGES], lambda _: None)

    def close(self) -> None:
        """End the thread."""
        self._thread.close()

    def _on_read(self, path: Path, read: ReadFolder | NotOpened) -> None:
        if isinstance(read, NotOpened):
            self.not_opened.emit(read)
        else:
            self.opened.emit(OpenedFolder(read))

    def _on_made_again(self, path: Path, made: SaveResult) -> None:
        self._on_made(path, MadeFlow(made), is_new=False)

    def _on_made(self, path: Path, made: MadeFlow, *, is_new: bool = True) -> None:
        if isinstance(made.result, Saved):
            self.opened.emit(OpenedFolder(made.result.folder, is_new, made.imported))
            return
        refused = made.result if isinstance(made.result, SaveRefused) else None
        problems = () if refused is None else refused.problems
        self.not_opened.emit(NotOpened(path, problems, refused))


def _read(path: Path) -> ReadFolder | NotOpened:
    read = read_folder(path)
    if not isinstance(read, NoFolder):
        return read
    return NotOpened(path, read.problems, is_export=(path / TRIGGERS_FILE).is_file())
