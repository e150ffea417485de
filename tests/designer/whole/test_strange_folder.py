"""A folder of a stranger is shown and edited, and nothing in it runs until its user says so."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from flow_folders import action, document, write_folder
from loginwright_designer.document.secret_desk import NOT_TRUSTED
from loginwright_designer.document.trust import FolderTrust, Trust
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states
from system_watch import asked_of_the_system
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

CODE = b"""const fs = require("node:fs");
exports.onExecutePostLogin = async (event, api) => {
  api.accessToken.setCustomClaim("https://my-app.example.com/seen", true);
};
"""
SCENARIO = b'{"format": "loginwright/scenario@1", "name": "Plain"}'
PARSER = files("loginwright_runtime.validation").joinpath("javascript_reader.cjs").read_text()
"""Reads the code that it is given, and runs none of it."""


def strange(home: Path) -> Path:
    """A folder that nobody has vouched for."""
    written = {"actions/colour.js": CODE, "scenarios/plain.json": SCENARIO}
    return write_folder(home / "strange", document(action()), written)


def test_what_is_looked_at_and_edited_starts_nothing(
    start: Callable[..., Driver], home: Path
) -> None:
    with asked_of_the_system() as asked:
        desk = start(strange(home))
        look_around(desk)
        edit(desk)
        desk.press("Ctrl+S")
        desk.until(lambda: desk.flow.session.document.saved_state.is_saved)
        given(desk, CommandId.RUN_SCENARIOS)
        for _ in range(20):
            desk.turn()
    assert [one for one in asked if PARSER not in one] == []


def test_it_runs_once_its_user_trusts_it(start: Callable[..., Driver], home: Path) -> None:
    desk = start(strange(home))
    bar = desk.bench.folder_bars.trust
    assert bar.isVisible()

    desk.press("F5")
    assert isinstance(desk.state, states.Idle)
    assert bar.isAncestorOf(desk.focus()) or bar is desk.focus()
    assert desk.shows(str(home / "strange"), bar) or desk.shows("strange", bar)

    desk.click(desk.button("Trust and run", bar))
    desk.until_state(states.Finished)
    assert not bar.isVisible()
    desk.close()

    again = start(home / "strange")
    assert not again.bench.folder_bars.trust.isVisible()


def test_saving_it_opens_no_keyring(start: Callable[..., Driver], home: Path) -> None:
    desk = start(strange(home))
    edit(desk)
    desk.press("Ctrl+S")
    desk.until(lambda: desk.flow.session.document.saved_state.is_saved)
    assert desk.flow.session.secrets.keeping == NOT_TRUSTED
    assert desk.bench.folder_bars.trust.isVisible()


def test_a_copy_of_it_is_as_strange(start: Callable[..., Driver], home: Path) -> None:
    desk = start(strange(home))
    save_as(desk, home / "copy")
    desk.until(lambda: desk.flow.session.document.folder.path == home / "copy")
    desk.until(lambda: not desk.flow.session.document.saved_state.is_saving)
    assert not desk.flow.session.may_run
    assert desk.flow.session.secrets.keeping == NOT_TRUSTED
    bar = desk.bench.folder_bars.trust
    assert bar.isVisible()
    assert "copy" in bar.words


def test_a_place_that_is_taken_is_not_trusted_for_having_been_chosen(
    start: Callable[..., Driver], home: Path
) -> None:
    taken = strange(home)
    desk = start(own(home))
    save_as(desk, taken)
    desk.until(desk.bench.folder_bars.save_problem.isVisible)
    assert FolderTrust().trust_of(taken) is Trust.NONE


def test_a_copy_of_ones_own_runs_at_once(start: Callable[..., Driver], home: Path) -> None:
    desk = start(own(home))
    save_as(desk, home / "copy")
    desk.until(lambda: desk.flow.session.document.folder.path == home / "copy")
    assert desk.flow.session.may_run
    assert FolderTrust().trust_of(home / "copy") is Trust.RECORDED
    assert not desk.bench.folder_bars.trust.isVisible()


def test_a_folder_that_is_trusted_no_longer_runs_no_more_in_the_window_that_has_it_open(
    start: Callable[..., Driver], home: Path
) -> None:
    desk = start(strange(home))
    bar = desk.bench.folder_bars.trust
    desk.click(desk.button("Trust and run", bar))
    desk.until_state(states.Finished)

    given(desk, CommandId.PREFERENCES)
    desk.click(desk.button("Trust ~/strange no longer"))
    desk.press("Escape")
    assert bar.isVisible()
    assert not desk.flow.session.may_run
    assert desk.flow.session.secrets.keeping == NOT_TRUSTED


def own(home: Path) -> Path:
    """A folder that its user trusts."""
    folder = write_folder(home / "own")
    FolderTrust().trust(folder)
    return folder


def save_as(desk: Driver, place: Path) -> None:
    """Save the flow in another place, which the system's dialog would ask for."""
    desk.flow.folder.choose_folder = lambda _name, _start: place
    desk.inside(desk.flow.folder.save_as)


def look_around(desk: Driver) -> None:
    """Put the pointer on everything, and open every panel."""
    for widget in desk.window.findChildren(QWidget):
        if widget.isVisible():
            desk.hover(widget)
    lane = desk.views.lane
    for row in range(lane.model().rowCount()):
        lane.setCurrentIndex(lane.model().index(row, 0))
        desk.turn()
    for command in (
        CommandId.SHOW_LIBRARY,
        CommandId.SHOW_SCENARIOS,
        CommandId.SHOW_SECRETS,
        CommandId.SHOW_RECORDED,
        CommandId.SHOW_PROBLEMS,
        CommandId.SHOW_GRID,
    ):
        given(desk, command)
    given(desk, CommandId.SHOW_GRID)
    assert lane.viewport().mapTo(desk.window, QPoint(0, 0)).x() >= 0


def edit(desk: Driver) -> None:
    """Write a line into the action."""
    desk.views.lane.setFocus()
    desk.press("Home", "Down", "Return")
    desk.type("// mine")
    desk.until(lambda: not desk.flow.session.document.saved_state.is_saved)
