"""The claim of a resumed login, when its resume is given up."""

from __future__ import annotations

import asyncio

from typing_extensions import override

from loginwright_runtime.engine.claim_guard import ClaimGuard
from loginwright_runtime.extension_points import ClaimedSuspension, Renew, Transition
from loginwright_runtime.stores.memory import MemorySuspensionStore
from loginwright_runtime.testing.suspension_conformance import suspension

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
