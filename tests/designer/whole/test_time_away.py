"""What is said of a login that is away, while it is and once it was ended there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flow_folders import write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.simulation import states
from loginwright_designer.simulation.simulated_login import SimulatedLogin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from designer_driver import Driver

LEAVING = b"""
exports.onExecutePostLogin = async (event, api) => {
  api.redirect.sendUserTo("https://my-app.example.com");
};

exports.onContinuePostLogin = async () => {};
"""


def test_the_status_bar_counts_how_long_a_login_is_away(
    start: Callable[..., Driver], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(home / "own", files={"actions/colour.js": LEAVING})
    FolderTrust().trust(folder)
    desk = start(folder)
    desk.press("F5")
    desk.until(lambda: isinstance(desk.state, states.Away))
    away = desk.flow.session.login.away
    assert away is not None
    later = away.now + 42
    monkeypatch.setattr(SimulatedLogin, "now", lambda _: later)
    desk.until(lambda: "Away at my-app.example.com, 0:42" in desk.status())


def test_a_login_that_is_ended_while_it_is_away_is_nowhere_any_more(
    start: Callable[..., Driver], home: Path
) -> None:
    folder = write_folder(home / "own", files={"actions/colour.js": LEAVING})
    FolderTrust().trust(folder)
    desk = start(folder)
    desk.press("F5")
    desk.until(lambda: isinstance(desk.state, states.Away))
    desk.press("Shift+F5")
    desk.until(lambda: isinstance(desk.state, states.Failed))
    desk.turn()
    assert desk.shows("It was ended before an answer came.", desk.window.editor_area)
    [card] = desk.cards()
    assert "waiting" not in card
    assert "Away at" not in card
