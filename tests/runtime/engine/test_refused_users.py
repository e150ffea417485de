"""Who is blocked or gone gets in neither at the start, nor at a return, nor at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from login_bench import NOON, Workbench, a_flow, a_login, ada, came_back, expect
from loginwright_runtime.extension_points import UserQuery
from loginwright_runtime.flow.model import FlowSettings
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.testing import ScriptedAction, ScriptedApi
from loginwright_runtime.tracing.record import LoginEnded, RunRecord
from loginwright_runtime.transaction.outcome import Denied, Failed, Suspended

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.transaction.outcome import Outcome

ADA = UserQuery("auth0|0001")


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


async def send_away(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.sendUserTo", "https://my-app.example.com/ask", line=7)


def told(outcome: Outcome) -> tuple[str, str, str]:
    """Return code, kind and words of a denial, and make sure that its record ends with it."""
    error = expect(outcome, Denied).error
    assert error is not None
    assert isinstance(outcome.record, RunRecord)
    end = outcome.record.entries[-1]
    assert isinstance(end, LoginEnded)
    assert end.error is not None
    assert (end.status, end.error["description"]) == ("denied", error.description)
    assert outcome.tokens is None
    return error.code, error.kind, error.description


async def test_a_blocked_user_is_denied_before_anything_runs() -> None:
    users = MemoryUserStore()
    await users.put(ada(), blocked=True)
    bench = Workbench(a_flow("one"), {"one": ScriptedAction(nothing)}, users=users)
    outcome = await bench.engine().start(a_login())
    assert told(outcome) == ("access_denied", "denied", "The user is blocked.")
    assert bench.ran() == []


@pytest.mark.parametrize(
    ("blocked", "words"), [(True, "The user is blocked."), (False, "The user no longer exists.")]
)
async def test_who_is_turned_away_at_the_return_is_told_why_and_returns_no_more(
    blocked: bool, words: str
) -> None:
    users = MemoryUserStore([ada()])
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)}, users=users)
    away = expect(await bench.engine().start(a_login()), Suspended)
    if blocked:
        await users.put(ada(), blocked=True)
    else:
        await users.remove(ADA)
    outcome = await bench.engine().resume(came_back(away.state))
    assert told(outcome) == ("access_denied", "denied", words)
    assert bench.ran() == ["ask:execute"]

    await users.put(ada())
    again = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert again.retry_after is None, "the login is over, and no claim on it is held"
    assert bench.ran() == ["ask:execute"]


def noting(users: MemoryUserStore, *then: str) -> ScriptedAction:
    """Return an action that notes something, and whose user is removed while it runs."""

    async def note(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("user.setUserMetadata", "colour", "teal", line=2)
        if then:
            await api.call(*then, line=3)
        await users.remove(ADA)

    return ScriptedAction(note, nothing)


async def test_who_is_gone_when_the_profile_is_written_gets_no_tokens() -> None:
    users = MemoryUserStore([ada()])
    bench = Workbench(a_flow("note"), {"note": noting(users)}, users=users)
    outcome = await bench.engine().start(a_login(), now=NOON)
    assert told(outcome) == ("access_denied", "denied", "The user no longer exists.")
    assert outcome.claims is None
    assert outcome.profile_update is None


async def test_who_is_blocked_when_the_profile_is_written_gets_no_tokens_but_the_metadata() -> None:
    users = MemoryUserStore([ada()])

    async def note(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("user.setUserMetadata", "colour", "teal", line=2)
        await users.put(ada(), blocked=True)

    bench = Workbench(a_flow("note"), {"note": ScriptedAction(note)}, users=users)
    outcome = await bench.engine().start(a_login(), now=NOON)
    assert told(outcome) == ("access_denied", "denied", "The user is blocked.")
    assert outcome.claims is None
    assert outcome.profile_update is not None
    assert outcome.profile_update.user_metadata == {"colour": "teal"}


async def test_who_is_gone_when_a_resumed_login_ends_cannot_return_once_more() -> None:
    users = MemoryUserStore([ada()])
    bench = Workbench(
        a_flow("ask", "note"),
        {"ask": ScriptedAction(send_away, nothing), "note": noting(users)},
        users=users,
    )
    away = expect(await bench.engine().start(a_login()), Suspended)
    outcome = await bench.engine().resume(came_back(away.state))
    assert told(outcome) == ("access_denied", "denied", "The user no longer exists.")

    await users.put(ada())
    again = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert again.retry_after is None, "the login is over, and no claim on it is held"
    assert bench.ran() == ["ask:execute", "ask:continue", "note:execute"]


async def test_who_is_gone_when_each_leg_writes_does_not_leave() -> None:
    users, kept = MemoryUserStore([ada()]), MemorySuspensionStore(max_suspensions=0)
    flow = a_flow("ask", settings=FlowSettings(profile_writes="each-leg"))
    leaving = noting(users, "redirect.sendUserTo", "https://my-app.example.com/ask")
    bench = Workbench(flow, {"ask": leaving}, users=users, suspensions=kept)
    outcome = await bench.engine().start(a_login())
    assert told(outcome) == ("access_denied", "denied", "The user no longer exists.")


async def test_a_denial_of_somebody_who_is_gone_stays_the_actions_own() -> None:
    users = MemoryUserStore([ada()])
    bench = Workbench(
        a_flow("deny"), {"deny": noting(users, "access.deny", "Not today.")}, users=users
    )
    outcome = await bench.engine().start(a_login())
    assert told(outcome) == ("access_denied", "denied", "Not today.")
    assert outcome.error is not None
    assert (outcome.error.action, outcome.error.line) == ("deny", 3)
    assert outcome.profile_update is None
