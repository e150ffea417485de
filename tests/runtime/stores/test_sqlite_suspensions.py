"""What the store file promises beyond the rules of every suspension store."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import (
    CacheChange,
    CacheRecord,
    CacheScope,
    ClaimedSuspension,
    ClaimRefused,
    Finish,
    Release,
    Renew,
    SuspendAgain,
)
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing.suspension_conformance import claim, digest, suspension
from loginwright_runtime.testing.user_conformance import change as metadata_change
from loginwright_runtime.testing.user_conformance import user, writing
from sqlite_probe import change, file_bytes, rows, watch

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3600.0
START = suspension("1").expires_at - HOUR
DAY = 86_400.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "logins.db"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


# --- commits --------------------------------------------------------------------------------------


async def test_suspending_and_resuming_takes_three_commits(
    path: Path, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = watch(monkeypatch)
    async with SqliteStore(path, clock=clock) as store:
        await store.open()  # by now the purge of the start is over
        before = statements.commits
        await store.suspensions.save(suspension("1"))
        assert isinstance(await store.suspensions.claim(claim("1")), ClaimedSuspension)
        assert await store.suspensions.settle(Finish(digest("1"), "claim"))
        assert statements.commits - before == 3


async def test_leaving_again_takes_one_commit(
    path: Path, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = watch(monkeypatch)
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.claim(claim("1"))
        before = statements.commits
        assert await store.suspensions.settle(SuspendAgain(digest("1"), "claim", suspension("2")))
        assert statements.commits - before == 1


async def test_claim_is_one_statement_that_compares_everything(
    path: Path, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = watch(monkeypatch)
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
        statements.seen.clear()
        await store.suspensions.claim(claim("1"))
    begin = statements.seen.index("BEGIN IMMEDIATE")
    the_claim = statements.seen[begin + 1]
    assert the_claim.split()[:2] == ["UPDATE", "suspension"]
    condition = the_claim.partition("WHERE")[2]
    for column in ("state_digest", "browser_digest IS", "expires_at", "claim_id", "lease_until"):
        assert column in condition


async def test_suspensions_and_users_wait_for_the_disk_and_the_cache_does_not(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = watch(monkeypatch)
    record = CacheRecord("teal", 0)
    async with SqliteStore(path) as store:
        await store.open()
        await store.cache.commit(CacheChange(CacheScope("flow"), {"colour": record}))
        await store.suspensions.save(replace(suspension("1"), expires_at=2.0**40))
        await store.cache.commit(CacheChange(CacheScope("flow"), {"colour": None}))
        await store.users.put(user())
        await store.users.write(writing("k", metadata_change("colour", "teal")))
    assert "INSERT INTO cache" in levels(statements.seen)["NORMAL"]
    assert "DELETE FROM cache" in levels(statements.seen)["NORMAL"]
    for kept in ("INSERT INTO suspension", "INSERT INTO user", "INSERT INTO profile_write"):
        assert kept in levels(statements.seen)["FULL"]
        assert kept not in levels(statements.seen)["NORMAL"]


async def test_claim_waits_for_no_disk_because_a_power_cut_frees_it_anyway(
    path: Path, monkeypatch: pytest.MonkeyPatch, clock: MovableClock
) -> None:
    statements = watch(monkeypatch)
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.claim(claim("1"))
        await store.suspensions.settle(Renew(digest("1"), "claim", 60))
        await store.suspensions.settle(Release(digest("1"), "claim"))
        await store.suspensions.claim(claim("1"))
        await store.suspensions.settle(SuspendAgain(digest("1"), "claim", suspension("2")))
        await store.suspensions.claim(claim("2"))
        await store.suspensions.settle(Finish(digest("2"), "claim"))
    under = levels(statements.seen)
    assert under["NORMAL"].count("UPDATE suspension") == 5  # three claims, a renewal, a release
    assert "UPDATE suspension" not in under["FULL"]
    assert "INSERT INTO tombstone" not in under["NORMAL"]
    assert under["FULL"].count("INSERT INTO suspension") == 2


def levels(statements: list[str]) -> dict[str, str]:
    """What was executed under each ``synchronous``."""
    level = "none"
    under: dict[str, str] = {"FULL": "", "NORMAL": ""}
    for statement in statements:
        if statement.startswith("PRAGMA synchronous = "):
            level = statement.rpartition(" ")[2]
        elif level in under:
            under[level] += statement + "\n"
    return under


# --- archives -------------------------------------------------------------------------------------


async def test_archive_of_a_version_is_kept_once(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as store:
        for name in ("1", "2", "3"):
            await store.suspensions.save(suspension(name))
        assert rows(path, "SELECT version FROM flow_archive") == [(suspension("1").flow_version,)]


async def test_archive_goes_when_no_suspension_needs_it(path: Path, clock: MovableClock) -> None:
    newer = replace(suspension("2"), flow_version="sha256:newer", flow_archive=b"newer")
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.save(newer)
        await store.suspensions.claim(claim("1"))
        await store.suspensions.settle(Finish(digest("1"), "claim"))
    assert rows(path, "SELECT version FROM flow_archive") == [("sha256:newer",)]
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.claim(claim("2"))
        await store.suspensions.settle(Finish(digest("2"), "claim"))
    assert rows(path, "SELECT version FROM flow_archive") == []


async def test_login_that_leaves_again_keeps_its_archive(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.claim(claim("1"))
        await store.suspensions.settle(SuspendAgain(digest("1"), "claim", suspension("2")))
    async with SqliteStore(path, clock=clock) as reopened:
        again = await reopened.suspensions.claim(claim("2"))
    assert again == ClaimedSuspension(suspension("2"), "claim")


# --- purge ----------------------------------------------------------------------------------------


async def test_what_expired_is_erased_at_the_next_start(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.save(replace(suspension("2"), expires_at=START + 3 * HOUR))
        await store.users.put(user())
    assert suspension("1").sealed in file_bytes(path)
    clock.advance(HOUR)
    async with SqliteStore(path, clock=clock):
        pass
    assert suspension("1").sealed not in file_bytes(path)
    assert suspension("2").sealed in file_bytes(path)
    assert rows(path, "SELECT state_digest FROM suspension") == [(digest("2"),)]


async def test_late_user_is_told_expired_for_a_day(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
    clock.advance(HOUR + DAY - 1)
    async with SqliteStore(path, clock=clock) as store:
        await store.open()  # purged
        assert await store.suspensions.claim(claim("1")) == ClaimRefused("expired")
        foreign = replace(claim("1"), browser_digest=digest("another"))
        assert await store.suspensions.claim(foreign) == ClaimRefused("unknown")
    clock.advance(1)
    async with SqliteStore(path, clock=clock) as store:
        assert await store.suspensions.claim(claim("1")) == ClaimRefused("unknown")
    assert rows(path, "SELECT * FROM tombstone") == []


async def test_tombstone_goes_with_the_logins_expiry(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.claim(claim("1"))
        await store.suspensions.settle(Finish(digest("1"), "claim"))
    clock.advance(HOUR - 1)
    async with SqliteStore(path, clock=clock):
        pass
    assert rows(path, "SELECT transaction_id FROM tombstone") == [("transaction 1",)]
    clock.advance(1)
    async with SqliteStore(path, clock=clock):
        pass
    assert rows(path, "SELECT * FROM tombstone") == []


async def test_login_that_is_running_is_not_purged(path: Path, clock: MovableClock) -> None:
    async with SqliteStore(path, clock=clock) as running:
        await running.suspensions.save(suspension("1"))
        await running.suspensions.claim(claim("1", "mine"))
        clock.advance(2 * HOUR)
        async with SqliteStore(path, clock=clock) as another:
            await another.open()
        assert await running.suspensions.settle(Finish(digest("1"), "mine"))


async def test_answers_and_cached_values_go_after_a_day(path: Path, clock: MovableClock) -> None:
    flow = CacheScope("flow")
    async with SqliteStore(path, clock=clock) as store:
        await store.users.put(user())
        await store.users.write(writing("k", metadata_change("colour", "teal")))
        await store.cache.commit(CacheChange(flow, {"colour": CacheRecord("teal", 0)}))
    clock.advance(DAY - 1)
    async with SqliteStore(path, clock=clock) as store:
        await store.open()
        again = await store.users.write(writing("k", metadata_change("colour", "teal")))
        assert again.skipped == ()
        assert await store.cache.read(flow) == {"colour": CacheRecord("teal", 0)}
    clock.advance(1)
    async with SqliteStore(path, clock=clock) as store:
        await store.open()
        assert rows(path, "SELECT * FROM profile_write") == []
        assert await store.cache.read(flow) == {}


async def test_purge_in_parts_erases_everything_and_gives_the_disk_back(
    path: Path, clock: MovableClock
) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await asyncio.gather(
            *(store.suspensions.save(suspension(f"{number}")) for number in range(2500))
        )
    full = len(file_bytes(path))
    clock.advance(HOUR)
    async with SqliteStore(path, clock=clock) as store:
        for _ in range(4):
            await store.open()
        assert rows(path, "SELECT count(*) FROM suspension") == [(0,)]
        assert rows(path, "SELECT count(*) FROM tombstone") == [(2500,)]
    clock.advance(DAY)
    async with SqliteStore(path, clock=clock):
        pass
    assert len(file_bytes(path)) < full - 500_000  # a megabyte stays for the next logins


# --- bounds, leases and damage --------------------------------------------------------------------


async def test_full_store_refuses_until_something_has_expired(
    path: Path, clock: MovableClock
) -> None:
    async with SqliteStore(path, clock=clock, max_suspensions=2) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.save(suspension("2"))
        with pytest.raises(StoreError, match="keeps 2 suspended logins") as refused:
            await store.suspensions.save(suspension("3"))
        assert refused.value.remedy
        assert str(path) in str(refused.value)
        await store.suspensions.claim(claim("1"))
        again = SuspendAgain(digest("1"), "claim", suspension("4"))
        assert await store.suspensions.settle(again)
        clock.advance(HOUR)
        late = replace(suspension("3"), expires_at=clock.now() + HOUR)
        await store.suspensions.save(late)
        assert rows(path, "SELECT state_digest FROM suspension") == [(digest("3"),)]


async def test_lease_lapses_in_real_time(path: Path, clock: MovableClock) -> None:
    real = MovableClock(1000)
    async with SqliteStore(path, clock=clock, monotonic=real.now) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.claim(claim("1", "first", 30))
        real.advance(29.9)
        assert await store.suspensions.claim(claim("1", "second")) == ClaimRefused("used")
        assert await store.suspensions.settle(Renew(digest("1"), "first", 30))
        real.advance(29.9)
        assert await store.suspensions.claim(claim("1", "second")) == ClaimRefused("used")
        real.advance(0.1)
        assert isinstance(await store.suspensions.claim(claim("1", "third")), ClaimedSuspension)
        assert not await store.suspensions.settle(Renew(digest("1"), "first", 30))


async def test_lease_from_before_the_machine_started_anew_has_lapsed(
    path: Path, clock: MovableClock
) -> None:
    async with SqliteStore(path, clock=clock, monotonic=lambda: 900_000.0) as store:
        await store.suspensions.save(suspension("1"))
        await store.suspensions.claim(claim("1", "first", 600))
    async with SqliteStore(path, clock=clock, monotonic=lambda: 20.0) as store:
        assert isinstance(await store.suspensions.claim(claim("1", "new")), ClaimedSuspension)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE sealed_login SET sealed = 'text'",
        "DELETE FROM sealed_login",
        "UPDATE suspension SET flow_version = x'00'",
        "UPDATE suspension SET flow_version = 'sha256:other'",
        "UPDATE flow_archive SET archive = 7",
        "DELETE FROM flow_archive",
    ],
)
async def test_damaged_row_is_an_error_and_not_a_login(
    path: Path, clock: MovableClock, damage: str
) -> None:
    async with SqliteStore(path, clock=clock) as store:
        await store.suspensions.save(suspension("1"))
    change(path, damage)
    async with SqliteStore(path, clock=clock) as store:
        with pytest.raises(StoreError, match="damaged"):
            await store.suspensions.claim(claim("1"))
    assert rows(path, "SELECT claim_id FROM suspension") == [(None,)]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE user SET profile = 'text'",
        "UPDATE user SET profile = x'5b5d'",
        "UPDATE user SET profile = x'7b'",
        "UPDATE profile_write SET skipped = x'5b317d'",
        "UPDATE profile_write SET skipped = x'5b315d'",
        "UPDATE profile_write SET skipped = x'7b7d'",
    ],
)
async def test_damaged_profile_or_answer_is_an_error(path: Path, damage: str) -> None:
    write = writing("k", metadata_change("colour", "teal"))
    async with SqliteStore(path) as store:
        await store.users.put(user())
        await store.users.write(write)
    change(path, damage)
    again = write if "profile_write" in damage else writing("another key")
    async with SqliteStore(path) as store:
        with pytest.raises(StoreError, match="damaged"):
            await store.users.write(again)


async def test_damaged_cache_record_is_as_good_as_none(path: Path) -> None:
    flow = CacheScope("flow")
    records = {"a": CacheRecord("1", 0), "b": CacheRecord("2", 0)}
    async with SqliteStore(path) as store:
        await store.cache.commit(CacheChange(flow, {**records}))
    change(path, "UPDATE cache SET value = x'00' WHERE key = 'a'")
    async with SqliteStore(path) as store:
        assert await store.cache.read(flow) == {"b": CacheRecord("2", 0)}
