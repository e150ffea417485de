"""A draft has the problems that the command line finds in its folder, saved or not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from designer_drafts import done
from loginwright_designer.document.action_edits import rename_action, set_enabled
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.draft_check import check_draft
from loginwright_designer.document.folder import ReadFolder, read_folder, save_folder
from loginwright_runtime.flow.sample_files import sample, samples
from loginwright_runtime.simulation import scenario_problems
from loginwright_runtime.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.errors import Problem

BLOCK = "actions/block-weekends.js"
FORMAT = '"format": "loginwright/scenario@1"'
REPLY = '{"body": {"session_token": {"$token": {"secret": "NOBODYS"}}}}'
STRANGE = {
    "twice.json": f'{{{FORMAT}, "name": "First login"}}',
    "unknown-secret.json": f'{{{FORMAT}, "name": "Strange", "resume": [{REPLY}]}}',
    "odd-event.json": f'{{{FORMAT}, "name": "Odd", "event": {{"user": 5}}}}',
    "no-json.json": "{",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample with scenarios that have everything wrong with them."""
    copied = shutil.copytree(sample("customer-login"), tmp_path / "customer-login")
    for name, text in STRANGE.items():
        (copied / "scenarios" / name).write_text(text, encoding="utf-8")
    return copied


def read(folder: Path) -> ReadFolder:
    found = read_folder(folder)
    assert isinstance(found, ReadFolder)
    return found


def told(folder: Path) -> tuple[Problem, ...]:
    """What the command line says."""
    return validate(folder, extra_checks=[scenario_problems])


@pytest.mark.parametrize("name", samples())
def test_sample_has_the_problems_the_command_line_finds(name: str) -> None:
    opened = read(sample(name))
    assert check_draft(opened.draft, opened).problems == told(sample(name))


def test_strange_scenarios_have_them_too(folder: Path) -> None:
    opened = read(folder)
    found = check_draft(opened.draft, opened).problems
    assert found == told(folder)
    assert {"duplicate-scenario-name", "unknown-secret", "invalid-json"} <= {
        problem.rule for problem in found
    }


def test_unsaved_draft_has_the_problems_it_will_have_when_saved(folder: Path) -> None:
    opened = read(folder)
    draft = done(change_code(opened.draft, BLOCK, b"exports.onExec = (")).after
    draft = done(set_enabled(draft, {"require-mfa-in-na"}, enabled=False)).after
    found = check_draft(draft, opened).problems
    save_folder(opened, draft)
    assert found == told(folder)


def test_only_changed_code_is_read_again(folder: Path) -> None:
    opened = read(folder)
    first = check_draft(opened.draft, opened)
    draft = done(rename_action(opened.draft, "block-weekends", "Closed")).after
    draft = done(change_code(draft, BLOCK, b"// nothing")).after
    second = check_draft(draft, opened, first.analysis)
    again = {file for file in first.facts if first.facts[file] is not second.facts[file]}
    assert again == {BLOCK}
