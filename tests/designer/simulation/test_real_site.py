"""A real site answers a login of the desk: the browser goes out, comes back, the login goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

from loginwright_designer.simulation.browser_round_trip import BrowserRoundTrip, resume_of
from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.simulated_login import SimulatedLogin
from loginwright_designer.simulation.states import Away
from loginwright_runtime.login.requests import RedirectReturn
from loginwright_runtime.simulation import PlaceholderSecrets, SimulationSettings, resume_request
from loginwright_runtime.transaction.outcome import Allowed
from patience import PATIENCE

if TYPE_CHECKING:
    from qasync import QEventLoop

    from loginwright_designer.simulation.continue_request import SiteReturn
    from loginwright_designer.simulation.login_signals import LoginEnd, StateChange
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import Scenario


class RealSite:
    """Signs as a site would, and sends the browser to the address that was set in it."""

    def __init__(self, login: SimulatedLogin, scenario: Scenario) -> None:
        self.login, self.scenario = login, scenario

    async def send_back(self, address: str) -> int:
        assert self.login.away is not None
        answer = resume_request(self.scenario.resume[0], self.login.away)
        assert isinstance(answer, RedirectReturn)
        async with httpx.AsyncClient(trust_env=False) as browser:
            return (await browser.post(address, data=dict(answer.request.body))).status_code


def test_a_real_site_answers_and_the_login_ends_as_with_the_desk(
    qt_loop: QEventLoop, sample_flow: Flow, sample_scenario: Scenario
) -> None:
    login = SimulatedLogin(SimulationSettings(secrets=PlaceholderSecrets()), qt_loop)
    trip = BrowserRoundTrip(qt_loop)
    site = RealSite(login, sample_scenario)
    opened: list[str] = []
    ends: list[LoginEnd] = []
    left, over = asyncio.Event(), asyncio.Event()

    def open_browser(url: str) -> bool:
        opened.append(url)
        return True

    def on_state(change: StateChange) -> None:
        if isinstance(change.state, Away):
            left.set()

    def on_end(end: LoginEnd) -> None:
        ends.append(end)
        over.set()

    def on_returned(came: SiteReturn) -> None:
        assert login.away is not None
        login.answer(resume_of(came, login.away), run=True)

    login.state_changed.connect(on_state)
    login.login_ended.connect(on_end)
    trip.returned.connect(on_returned)

    async def story() -> int:
        login.start(LoginInputs(sample_flow, sample_scenario))
        await left.wait()
        assert login.away is not None
        suspension = login.away.suspension
        trip.start(
            suspension.url or "",
            suspension.state,
            fixed_port=None,
            open_browser=open_browser,
        )
        status = await site.send_back(trip.return_address)
        await over.wait()
        await trip.close()
        await login.close()
        return status

    assert qt_loop.run_until_complete(asyncio.wait_for(story(), PATIENCE)) == 200
    assert opened[0].startswith("https://my-app.example.com/?session_token=")
    outcome = ends[0].outcome
    assert isinstance(outcome, Allowed)
    assert outcome.profile_update is not None
    assert outcome.profile_update.user_metadata == {"favorite_color": "teal"}
