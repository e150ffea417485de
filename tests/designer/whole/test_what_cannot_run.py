"""What cannot run on this machine says so on its card, and F5 says it before anything has run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flow_folders import action, document, write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.simulation import states
from loginwright_runtime.flow.sample_files import sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

ASK = "ask-favourite-colour"


@pytest.fixture
def folder(home: Path) -> Path:
    """A copy of the sample that is the user's own."""
    source = sample("customer-login")
    files = {
        str(file.relative_to(source)): file.read_bytes()
        for file in source.rglob("*")
        if file.is_file()
    }
    copied = write_folder(home / "mine", files=files)
    (copied / "flow.json").write_bytes(files["flow.json"])
    FolderTrust().trust(copied)
    return copied


def cards(desk: Driver) -> dict[str, str]:
    """The second line of every card, by the action's id."""
    return {card.action: card.line for card in desk.views.lane.shown_lane().cards}


def test_without_a_node_every_javascript_action_says_that_it_cannot_run(
    start: Callable[..., Driver], folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_NODE", str(home / "no-node"))
    desk = start(folder)
    desk.flow.session.secrets.generate("MY_SHARED_SECRET")
    desk.turn()
    said = cards(desk)
    assert said.pop("require-mfa-in-na") == "Asks for a second factor in North America"
    assert set(said.values()) == {"Cannot run: no Node"}
    assert "cannot run: no Node" in desk.cards()[3]

    desk.views.lane.select(ASK)
    desk.turn()
    action = desk.views.inspector.action
    assert desk.shows('pip install "loginwright[node]"', action)
    assert not desk.shows("It asks for nothing.", action)
    assert not desk.shows("read nowhere", action)

    desk.press("F5")
    assert isinstance(desk.state, states.Idle)
    assert desk.flow.session.login.run_number == 0
    assert any('pip install "loginwright[node]"' in one for one in desk.window.toasts.texts)


def test_an_action_without_its_file_says_so_before_it_asks_for_a_secret(
    start: Callable[..., Driver], folder: Path
) -> None:
    (folder / "actions/ask-favourite-colour.js").unlink()
    desk = start(folder)
    assert cards(desk)[ASK] == "Cannot run: no file"
    desk.views.lane.select(ASK)
    desk.turn()
    assert not desk.shows("Its code is being read…", desk.views.inspector.action)

    desk.press("F5")
    assert isinstance(desk.state, states.Idle)
    assert not desk.bench.secret_views.sheet.isVisible()
    assert any("There is no file" in one for one in desk.window.toasts.texts)


def test_a_problem_of_an_entry_in_flow_json_leads_to_its_card(
    start: Callable[..., Driver], folder: Path
) -> None:
    (folder / "actions/ask-favourite-colour.js").unlink()
    desk = start(folder)
    desk.window.open_bottom("problems", focus=True)
    desk.turn()
    (problem,) = desk.flow.session.document.problems.problems
    desk.inside(lambda: desk.flow.open_problem(problem))
    desk.turn()
    assert desk.views.lane.selected_actions() == (ASK,)
    assert desk.focus() is desk.views.lane


def test_a_flow_of_too_many_actions_runs_none_of_them(
    start: Callable[..., Driver], home: Path
) -> None:
    actions = [action(f"number-{number}", code="actions/same.js") for number in range(21)]
    files = {"actions/same.js": b"exports.onExecutePostLogin = async () => {};\n"}
    folder = write_folder(home / "many", document(*actions), files)
    FolderTrust().trust(folder)
    desk = start(folder)
    desk.press("F5")
    assert isinstance(desk.state, states.Idle)
    assert any("20 are allowed" in one for one in desk.window.toasts.texts)


def test_broken_code_of_an_action_that_is_turned_off_stops_no_login(
    start: Callable[..., Driver], home: Path
) -> None:
    fine, broken = b"exports.onExecutePostLogin = async () => {};\n", b"exports.x = (;\n"
    folder = write_folder(
        home / "off",
        document(action("fine"), action("off", enabled=False)),
        {"actions/fine.js": fine, "actions/off.js": broken},
    )
    FolderTrust().trust(folder)
    desk = start(folder)
    desk.until(lambda: bool(desk.flow.session.document.problems.problems))
    desk.press("F5")
    desk.until_state(states.Finished)
