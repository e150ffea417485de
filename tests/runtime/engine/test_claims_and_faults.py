from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import pytest
from typing_extensions import override

from login_bench import Workbench, a_flow, a_login, ada, came_back, expect
from loginwright_runtime.errors import HostError
from loginwright_runtime.extension_points import MissingHandler, TimedOut, UserQuery
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.testing import (
    FailingSuspensionStore,
    FailingUserStore,
    Fault,
    ScriptedAction,
    ScriptedApi,
    ScriptedHost,
)
from loginwright_runtime.transaction.oauth import oauth_error
from loginwright_runtime.transaction.outcome import Allowed, Failed, Suspended

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import (
        ClaimedSuspension,
        ClaimRefused,
        ClaimRequest,
        Invocation,
        InvocationEnd,
        ProfileWrite,
        UserRecord,
        UserStore,
        WriteResult,
    )
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

LEASE = 20 + 10 + 10 + 10


class RealTime:
    """Real time that a story can move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Gate:
    """An action that waits where a story holds it.

    Args:
        last_wish: What it asks for where it was held, once it is let go.
    """

    def __init__(self, *last_wish: str) -> None:
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()
        self.held = True
        self._last_wish = last_wish

    async def send_away(self, _event: JsonObject, api: ScriptedApi) -> None:
        await api.call("redirect.sendUserTo", "https://my-app.example.com")

    async def come_back(self, event: JsonObject, api: ScriptedApi) -> None:
        if not self.held:
            await api.call("user.setUserMetadata", "by", "second")
            return
        self.held = False
        self.reached.set()
        await self.opened.wait()
        if self._last_wish:
            await api.call(*self._last_wish)

    @property
    def action(self) -> ScriptedAction:
        return ScriptedAction(self.send_away, self.come_back)


class WatchedUserStore(MemoryUserStore):
    """A store of Ada that remembers every value it was asked to keep."""

    def __init__(self) -> None:
        super().__init__([ada()])
        self.writes: list[JsonValue] = []

    @override
    async def write(self, write: ProfileWrite) -> WriteResult:
        self.writes += [change.value for change in write.changes]
        return await super().write(write)


async def a_held_login(
    time: RealTime, *last_wish: str, users: UserStore | None = None
) -> tuple[Workbench, Gate, str, asyncio.Task[object]]:
    """Return a login whose return is being handled by a process that hangs."""
    gate = Gate(*last_wish)
    bench = Workbench(a_flow("ask"), {"ask": gate.action}, users=users or MemoryUserStore([ada()]))
    bench.suspensions = MemorySuspensionStore(monotonic=time)
    away = expect(await bench.engine().start(a_login()), Suspended)
    first: asyncio.Task[object] = asyncio.create_task(bench.engine().resume(came_back(away.state)))
    await gate.reached.wait()
    return bench, gate, away.state, first


async def test_a_claimed_state_is_used_while_its_lease_holds() -> None:
    bench, gate, state, first = await a_held_login(RealTime())
    second = expect(await bench.engine().resume(came_back(state)), Failed)
    assert second.error is not None
    assert second.error.kind == "invalid_request"
    gate.opened.set()
    assert isinstance(await first, Allowed)


async def test_who_comes_while_the_login_is_being_continued_is_told_so_and_when_to_try() -> None:
    time = RealTime()
    bench, gate, state, first = await a_held_login(time)
    time.now += 7.5
    second = expect(await bench.engine().resume(came_back(state)), Failed)
    assert second.error is not None
    assert second.error.description == (
        "The login is being continued already. "
        "If that has broken off, it can be tried again in 43 s."
    )
    assert second.retry_after == 43
    assert oauth_error(second, endpoint="authorize").status == 400
    gate.opened.set()
    assert isinstance(await first, Allowed)


async def test_a_login_that_has_ended_is_never_worth_trying_again() -> None:
    bench, gate, state, first = await a_held_login(RealTime())
    gate.opened.set()
    assert isinstance(await first, Allowed)
    again = expect(await bench.engine().resume(came_back(state)), Failed)
    assert again.error is not None
    assert again.error.description == "The state was used before."
    assert again.retry_after is None


async def test_a_foreign_browser_learns_nothing_of_a_login_that_is_being_continued() -> None:
    bench, gate, state, first = await a_held_login(RealTime())
    foreign = expect(await bench.engine().resume(came_back(state, key="A" * 43)), Failed)
    assert foreign.error is not None
    assert foreign.error.description == "The state is unknown."
    assert foreign.retry_after is None
    gate.opened.set()
    await first


async def test_a_login_whose_process_died_goes_on_when_the_lease_has_lapsed() -> None:
    time = RealTime()
    bench, _gate, state, first = await a_held_login(time)
    first.cancel()
    await asyncio.wait([first])

    expect(await bench.engine().resume(came_back(state)), Failed)
    time.now += LEASE + 1
    outcome = expect(await bench.engine().resume(came_back(state)), Allowed)
    assert outcome.user is not None
    assert outcome.user["user_metadata"] == {"by": "second"}


@pytest.mark.parametrize(
    "last_wish",
    [
        (),
        ("user.setUserMetadata", "first", "was here"),
        ("access.deny", "No."),
        ("redirect.sendUserTo", "https://my-app.example.com"),
    ],
    ids=["tokens", "a profile", "a denial", "a redirect"],
)
async def test_who_lost_a_lapsed_claim_ends_nothing_and_writes_nothing(
    last_wish: tuple[str, ...],
) -> None:
    time = RealTime()
    users = WatchedUserStore()
    bench, gate, state, first = await a_held_login(time, *last_wish, users=users)
    time.now += LEASE + 1
    expect(await bench.engine().resume(came_back(state)), Allowed)

    gate.opened.set()
    loser = await first
    assert isinstance(loser, Failed)
    assert loser.error is not None
    assert loser.error.kind == "invalid_request"
    assert (loser.tokens, loser.claims, loser.suspension) == (None, None, None)
    assert users.writes == ["second"]


async def send_away(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.sendUserTo", "https://my-app.example.com")


async def note(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("user.setUserMetadata", "seen", True)


def a_bench(*faults: Fault[Literal["save", "claim", "settle"]]) -> Workbench:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, note)})
    bench.suspensions = FailingSuspensionStore(MemorySuspensionStore(), *faults)
    return bench


async def test_a_login_that_cannot_be_saved_fails_and_says_which_store_and_what_to_do() -> None:
    bench = a_bench(Fault("save"))
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert (outcome.error.code, outcome.error.kind) == ("server_error", "host")
    assert outcome.suspension is None
    assert oauth_error(outcome, endpoint="token") == (
        500,
        "server_error",
        "The login could not be completed.",
    )


async def test_a_return_that_the_store_cannot_claim_can_be_made_again() -> None:
    bench = a_bench(Fault("claim", at=1))
    away = expect(await bench.engine().start(a_login()), Suspended)
    failed = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert failed.error is not None
    assert failed.error.code == "server_error"
    expect(await bench.engine().resume(came_back(away.state)), Allowed)


@pytest.mark.parametrize("done", [False, True])
async def test_a_fault_of_the_user_store_before_the_handler_gives_the_state_back(
    done: bool,
) -> None:
    bench = a_bench()
    away = expect(await bench.engine().start(a_login()), Suspended)
    healthy = bench.users
    bench.users = FailingUserStore(healthy, Fault("read", done=done))
    failed = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert failed.error is not None
    assert failed.error.code == "server_error"
    bench.users = healthy
    expect(await bench.engine().resume(came_back(away.state)), Allowed)


class OddUsers(MemoryUserStore):
    """A user directory that, once it is told to, hangs or raises what is no StoreError."""

    def __init__(self) -> None:
        super().__init__([ada()])
        self.odd: Literal["raises", "hangs", ""] = ""
        self.asked = asyncio.Event()

    @override
    async def read(self, query: UserQuery) -> UserRecord | None:
        self.asked.set()
        if self.odd == "raises":
            raise ConnectionResetError("directory.example.com")
        if self.odd == "hangs":
            await asyncio.get_running_loop().create_future()
        return await super().read(query)


async def test_an_error_of_a_foreign_store_before_the_handler_gives_the_state_back() -> None:
    users = OddUsers()
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, note)}, users=users)
    away = expect(await bench.engine().start(a_login()), Suspended)
    users.odd = "raises"
    with pytest.raises(ConnectionResetError):
        await bench.engine().resume(came_back(away.state))
    users.odd = ""
    expect(await bench.engine().resume(came_back(away.state)), Allowed)


async def test_a_return_whose_request_is_cancelled_before_the_handler_can_be_made_again() -> None:
    users = OddUsers()
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, note)}, users=users)
    away = expect(await bench.engine().start(a_login()), Suspended)
    users.odd = "hangs"
    users.asked.clear()
    first = asyncio.create_task(bench.engine().resume(came_back(away.state)))
    await users.asked.wait()
    first.cancel()
    await asyncio.wait([first])
    assert first.cancelled()
    users.odd = ""
    expect(await bench.engine().resume(came_back(away.state)), Allowed)


class BusyHost(ScriptedHost):
    """A host that at its n-th handler has no worker: none comes free, or none can be started."""

    def __init__(self, actions: dict[str, ScriptedAction], busy_at: int, fault: str) -> None:
        super().__init__(actions)
        self.busy_at = busy_at
        self.fault = fault
        self.asked = 0

    @override
    async def run(self, invocation: Invocation) -> InvocationEnd:
        self.asked += 1
        if self.asked != self.busy_at:
            return await super().run(invocation)
        if self.fault == "host":
            raise HostError("No worker could be started with node.")
        return TimedOut(waiting=True)


@pytest.mark.parametrize(
    ("fault", "status", "retry_after"), [("timeout", 503, 1), ("host", 500, None)]
)
async def test_a_return_that_finds_no_worker_can_be_made_again(
    fault: str, status: int, retry_after: int | None
) -> None:
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, note)})
    bench.host = BusyHost(bench.actions, 2, fault)
    away = expect(await bench.engine().start(a_login()), Suspended)
    failed = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert failed.error is not None
    assert failed.error.kind == fault
    assert failed.retry_after == retry_after
    # A page of the server: the application is told of the login's end once.
    assert oauth_error(failed, endpoint="authorize").status == status
    expect(await bench.engine().resume(came_back(away.state)), Allowed)


async def test_a_return_that_finds_no_worker_for_its_second_handler_is_used() -> None:
    actions = {"ask": ScriptedAction(send_away, note), "then": ScriptedAction(note)}
    bench = Workbench(a_flow("ask", "then"), actions)
    bench.host = BusyHost(actions, 3, "timeout")
    away = expect(await bench.engine().start(a_login()), Suspended)
    failed = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert failed.error is not None
    assert failed.error.kind == "timeout"
    again = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert again.error is not None
    assert again.error.description == "The state was used before."


class SlowClaims(MemorySuspensionStore):
    """A store that claims at once, and answers when a story lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.claimed = asyncio.Event()
        self.let = asyncio.Event()

    @override
    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        answer = await super().claim(request)
        self.claimed.set()
        await self.let.wait()
        return answer


async def test_a_return_that_is_cancelled_while_the_store_claims_can_be_made_again() -> None:
    store = SlowClaims()
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, note)}, suspensions=store)
    away = expect(await bench.engine().start(a_login()), Suspended)
    first = asyncio.create_task(bench.engine().resume(came_back(away.state)))
    await store.claimed.wait()
    first.cancel()
    await asyncio.wait([first])
    assert first.cancelled()
    store.let.set()
    expect(await bench.engine().resume(came_back(away.state)), Allowed)


async def test_a_write_whose_answer_was_lost_is_not_made_twice() -> None:
    time, users = RealTime(), MemoryUserStore([ada()])
    bench = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, note)}, users=users)
    bench.suspensions = MemorySuspensionStore(monotonic=time)
    away = expect(await bench.engine().start(a_login()), Suspended)
    bench.users = FailingUserStore(users, Fault("write", done=True))
    lost = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert lost.error is not None
    assert lost.error.code == "server_error"

    await users.put(ada(user_metadata={"seen": "by somebody else"}))
    time.now += LEASE + 1
    bench.users = users
    outcome = expect(await bench.engine().resume(came_back(away.state)), Allowed)
    assert outcome.warnings == ()
    stored = await users.read(UserQuery("auth0|0001"))
    assert stored is not None
    assert stored.profile["user_metadata"] == {"seen": "by somebody else"}


@pytest.mark.parametrize(
    ("exported", "told"),
    [
        ((), "has no on_execute_post_login: it has no public function. Define it"),
        (("onExecutePostLogin",), "has no on_execute_post_login: it has onExecutePostLogin."),
    ],
)
async def test_a_missing_handler_of_python_is_called_by_pythons_name(
    exported: tuple[str, ...], told: str
) -> None:
    def missing(_event: JsonObject, _api: ScriptedApi) -> MissingHandler:
        return MissingHandler(exported)

    flow = a_flow("odd")
    python = flow.actions[0].model_copy(update={"code": "actions/odd.py", "language": "python"})
    odd = flow.model_copy(update={"actions": (python,)})
    bench = Workbench(odd, {"odd": ScriptedAction(missing)})
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert told in outcome.error.description


@pytest.mark.parametrize(
    ("exported", "told"),
    [
        ((), "it exports no handler"),
        (("onContinuePostLogin",), "it exports onContinuePostLogin"),
        (("onExecutePostLogin",), "exports onExecutePostLogin, which is no function"),
    ],
)
async def test_a_handler_that_cannot_be_called_says_what_there_is(
    exported: tuple[str, ...], told: str
) -> None:
    def missing(_event: JsonObject, _api: ScriptedApi) -> MissingHandler:
        return MissingHandler(exported)

    bench = Workbench(a_flow("odd"), {"odd": ScriptedAction(missing)})
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert told in outcome.error.description
