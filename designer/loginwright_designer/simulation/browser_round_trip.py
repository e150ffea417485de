"""Sends the system's browser to the real site and waits for it to come back (desktop.md)."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.simulation.continue_listener import LOOPBACK, ContinueListener
from loginwright_designer.simulation.continue_request import CONTINUE
from loginwright_runtime.login.requests import RedirectReturn
from loginwright_runtime.transaction.url_host import read_authority

if TYPE_CHECKING:
    import asyncio

    from loginwright_designer.simulation.continue_request import SiteReturn
    from loginwright_runtime.simulation import Away

translate = QCoreApplication.translate

WAIT_SECONDS = 600.0
"""security.md 31: ten minutes at most."""
LEAST_PORT, MOST_PORT = 1024, 65_535
_SCHEMES = ("http", "https")

OpenBrowser: TypeAlias = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class RoundTripIdle:
    """Nothing is open."""


@dataclass(frozen=True, slots=True)
class RoundTripWaiting:
    """The browser is away, and its return is listened for.

    Attributes:
        address: Where the site has to send it.
        host: Where the browser went.
        note: Something went wrong that does not end the wait; empty for nothing.
    """

    address: str
    host: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RoundTripReturned:
    """The browser came back."""


@dataclass(frozen=True, slots=True)
class RoundTripFailed:
    """It could not be, or took too long.

    Attributes:
        message: What happened and what to do.
    """

    message: str


RoundTripState: TypeAlias = RoundTripIdle | RoundTripWaiting | RoundTripReturned | RoundTripFailed


def host_of(url: str) -> str | None:
    """Return the host a browser would open, in ASCII; None where it would not be opened at all.

    Only http and https are opened (security.md 33); the host is shown first.
    """
    scheme, colon, rest = url.partition("://")
    if not colon or scheme.lower() not in _SCHEMES or _has_control(url):
        return None
    end = min((rest.find(one) for one in "/?#\\" if one in rest), default=len(rest))
    authority = read_authority(rest[:end])
    return None if authority is None or not authority.host else authority.host


def return_address_at(port: int) -> str:
    """Return where a site has to send the browser when a port is fixed."""
    return f"http://{LOOPBACK}:{port}{CONTINUE}"


def resume_of(came: SiteReturn, away: Away) -> RedirectReturn:
    """Return what continues the login: the real browser is the one that the login knows.

    Args:
        came: What the site sent back.
        away: Where the login waits; a simulated login is bound to no cookie.
    """
    return RedirectReturn(came.state, came.http, away.browser)


class BrowserRoundTrip(QObject):
    """One trip of the system's browser to the real site and back.

    Args:
        loop: The one that Qt runs on.
        parent: Owns this object.
        wait_seconds: How long a return is waited for.
    """

    returned = Signal(object)  # SiteReturn: the browser came back
    state_changed = Signal(object)  # RoundTripState

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        parent: QObject | None = None,
        *,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._loop, self._wait_seconds = loop, wait_seconds
        self._state: RoundTripState = RoundTripIdle()
        self._listener: ContinueListener | None = None
        self._leaving: list[ContinueListener] = []
        self._alarm: asyncio.TimerHandle | None = None
        self._open_browser: OpenBrowser | None = None
        self._url = ""

    @property
    def state(self) -> RoundTripState:
        """Where the trip is."""
        return self._state

    @property
    def waiting(self) -> bool:
        """Whether a return is listened for."""
        return isinstance(self._state, RoundTripWaiting)

    @property
    def return_address(self) -> str:
        """Where the site has to send the browser; empty while nothing listens."""
        return self._listener.address if self._listener is not None else ""

    def start(
        self, sent_url: str, state: str, *, fixed_port: int | None, open_browser: OpenBrowser
    ) -> None:
        """Listen, then open the browser; a trip that has begun before is given up.

        Args:
            sent_url: Where the login went, with its parameters.
            state: Of the suspension.
            fixed_port: Which port to listen on; None takes any.
            open_browser: Opens a URL; False where it cannot.
        """
        self._end()
        host = host_of(sent_url)
        if host is None:
            self._fail(translate("RealSite", "Only http and https addresses are opened."))
            return
        if fixed_port is not None and not LEAST_PORT <= fixed_port <= MOST_PORT:
            self._fail(_ports_words())
            return
        listener = ContinueListener(self._loop, state, self._on_came, self._on_other_state)
        try:
            listener.open(fixed_port or 0)
        except OSError as error:
            self._fail(_port_words(fixed_port, error))
            return
        self._listener, self._url, self._open_browser = listener, sent_url, open_browser
        self._alarm = self._loop.call_later(self._wait_seconds, self._on_too_late)
        self._set_state(RoundTripWaiting(listener.address, host))
        self.reopen()

    def reopen(self) -> None:
        """Send the browser once more; nothing happens where none is waited for."""
        now = self._state
        if not isinstance(now, RoundTripWaiting) or self._open_browser is None:
            return
        opened = self._open_browser(self._url)
        if self._state is now:
            self._set_state(
                RoundTripWaiting(now.address, now.host, "" if opened else _no_browser())
            )

    def stop(self) -> None:
        """Give up the trip; nothing listens any more when this returns."""
        self._end()
        self._set_state(RoundTripIdle())

    async def close(self) -> None:
        """Give up the trip and wait until no connection of it is left."""
        self.stop()
        leaving, self._leaving = self._leaving, []
        for listener in leaving:
            await listener.gone()

    def _end(self, *, cut_off: bool = True) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        listener, self._listener = self._listener, None
        self._alarm = self._open_browser = None
        self._url = ""
        self._leaving = [one for one in self._leaving if not one.is_gone]
        if listener is not None:
            listener.close(cut_off=cut_off)
            self._leaving.append(listener)

    def _on_came(self, answer: SiteReturn) -> None:
        if self._listener is None:
            return
        self._end(cut_off=False)
        self._set_state(RoundTripReturned())
        self.returned.emit(answer)

    def _on_other_state(self) -> None:
        if isinstance(self._state, RoundTripWaiting):
            note = translate("RealSite", "A browser came with another state, and was refused.")
            self._set_state(replace(self._state, note=note))

    def _on_too_late(self) -> None:
        self._fail(
            translate("RealSite", "Nobody came back within ten minutes. Open the site again.")
        )

    def _fail(self, message: str) -> None:
        self._end()
        self._set_state(RoundTripFailed(message))

    def _set_state(self, state: RoundTripState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _has_control(url: str) -> bool:
    return any(char <= " " or char == "\x7f" for char in url)


def _no_browser() -> str:
    return translate("RealSite", "No browser could be opened. Copy the address that was sent out.")


def _ports_words() -> str:
    words = translate("RealSite", "A port is a number from {least} to {most}.")
    return words.format(least=LEAST_PORT, most=MOST_PORT)


def _port_words(port: int | None, error: OSError) -> str:
    if port is not None and error.errno == errno.EADDRINUSE:
        words = translate("RealSite", "Another program listens on port {port}. Choose another.")
        return words.format(port=port)
    words = translate("RealSite", "This computer gives no port to listen on: {reason}.")
    return words.format(reason=error.strerror or type(error).__name__)
