"""Who steals the store file finds nothing to resume a login with, and who alters it gains nothing.

Sources: security.md 9, 10 and "Tests that try".
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loginwright_runtime.extension_points import (
    ClaimedSuspension,
    ClaimRequest,
    Finish,
    SavedSuspension,
    SuspendAgain,
)
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.tokens.sealing import (
    SealBroken,
    SealedFor,
    Sealer,
    digest_of,
    new_browser_key,
    new_state,
)
from sqlite_probe import change, file_bytes, rows

if TYPE_CHECKING:
    from pathlib import Path

START = 1_795_428_000.0
KEY = bytes(range(32))
CANARIES = ("canary-secret-value", "canary@example.com", "https://canary.example.com/session")
LOGIN = json.dumps({"canaries": CANARIES}).encode()


class Away:
    """A login that is away: what its browser holds, and what the store is given."""

    def __init__(self, transaction_id: str = "transaction") -> None:
        self.state = new_state()
        self.browser_key = new_browser_key()
        state_digest, browser_digest = digest_of(self.state), digest_of(self.browser_key)
        assert state_digest is not None
        assert browser_digest is not None
        bound = SealedFor(state_digest, "sha256:1", transaction_id, START + 3600)
        self.saved = SavedSuspension(
            state_digest=bound.state_digest,
            browser_digest=browser_digest,
            transaction_id=bound.transaction_id,
            flow_name="Customer login",
            flow_version=bound.flow_version,
            expires_at=bound.expires_at,
            sealed=Sealer([KEY]).seal(LOGIN, self.state, bound),
            flow_archive=b"a bundle",
        )
        self.request = ClaimRequest(state_digest, browser_digest, "claim", 600)

    def opened(self, claimed: ClaimedSuspension) -> bytes | SealBroken:
        """What this login's browser opens of what the store gave out."""
        saved = claimed.suspension
        bound = SealedFor(
            saved.state_digest, saved.flow_version, saved.transaction_id, saved.expires_at
        )
        return Sealer([KEY]).open(saved.sealed, self.state, bound)


def spellings(value: str) -> list[bytes]:
    """The value as it could lie in a file."""
    plain = value.encode()
    return [
        plain,
        plain.hex().encode(),
        base64.b64encode(plain).rstrip(b"="),
        base64.urlsafe_b64encode(plain).rstrip(b"="),
        value.encode("utf-16-le"),
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "logins.db"


async def test_thief_finds_neither_states_nor_browser_keys_nor_anything_of_the_login(
    path: Path,
) -> None:
    first, second, third = Away(), Away(), Away("another")
    hidden = [*CANARIES]
    for away in (first, second, third):
        hidden += [away.state, away.browser_key]
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        await store.suspensions.save(first.saved)
        await store.suspensions.save(third.saved)
        await store.suspensions.claim(first.request)
        await store.suspensions.settle(
            SuspendAgain(first.saved.state_digest, "claim", second.saved)
        )
        claimed = await store.suspensions.claim(second.request)
        assert isinstance(claimed, ClaimedSuspension)
        assert second.opened(claimed) == LOGIN
        await store.suspensions.settle(Finish(second.saved.state_digest, "claim"))
        while_open = file_bytes(path)
    closed = file_bytes(path)
    assert third.saved.sealed in closed, "the login that is still away is kept"
    for value in hidden:
        for spelling in spellings(value):
            assert spelling not in while_open
            assert spelling not in closed


async def test_ended_login_is_overwritten(path: Path) -> None:
    away = Away()
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        await store.suspensions.save(away.saved)
        await store.suspensions.claim(away.request)
        await store.suspensions.settle(Finish(away.saved.state_digest, "claim"))
    assert away.saved.sealed not in file_bytes(path)
    assert away.saved.sealed[100:132] not in file_bytes(path)


async def test_row_of_a_suspension_holds_digests_times_flow_and_seal_only(path: Path) -> None:
    away = Away()
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        await store.suspensions.save(away.saved)
    assert rows(path, "SELECT * FROM suspension") == [
        (
            away.saved.state_digest,
            away.saved.browser_digest,
            "transaction",
            "Customer login",
            "sha256:1",
            START + 3600,
            1,
            None,
            None,
            None,
        )
    ]
    assert rows(path, "SELECT * FROM sealed_login") == [(1, away.saved.sealed)]


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE suspension SET transaction_id = 'another'",
        "UPDATE suspension SET expires_at = expires_at + 3600",
        "UPDATE suspension SET flow_version = 'sha256:2'",
        "UPDATE sealed_login SET sealed = substr(sealed, 1, length(sealed) - 1)",
        "UPDATE sealed_login SET sealed = x''",
    ],
)
async def test_altered_row_does_not_open(path: Path, forgery: str) -> None:
    away = Away()
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        await store.suspensions.save(away.saved)
    change(path, "INSERT INTO flow_archive VALUES ('sha256:2', x'00')", forgery)
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        claimed = await store.suspensions.claim(away.request)
    assert isinstance(claimed, ClaimedSuspension)
    assert away.opened(claimed) == SealBroken()


async def test_seal_moved_to_another_row_does_not_open(path: Path) -> None:
    mine, theirs = Away("mine"), Away("theirs")
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        await store.suspensions.save(mine.saved)
        await store.suspensions.save(theirs.saved)
    change(
        path,
        "UPDATE suspension SET sealed_login = (SELECT sealed_login FROM suspension"
        " WHERE transaction_id = 'theirs') WHERE transaction_id = 'mine'",
    )
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        claimed = await store.suspensions.claim(mine.request)
    assert isinstance(claimed, ClaimedSuspension)
    assert mine.opened(claimed) == SealBroken()
    assert theirs.opened(claimed) == SealBroken()


@given(place=st.integers(0, 1000), bit=st.integers(0, 7))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_seal_with_one_bit_changed_does_not_open(path: Path, place: int, bit: int) -> None:
    away = Away(new_state())
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        await store.suspensions.save(away.saved)
        sealed = bytearray(away.saved.sealed)
        sealed[place % len(sealed)] ^= 1 << bit
        change(
            path,
            "UPDATE sealed_login SET sealed = ? WHERE id ="
            " (SELECT sealed_login FROM suspension WHERE state_digest = ?)",
            values=(bytes(sealed), away.saved.state_digest),
        )
        claimed = await store.suspensions.claim(away.request)
    assert isinstance(claimed, ClaimedSuspension)
    assert away.opened(claimed) == SealBroken()
