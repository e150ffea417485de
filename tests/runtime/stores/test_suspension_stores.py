"""The shipped suspension stores keep to the rules that an embedder's is held to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.stores.memory import MemorySuspensionStore
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing import FailingSuspensionStore, SuspensionStoreConformance
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
