"""A journal is never older than what was journalled last, whichever thread comes first."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from designer_drafts import done
from flow_folders import write_folder
from loginwright_designer.document.action_edits import rename_action
from loginwright_designer.document.draft import Draft
from loginwright_designer.document.folder import ReadFolder, read_folder
from loginwright_designer.document.recovery import Journal
from loginwright_designer.document.unsaved_changes import UnsavedChanges
from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@dataclass
class Desk:
    """What is journalled."""

    draft: Draft
    folder: ReadFolder
    lost_folder: Problem | None = None

    def rename(self, name: str) -> None:
        """Edit it."""
        self.draft = done(rename_action(self.draft, "colour", name)).after


class Setting(QObject):
    """A desk whose disk is as slow as a test wants it."""

    def __init__(self, path: Path, state: Path) -> None:
        super().__init__()
        read = read_folder(path)
        assert isinstance(read, ReadFolder)
        self.desk = Desk(read.draft, read)
        self.journal = Journal(read.path, state)
        self.asked: deque[Callable[[], object]] = deque()
        self.changes = UnsavedChanges(self.desk, self.journal, self.asked.append, self)

    def do_what_was_asked(self) -> None:
        """Let the disk come to all of it."""
        while self.asked:
            self.asked.popleft()()

    def journalled(self) -> str | None:
        """The action's name in the journal; None where there is none."""
        found = self.journal.read()
        return None if found is None else found.applied_to(self.desk.folder).flow.actions[0].name


@pytest.fixture
def setting(qapp: QApplication, tmp_path: Path) -> Setting:
    return Setting(write_folder(tmp_path / "flow"), tmp_path / "state")


def test_a_journal_is_not_forgotten_for_a_save_before_it(setting: Setting) -> None:
    setting.changes.note(saved=True)
    setting.desk.rename("Hue")
    setting.changes.note(saved=False)
    setting.changes.write_now()

    setting.do_what_was_asked()

    assert setting.journalled() == "Hue"


def test_a_slow_disk_writes_nothing_older_over_a_journal(setting: Setting, qtbot: QtBot) -> None:
    setting.desk.rename("Hue")
    setting.changes.note(saved=False)
    qtbot.waitUntil(lambda: bool(setting.asked))
    setting.desk.rename("Shade")
    setting.changes.write_now()

    setting.do_what_was_asked()

    assert setting.journalled() == "Shade"


def test_a_journal_is_forgotten_once_all_is_saved(setting: Setting) -> None:
    setting.desk.rename("Hue")
    setting.changes.write_now()
    setting.changes.note(saved=True)

    setting.do_what_was_asked()

    assert setting.journalled() is None


def test_a_desk_that_moved_leaves_no_journal_in_the_folder_it_left(
    setting: Setting, tmp_path: Path, qtbot: QtBot
) -> None:
    setting.desk.rename("Hue")
    setting.changes.note(saved=False)
    qtbot.waitUntil(lambda: bool(setting.asked))
    setting.changes.move(Journal(tmp_path / "elsewhere", tmp_path / "state"))

    setting.do_what_was_asked()

    assert setting.journalled() is None
