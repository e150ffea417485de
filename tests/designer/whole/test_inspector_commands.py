"""A command that shows a page of the inspector shows it, whatever stands in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer.main_window.arrangement import Page
from loginwright_designer.main_window.command_ids import CommandId
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (CommandId.FLOW_SETTINGS, "Names of custom claims"),
        (CommandId.SHOW_BREAKPOINTS, "Wherever it happens"),
    ],
)
def test_the_inspector_comes_to_the_front_from_the_grid_of_scenarios(
    start: Callable[..., Driver], command: CommandId, words: str
) -> None:
    desk = start(size=(1440, 900))
    given(desk, CommandId.SHOW_GRID)
    assert desk.window.page is Page.SCENARIOS
    assert not desk.views.inspector.isVisible()
    given(desk, command)
    assert desk.views.inspector.isVisible()
    assert desk.shows(words, desk.views.inspector), desk.texts(desk.views.inspector)
    assert desk.views.inspector.isAncestorOf(desk.focus())
