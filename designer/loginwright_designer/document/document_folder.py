"""The folder of a document: watched, read and written off the GUI thread, in order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar, assert_never

from PySide6.QtCore import QObject, Signal

from loginwright_designer.document.background_thread import BackgroundThread
from loginwright_designer.document.document_changes import NeedsPlace, SaveFinished, SaveWouldLose
from loginwright_designer.document.draft import Draft
from loginwright_designer.document.folder import (
    ChangedOutside,
    NoFolder,
    ReadFolder,
    Saved,
    SaveRefused,
    SaveResult,
    new_folder,
    read_folder,
    save_folder,
)
from loginwright_designer.document.folder_watch import FolderWatch
from loginwright_designer.document.outside_changes import compare

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loginwright_designer.document.document_changes import SaveAnswer
    from loginwright_designer.document.folder_watch import FolderTouched
    from loginwright_designer.document.outside_changes import OutsideChange
    from loginwright_runtime.errors import Problem


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FolderUpdate:
    """What is known of the folder is new.

    Attributes:
        saved: The draft that stands in it, None when it is gone.
        draft: What belongs on the desk: what was there, with what changed outside.
        moved: The document was saved into another folder.
    """

    saved: Draft | None
    draft: Draft
    moved: bool = False


class DocumentFolder(QObject):
    """Reads and writes the flow folder of one document."""

    folder_updated = Signal(object)  # FolderUpdate: the document takes over what changed
    conflict_found = Signal(object)  # OutsideChange: both sides changed a file
    save_finished = Signal(object)  # SaveFinished: it was saved, or why not

    def __init__(
        self, folder: ReadFolder, desk: Callable[[], Draft], *, bundled: bool, parent: QObject
    ) -> None:
        """Begin to watch a folder that was read.

        Args:
            folder: As it was read.
            desk: Tells what is on the desk now.
            bundled: Nothing is ever written into it.
            parent: Owns it.
        """
        super().__init__(parent)
        self._folder = folder
        self._desk = desk
        self._bundled = bundled
        self._lost: Problem | None = None
        self._saving = False
        self._save_again = False
        self._disk = BackgroundThread("flow-folder", self)
        self._watch = self._watched(folder.path)

    @property
    def folder(self) -> ReadFolder:
        """The folder as it was last read or written."""
        return self._folder

    @property
    def lost(self) -> Problem | None:
        """Why nothing of the flow is in its place any more, None where it is."""
        return self._lost

    @property
    def is_saving(self) -> bool:
        """Whether a save has not come to its end."""
        return self._saving

    def look(self) -> None:
        """Read the folder again, as when something in it was touched."""
        path = self._folder.path
        self._disk.run(partial(read_folder, path), partial(self._on_looked, path))

    def save(self, *, accept_loss: bool = False) -> None:
        """Write what is on the desk; ``save_finished`` tells what came of it."""
        if self._bundled:
            self._finish(NeedsPlace())
        elif self._folder.lost_on_save and not accept_loss:
            self._finish(SaveWouldLose(self._folder.lost_on_save))
        elif self._saving:
            self._save_again = True
        else:
            draft = self._desk()
            self._saving = True
            self._disk.run(
                partial(save_folder, self._folder, draft), partial(self._on_saved, draft)
            )

    def save_as(self, path: Path) -> None:
        """Write what is on the desk into a new folder and go on there."""
        draft = self._desk()
        self._saving = True
        self._disk.run(partial(new_folder, path, draft), partial(self._on_moved, draft))

    def decide(self, change: OutsideChange, *, theirs: bool) -> None:
        """Settle a conflict, with what is on the desk by now."""
        mine = self._desk()
        newest = compare(change.base, mine, change.folder)
        merged = mine if newest is None else newest.merged(theirs_in_conflicts=theirs)
        self._folder = change.folder
        self.folder_updated.emit(FolderUpdate(change.folder.draft, merged))

    def run_in_order(
        self, work: Callable[[], T], then: Callable[[T], None] = lambda _result: None
    ) -> None:
        """Do other work on the disk, behind what was asked for before."""
        self._disk.run(work, then)

    def close(self) -> None:
        """Write what was asked for, and end the thread."""
        self._watch.stop()
        self._disk.close(finish=True)

    def _watched(self, path: Path) -> FolderWatch:
        watch = FolderWatch(path, self)
        watch.folder_touched.connect(self._on_folder_touched)
        return watch

    def _finish(self, answer: SaveAnswer) -> None:
        self.save_finished.emit(SaveFinished(answer))

    def _on_folder_touched(self, _touched: FolderTouched) -> None:
        self.look()

    def _on_looked(self, path: Path, found: ReadFolder | NoFolder) -> None:
        if path != self._folder.path:
            return  # the document has moved since
        if isinstance(found, NoFolder):
            self._lost = found.problems[0]
            self.folder_updated.emit(FolderUpdate(None, self._desk()))
        elif found != self._folder or self._lost is not None:
            self._lost = None
            self._take(found)

    def _take(self, found: ReadFolder) -> bool:
        """Take over what changed on disk; False when both sides changed a file."""
        mine = self._desk()
        change = compare(self._folder, mine, found)
        if change is not None and change.conflicts:
            self.conflict_found.emit(change)
            return False
        merged = mine if change is None else change.merged(theirs_in_conflicts=True)
        self._folder = found
        self.folder_updated.emit(FolderUpdate(found.draft, merged))
        return True

    def _on_saved(self, draft: Draft, result: SaveResult) -> None:
        self._saving = False
        again, self._save_again = self._save_again, False
        match result:
            case Saved(folder):
                if self._lost is not None:
                    self._watch.refresh()  # nothing told of the new folder
                self._folder, self._lost = folder, None
                self.folder_updated.emit(FolderUpdate(draft, self._desk()))
            case ChangedOutside(folder):
                again = self._take(folder)
            case SaveRefused():
                again = False
            case _ as unreachable:
                assert_never(unreachable)
        if again:
            self.save(accept_loss=True)
        else:
            self._finish(result)

    def _on_moved(self, draft: Draft, result: SaveResult) -> None:
        self._saving = False
        again, self._save_again = self._save_again, False
        if isinstance(result, Saved):
            self._watch.stop()
            self._folder, self._lost, self._bundled = result.folder, None, False
            self._watch = self._watched(result.folder.path)
            self.folder_updated.emit(FolderUpdate(draft, self._desk(), moved=True))
        if again and isinstance(result, Saved):
            self.save()
        else:
            self._finish(result)
