"""Every way to come back, as one table: of all cells exactly one succeeds (security.md 9 to 18)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import pytest
from typing_extensions import override

from login_bench import HOST, KEY, NOON, Workbench, a_flow, a_login, ada, came_back, expect
from loginwright_runtime.extension_points import ClaimedSuspension
from loginwright_runtime.login.requests import (
    BindBrowser,
    Browser,
    ChallengeResult,
    EnrollmentResult,
    FormResult,
    HttpRequest,
    NoBrowser,
    RedirectReturn,
    ResumeRequest,
)
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.testing import ScriptedAction, ScriptedApi
from loginwright_runtime.transaction.outcome import Allowed, Suspended

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import ClaimRefused, ClaimRequest
    from loginwright_runtime.login.json_values import JsonObject

STATES = ("own", "another login's", "unknown", "used", "malformed")
BROWSERS = ("own", "foreign", "none", "malformed")
KINDS = ("redirect", "challenge", "enrollment", "form")
VERSIONS = ("kept", "broken")
USERS = ("there", "blocked", "gone")
TIMES = ("in time", "late")


@dataclass(frozen=True, slots=True)
class Cell:
    """One way to come back."""

    state: str = "own"
    browser: str = "own"
    kind: str = "redirect"
    version: str = "kept"
    user: str = "there"
    time: str = "in time"


class BrokenArchiveStore(MemorySuspensionStore):
    """A store whose flow archives somebody has altered."""

    @override
    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        claimed = await super().claim(replace(request, known_versions=frozenset()))
        suspension = getattr(claimed, "suspension", None)
        if suspension is None:
            return claimed
        row = replace(suspension, flow_archive=suspension.flow_archive[:-1] + b"!")
        return ClaimedSuspension(row, request.claim_id)


async def send_away(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.sendUserTo", "https://my-app.example.com", line=7)


async def challenge(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("authentication.challengeWith", {"type": "otp"}, line=7)


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


def a_request(kind: str, state: str, browser: Browser) -> ResumeRequest:
    if kind == "redirect":
        return RedirectReturn(state, HttpRequest(hostname=HOST, query={"state": state}), browser)
    if kind == "challenge":
        return ChallengeResult(state, "otp", True, browser=browser)
    if kind == "enrollment":
        return EnrollmentResult(state, "otp", True, browser=browser)
    return FormResult(state, browser=browser)


async def succeeds(cell: Cell, leaves_by: Literal["redirect", "challenge"]) -> bool:
    """Suspend a login and come back as the cell says."""
    action = ScriptedAction(send_away if leaves_by == "redirect" else challenge, nothing)
    bench = Workbench(a_flow("ask"), {"ask": action})
    if cell.version == "broken":
        bench.suspensions = BrokenArchiveStore()
    away = expect(await bench.engine().start(a_login(bound=True), now=NOON), Suspended)
    other = expect(await bench.engine().start(a_login(bound=True), now=NOON), Suspended)
    if cell.state == "used":
        first = a_request(leaves_by, away.state, BindBrowser(away.browser_key))
        await bench.engine().resume(first)
    state = {
        "another login's": other.state,
        "unknown": "U" * 43,
        "malformed": "../../etc/passwd",
    }.get(cell.state, away.state)
    browsers: dict[str, Browser] = {
        "own": BindBrowser(away.browser_key),
        "foreign": BindBrowser(other.browser_key),
        "none": NoBrowser(),
        "malformed": BindBrowser("{}"),
    }
    browser = browsers[cell.browser]
    users = MemoryUserStore([ada()] if cell.user != "gone" else [])
    if cell.user == "blocked":
        await users.put(ada(), blocked=True)
    bench.users = users
    if cell.version == "broken":
        bench.flow = a_flow("newer")
    moment = NOON + (3601 if cell.time == "late" else 1)
    request = a_request(cell.kind, state, browser)
    return isinstance(await bench.engine().resume(request, now=moment), Allowed)


@pytest.mark.parametrize("state", STATES)
async def test_of_all_returns_of_a_redirect_exactly_one_succeeds(state: str) -> None:
    cells = [
        Cell(state, *rest) for rest in itertools.product(BROWSERS, KINDS, VERSIONS, USERS, TIMES)
    ]
    passed = [cell for cell in cells if await succeeds(cell, "redirect")]
    if state == "another login's":
        assert passed == [Cell(state, browser="foreign")]
    else:
        assert passed == ([Cell()] if state == "own" else [])


@pytest.mark.parametrize("kind", KINDS)
async def test_of_all_answers_to_a_challenge_only_the_right_one_succeeds(kind: str) -> None:
    cells = [Cell(state, browser, kind) for state, browser in itertools.product(STATES, BROWSERS)]
    passed = [cell for cell in cells if await succeeds(cell, "challenge")]
    expected = [Cell(kind="challenge"), Cell("another login's", "foreign", "challenge")]
    assert passed == (expected if kind == "challenge" else [])


@pytest.mark.parametrize(
    ("factor", "passed"), [("phone", True), ("otp", False), ("otp", 1), ("otp", "true")]
)
async def test_only_the_right_factor_and_the_bool_true_pass_a_challenge(
    factor: str, passed: object
) -> None:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(challenge)})
    away = expect(await bench.engine().start(a_login()), Suspended)
    wrong = ChallengeResult(away.state, factor, passed)  # type: ignore[arg-type]  # it lies
    assert not isinstance(await bench.engine().resume(wrong), Allowed)


async def test_a_wrong_return_leaves_the_state_unused_whatever_is_wrong_with_it() -> None:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})
    away = expect(await bench.engine().start(a_login(bound=True)), Suspended)
    own = BindBrowser(away.browser_key)
    for kind in ("challenge", "enrollment", "form"):
        await bench.engine().resume(a_request(kind, away.state, own))
    await bench.engine().resume(a_request("redirect", away.state, NoBrowser()))
    await bench.engine().resume(came_back(away.state, key="A" * 43))
    bench.keys = (b"another server's key, 32 bytes!!",)
    await bench.engine().resume(came_back(away.state, key=away.browser_key))
    bench.keys = (KEY,)
    outcome = await bench.engine().resume(came_back(away.state, key=away.browser_key))
    expect(outcome, Allowed)
