"""The claim of a resumed login: renewed while its leg runs, and no longer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from loginwright_runtime.engine.claim_guard import ClaimGuard, ClaimLostError
from loginwright_runtime.extension_points import ClaimedSuspension, Renew, Transition
from loginwright_runtime.stores.memory import MemorySuspensionStore
from loginwright_runtime.testing.suspension_conformance import suspension

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LEASE = 0.03


class SlowRenewals(MemorySuspensionStore):
    """A store that renews a lease when a story lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()
        self.let = asyncio.Event()
        self.renewals = 0

    @override
    async def settle(self, transition: Transition) -> bool:
        if isinstance(transition, Renew):
            self.renewals += 1
            self.begun.set()
            await self.let.wait()
        return True


async def test_claim_is_renewed_no_more_once_closing_was_given_up() -> None:
    store = SlowRenewals()
    guard = ClaimGuard(store, ClaimedSuspension(suspension("1"), "claim"), LEASE)
    await store.begun.wait()
    closing = asyncio.create_task(guard.close())
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.wait([closing])
    again = asyncio.create_task(guard.close())
    await asyncio.sleep(0)
    assert not again.done()
    store.let.set()
    await again
    await asyncio.sleep(LEASE * 2)
    assert store.renewals == 1


class LastingClaims(MemorySuspensionStore):
    """A store whose claims all hold, and that tells when one was renewed often."""

    def __init__(self) -> None:
        super().__init__()
        self.renewals = 0
        self.renewed_often = asyncio.Event()

    @override
    async def settle(self, transition: Transition) -> bool:
        self.renewals += isinstance(transition, Renew)
        if self.renewals == 3:
            self.renewed_often.set()
        return True


class SeenTimers:
    """What was asked of a loop to be done later."""

    def __init__(self, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
        self.delays: list[float] = []
        self.handles: list[asyncio.TimerHandle] = []
        self._call_later = loop.call_later
        monkeypatch.setattr(loop, "call_later", self)

    def __call__(
        self, delay: float, callback: Callable[..., object], *args: object
    ) -> asyncio.TimerHandle:
        self.delays.append(delay)
        self.handles.append(self._call_later(delay, callback, *args))
        return self.handles[-1]


async def test_claim_is_renewed_again_and_again_while_its_login_runs() -> None:
    store = LastingClaims()
    guard = ClaimGuard(store, ClaimedSuspension(suspension("1"), "claim"), LEASE)
    await store.renewed_often.wait()
    await guard.close()


async def test_renewal_has_time_to_fail_once_before_the_lease_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    timers = SeenTimers(asyncio.get_running_loop(), monkeypatch)
    guard = ClaimGuard(LastingClaims(), ClaimedSuspension(suspension("1"), "claim"), 60.0)
    await guard.close()
    assert timers.delays
    assert all(delay <= 60.0 / 2 for delay in timers.delays)


@pytest.mark.parametrize(
    "end",
    [
        ClaimGuard.close,
        ClaimGuard.finish,
        ClaimGuard.release,
        lambda guard: guard.suspend_again(suspension("2")),
    ],
    ids=["closed", "finished", "released", "suspended again"],
)
async def test_claim_whose_leg_has_ended_is_renewed_no_more(
    end: Callable[[ClaimGuard], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    timers = SeenTimers(asyncio.get_running_loop(), monkeypatch)
    guard = ClaimGuard(LastingClaims(), ClaimedSuspension(suspension("1"), "claim"), 60.0)
    await end(guard)
    assert timers.handles
    assert all(handle.cancelled() for handle in timers.handles)


class LosesOnce(MemorySuspensionStore):
    """A store in which somebody else held the claim for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.renewals = 0
        self.lost = asyncio.Event()

    @override
    async def settle(self, transition: Transition) -> bool:
        self.renewals += isinstance(transition, Renew)
        self.lost.set()
        return self.renewals != 1


async def test_claim_that_was_lost_once_is_not_held_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever took it over may have run the same leg; nothing is changed outside from then on."""
    timers = SeenTimers(asyncio.get_running_loop(), monkeypatch)
    store = LosesOnce()
    guard = ClaimGuard(store, ClaimedSuspension(suspension("1"), "claim"), LEASE)
    await store.lost.wait()
    await asyncio.sleep(0)
    with pytest.raises(ClaimLostError, match="taken over"):
        await guard.check()
    assert len(timers.delays) == 1
    await guard.close()
    assert store.renewals == 1
