"""The browser leaves for the real site, comes back to the listener, and moves the login on."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import httpx
import pytest

from loginwright_designer.simulation.browser_round_trip import (
    BrowserRoundTrip,
    RoundTripFailed,
    RoundTripIdle,
    RoundTripReturned,
    RoundTripWaiting,
    host_of,
    resume_of,
)
from loginwright_designer.simulation.continue_request import SiteReturn
from loginwright_runtime.login.requests import HttpRequest, NoBrowser
from loginwright_runtime.simulation import Away
from loginwright_runtime.transaction.outcome import SuspensionInfo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytestqt.qtbot import QtBot
    from qasync import QEventLoop

SITE = "https://my-app.example.com/?session_token=t&state=kept"
STATE = "kept-state-0001"


class Browser:
    """Takes what would be opened."""

    def __init__(self, opens: bool = True) -> None:
        self.opens, self.opened = opens, list[str]()

    def __call__(self, url: str) -> bool:
        self.opened.append(url)
        return self.opens


@pytest.fixture
async def trip(qapp: object) -> AsyncIterator[BrowserRoundTrip]:
    trip = BrowserRoundTrip(asyncio.get_running_loop())
    yield trip
    await trip.close()


def start(trip: BrowserRoundTrip, browser: Browser, port: int | None = None) -> str:
    trip.start(SITE, STATE, fixed_port=port, open_browser=browser)
    return trip.return_address


async def get(address: str, **query: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(address, params=query)


async def post(address: str, **fields: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(address, data=fields)


def heard(trip: BrowserRoundTrip) -> list[SiteReturn]:
    came: list[SiteReturn] = []
    trip.returned.connect(came.append)
    return came


async def test_the_browser_is_sent_out_and_its_return_is_the_answer(
    trip: BrowserRoundTrip,
) -> None:
    browser, came = Browser(), heard(trip)
    address = start(trip, browser)
    assert browser.opened == [SITE]
    before = trip.state
    assert before == RoundTripWaiting(address, "my-app.example.com")
    response = await post(address, state=STATE, session_token="abc")
    assert response.status_code == 200
    assert "You can go back to Loginwright." in response.text
    assert [one.state for one in came] == [STATE]
    assert came[0].http.method == "POST"
    assert came[0].http.body == {"state": STATE, "session_token": "abc"}
    assert trip.state == RoundTripReturned()
    assert trip.return_address == ""


async def test_a_return_by_get_brings_its_query(trip: BrowserRoundTrip) -> None:
    came = heard(trip)
    await get(start(trip, Browser()), state=STATE, colour="teal & blue")
    assert came[0].http.query == {"state": STATE, "colour": "teal & blue"}
    assert came[0].http.body == {}


async def test_the_page_can_do_nothing_and_is_kept_nowhere(trip: BrowserRoundTrip) -> None:
    response = await get(start(trip, Browser()), state=STATE, name="<b>Ada</b>")
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert not [name for name in response.headers if name.startswith("access-control")]
    assert "Ada" not in response.text
    assert STATE not in response.text


async def test_after_the_answer_nothing_listens(trip: BrowserRoundTrip) -> None:
    address = start(trip, Browser())
    await get(address, state=STATE)
    with pytest.raises(httpx.ConnectError):
        await get(address, state=STATE)


async def test_a_wrong_state_neither_answers_nor_ends_the_wait(trip: BrowserRoundTrip) -> None:
    came = heard(trip)
    address = start(trip, Browser())
    for wrong in ("other", STATE[:-1], STATE + "x", ""):
        assert (await get(address, state=wrong)).status_code == 400
    assert (await get(address)).status_code == 400
    assert came == []
    state = trip.state
    assert isinstance(state, RoundTripWaiting)
    assert "another state" in state.note
    assert (await get(address, state=STATE)).status_code == 200
    assert len(came) == 1


async def test_stop_gives_the_port_back_at_once(trip: BrowserRoundTrip) -> None:
    address = start(trip, Browser())
    trip.stop()
    assert trip.state == RoundTripIdle()
    with pytest.raises(httpx.ConnectError):
        await get(address, state=STATE)


async def test_reopen_sends_the_browser_once_more_to_the_same_address(
    trip: BrowserRoundTrip,
) -> None:
    browser = Browser()
    address = start(trip, browser)
    trip.reopen()
    assert browser.opened == [SITE, SITE]
    assert trip.return_address == address
    trip.stop()
    trip.reopen()
    assert browser.opened == [SITE, SITE]


async def test_a_fixed_port_is_the_one_that_was_asked_for(trip: BrowserRoundTrip) -> None:
    port = free_port()
    assert start(trip, Browser(), port) == f"http://127.0.0.1:{port}/continue"
    assert start(trip, Browser(), port) == f"http://127.0.0.1:{port}/continue"


async def test_a_port_of_another_program_is_said_and_nothing_is_opened(
    trip: BrowserRoundTrip,
) -> None:
    browser = Browser()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        start(trip, browser, port)
    words = f"Another program listens on port {port}. Choose another."
    assert trip.state == RoundTripFailed(words)
    assert browser.opened == []


@pytest.mark.parametrize("port", [0, 80, 65_536])
async def test_a_port_that_nobody_may_take_is_refused(trip: BrowserRoundTrip, port: int) -> None:
    browser = Browser()
    trip.start(SITE, STATE, fixed_port=port, open_browser=browser)
    assert isinstance(trip.state, RoundTripFailed)
    assert browser.opened == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "javascript://my-app.example.com/%0aalert(1)",
        "ftp://my-app.example.com/",
        "https://",
        "https:my-app.example.com",
        "https://my-app.example.com/\nX: y",
        "-https://my-app.example.com",
        "",
    ],
)
async def test_only_http_is_opened(trip: BrowserRoundTrip, url: str) -> None:
    browser = Browser()
    trip.start(url, STATE, fixed_port=None, open_browser=browser)
    assert browser.opened == []
    assert isinstance(trip.state, RoundTripFailed)
    assert trip.return_address == ""
    assert host_of(url) is None


def test_the_host_is_the_one_that_a_browser_would_open() -> None:
    assert host_of("https://My-App.example.com:8443/a?b") == "my-app.example.com"
    assert host_of("https://safe.example.com@evil.example.net/") == "evil.example.net"
    assert host_of("https://evil.example.net\\@safe.example.com/") == "evil.example.net"
    assert host_of("http://127.0.0.1:3000/") == "127.0.0.1"
    assert host_of("https://pаypal.example.com/") == "xn--pypal-4ve.example.com"  # noqa: RUF001


async def test_without_a_browser_the_wait_goes_on_and_it_is_said(trip: BrowserRoundTrip) -> None:
    came = heard(trip)
    address = start(trip, Browser(opens=False))
    state = trip.state
    assert isinstance(state, RoundTripWaiting)
    assert "No browser could be opened" in state.note
    await get(address, state=STATE)
    assert len(came) == 1


async def test_nobody_is_waited_for_for_ever(qapp: object) -> None:
    trip = BrowserRoundTrip(asyncio.get_running_loop(), wait_seconds=0.0)
    failed = asyncio.Event()
    trip.state_changed.connect(
        lambda state: failed.set() if isinstance(state, RoundTripFailed) else None
    )
    address = start(trip, Browser())
    await failed.wait()
    with pytest.raises(httpx.ConnectError):
        await get(address, state=STATE)
    await trip.close()


def test_the_trip_works_on_the_loop_that_qt_runs_on(qt_loop: QEventLoop, qtbot: QtBot) -> None:
    trip = BrowserRoundTrip(qt_loop)
    came = heard(trip)
    address = start(trip, Browser())
    response = qt_loop.run_until_complete(post(address, state=STATE))
    assert response.status_code == 200
    assert len(came) == 1
    qt_loop.run_until_complete(trip.close())


def test_a_trip_that_is_stopped_before_the_loop_runs_leaves_nothing(qt_loop: QEventLoop) -> None:
    trip = BrowserRoundTrip(qt_loop)
    start(trip, Browser())
    qt_loop.run_until_complete(trip.close())
    assert not trip.waiting


def came_back(method: str = "POST") -> SiteReturn:
    values = {"state": STATE, "colour": "teal"}
    if method == "POST":
        return SiteReturn(STATE, HttpRequest(method="POST", body=dict(values)))
    return SiteReturn(STATE, HttpRequest(method="GET", query=dict(values)))


def test_the_answer_is_brought_by_the_browser_that_the_login_knows() -> None:
    suspension = SuspensionInfo(
        kind="redirect", action="ask", url=SITE, state=STATE, expires_at="2026-11-23T11:00:00Z"
    )
    away = Away(suspension, "auth0|0001", "login.example.com", 0.0)
    request = resume_of(came_back(), away)
    assert request.browser == NoBrowser()
    assert request.state == STATE
    assert "hostname" not in request.request.model_fields_set


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
    return port
