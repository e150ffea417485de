"""Flow folders are read as far as they can be, and written without touching what stays."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from designer_drafts import done, draft_of, names
from flow_folders import JAVASCRIPT, action, document, write_folder
from loginwright_designer.document.action_edits import remove_actions, rename_action
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.draft import Draft
from loginwright_designer.document.folder import (
    ChangedOutside,
    NoFolder,
    ReadFolder,
    Saved,
    SaveRefused,
    new_folder,
    read_folder,
    save_folder,
)
from loginwright_designer.document.scenario_edits import add_scenario, remove_scenario
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import Scenario
from loginwright_runtime.validation import validate

if TYPE_CHECKING:
    from pathlib import Path


def opened(path: Path) -> ReadFolder:
    read = read_folder(path)
    assert isinstance(read, ReadFolder), read
    return read


@pytest.fixture
def customer_login(tmp_path: Path) -> Path:
    """A copy of the sample that may be written to."""
    return shutil.copytree(sample("customer-login"), tmp_path / "customer-login")


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_sample_is_read_with_its_scenarios(customer_login: Path) -> None:
    read = opened(customer_login)
    assert names(read.draft)[0] == "Block weekends"
    assert len(read.draft.scenarios) == 5
    assert read.problems == ()
    assert read.unwritable is None
    assert read.content == files_of(customer_login)


def test_saving_without_an_edit_changes_no_byte(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    before = files_of(folder)
    read = opened(folder)
    assert isinstance(save_folder(read, read.draft), Saved)
    assert files_of(folder) == before


def test_edited_code_leaves_flow_json_as_somebody_formatted_it(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    (folder / "flow.json").write_text(json.dumps(document(action())), encoding="utf-8")
    read = opened(folder)
    edit = done(change_code(read.draft, "actions/colour.js", b"// new"))
    assert isinstance(save_folder(read, edit.after), Saved)
    assert (folder / "actions/colour.js").read_bytes() == b"// new"
    assert json.dumps(document(action())) == (folder / "flow.json").read_text(encoding="utf-8")


def test_removed_action_and_scenario_leave_the_disk(customer_login: Path) -> None:
    read = opened(customer_login)
    less = done(remove_actions(read.draft, {"block-weekends"})).after
    less = done(remove_scenario(less, "scenarios/on-a-saturday.json")).after
    more = done(add_scenario(less, Scenario(name="New one"))).after
    saved = save_folder(read, more)
    assert isinstance(saved, Saved)
    assert saved.folder.draft == more
    assert not (customer_login / "actions/block-weekends.js").exists()
    assert not (customer_login / "scenarios/on-a-saturday.json").exists()
    assert (customer_login / "scenarios/new-one.json").exists()


def test_files_that_belong_to_nobody_stay(customer_login: Path) -> None:
    (customer_login / ".env").write_text("A=1", encoding="utf-8")
    (customer_login / "README.md").write_text("Read me", encoding="utf-8")
    read = opened(customer_login)
    save_folder(read, done(rename_action(read.draft, "block-weekends", "Closed")).after)
    assert (customer_login / ".env").read_text(encoding="utf-8") == "A=1"
    assert (customer_login / "README.md").exists()


def test_file_changed_outside_is_not_overwritten(customer_login: Path) -> None:
    read = opened(customer_login)
    edit = done(change_code(read.draft, "actions/block-weekends.js", b"// mine"))
    (customer_login / "actions/block-weekends.js").write_bytes(b"// theirs")
    result = save_folder(read, edit.after)
    assert isinstance(result, ChangedOutside)
    assert (customer_login / "actions/block-weekends.js").read_bytes() == b"// theirs"
    assert isinstance(save_folder(result.folder, edit.after), Saved)
    assert (customer_login / "actions/block-weekends.js").read_bytes() == b"// mine"


def test_folder_that_was_removed_is_written_again(customer_login: Path) -> None:
    before = files_of(customer_login)
    read = opened(customer_login)
    shutil.rmtree(customer_login)
    assert isinstance(save_folder(read, read.draft), Saved)
    assert files_of(customer_login) == before


def test_malformed_flow_is_shown_and_says_what_a_save_would_lose(tmp_path: Path) -> None:
    flow = document(action(), action("colour"), surprise=1)
    read = opened(write_folder(tmp_path / "flow", flow))
    assert names(read.draft) == ["Colour", "Colour"]
    assert [problem.rule for problem in read.lost_on_save] == ["unknown-key", "duplicate-id"]
    assert read.unwritable is None


def test_missing_code_is_a_problem_and_nothing_is_lost(tmp_path: Path) -> None:
    read = opened(write_folder(tmp_path / "flow", files={"lib/a.js": JAVASCRIPT}))
    assert [problem.rule for problem in read.problems] == ["missing-file"]
    assert read.lost_on_save == ()


def test_flow_json_that_is_no_json_is_never_overwritten(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    (folder / "flow.json").write_bytes(b"{ half")
    read = opened(folder)
    assert list(read.draft.flow.files) == ["actions/colour.js"]
    assert read.unwritable is not None
    assert read.unwritable.rule == "invalid-json"
    assert isinstance(save_folder(read, draft_of("A")), SaveRefused)
    assert (folder / "flow.json").read_bytes() == b"{ half"


def test_flow_of_a_newer_format_is_looked_at_only(tmp_path: Path) -> None:
    flow = document(action(), format="loginwright/flow@2")
    read = opened(write_folder(tmp_path / "flow", flow))
    assert names(read.draft) == ["Colour"]
    assert read.unwritable is not None
    assert "loginwright/flow@2" in read.unwritable.message
    assert isinstance(save_folder(read, read.draft), SaveRefused)


def test_scenario_that_cannot_be_read_keeps_its_text(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    (folder / "scenarios").mkdir()
    (folder / "scenarios/odd.json").write_bytes(b"oops")
    (folder / "scenarios/gone.json").symlink_to("nowhere.json")
    read = opened(folder)
    assert [entry.file for entry in read.draft.scenarios] == [
        "scenarios/gone.json",
        "scenarios/odd.json",
    ]
    save_folder(read, done(rename_action(read.draft, "colour", "B")).after)
    assert (folder / "scenarios/odd.json").read_bytes() == b"oops"
    assert (folder / "scenarios/gone.json").is_symlink()


@pytest.mark.parametrize("name", ["nothing-here", "empty", "a-file"])
def test_what_is_no_flow_folder_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a-file").write_bytes(b"")
    read = read_folder(tmp_path / name)
    assert isinstance(read, NoFolder)
    assert len(read.problems) == 1


def test_new_folder_holds_the_whole_draft(tmp_path: Path) -> None:
    draft = opened(sample("customer-login")).draft
    saved = new_folder(tmp_path / "mine", draft)
    assert isinstance(saved, Saved)
    assert saved.folder.draft.content() == draft.content()
    assert validate(saved.folder.path) == ()


def test_new_flow_begins_without_actions(tmp_path: Path) -> None:
    saved = new_folder(tmp_path / "checkout-login", Draft.blank("Checkout login"))
    assert isinstance(saved, Saved)
    assert saved.folder.draft == Draft.blank("Checkout login")
    assert saved.folder.problems == ()


def test_new_folder_is_not_made_over_other_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    refused = new_folder(tmp_path, draft_of("A"))
    assert isinstance(refused, SaveRefused)
    assert refused.problems[0].rule == "folder-not-empty"
    assert os.listdir(tmp_path) == ["notes.txt"]


def test_place_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"mine")
    assert isinstance(new_folder(tmp_path / "notes", draft_of("A")), SaveRefused)
    assert isinstance(new_folder(tmp_path / "notes" / "inside", draft_of("A")), SaveRefused)


def test_file_that_cannot_be_written_is_told(customer_login: Path) -> None:
    read = opened(customer_login)
    edit = done(change_code(read.draft, "actions/block-weekends.js", b"// mine"))
    (customer_login / "actions").rename(customer_login / "elsewhere")
    (customer_login / "actions").write_bytes(b"no folder")
    now = opened(customer_login)
    assert "not-a-folder" in {problem.rule for problem in now.problems}
    refused = save_folder(now, edit.after)
    assert isinstance(refused, SaveRefused)
    assert refused.problems[0].rule == "unwritable-file"
    assert str(refused.problems[0].file).startswith("actions/")


def test_scenario_that_cannot_be_removed_is_told(customer_login: Path) -> None:
    read = opened(customer_login)
    gone = done(remove_scenario(read.draft, "scenarios/on-a-saturday.json"))
    (customer_login / "scenarios/on-a-saturday.json").unlink()
    (customer_login / "scenarios/on-a-saturday.json").mkdir()
    refused = save_folder(read, gone.after, checked=False)
    assert isinstance(refused, SaveRefused)
    assert refused.problems[0].file == "scenarios/on-a-saturday.json"
