"""Walkthrough A: a new user, who has read nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver


def test_the_first_login(start: Callable[..., Driver]) -> None:
    desk = start()

    # A1: the sample is open, without a dialog.
    cards = desk.cards()
    assert len(cards) == 4
    assert desk.primaries() == ["Run"]
    assert desk.window.top_bar.primary.shortcut_text == "F5"
    assert desk.views.picker.shown_name == "First login"
    assert desk.shows("runs this login", desk.views.coach)
    desk.picture("a1")

    # A2: look, touch nothing.
    assert "Ready" in desk.status()
    assert desk.views.bottom.problems.counts.total == 0

    # A3: F5, and the login leaves.
    desk.press("F5")
    desk.until_state(states.Away)
    assert desk.status().startswith("Away at my-app.example.com")
    assert desk.primaries() == ["Send"]
    desk.picture("a3")
