"""A flow folder is looked at when something in it changed, and not for what happens beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from flow_folders import write_folder
from loginwright_designer.document.folder_watch import FolderWatch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "flow")


@pytest.fixture
def watch(qapp: QApplication, folder: Path) -> Iterator[FolderWatch]:
    owner = QObject()
    made = FolderWatch(folder, owner)
    yield made
    made.stop()


def is_due(watch: FolderWatch, told: Path) -> bool:
    """Whether the system's word about a path leads to a look at the folder."""
    (watcher,), (timer,) = watch.findChildren(QFileSystemWatcher), watch.findChildren(QTimer)
    watcher.directoryChanged.emit(str(told))
    return timer.isActive()


def watched(watch: FolderWatch) -> set[str]:
    (watcher,) = watch.findChildren(QFileSystemWatcher)
    return {*watcher.files(), *watcher.directories()}


def test_the_folder_its_files_and_the_folder_around_it_are_watched(
    watch: FolderWatch, folder: Path
) -> None:
    files = {str(one) for one in folder.rglob("*")}
    assert watched(watch) == {str(folder), str(folder.parent), *files}


def test_what_goes_on_beside_the_folder_leads_to_no_look(watch: FolderWatch, folder: Path) -> None:
    (folder.parent / "something else").mkdir()
    assert not is_due(watch, folder.parent)
    assert is_due(watch, folder)


def test_a_folder_that_was_moved_leads_to_one(watch: FolderWatch, folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    assert is_due(watch, folder.parent)
    watch.refresh()
    assert watched(watch) == {str(folder.parent)}


def test_another_folder_in_its_place_leads_to_one_and_is_watched(
    watch: FolderWatch, folder: Path
) -> None:
    folder.rename(folder.parent / "elsewhere")
    write_folder(folder, None, {"lib/other.js": b""})
    assert is_due(watch, folder.parent)
    watch.refresh()
    assert str(folder / "lib" / "other.js") in watched(watch)


def test_what_is_left_of_the_way_to_it_is_watched(watch: FolderWatch, folder: Path) -> None:
    gone = FolderWatch(folder / "below" / "further")
    assert watched(gone) == {str(folder)}
    gone.stop()
