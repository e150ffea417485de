"""What tests of the canvas stand on: the sample's lanes, and a window that shows one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from lane_samples import Sample, sample_lanes
from loginwright_designer.canvas.lane_view import LaneView

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.canvas.lane_state import Lane
    from loginwright_designer.theme.theme import Theme


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The sample flow, each of its scenarios run once."""
    return asyncio.run(sample_lanes())


@pytest.fixture
def show(qtbot: QtBot, make_theme: Callable[..., Theme]) -> Callable[..., LaneView]:
    """Shows a lane in a window with the keyboard on it."""

    def shown(
        lane: Lane, width: int = 320, height: int = 640, theme: Theme | None = None
    ) -> LaneView:
        view = LaneView(lane, theme or make_theme())
        view.set_reduced_motion(reduced=True)
        qtbot.addWidget(view)
        view.resize(width, height)
        with qtbot.waitExposed(view):
            view.show()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        return view

    return shown
