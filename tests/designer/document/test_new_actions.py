"""Code, files and templates become actions, and not a byte of them changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from designer_drafts import JAVASCRIPT, done, empty_draft
from loginwright_designer.document.action_edits import add_actions
from loginwright_designer.document.draft import EditRefused
from loginwright_designer.document.new_actions import (
    action_of_code,
    actions_of_files,
    actions_of_template,
    blank_action,
)
from loginwright_runtime.flow.sample_files import template, templates
from loginwright_runtime.validation import validate
from seed_page_actions import REDIRECT

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Language


def test_pasted_python_is_recognised() -> None:
    code = b'async def on_execute_post_login(event, api):\n    print(event.secrets["API_KEY"])\n'
    new = action_of_code(code)
    assert (new.language, new.name, new.code) == ("python", "New action", code)
    assert new.secrets == ("API_KEY",)


def test_redirect_of_the_seed_page_is_named_after_where_it_leads() -> None:
    new = action_of_code(REDIRECT.encode())
    assert (new.name, new.secrets) == ("Redirect to my-app.example.com", ("MY_SHARED_SECRET",))


def test_files_give_their_names_suffixes_and_secrets(tmp_path: Path) -> None:
    first, second = tmp_path / "ask_for-consent.cjs", tmp_path / "roles.py"
    first.write_bytes(JAVASCRIPT)
    second.write_bytes(b"\r\n")
    new = actions_of_files([first, second])
    assert not isinstance(new, EditRefused)
    flow = done(add_actions(empty_draft(), new)).after.flow
    assert [(action.name, action.code) for action in flow.actions] == [
        ("Ask for consent", "actions/ask-for-consent.cjs"),
        ("Roles", "actions/roles.py"),
    ]
    assert flow.files["actions/roles.py"] == b"\r\n"


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused = actions_of_files([tmp_path / "gone.js"])
    assert isinstance(refused, EditRefused)
    assert refused.message == "gone.js cannot be read: No such file or directory."


@pytest.mark.parametrize("name", templates())
def test_every_template_can_be_added_without_an_error(name: str) -> None:
    new = actions_of_template(template(name))
    assert not isinstance(new, EditRefused)
    flow = done(add_actions(empty_draft(), new)).after.flow
    assert [one for one in validate(flow) if one.severity == "error"] == []


def test_folder_that_is_no_template_is_refused(tmp_path: Path) -> None:
    assert isinstance(actions_of_template(tmp_path), EditRefused)


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_blank_action_runs_as_it_is(language: Language) -> None:
    flow = done(add_actions(empty_draft(), [blank_action(language)])).after.flow
    assert [one.severity for one in validate(flow) if one.severity == "error"] == []
