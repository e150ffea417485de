"""What tests of the redirect desk share: a login that is really away, and a page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_samples import DeskSample, away_sample
from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme


@pytest.fixture(scope="session")
def away() -> DeskSample:
    """The sample's first login while it is away, every drill run once."""
    return away_sample()


@pytest.fixture
def laid(
    qtbot: QtBot,
    away: DeskSample,
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
) -> Callable[..., RedirectDesk]:
    """Lays the desk in a window of its own."""

    def shown(zoom: int = 100, width: int = 736, height: int = 640) -> RedirectDesk:
        theme = make_theme(zoom=zoom)
        styled(theme)
        page = RedirectDesk(theme)
        theme.setParent(page)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show_desk(away.desk, away.answer, away.fixed_clock, away.not_again)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return shown


@pytest.fixture
def page(laid: Callable[..., RedirectDesk]) -> RedirectDesk:
    """The desk at its usual size."""
    return laid()
