"""What is asked of a folder is done in order, and answers that came too late do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from designer_drafts import done
from flow_folders import write_folder
from loginwright_designer.document.action_edits import rename_action
from loginwright_designer.document.document_folder import DocumentFolder
from loginwright_designer.document.folder import ReadFolder, read_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loginwright_designer.document.draft import Draft


class Desk(QObject):
    """What is on the desk, and the folder below it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        read = read_folder(path)
        assert isinstance(read, ReadFolder)
        self.draft: Draft = read.draft
        self.finished: list[object] = []
        self.folder = DocumentFolder(read, lambda: self.draft, bundled=False, parent=self)
        self.folder.save_finished.connect(self.finished.append)

    def rename(self, name: str) -> None:
        """Edit what is on the desk."""
        self.draft = done(rename_action(self.draft, "colour", name)).after


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(write_folder(tmp_path / "old"))
    yield made
    made.folder.close()


def test_a_look_that_was_under_way_while_the_document_moved_changes_nothing(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    looked: list[None] = []
    desk.folder.save_as(tmp_path / "new")
    desk.folder.look()
    desk.folder.run_in_order(lambda: None, looked.append)

    qtbot.waitUntil(lambda: bool(looked))

    assert desk.folder.folder.path == tmp_path / "new"
    desk.rename("Hue")
    desk.folder.save()
    qtbot.waitUntil(lambda: len(desk.finished) == 2)
    assert b"Hue" in (tmp_path / "new" / "flow.json").read_bytes()
    assert b"Hue" not in (tmp_path / "old" / "flow.json").read_bytes()


def test_a_save_that_was_asked_for_while_the_document_moved_follows(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.folder.save_as(tmp_path / "new")
    desk.rename("Hue")
    desk.folder.save()

    qtbot.waitUntil(lambda: bool(desk.finished))

    assert not desk.folder.is_saving
    assert b"Hue" in (tmp_path / "new" / "flow.json").read_bytes()
