"""Joins the real site: the system's browser goes there, and its return is listened for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from loginwright_designer.panels.redirect_desk.real_site_bar import RealSiteBar
from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk
from loginwright_designer.simulation import states
from loginwright_designer.simulation.browser_round_trip import (
    BrowserRoundTrip,
    host_of,
    resume_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.desk_page import DeskPage
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.panels.redirect_desk.real_site_bar import PortChoice, RealSiteStart
    from loginwright_designer.simulation.continue_request import SiteReturn
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class RealSiteWiring(QObject):
    """One trip at a time, for the login that is away."""

    copied = Signal(str)  # what is on the clipboard now

    def __init__(
        self,
        session: FlowSession,
        window: MainWindow,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        """Wait until somebody wants the real site.

        Args:
            session: The open flow.
            window: Comes to the front when the browser is back.
            theme: The colours.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._window = window
        self._theme = theme
        self._bar: RealSiteBar | None = None
        self._fixed_port: int | None = None
        self._url = ""
        self._state = ""
        self.open_browser: Callable[[str], bool] = _open_in_browser
        self._trip = BrowserRoundTrip(session.setting.loop, self)
        self._trip.returned.connect(self._on_returned)
        self._trip.state_changed.connect(self._on_trip_changed)
        session.login.state_changed.connect(self._on_login_changed)

    def offer(self, page: DeskPage) -> None:
        """Show the bar on a desk: where the browser goes, and where it has to come back to."""
        if page.desk is None or not isinstance(page.view, RedirectDesk):
            return
        suspension = page.away.suspension
        self._url, self._state = suspension.url or "", suspension.state or ""
        bar = RealSiteBar(self._theme)
        bar.show_host(host_of(self._url) or page.desk.sent.host)
        bar.show_clock(fixed=self._session.login.clock_is_fixed)
        bar.show_port(self._fixed_port)
        bar.start_wanted.connect(self._on_start)
        bar.reopen_wanted.connect(self._trip.reopen)
        bar.stop_wanted.connect(self._trip.stop)
        bar.port_chosen.connect(self._on_port_chosen)
        bar.copied.connect(self.copied)
        page.view.show_real_site(bar)
        self._bar = bar
        bar.show_state(self._trip.state)

    async def close(self) -> None:
        """Wait for nobody any more."""
        await self._trip.close()

    def _on_port_chosen(self, choice: PortChoice) -> None:
        self._fixed_port = choice.fixed_port

    def _on_start(self, start: RealSiteStart) -> None:
        self._trip.start(
            self._url, self._state, fixed_port=start.fixed_port, open_browser=self.open_browser
        )

    def _on_returned(self, came: SiteReturn) -> None:
        away = self._session.login.away
        if away is not None:
            self._session.login.answer(resume_of(came, away))
            self._window.raise_()
            self._window.activateWindow()

    def _on_trip_changed(self, state: object) -> None:
        if self._bar is not None:
            self._bar.show_state(self._trip.state)

    def _on_login_changed(self, _: object) -> None:
        state = self._session.login.state
        now = state.now if isinstance(state, states.Past) else state
        if not isinstance(now, states.Away):
            self._bar = None
            if self._trip.waiting:
                self._trip.stop()


def _open_in_browser(url: str) -> bool:
    return QDesktopServices.openUrl(QUrl(url))
