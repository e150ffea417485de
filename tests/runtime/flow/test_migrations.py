"""Versions of the flow format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from flow_folders import JAVASCRIPT, action, document, write_folder
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.folder import read_flow_folder, validate_flow_folder
from loginwright_runtime.flow.migrations import Current, FormatHistory, Migration, Unknown
from loginwright_runtime.flow.model import FLOW_FORMAT

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.json_text import JsonObject


def call_title_name(document: JsonObject) -> JsonObject:
    """In an older version that never was, the name was called title."""
    members = dict(document)
    members["name"] = members.pop("title")
    return members


def list_actions(document: JsonObject) -> JsonObject:
    """In a version before that one, actions stood under their ids."""
    actions = document["steps"]
    assert isinstance(actions, dict)
    listed = [{"id": key, "code": code} for key, code in actions.items()]
    kept = {key: value for key, value in document.items() if key != "steps"}
    return {**kept, "actions": list(listed)}


HISTORY = FormatHistory(
    "loginwright/flow", 3, (Migration(1, list_actions), Migration(2, call_title_name))
)


def test_a_document_goes_through_every_version_up_to_the_current() -> None:
    old: JsonObject = {"format": "loginwright/flow@1", "title": "T", "steps": {"a": "actions/a.js"}}
    upgraded = HISTORY.upgrade(old)
    new: JsonObject = {
        "format": "loginwright/flow@3",
        "name": "T",
        "actions": [{"id": "a", "code": "actions/a.js"}],
    }
    assert upgraded == Current(new, migrated=True)
    assert old["format"] == "loginwright/flow@1"


def test_a_document_in_the_middle_goes_the_rest_of_the_way_only() -> None:
    upgraded = HISTORY.upgrade({"format": "loginwright/flow@2", "title": "T"})
    assert upgraded == Current({"format": "loginwright/flow@3", "name": "T"}, migrated=True)


def test_a_current_document_stays_as_it_is() -> None:
    members: JsonObject = {"format": "loginwright/flow@3", "name": "T"}
    assert HISTORY.upgrade(members) == Current(members, migrated=False)


def test_a_newer_document_names_the_version_it_needs() -> None:
    refused = HISTORY.upgrade({"format": "loginwright/flow@4"})
    assert isinstance(refused, Unknown)
    assert "up to loginwright/flow@3" in refused.message
    assert refused.remedy == "Install a Loginwright that reads loginwright/flow@4."


def test_a_document_older_than_any_migration_is_refused() -> None:
    history = FormatHistory("loginwright/flow", 3, (Migration(2, call_title_name),))
    refused = history.upgrade({"format": "loginwright/flow@1"})
    assert isinstance(refused, Unknown)
    assert "no longer read" in refused.message


@pytest.mark.parametrize(
    "written", ["loginwright/scenario@1", "loginwright/flow", "loginwright/flow@0", "", 1, None]
)
def test_another_format_is_refused(written: str | int | None) -> None:
    refused = HISTORY.upgrade({"format": written})
    assert isinstance(refused, Unknown)
    assert "loginwright/flow@3" in refused.remedy


@pytest.mark.parametrize(
    ("version", "steps"), [(3, (1,)), (1, (1,)), (3, (2, 1)), (2, (0, 1)), (4, (1, 3))]
)
def test_a_history_with_a_gap_cannot_be_made(version: int, steps: tuple[int, ...]) -> None:
    migrations = tuple(Migration(step, call_title_name) for step in steps)
    with pytest.raises(ValueError, match="do not lead to version"):
        FormatHistory("loginwright/flow", version, migrations)


def test_an_older_folder_is_read_through_its_migration(tmp_path: Path) -> None:
    old: JsonObject = {
        "format": FLOW_FORMAT,
        "title": "Old login",
        "actions": [action()],
    }
    history = FormatHistory("loginwright/flow", 2, (Migration(1, call_title_name),))
    flow = read_flow_folder(write_folder(tmp_path, old), history=history)
    assert flow.name == "Old login"
    assert flow.files == {"actions/colour.js": JAVASCRIPT}


def test_problems_of_an_older_folder_name_their_place_and_no_line(tmp_path: Path) -> None:
    old: JsonObject = {"format": FLOW_FORMAT, "title": "Old login", "actions": [action(), action()]}
    history = FormatHistory("loginwright/flow", 2, (Migration(1, call_title_name),))
    with pytest.raises(FlowError) as refused:
        read_flow_folder(write_folder(tmp_path, old), history=history)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.path, problem.line) == ("duplicate-id", "$.actions[1].id", None)


def test_a_newer_folder_is_shown_as_far_as_it_can_be_guessed(tmp_path: Path) -> None:
    newer = document(action(colour="teal"), format="loginwright/flow@7", palette=[])
    flow, problems = validate_flow_folder(write_folder(tmp_path, newer))
    (problem,) = problems
    assert problem.rule == "unknown-format"
    assert "loginwright/flow@7" in problem.remedy
    assert (problem.file, problem.line, problem.path) == ("flow.json", 2, "$.format")
    assert flow is not None
    assert [entry.id for entry in flow.actions] == ["colour"]


def test_a_newer_folder_does_not_run(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, document(action(), format="loginwright/flow@2"))
    with pytest.raises(FlowError, match="Install a Loginwright that reads loginwright/flow@2"):
        read_flow_folder(folder)


def test_a_folder_without_a_format_is_refused_and_shown(tmp_path: Path) -> None:
    written = document(action())
    del written["format"]
    flow, problems = validate_flow_folder(write_folder(tmp_path, written))
    assert [(problem.rule, problem.path) for problem in problems] == [("missing-key", "$.format")]
    assert json.dumps(FLOW_FORMAT) in problems[0].remedy
    assert flow is not None
