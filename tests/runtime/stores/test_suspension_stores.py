"""The shipped suspension stores keep to the rules that an embedder's is held to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from loginwright_runtime.extension_points import ClaimedSuspension, ClaimRefused
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.memory import MemorySuspensionStore
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing import FailingSuspensionStore, SuspensionStoreConformance
from loginwright_runtime.testing.suspension_conformance import claim, suspension
from sqlite_probe import QUICK_FOLDER

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from loginwright_runtime.extension_points import Clock, SuspensionStore


class TestMemory(SuspensionStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(self, clock: Clock) -> AsyncGenerator[SuspensionStore]:
        yield MemorySuspensionStore(clock=clock)


class TestSqlite(SuspensionStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(self, clock: Clock) -> AsyncGenerator[SuspensionStore]:
        with TemporaryDirectory(dir=QUICK_FOLDER) as folder:
            async with SqliteStore(Path(folder, "logins.db"), clock=clock) as store:
                yield store.suspensions


class TestFailingWithoutFaults(SuspensionStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(self, clock: Clock) -> AsyncGenerator[SuspensionStore]:
        yield FailingSuspensionStore(MemorySuspensionStore(clock=clock))


async def test_shipped_stores_tell_to_the_second_when_a_claim_lapses() -> None:
    with TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        async with SqliteStore(Path(folder, "logins.db"), monotonic=lambda: 1000.0) as file:
            memory = MemorySuspensionStore(monotonic=lambda: 1000.0)
            stores: tuple[SuspensionStore, ...] = (file.suspensions, memory)
            for store in stores:
                now = store.clock.now()
                await store.save(replace(suspension("1"), expires_at=now + 3600))
                await store.claim(claim("1", "first", 50))
                refused = await store.claim(claim("1", "second"))
                assert isinstance(refused, ClaimRefused)
                assert (refused.reason, refused.lapses_in) == ("used", 50.0)


@pytest.mark.parametrize("comes", ["another login", "another return"])
@pytest.mark.parametrize(("passed", "forgotten"), [(3599.0, False), (3600.0, True)])
async def test_a_memory_store_forgets_once_an_hour_who_never_came_back(
    comes: str, passed: float, forgotten: bool
) -> None:
    clock, real = MovableClock(1000.0), [0.0]
    store = MemorySuspensionStore(clock=clock, monotonic=lambda: real[0])
    await store.save(replace(suspension("1"), expires_at=2000.0))

    clock.move_to(2000.0 + 86_400.0)  # a day after it expired, nobody need be told so any more
    real[0] = passed
    if comes == "another login":
        await store.save(replace(suspension("2"), expires_at=clock.now() + 60.0))
    else:
        await store.claim(claim("2"))

    clock.move_to(1500.0)  # a clock that is set back brings nothing back that is forgotten
    answer = await store.claim(claim("1"))
    assert answer == ClaimRefused("unknown") if forgotten else isinstance(answer, ClaimedSuspension)
