"""What another program changes in a folder is seen, shown line by line, and put together."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from designer_drafts import done, names
from loginwright_designer.document.action_edits import move_actions, rename_action
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.folder import ReadFolder, read_folder, save_folder
from loginwright_designer.document.outside_changes import DiffLine, OutsideChange, compare
from loginwright_runtime.flow.sample_files import sample

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_designer.document.draft import Draft

BLOCK = "actions/block-weekends.js"
ROLES = "actions/add-roles-to-tokens.js"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample that may be written to."""
    return shutil.copytree(sample("customer-login"), tmp_path / "customer-login")


def read(folder: Path) -> ReadFolder:
    found = read_folder(folder)
    assert isinstance(found, ReadFolder)
    return found


def changed(base: ReadFolder, mine: Draft) -> OutsideChange:
    found = compare(base, mine, read(base.path))
    assert found is not None
    return found


def test_untouched_folder_shows_no_change(folder: Path) -> None:
    base = read(folder)
    edit = done(rename_action(base.draft, "block-weekends", "Closed"))
    assert compare(base, edit.after, read(folder)) is None


def test_file_edited_in_another_editor_is_taken_over(folder: Path) -> None:
    base = read(folder)
    mine = done(rename_action(base.draft, "block-weekends", "Closed")).after
    (folder / BLOCK).write_bytes(b"// theirs")
    change = changed(base, mine)
    assert change.conflicts == ()
    merged = change.merged(theirs_in_conflicts=True)
    assert merged.flow.files[BLOCK] == b"// theirs"
    assert names(merged)[0] == "Closed"


def test_file_edited_on_both_sides_is_a_conflict_with_its_lines(folder: Path) -> None:
    base = read(folder)
    mine = done(change_code(base.draft, BLOCK, b"one\nmine\n")).after
    (folder / BLOCK).write_bytes(b"one\ntheirs\n")
    change = changed(base, mine)
    assert [conflict.file for conflict in change.conflicts] == [BLOCK]
    assert change.files[0].lines() == (
        DiffLine("same", "one"),
        DiffLine("mine", "mine"),
        DiffLine("theirs", "theirs"),
    )
    assert change.merged(theirs_in_conflicts=False) == mine
    assert change.merged(theirs_in_conflicts=True).flow.files[BLOCK] == b"one\ntheirs\n"


def test_same_change_on_both_sides_is_no_conflict(folder: Path) -> None:
    base = read(folder)
    mine = done(change_code(base.draft, BLOCK, b"same")).after
    (folder / BLOCK).write_bytes(b"same")
    assert changed(base, mine).conflicts == ()


def test_order_changed_outside_meets_code_changed_here(folder: Path) -> None:
    base = read(folder)
    mine = done(change_code(base.draft, ROLES, b"// mine")).after
    other = done(move_actions(base.draft, {"add-roles-to-tokens"}, 0)).after
    save_folder(base, other)
    change = changed(base, mine)
    assert change.conflicts == ()
    merged = change.merged(theirs_in_conflicts=False)
    assert names(merged)[0] == "Add roles to tokens"
    assert merged.flow.files[ROLES] == b"// mine"


def test_flow_json_changed_on_both_sides_is_a_conflict(folder: Path) -> None:
    base = read(folder)
    mine = done(rename_action(base.draft, "block-weekends", "Mine")).after
    save_folder(base, done(rename_action(base.draft, "block-weekends", "Theirs")).after)
    change = changed(base, mine)
    assert [conflict.file for conflict in change.conflicts] == ["flow.json"]
    assert names(change.merged(theirs_in_conflicts=True))[0] == "Theirs"
    assert names(change.merged(theirs_in_conflicts=False))[0] == "Mine"
    shown = {line.text.strip() for line in change.files[0].lines() if line.mark == "theirs"}
    assert shown == {'"name": "Theirs",'}


def test_reformatted_flow_json_changes_nothing_on_the_desk(folder: Path) -> None:
    base = read(folder)
    flow_json = folder / "flow.json"
    flow_json.write_bytes(flow_json.read_bytes().replace(b"  ", b"\t"))
    change = changed(base, base.draft)
    assert change.conflicts == ()
    assert change.merged(theirs_in_conflicts=True) == base.draft


def test_scenarios_that_come_and_go_are_taken_over(folder: Path) -> None:
    base = read(folder)
    (folder / "scenarios/on-a-saturday.json").rename(folder / "scenarios/weekend.json")
    merged = changed(base, base.draft).merged(theirs_in_conflicts=True)
    assert merged.scenario("scenarios/on-a-saturday.json") is None
    assert merged.scenario("scenarios/weekend.json") is not None


def test_code_file_removed_outside_is_gone(folder: Path) -> None:
    base = read(folder)
    (folder / BLOCK).unlink()
    change = changed(base, base.draft)
    assert [(one.file, one.theirs) for one in change.files] == [(BLOCK, None)]
    assert BLOCK not in change.merged(theirs_in_conflicts=True).flow.files
