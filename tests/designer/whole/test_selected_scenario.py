"""What stands beside the grid is of the scenario that is selected, as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flow_folders import action, document, write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.main_window.arrangement import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

PLAIN, CUT = "scenarios/plain.json", "scenarios/cut.json"


@pytest.fixture
def desk(start: Callable[..., Driver], home: Path) -> Driver:
    """A flow with a scenario that never ran and one that is cut off; their grid is in front."""
    written = {
        "actions/colour.js": b"exports.onExecutePostLogin = async () => {};\n",
        PLAIN: b'{"format": "loginwright/scenario@1", "name": "Plain"}',
        CUT: b'{"format": "loginwright/scenario@1",\n "name": \n',
    }
    folder = write_folder(home / "mine", document(action()), written)
    FolderTrust().trust(folder)
    desk = start(folder)
    desk.window.show_page(Page.SCENARIOS, focus=True)
    desk.turn()
    return desk


def test_what_has_not_run_is_run_from_there_and_told_at_once(desk: Driver) -> None:
    desk.views.grid.select(PLAIN)
    desk.turn()
    assert desk.shows("Plain has not run yet", desk.views.difference)
    desk.click(desk.button("Run it", desk.views.difference))
    desk.until(lambda: desk.shows("The login was allowed", desk.views.difference))
    assert not desk.shows("has not run yet", desk.views.difference)


def test_what_cannot_be_read_says_where_and_opens_as_json(desk: Driver) -> None:
    desk.views.grid.select(CUT)
    desk.turn()
    assert desk.shows("cut cannot be read", desk.views.difference)
    assert desk.shows("This is not JSON", desk.views.difference)
    desk.click(desk.button("Correct it…", desk.views.difference))
    assert desk.shows("Line 3, column 1: This is not JSON")


def test_its_problem_leads_there_too(desk: Driver) -> None:
    problem = next(one for one in desk.flow.session.document.problems.problems if one.file == CUT)
    desk.inside(lambda: desk.flow.open_problem(problem))
    desk.turn()
    assert desk.shows("Line 3, column 1: This is not JSON")
