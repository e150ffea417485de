"""What tests of sheets stand on: a window to open them over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sheet_host import Host, shown_host

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme


@pytest.fixture
def host(qtbot: QtBot, theme: Theme) -> Host:
    """A shown window of 1440 x 900."""
    return shown_host(qtbot)
