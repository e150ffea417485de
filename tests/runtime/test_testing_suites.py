"""The conformance suites find what is wrong with a store."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import (
    CacheChange,
    CacheRecord,
    CacheScope,
    ClaimedSuspension,
    ClaimRefused,
    ClaimRequest,
    Finish,
    ProfileWrite,
    Renew,
    SavedSuspension,
    SuspendAgain,
    Transition,
    UserQuery,
    UserRecord,
    WriteResult,
)
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.memory import (
    MemoryCacheStore,
    MemorySuspensionStore,
    MemoryUserStore,
)
from loginwright_runtime.testing import (
    CacheStoreConformance,
    SuspensionStoreConformance,
    UserStoreConformance,
)
from loginwright_runtime.testing.user_conformance import user

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from loginwright_runtime.extension_points import (
        CacheStore,
        Clock,
        SuspensionStore,
        UserStore,
    )
    from loginwright_runtime.login.json_values import JsonObject


class ForgetsBrowser(MemorySuspensionStore):
    @override
    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        kept = self._kept.get(request.state_digest)
        if kept is not None:
            request = replace(request, browser_digest=kept.suspension.browser_digest)
        return await super().claim(request)


class ForgetsLease(MemorySuspensionStore):
    @override
    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        return await super().claim(replace(request, lease_seconds=0))


class NeverLapses(MemorySuspensionStore):
    @override
    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        return await super().claim(replace(request, lease_seconds=1e9))


class ForgetsRenewal(MemorySuspensionStore):
    @override
    async def settle(self, transition: Transition) -> bool:
        return isinstance(transition, Renew) or await super().settle(transition)


class AlwaysSettles(MemorySuspensionStore):
    @override
    async def settle(self, transition: Transition) -> bool:
        await super().settle(transition)
        return True


class ForgetsTombstone(MemorySuspensionStore):
    @override
    async def settle(self, transition: Transition) -> bool:
        settled = await super().settle(transition)
        self._finished.clear()
        self._tombstones.clear()
        return settled


class SwapsInTwoSteps(MemorySuspensionStore):
    @override
    async def settle(self, transition: Transition) -> bool:
        if not isinstance(transition, SuspendAgain):
            return await super().settle(transition)
        if not await super().settle(Finish(transition.state_digest, transition.claim_id)):
            return False
        self._finished.clear()
        await self.save(transition.suspension)
        return True


class ForgetsArchive(MemorySuspensionStore):
    @override
    async def save(self, suspension: SavedSuspension) -> None:
        await super().save(replace(suspension, flow_archive=b""))


class RoundsExpiry(MemorySuspensionStore):
    @override
    async def save(self, suspension: SavedSuspension) -> None:
        await super().save(replace(suspension, expires_at=round(suspension.expires_at, 2)))


class ExpiresLate(MemorySuspensionStore):
    @override
    async def save(self, suspension: SavedSuspension) -> None:
        await super().save(replace(suspension, expires_at=suspension.expires_at + 1))


class SavesTwice(MemorySuspensionStore):
    @override
    async def save(self, suspension: SavedSuspension) -> None:
        self._kept.pop(suspension.state_digest, None)
        await super().save(suspension)


class OwnClock(MemorySuspensionStore):
    def __init__(self, clock: Clock) -> None:
        super().__init__(clock=MovableClock(clock.now()))


class RacesForClaims(MemorySuspensionStore):
    @override
    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        before = self._kept.get(request.state_digest)
        await asyncio.sleep(0)
        if before is not None:
            self._kept[request.state_digest] = before
        return await super().claim(request)


@pytest.mark.parametrize(
    ("broken", "found_by"),
    [
        (ForgetsBrowser, "foreign_browser_is_told_unknown_and_uses_nothing"),
        (ForgetsLease, "claimed_state_is_used_while_its_lease_holds"),
        (NeverLapses, "lapsed_lease_can_be_claimed_again"),
        (ForgetsRenewal, "renewed_lease_holds"),
        (AlwaysSettles, "who_lost_the_claim_writes_nothing"),
        (AlwaysSettles, "nothing_is_settled_without_a_claim"),
        (ForgetsTombstone, "finished_login_is_used_and_not_kept_again"),
        (ForgetsTombstone, "used_state_is_not_kept_again_while_its_login_is_away"),
        (SwapsInTwoSteps, "login_that_cannot_leave_again_keeps_its_claim"),
        (ForgetsArchive, "archive_of_the_right_version_comes_back"),
        (RoundsExpiry, "expiry_comes_back_to_its_last_digit"),
        (ExpiresLate, "expired_state_is_told_so_to_its_own_browser"),
        (SavesTwice, "state_is_saved_once"),
        (OwnClock, "clock_is_the_one_it_was_given"),
        (RacesForClaims, "of_fifty_claims_at_once_one_wins"),
    ],
)
async def test_suite_finds_the_broken_suspension_store(
    broken: Callable[..., SuspensionStore], found_by: str
) -> None:
    class Suite(SuspensionStoreConformance):
        @override
        @asynccontextmanager
        async def make_store(self, clock: Clock) -> AsyncGenerator[SuspensionStore]:
            yield broken(clock=clock)

    assert f"test_{found_by}" in await failed_tests(Suite())


class OverwritesChanges(MemoryUserStore):
    @override
    async def write(self, write: ProfileWrite) -> WriteResult:
        record = await self.read(UserQuery(write.user_id))
        stored = record.profile["user_metadata"] if record else {}
        assert isinstance(stored, dict)
        seen = tuple(replace(one, expected=stored.get(one.key)) for one in write.changes)
        return await super().write(replace(write, changes=seen))


class ForgetsKeys(MemoryUserStore):
    @override
    async def write(self, write: ProfileWrite) -> WriteResult:
        self._answers.clear()
        return await super().write(write)


class ReplacesMetadata(MemoryUserStore):
    @override
    async def write(self, write: ProfileWrite) -> WriteResult:
        if write.user_id == "auth0|ada":
            await self.put(user(**{one.key: one.value for one in write.changes}))
        return await super().write(replace(write, changes=()))


class MakesUsers(MemoryUserStore):
    @override
    async def read(self, query: UserQuery) -> UserRecord | None:
        return await super().read(query) or UserRecord({"user_id": query.user_id})


class SharesProfiles(MemoryUserStore):
    shared: UserRecord | None = None

    @override
    async def read(self, query: UserQuery) -> UserRecord | None:
        self.shared = self.shared or await super().read(query)
        return self.shared


class ForgetsBlocks(MemoryUserStore):
    @override
    async def put(self, profile: JsonObject, *, blocked: bool = False) -> None:
        await super().put(profile)


class LosesOtherWrites(MemoryUserStore):
    @override
    async def write(self, write: ProfileWrite) -> WriteResult:
        before = self._users.get(write.user_id)
        await asyncio.sleep(0)
        if before is not None:
            self._users[write.user_id] = before
        return await super().write(write)


@pytest.mark.parametrize(
    ("broken", "found_by"),
    [
        (OverwritesChanges, "stored_value_that_changed_meanwhile_wins"),
        (OverwritesChanges, "true_is_not_one"),
        (ForgetsKeys, "repeated_key_is_applied_once_and_answered_alike"),
        (ReplacesMetadata, "written_keys_are_read_back_and_the_others_stay"),
        (ReplacesMetadata, "none_removes_a_key"),
        (ReplacesMetadata, "both_metadata_are_written_apart"),
        (MakesUsers, "user_who_is_not_there_is_none"),
        (MakesUsers, "user_who_is_gone_cannot_be_written"),
        (SharesProfiles, "changing_what_was_read_changes_nothing"),
        (ForgetsBlocks, "blocked_user_is_told_as_blocked"),
        (LosesOtherWrites, "writes_at_once_are_each_whole"),
    ],
)
async def test_suite_finds_the_broken_user_store(
    broken: type[MemoryUserStore], found_by: str
) -> None:
    class Suite(UserStoreConformance):
        @override
        @asynccontextmanager
        async def make_store(
            self, profile: JsonObject, *, blocked: bool = False
        ) -> AsyncGenerator[UserStore]:
            store = broken()
            await store.put(profile, blocked=blocked)
            yield store

    assert f"test_{found_by}" in await failed_tests(Suite())


class OneCache(MemoryCacheStore):
    @override
    def read(self, scope: CacheScope) -> Mapping[str, CacheRecord]:
        return super().read(CacheScope("one"))

    @override
    def commit(self, change: CacheChange) -> None:
        super().commit(replace(change, scope=CacheScope("one")))


class LiveCache(MemoryCacheStore):
    @override
    def read(self, scope: CacheScope) -> Mapping[str, CacheRecord]:
        return self._records.setdefault(scope, {})

    @override
    def commit(self, change: CacheChange) -> None:
        records = self._records.setdefault(change.scope, {})
        records.update({key: record for key, record in change.records.items() if record})


class DropsExpired(MemoryCacheStore):
    @override
    def read(self, scope: CacheScope) -> Mapping[str, CacheRecord]:
        records = super().read(scope)
        return {key: record for key, record in records.items() if record.expires_at > 1e12}


@pytest.mark.parametrize(
    ("broken", "found_by"),
    [
        (OneCache, "cache_belongs_to_one_flow"),
        (LiveCache, "what_was_read_stands_still"),
        (LiveCache, "later_change_replaces_and_removes"),
        (DropsExpired, "expired_record_is_still_read"),
        (DropsExpired, "committed_records_are_read_back"),
    ],
)
async def test_suite_finds_the_broken_cache_store(
    broken: Callable[[], CacheStore], found_by: str
) -> None:
    class Suite(CacheStoreConformance):
        @override
        @asynccontextmanager
        async def make_store(self) -> AsyncGenerator[CacheStore]:
            yield broken()

    assert f"test_{found_by}" in await failed_tests(Suite())


@pytest.mark.parametrize(
    "suite", [SuspensionStoreConformance, UserStoreConformance, CacheStoreConformance]
)
async def test_suite_without_a_store_says_what_it_needs(suite: type[object]) -> None:
    first = next(name for name in dir(suite) if name.startswith("test_"))
    with pytest.raises(NotImplementedError, match="make_store"):
        await getattr(suite(), first)()


async def failed_tests(suite: object) -> set[str]:
    """Run a suite as a test runner would, and return the tests that failed."""
    failed: set[str] = set()
    for name in dir(suite):
        if name.startswith("test_"):
            try:
                await getattr(suite, name)()
            except (AssertionError, StoreError):
                failed.add(name)
    return failed
