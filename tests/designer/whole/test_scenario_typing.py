"""What was typed into a scenario counts at once, whatever comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flow_folders import action, document, write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.panels.scenarios.form import ScenarioForm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

FILE = "scenarios/first-login.json"
SCENARIO = b'{"format": "loginwright/scenario@1", "name": "First login"}\n'
FILES = {
    "actions/colour.js": b"exports.onExecutePostLogin = async () => {};\n",
    FILE: SCENARIO,
}


@pytest.fixture
def desk(start: Callable[..., Driver], home: Path) -> Driver:
    """A flow with a scenario, whose text is being edited."""
    folder = write_folder(home / "own", document(action()), FILES)
    FolderTrust().trust(folder)
    desk = start(folder)
    desk.inside(lambda: desk.flow.scenarios.open_form(FILE))
    form(desk).header.choose("json")
    desk.turn()
    return desk


def form(desk: Driver) -> ScenarioForm:
    """Where the scenario is edited."""
    (found,) = desk.window.findChildren(ScenarioForm)
    return found


def rename(desk: Driver) -> None:
    """Write another name into the text, as somebody types it."""
    desk.inside(lambda: form(desk).json.setPlainText(SCENARIO.decode().replace("First", "Last")))


def test_a_login_begins_with_what_was_just_typed(desk: Driver) -> None:
    rename(desk)
    desk.press("F5")
    desk.until(lambda: desk.flow.session.login.inputs is not None)

    inputs = desk.flow.session.login.inputs
    assert inputs is not None
    assert inputs.scenario.name == "Last login"


def test_an_export_holds_what_was_just_typed(desk: Driver) -> None:
    rename(desk)
    desk.inside(desk.flow.export.open)

    entry = desk.flow.session.document.draft.scenario(FILE)
    assert entry is not None
    assert b"Last login" in entry.content


def test_what_was_just_typed_outlives_the_window(
    desk: Driver, start: Callable[..., Driver]
) -> None:
    rename(desk)
    desk.close()

    entry = start().flow.session.document.draft.scenario(FILE)
    assert entry is not None
    assert b"Last login" in entry.content
