"""Holds the claim of a resumed login: renews its lease, and fences every later step."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from loginwright_runtime.errors import LoginwrightError, StoreError
from loginwright_runtime.extension_points import (
    ClaimedSuspension,
    Finish,
    Release,
    Renew,
    SavedSuspension,
    SuspendAgain,
)

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import SuspensionStore


class ClaimLostError(LoginwrightError):
    """Another process has taken the login over; this one writes nothing more."""


class ClaimGuard:
    """The claim on one suspended login (security.md 11).

    Args:
        store: Where it was claimed.
        claimed: What was claimed.
        lease_seconds: How long a lease lasts; renewed every third of it while the run lives.
    """

    def __init__(
        self, store: SuspensionStore, claimed: ClaimedSuspension, lease_seconds: float
    ) -> None:
        self._store = store
        self._digest = claimed.suspension.state_digest
        self._claim_id = claimed.claim_id
        self._lease = lease_seconds
        self._timer: asyncio.TimerHandle | None = None
        self._renewal: asyncio.Task[None] | None = None
        self._lost = self._closed = False
        self._loop = asyncio.get_running_loop()
        self._arm()

    def _arm(self) -> None:
        self._timer = self._loop.call_later(self._lease / 3, self._start_renewal)

    def _start_renewal(self) -> None:
        self._renewal = self._loop.create_task(self._renew())

    async def _renew(self) -> None:
        try:
            held = await self._store.settle(Renew(self._digest, self._claim_id, self._lease))
        except StoreError:
            held = True  # the next transition finds out
        if not held:
            self._lost = True
        elif not self._closed:
            self._arm()

    async def check(self) -> None:
        """Make sure the claim still holds before something outside is changed.

        Raises:
            ClaimLostError: It does not.
        """
        if self._lost or not await self._store.settle(
            Renew(self._digest, self._claim_id, self._lease)
        ):
            raise ClaimLostError("The login was taken over.")

    async def finish(self) -> None:
        """End the login; ClaimLostError when somebody else holds it."""
        await self.close()
        if not await self._store.settle(Finish(self._digest, self._claim_id)):
            raise ClaimLostError("The login was taken over.")

    async def suspend_again(self, suspension: SavedSuspension) -> None:
        """Replace the used state by the next; ClaimLostError when somebody else holds it."""
        await self.close()
        if not await self._store.settle(SuspendAgain(self._digest, self._claim_id, suspension)):
            raise ClaimLostError("The login was taken over.")

    async def release(self) -> None:
        """Give the state back unused; a claim that is gone is no matter."""
        await self.close()
        await self._store.settle(Release(self._digest, self._claim_id))

    async def close(self) -> None:
        """Stop renewing, also when cancelled; returns when a renewal under way has ended."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        if self._renewal is not None:
            await asyncio.wait([self._renewal])
