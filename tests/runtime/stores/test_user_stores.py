"""The shipped user stores keep to the rules that an embedder's is held to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import MetadataChange, ProfileWrite, UserQuery
from loginwright_runtime.stores.memory import MemoryUserStore
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing import (
    FailingUserStore,
    RateLimitedUserStore,
    UserStoreConformance,
)
from sqlite_probe import QUICK_FOLDER

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from loginwright_runtime.extension_points import UserStore
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.stores.sqlite_users import SqliteUsers

ADA: JsonObject = {"user_id": "auth0|ada", "user_metadata": {}}
GRACE: JsonObject = {"user_id": "auth0|grace", "user_metadata": {}}


class TestMemory(UserStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(
        self, profile: JsonObject, *, blocked: bool = False
    ) -> AsyncGenerator[UserStore]:
        store = MemoryUserStore()
        await store.put(profile, blocked=blocked)
        yield store


class TestSqlite(UserStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(
        self, profile: JsonObject, *, blocked: bool = False
    ) -> AsyncGenerator[UserStore]:
        with TemporaryDirectory(dir=QUICK_FOLDER) as folder:
            async with SqliteStore(Path(folder, "logins.db")) as store:
                await store.users.put(profile, blocked=blocked)
                yield store.users


class TestFailingWithoutFaults(UserStoreConformance):
    @override
    @asynccontextmanager
    async def make_store(
        self, profile: JsonObject, *, blocked: bool = False
    ) -> AsyncGenerator[UserStore]:
        store = MemoryUserStore()
        await store.put(profile, blocked=blocked)
        yield FailingUserStore(RateLimitedUserStore(store, refusals=0))


@pytest.fixture(params=["memory", "sqlite"])
async def users(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[MemoryUserStore | SqliteUsers]:
    if request.param == "memory":
        yield MemoryUserStore([ADA, GRACE])
        return
    async with SqliteStore(tmp_path / "logins.db") as store:
        for profile in (ADA, GRACE):
            await store.users.put(profile)
        yield store.users


async def test_put_replaces_the_whole_profile(users: MemoryUserStore | SqliteUsers) -> None:
    await users.put({"user_id": "auth0|ada", "name": "Ada"}, blocked=True)
    record = await users.read(UserQuery("auth0|ada"))
    assert record is not None
    assert (record.profile, record.blocked) == ({"user_id": "auth0|ada", "name": "Ada"}, True)


async def test_write_leaves_a_blocked_user_blocked(users: MemoryUserStore | SqliteUsers) -> None:
    await users.put(ADA, blocked=True)
    result = await users.write(write_for("auth0|ada", "k"))
    assert result.record is not None
    assert result.record.blocked


async def test_removed_user_is_gone_with_the_answers_about_them(
    users: MemoryUserStore | SqliteUsers,
) -> None:
    await users.write(write_for("auth0|ada", "k"))
    await users.remove(UserQuery("auth0|ada"))
    assert await users.read(UserQuery("auth0|ada")) is None
    assert (await users.write(write_for("auth0|ada", "k"))).record is None
    await users.remove(UserQuery("auth0|ada"))


async def test_idempotency_key_never_shows_one_user_the_profile_of_another(
    users: MemoryUserStore | SqliteUsers,
) -> None:
    await users.write(write_for("auth0|ada", "k"))
    with pytest.raises(StoreError, match="another user"):
        await users.write(write_for("auth0|grace", "k"))
    record = await users.read(UserQuery("auth0|grace"))
    assert record is not None
    assert record.profile == GRACE


async def test_profile_without_an_id_is_not_kept(users: MemoryUserStore | SqliteUsers) -> None:
    with pytest.raises(StoreError, match="user_id"):
        await users.put({"name": "nobody"})


def test_memory_is_not_filled_with_profiles_without_an_id() -> None:
    with pytest.raises(StoreError, match="user_id"):
        MemoryUserStore([{"name": "nobody"}])


async def test_memory_remembers_the_last_ten_thousand_answers() -> None:
    users = MemoryUserStore([ADA])
    first = await users.write(write_for("auth0|ada", "first"))
    for number in range(9_999):
        await users.write(ProfileWrite("auth0|ada", (), f"k{number}"))
    assert await users.write(write_for("auth0|ada", "first")) == first
    await users.write(ProfileWrite("auth0|ada", (), "one more"))
    assert (await users.write(write_for("auth0|ada", "first"))).skipped != ()


async def test_repetition_in_another_process_is_answered_as_the_first(tmp_path: Path) -> None:
    skipped = MetadataChange("app_metadata", "plan", {"of": [1]}, expected="gold")
    write = ProfileWrite("auth0|ada", (skipped, *write_for("auth0|ada", "k").changes), "k")
    async with SqliteStore(tmp_path / "logins.db") as store:
        await store.users.put(ADA)
        first = await store.users.write(write)
    async with SqliteStore(tmp_path / "logins.db") as reopened:
        assert await reopened.users.write(write) == first
    assert first.skipped == (skipped,)


def write_for(user_id: str, key: str) -> ProfileWrite:
    return ProfileWrite(user_id, (MetadataChange("user_metadata", "colour", "teal"),), key)
