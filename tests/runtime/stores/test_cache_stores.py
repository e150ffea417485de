"""The shipped cache stores keep to the rules that an embedder's is held to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import CacheChange, CacheRecord, CacheScope
from loginwright_runtime.stores.memory import MemoryCacheStore
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing import CacheStoreConformance, FailingCacheStore
from sqlite_probe import QUICK_FOLDER

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from loginwright_runtime.extension_points import CacheStore

FLOW = CacheScope("Customer login")


class TestMemory(CacheStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(self) -> AsyncGenerator[CacheStore]:
        yield MemoryCacheStore()


class TestSqlite(CacheStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(self) -> AsyncGenerator[CacheStore]:
        with TemporaryDirectory(dir=QUICK_FOLDER) as folder:
            async with SqliteStore(Path(folder, "logins.db")) as store:
                yield store.cache


class TestFailingWithoutFaults(CacheStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(self) -> AsyncGenerator[CacheStore]:
        yield FailingCacheStore(MemoryCacheStore())


@pytest.mark.parametrize(
    "record", [CacheRecord("teal", 2**63), CacheRecord("half a \ud83d pair", 0)]
)
async def test_change_that_sqlite_cannot_hold_is_refused_whole(
    tmp_path: Path, record: CacheRecord
) -> None:
    fine = CacheRecord("teal", 0)
    async with SqliteStore(tmp_path / "logins.db") as store:
        with pytest.raises(StoreError, match="cannot keep a value"):
            await store.cache.commit(CacheChange(FLOW, {"fine": fine, "odd": record}))
        assert await store.cache.read(FLOW) == {}
        await store.cache.commit(CacheChange(FLOW, {"fine": fine}))
        assert await store.cache.read(FLOW) == {"fine": fine}
