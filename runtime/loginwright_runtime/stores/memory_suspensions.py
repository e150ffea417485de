"""Suspended logins in memory, by the same rules as the file."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, assert_never

from loginwright_runtime.extension_points import (
    ClaimedSuspension,
    ClaimRefused,
    ClaimRequest,
    Clock,
    Finish,
    Release,
    Renew,
    SavedSuspension,
    SuspendAgain,
    Transition,
)
from loginwright_runtime.stores.clocks import SystemClock
from loginwright_runtime.stores.limits import (
    EXPIRED_SECONDS,
    MAX_SUSPENSIONS,
    PURGE_SECONDS,
    finished_already,
    kept_already,
    too_many_suspensions,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_PLACE = "The store in memory"


@dataclass(frozen=True, slots=True)
class _Claim:
    claim_id: str
    lease_until: float


@dataclass(frozen=True, slots=True)
class _Kept:
    suspension: SavedSuspension  # without its archive
    claim: _Claim | None = None


@dataclass(frozen=True, slots=True)
class _Tombstone:
    browser_digest: str | None
    transaction_id: str
    kind: Literal["finished", "left", "expired"]
    until: float


class MemorySuspensionStore:
    """Keeps suspended logins until the process ends.

    Guarantees: as ``SqliteStore.suspensions``, save that nothing outlives the process. Every method
    is done before it gives the loop back, so that of many claims at once exactly one wins. Leases
    run in monotonic time, expiry in the store's clock (security.md 28). Use it from one thread.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        max_suspensions: int = MAX_SUSPENSIONS,
    ) -> None:
        """Start empty.

        Args:
            clock: The store's time; the machine's when left out.
            monotonic: Real time, in which leases lapse.
            max_suspensions: Suspended logins kept at most; ``save`` raises StoreError beyond.
        """
        self._clock: Clock = clock or SystemClock()
        self._monotonic = monotonic
        self._max_suspensions = max_suspensions
        self._kept: dict[str, _Kept] = {}
        self._archives: dict[str, bytes] = {}
        self._tombstones: dict[str, _Tombstone] = {}
        self._finished: dict[str, float] = {}
        self._next_purge = 0.0

    @property
    def clock(self) -> Clock:
        """The store's time."""
        return self._clock

    async def save(self, suspension: SavedSuspension) -> None:
        """Keep a first suspension; StoreError when it was kept before, ended, or finds no room."""
        self._purge_hourly()
        self._check_new(suspension)
        if len(self._kept) >= self._max_suspensions:
            self._purge()
        if len(self._kept) >= self._max_suspensions:
            raise too_many_suspensions(self._max_suspensions, _PLACE)
        self._keep(suspension)

    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        """Claim a state for the browser that left with it."""
        self._purge_hourly()
        kept = self._kept.get(request.state_digest)
        if kept is None:
            return self._why_gone(request)
        suspension = kept.suspension
        if suspension.browser_digest != request.browser_digest:
            return ClaimRefused("unknown")
        if suspension.expires_at <= self._clock.now():
            return ClaimRefused("expired")
        now = self._monotonic()
        if kept.claim is not None and now < kept.claim.lease_until:
            return ClaimRefused("used", lapses_in=kept.claim.lease_until - now)
        claim = _Claim(request.claim_id, now + request.lease_seconds)
        self._kept[request.state_digest] = _Kept(suspension, claim)
        if suspension.flow_version not in request.known_versions:
            archive = self._archives[suspension.flow_version]
            suspension = replace(suspension, flow_archive=archive)
        return ClaimedSuspension(suspension, request.claim_id)

    async def settle(self, transition: Transition) -> bool:
        """Apply a transition if its claim still holds."""
        kept = self._kept.get(transition.state_digest)
        if kept is None or kept.claim is None or kept.claim.claim_id != transition.claim_id:
            return False
        match transition:
            case Renew(lease_seconds=seconds):
                claim = replace(kept.claim, lease_until=self._monotonic() + seconds)
                self._kept[transition.state_digest] = replace(kept, claim=claim)
            case Release():
                self._kept[transition.state_digest] = replace(kept, claim=None)
            case Finish():
                self._bury(transition.state_digest, "finished")
            case SuspendAgain(suspension=suspension):
                self._check_new(suspension)
                self._bury(transition.state_digest, "left")
                self._keep(suspension)
            case _:
                assert_never(transition)
        return True

    def _keep(self, suspension: SavedSuspension) -> None:
        self._archives.setdefault(suspension.flow_version, suspension.flow_archive)
        self._kept[suspension.state_digest] = _Kept(replace(suspension, flow_archive=b""))

    def _check_new(self, suspension: SavedSuspension) -> None:
        now = self._clock.now()
        if self._finished.get(suspension.transaction_id, now) > now:
            raise finished_already(_PLACE)
        if suspension.state_digest in self._kept or self._tombstone(suspension.state_digest):
            raise kept_already(_PLACE)

    def _bury(self, state_digest: str, kind: Literal["finished", "left", "expired"]) -> None:
        suspension = self._kept.pop(state_digest).suspension
        until = suspension.expires_at + (EXPIRED_SECONDS if kind == "expired" else 0.0)
        self._tombstones[state_digest] = _Tombstone(
            suspension.browser_digest, suspension.transaction_id, kind, until
        )
        if kind == "finished":
            self._finished[suspension.transaction_id] = until

    def _tombstone(self, state_digest: str) -> _Tombstone | None:
        tombstone = self._tombstones.get(state_digest)
        return tombstone if tombstone and tombstone.until > self._clock.now() else None

    def _why_gone(self, request: ClaimRequest) -> ClaimRefused:
        tombstone = self._tombstone(request.state_digest)
        if tombstone is None or tombstone.browser_digest != request.browser_digest:
            return ClaimRefused("unknown")
        return ClaimRefused("expired" if tombstone.kind == "expired" else "used")

    def _purge_hourly(self) -> None:
        if self._monotonic() >= self._next_purge:
            self._purge()

    def _purge(self) -> None:
        now, real = self._clock.now(), self._monotonic()
        self._next_purge = real + PURGE_SECONDS
        for state_digest, kept in list(self._kept.items()):
            free = kept.claim is None or kept.claim.lease_until <= real
            if free and kept.suspension.expires_at <= now:
                self._bury(state_digest, "expired")
        self._tombstones = {key: t for key, t in self._tombstones.items() if t.until > now}
        self._finished = {key: until for key, until in self._finished.items() if until > now}
        needed = {kept.suspension.flow_version for kept in self._kept.values()}
        self._archives = {key: a for key, a in self._archives.items() if key in needed}
