"""A window that is killed while somebody types loses two seconds at most."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from designer_drafts import closed, done, names
from loginwright_designer.document.action_edits import remove_actions, rename_action
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.flow_document import DocumentSetting, FlowDocument
from loginwright_designer.document.folder import ReadFolder, read_folder
from loginwright_designer.document.folder_lock import FolderLock, folder_key
from loginwright_designer.document.recovery import Journal, Recovery, left_behind
from loginwright_designer.document.scenario_edits import change_scenario_text, remove_scenario
from loginwright_runtime.flow.sample_files import sample

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

BLOCK = "actions/block-weekends.js"

MOST_LOST = 2.0
"""Seconds of typing, in letters as quickly as somebody types: a busy machine takes longer."""
PAUSE_MS = 20
LETTERS = int(MOST_LOST * 1000 / PAUSE_MS)

TYPE_FOREVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.flow_document import DocumentSetting, FlowDocument
from loginwright_designer.document.folder import read_folder
from loginwright_designer.document.folder_lock import FolderLock, folder_key

app = QCoreApplication([])
folder, state = Path(sys.argv[1]), Path(sys.argv[2])
flow = FlowDocument(read_folder(folder), DocumentSetting(FolderLock(folder, state), state))

def type_a_letter():
    code = flow.draft.flow.files[sys.argv[3]] + b"~"
    flow.apply(change_code(flow.draft, sys.argv[3], code, typed=True))
    print("~", flush=True)

typing = QTimer(interval=int(sys.argv[4]))
typing.timeout.connect(type_a_letter)
typing.start()
app.exec()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample that may be written to."""
    return shutil.copytree(sample("customer-login"), tmp_path / "customer-login")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where journals lie."""
    return tmp_path / "state"


def open_flow(folder: Path, state: Path) -> FlowDocument:
    return FlowDocument(read(folder), DocumentSetting(FolderLock(folder, state), state))


def read(folder: Path) -> ReadFolder:
    found = read_folder(folder)
    assert isinstance(found, ReadFolder)
    return found


def journalled(folder: Path, state: Path) -> Recovery:
    found = Journal(folder, state).read()
    assert found is not None
    return found


def test_killed_window_loses_two_seconds_at_most(folder: Path, state: Path) -> None:
    window = subprocess.Popen(
        [sys.executable, "-c", TYPE_FOREVER, str(folder), str(state), BLOCK, str(PAUSE_MS)],
        stdout=subprocess.PIPE,
    )
    with window:
        assert window.stdout is not None
        for _ in range(2 * LETTERS):
            assert window.stdout.readline() == b"~\n"
        window.send_signal(signal.SIGKILL)
    draft = journalled(folder, state).applied_to(read(folder))
    assert draft.flow.files[BLOCK].count(b"~") >= LETTERS


def test_recovered_draft_is_the_one_that_was_lost(folder: Path, state: Path) -> None:
    base = read(folder)
    draft = done(rename_action(base.draft, "block-weekends", "Closed")).after
    draft = done(remove_actions(draft, {"require-mfa-in-na"})).after
    draft = done(change_code(draft, BLOCK, b"\xff\x00 odd")).after
    draft = done(change_scenario_text(draft, "scenarios/first-login.json", b"{ half")).after
    draft = done(remove_scenario(draft, "scenarios/silent-login.json")).after
    assert Journal(folder, state).write(base, draft)
    assert journalled(folder, state).applied_to(read(folder)) == draft


def test_file_that_was_not_edited_is_recovered_as_it_is_now(folder: Path, state: Path) -> None:
    base = read(folder)
    draft = done(rename_action(base.draft, "block-weekends", "Closed")).after
    Journal(folder, state).write(base, draft)
    (folder / BLOCK).write_bytes(b"// newer")
    recovered = journalled(folder, state).applied_to(read(folder))
    assert recovered.flow.files[BLOCK] == b"// newer"
    assert names(recovered)[0] == "Closed"


def test_journal_is_for_its_user_only(folder: Path, state: Path) -> None:
    base = read(folder)
    Journal(folder, state).write(base, done(change_code(base.draft, BLOCK, b"")).after)
    (file,) = (state / "recovery").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_recovery_is_offered_at_the_next_start_and_is_one_edit(
    folder: Path, state: Path, qtbot: QtBot
) -> None:
    first = open_flow(folder, state)
    first.apply(rename_action(first.draft, "block-weekends", "Closed"))
    closed(first)
    second = open_flow(folder, state)
    assert second.recovery is not None
    assert second.recover() is None
    assert names(second.draft)[0] == "Closed"
    second.undo()
    assert names(second.draft)[0] == "Block weekends"
    closed(second)


def test_saved_flow_leaves_nothing_to_recover(folder: Path, state: Path, qtbot: QtBot) -> None:
    flow = open_flow(folder, state)
    flow.apply(rename_action(flow.draft, "block-weekends", "Closed"))
    flow.journal_now()
    assert list((state / "recovery").iterdir())
    with qtbot.waitSignal(flow.save_finished):
        flow.save()
    closed(flow)
    assert list((state / "recovery").iterdir()) == []


def test_window_that_closes_while_saving_has_saved(folder: Path, state: Path, qtbot: QtBot) -> None:
    first = open_flow(folder, state)
    first.apply(rename_action(first.draft, "block-weekends", "Closed"))
    first.save()
    closed(first)
    second = open_flow(folder, state)
    assert names(second.draft)[0] == "Closed"
    assert second.recovery is None
    closed(second)


def test_undecided_changes_outlive_new_ones(folder: Path, state: Path, qtbot: QtBot) -> None:
    for name in ("First", "Second"):
        window = open_flow(folder, state)
        window.apply(rename_action(window.draft, "block-weekends", name))
        closed(window)
    third = open_flow(folder, state)
    third.recover()
    assert names(third.draft)[0] == "Second"
    closed(third)


def test_changes_nobody_wants_are_forgotten(folder: Path, state: Path, qtbot: QtBot) -> None:
    first = open_flow(folder, state)
    first.apply(rename_action(first.draft, "block-weekends", "Closed"))
    closed(first)
    second = open_flow(folder, state)
    second.forget_recovery()
    closed(second)
    third = open_flow(folder, state)
    assert third.recovery is None
    closed(third)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": "loginwright/recovery@1", "written_at": "x", "files": {}}'],
)
def test_broken_journal_is_no_recovery(folder: Path, state: Path, content: bytes) -> None:
    base = read(folder)
    journal = Journal(folder, state)
    journal.write(base, done(change_code(base.draft, BLOCK, b"")).after)
    (file,) = (state / "recovery").iterdir()
    file.write_bytes(content)
    assert journal.read() is None


def test_place_that_cannot_be_written_stops_nobody(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_bytes(b"")
    base = read(folder)
    assert not Journal(folder, tmp_path / "blocked").write(base, base.draft)


def test_journal_names_no_file_outside_its_place(folder: Path, state: Path) -> None:
    base = read(folder)
    Journal(folder, state).write(base, done(change_code(base.draft, BLOCK, b"")).after)
    assert os.listdir(state) == ["recovery"]


def test_what_is_left_behind_is_found_once_its_folder_has_gone(folder: Path, state: Path) -> None:
    read = read_folder(folder)
    assert isinstance(read, ReadFolder)
    edited = done(change_code(read.draft, BLOCK, b"// mine")).after
    assert Journal(folder, state).write(read, edited)
    assert left_behind(state) == ()

    folder.rename(folder.parent / "elsewhere")
    (found,) = left_behind(state)
    assert (found.folder, found.files, found.is_whole) == (folder, {BLOCK: b"// mine"}, False)
    Journal(folder, state).forget()
    assert left_behind(state) == ()


def test_all_of_a_flow_is_left_behind_where_its_folder_had_gone(folder: Path, state: Path) -> None:
    read = read_folder(folder)
    assert isinstance(read, ReadFolder)
    shutil.rmtree(folder)
    assert Journal(folder, state).write(read.emptied(), read.draft)
    (found,) = left_behind(state)
    assert found.is_whole
    assert found.applied_to(read.emptied()).content() == read.draft.content()


def test_what_another_window_has_open_is_not_left_behind(folder: Path, state: Path) -> None:
    read = read_folder(folder)
    assert isinstance(read, ReadFolder)
    shutil.rmtree(folder)
    assert Journal(folder, state).write(read.emptied(), read.draft)
    other = FolderLock(folder, state)
    assert other.take() is None
    assert left_behind(state) == ()
    other.release()
    assert len(left_behind(state)) == 1


def test_the_newest_is_told_first_and_what_is_no_journal_is_passed_over(
    folder: Path, state: Path, tmp_path: Path
) -> None:
    read = read_folder(folder)
    assert isinstance(read, ReadFolder)
    for name, year in (("old", 2024), ("new", 2026), ("middle", 2025)):
        journal = Journal(tmp_path / name, state)
        assert journal.write(read.emptied(), read.draft)
        (file,) = (state / "recovery").glob(f"{folder_key(tmp_path / name)}.json")
        document = json.loads(file.read_bytes())
        file.write_text(json.dumps({**document, "written_at": f"{year}-01-01T00:00:00+00:00"}))
    for odd in (b"", b"[]", b"{}", b'{"format": "loginwright/recovery@2", "folder": "/gone"}'):
        (state / "recovery" / f"odd{len(odd)}.json").write_bytes(odd)
    assert [one.folder.name for one in left_behind(state)] == ["new", "middle", "old"]
