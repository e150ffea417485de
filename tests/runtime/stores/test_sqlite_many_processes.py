"""Several processes on one store file."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import ClaimRefused
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing.suspension_conformance import claim, suspension
from sqlite_probe import rows

if TYPE_CHECKING:
    from asyncio.subprocess import Process

START = suspension("1").expires_at - 3600
PROCESS = Path(__file__).with_name("store_process.py")


async def start(path: Path, *arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROCESS),
        str(path),
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )


async def test_of_fifty_resumes_from_five_processes_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "logins.db"
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        await store.suspensions.save(suspension("1"))
        processes = [await start(path, "claim", "1", "10") for _ in range(5)]
        for process in processes:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"ready\n"
        ends = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
        winners = [claim_id for printed, _ in ends for claim_id in json.loads(printed)]
        assert len(winners) == 1
        assert rows(path, "SELECT claim_id FROM suspension") == [(winners[0],)]
        assert await store.suspensions.claim(claim("1", "late")) == ClaimRefused("used")


async def test_processes_that_create_a_file_together_all_keep_their_login(
    tmp_path: Path,
) -> None:
    names = [f"{number}" for number in range(4)]
    processes = [await start(tmp_path, "save-in-each", name) for name in names]
    for number in range(10):
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(f"{number}.db\n".encode())
        for process in processes:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"saved\n"
    await asyncio.gather(*(process.communicate(b"") for process in processes))
    for number in range(10):
        kept = rows(
            tmp_path / f"{number}.db",
            "SELECT transaction_id FROM suspension ORDER BY transaction_id",
        )
        assert kept == [(suspension(name).transaction_id,) for name in names]
