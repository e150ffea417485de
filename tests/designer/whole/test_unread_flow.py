"""A flow.json that cannot be read: what is wrong is said wherever actions would stand otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flow_folders import write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.simulation import states
from loginwright_runtime.flow.sample_files import sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

CUT = '{"format": "loginwright/flow@1",\n "actions": [ {"id": }\n'
INVITED = "Paste an action"


@pytest.fixture
def folder(home: Path) -> Path:
    """A flow folder whose flow.json was cut off at its second line."""
    folder = write_folder(home / "mine")
    (folder / "flow.json").write_text(CUT, encoding="utf-8")
    FolderTrust().trust(folder)
    return folder


def test_the_lane_says_what_is_wrong_instead_of_inviting_actions(
    start: Callable[..., Driver], folder: Path
) -> None:
    desk = start(folder)
    lane = desk.views.lane
    said = lane.accessibleDescription()
    assert INVITED not in said
    assert "flow.json cannot be read" in said
    assert "Line 2: This is not JSON" in said
    assert "Profile written" not in said
    assert not desk.shows("0 of 20")
    assert not desk.shows("no action declares a secret")
    desk.picture("unread-flow")


def test_the_panel_of_secrets_claims_nothing_of_the_flow(
    start: Callable[..., Driver], folder: Path
) -> None:
    desk = start(folder)
    desk.window.open_side("secrets", focus=True)
    desk.turn()
    panel = desk.views.secrets
    assert desk.shows("The flow's secrets are not known", panel)
    assert not desk.shows("Declare a secret…", panel.empty)
    assert panel.isAncestorOf(desk.focus())
    write_folder(folder)
    desk.until(lambda: desk.has_actions)
    desk.turn()
    assert desk.shows("No action needs a secret", panel)


def test_its_bar_opens_the_file_and_the_flow_appears_once_it_is_mended(
    start: Callable[..., Driver], folder: Path
) -> None:
    desk = start(folder)
    opened: set[Path] = set()

    def opens(file: Path) -> bool:
        opened.add(file)
        return True

    desk.flow.folder.open_file = opens
    bar = desk.bench.folder_bars.read_only
    assert "flow.json cannot be read." in bar.words
    desk.click(desk.button("Open flow.json", bar))
    assert opened == {folder / "flow.json"}

    write_folder(folder)
    desk.until(lambda: desk.has_actions)
    desk.turn()
    assert not bar.isVisible()
    assert "cannot be read" not in desk.views.lane.accessibleDescription()
    assert desk.shows("1 of 20 actions")


def test_its_scenarios_are_not_blamed_for_what_only_the_flow_could_tell(
    start: Callable[..., Driver], folder: Path
) -> None:
    source = sample("customer-login") / "scenarios/first-login.json"
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "scenarios/first-login.json").write_bytes(source.read_bytes())
    desk = start(folder)
    desk.until(lambda: bool(desk.flow.session.document.problems.problems))
    rules = [one.rule for one in desk.flow.session.document.problems.problems]
    assert rules == ["invalid-json"]


def test_where_nothing_opens_the_file_its_place_is_told(
    start: Callable[..., Driver], folder: Path
) -> None:
    desk = start(folder)
    desk.flow.folder.open_file = lambda _: False
    desk.click(desk.button("Open flow.json", desk.bench.folder_bars.read_only))
    assert any(str(folder / "flow.json") in text for text in desk.window.toasts.texts)


def test_its_problem_leads_to_what_opens_the_file(
    start: Callable[..., Driver], folder: Path
) -> None:
    desk = start(folder)
    desk.window.open_bottom("problems", focus=True)
    desk.turn()
    problem = desk.flow.session.document.folder.unread
    assert problem is not None
    desk.inside(lambda: desk.flow.open_problem(problem))
    assert desk.focus_name() == "Open flow.json"


def test_no_login_begins_and_the_file_is_named(start: Callable[..., Driver], folder: Path) -> None:
    desk = start(folder)
    desk.press("F5")
    assert isinstance(desk.state, states.Idle)
    (text,) = desk.window.toasts.texts
    assert "flow.json cannot be read" in text
    assert "Add one" not in text


def test_an_export_says_that_no_action_was_read(start: Callable[..., Driver], folder: Path) -> None:
    desk = start(folder)
    desk.press("Ctrl+E")
    sheet = desk.bench.export_sheet
    desk.until(lambda: sheet.plan is not None)
    desk.turn()
    assert desk.shows("No action could be read", sheet)
    assert not desk.shows("The flow has no action yet", sheet)
