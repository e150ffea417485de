"""Notices that something in a flow folder may have changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from loginwright_runtime.flow.action_names import CODE_FOLDERS, is_hidden
from loginwright_runtime.simulation.loading import FOLDER as SCENARIO_FOLDER

QUIET_MILLISECONDS = 100
"""Editors write a file in several steps; one look after them is enough."""

_MOST_FOLDERS = 200


@dataclass(frozen=True, slots=True)
class FolderTouched:
    """Something was written, made or removed in a folder; what, a look at it tells."""

    folder: Path


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a folder stands, as far as it does.

    Attributes:
        around: The innermost folder around it that is there.
        identity: What tells it from another folder of its name; None where there is none.
    """

    around: str
    identity: tuple[int, int] | None

    @classmethod
    def of(cls, folder: Path) -> _Place:
        above = (str(place) for place in (*folder.parents, folder))
        around = next(place for place in above if os.path.isdir(place))
        try:
            found = os.stat(folder)
        except OSError:
            return cls(around, None)
        return cls(around, (found.st_dev, found.st_ino))


class FolderWatch(QObject):
    """Watches a flow folder, its code and its scenarios; ``node_modules`` belongs to npm.

    The folder around it, or what is left of the way to it, tells when it goes and comes back: a
    folder that is moved says nothing of that itself.
    """

    folder_touched = Signal(object)  # FolderTouched: look at the folder again

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Begin to watch the folder, which may be absent."""
        super().__init__(parent)
        self._folder = folder
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_changed)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MILLISECONDS)
        self._quiet.timeout.connect(self._on_quiet)
        self._place = _Place.of(folder)
        self.refresh()

    def refresh(self) -> None:
        """Watch what stands in the folder now: a file replaced in one step is another file."""
        place = _Place.of(self._folder)
        wanted = _places(self._folder)
        if os.access(place.around, os.R_OK):
            wanted.add(place.around)
        watched = {*self._watcher.files(), *self._watcher.directories()}
        still = wanted if place == self._place else set[str]()
        self._place = place
        gone, new = sorted(watched - still), sorted(wanted - (watched & still))
        if gone:
            self._watcher.removePaths(gone)
        if new:
            self._watcher.addPaths(new)

    def stop(self) -> None:
        """Watch nothing any more.

        The watcher goes at once: left to the garbage collector, which may run on any thread, its
        socket would be closed under the event loop.
        """
        self._quiet.stop()
        shiboken6.delete(self._watcher)

    def _on_changed(self, path: str) -> None:
        if path != self._place.around or self._place != _Place.of(self._folder):
            self._quiet.start()

    def _on_quiet(self) -> None:
        self.refresh()
        self.folder_touched.emit(FolderTouched(self._folder))


def _places(folder: Path) -> set[str]:
    """Return the folder, the folders of code and scenarios, and every file in them."""
    waiting = [os.path.join(folder, name) for name in (*CODE_FOLDERS, SCENARIO_FOLDER)]
    places = {str(folder)} if os.path.isdir(folder) else set[str]()
    places |= {entry.path for entry in _entries(str(folder)) if entry.is_file()}
    folders = 0
    while waiting and folders < _MOST_FOLDERS:
        place = waiting.pop()
        if not os.path.isdir(place) or os.path.islink(place):
            continue
        folders += 1
        places.add(place)
        for entry in _entries(place):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                places.add(entry.path)
    return {place for place in places if os.path.exists(place)}


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if not is_hidden(entry.name)]
    except OSError:
        return []
