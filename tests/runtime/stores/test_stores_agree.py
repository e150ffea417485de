"""Whatever happens to logins, the store in memory and the file tell the same."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import assert_never

from hypothesis import given, settings
from hypothesis import strategies as st

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import (
    ClaimedSuspension,
    ClaimRefused,
    ClaimRequest,
    Finish,
    Release,
    Renew,
    SavedSuspension,
    SuspendAgain,
    SuspensionStore,
    Transition,
)
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.memory import MemorySuspensionStore
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing.suspension_conformance import claim, digest, suspension
from sqlite_probe import QUICK_FOLDER

START = suspension("1").expires_at - 3600


@dataclass(frozen=True, slots=True)
class Wait:
    """Time passes."""

    store_seconds: float
    real_seconds: float


Step = Wait | SavedSuspension | ClaimRequest | Transition

names = st.sampled_from(["1", "2", "3"])
claim_ids = st.sampled_from(["a", "b"])
leases = st.sampled_from([0.0, 30.0, 600.0])
suspensions = st.builds(
    lambda name, login, version, life: replace(
        suspension(name),
        transaction_id=login,
        flow_version=version,
        flow_archive=f"archive of {version}".encode(),
        expires_at=START + life,
    ),
    names,
    st.sampled_from(["x", "y"]),
    st.sampled_from(["v1", "v2"]),
    st.sampled_from([600.0, 3600.0, 7200.0]),
)
claims = st.builds(
    lambda name, claim_id, lease, foreign, known: replace(
        claim(name, claim_id, lease),
        known_versions=frozenset({"v1"}) if known else frozenset[str](),
        browser_digest=None if foreign else claim(name).browser_digest,
    ),
    names,
    claim_ids,
    leases,
    st.booleans(),
    st.booleans(),
)
digests = names.map(digest)
transitions = st.one_of(
    st.builds(Renew, digests, claim_ids, leases),
    st.builds(Release, digests, claim_ids),
    st.builds(Finish, digests, claim_ids),
    st.builds(SuspendAgain, digests, claim_ids, suspensions),
)
waits = st.builds(Wait, st.sampled_from([0.0, 600.0, 3000.0]), st.sampled_from([0.0, 30.0, 4000.0]))
steps = st.lists(st.one_of(suspensions, claims, transitions, waits), max_size=25)


@given(steps)
@settings(max_examples=100)
def test_memory_and_file_answer_alike(steps: list[Step]) -> None:
    with TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        asyncio.run(compare(Path(folder, "logins.db"), steps))


async def compare(path: Path, steps: list[Step]) -> None:
    clock, real = MovableClock(START), MovableClock(1000)
    memory = MemorySuspensionStore(clock=clock, monotonic=real.now, max_suspensions=2)
    async with SqliteStore(path, clock=clock, monotonic=real.now, max_suspensions=2) as file:
        for step in steps:
            if isinstance(step, Wait):
                clock.advance(step.store_seconds)
                real.advance(step.real_seconds)
                continue
            assert await answer(file.suspensions, step) == await answer(memory, step), step


async def answer(
    store: SuspensionStore, step: SavedSuspension | ClaimRequest | Transition
) -> ClaimedSuspension | ClaimRefused | bool | str | None:
    try:
        match step:
            case SavedSuspension():
                await store.save(step)
                return None
            case ClaimRequest():
                return await store.claim(step)
            case Renew() | Release() | Finish() | SuspendAgain():
                return await store.settle(step)
            case _:
                assert_never(step)
    except StoreError as error:
        return error.remedy
