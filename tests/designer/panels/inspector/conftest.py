"""What tests of the inspector stand on: the sample's logins, and a window for a panel."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from inspector_logins import Logins
from lane_samples import sample_lanes

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="session")
def logins() -> Logins:
    """The sample flow, each of its scenarios run once."""
    return Logins(asyncio.run(sample_lanes()))


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., None]:
    """Shows a panel in a window of its own."""

    def shown(panel: QWidget, width: int = 336, height: int = 720) -> None:
        qtbot.addWidget(panel)
        panel.resize(width, height)
        with qtbot.waitExposed(panel):
            panel.show()

    return shown
