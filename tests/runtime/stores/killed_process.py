"""Lives of processes that are killed while they use a store, and what is left after each.

Arguments: a folder, the first seed, and how many. For each seed a child goes through the steps of
a few logins and dies at a point that the seed decides; this process then compares the file with
what the same steps leave in memory. It prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import signal
import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loginwright_runtime.extension_points import (
    CacheChange,
    CacheRecord,
    CacheScope,
    ClaimedSuspension,
    ClaimRequest,
    Finish,
    MetadataChange,
    ProfileWrite,
    Release,
    SavedSuspension,
    SuspendAgain,
    Transition,
    UserQuery,
)
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.memory import (
    MemoryCacheStore,
    MemorySuspensionStore,
    MemoryUserStore,
)
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing.suspension_conformance import claim, digest, suspension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.login.json_values import JsonObject

START = suspension("1").expires_at - 3600
SEEDS_A_FILE = 8
STATEMENTS, INSTRUCTIONS, LOG_SIZE = 140, 2000, 270_000
"""What even a short life has: statements, instructions of SQLite's machine, bytes of the log."""

Step = SavedSuspension | ClaimRequest | Transition | ProfileWrite | CacheChange


@dataclass(frozen=True, slots=True)
class Stores:
    """A store file, or its picture in memory."""

    suspensions: Any
    users: Any
    cache: Any

    async def do(self, step: Step) -> None:
        """Take one step."""
        match step:
            case SavedSuspension():
                await self.suspensions.save(step)
            case ClaimRequest():
                await self.suspensions.claim(step)
            case ProfileWrite():
                await self.users.write(step)
            case CacheChange():
                if (answer := self.cache.commit(step)) is not None:
                    await answer
            case _:
                await self.suspensions.settle(step)

    async def look(self, seed: int, states: Sequence[str]) -> list[object]:
        """Return all there is to see of a seed's logins, once every lease has lapsed."""
        cached = self.cache.read(scope(seed))
        record = await self.users.read(UserQuery(user_id(seed)))
        answers = [await self.suspensions.claim(claim(state, "later", 30)) for state in states]
        for state, answer in zip(states, answers, strict=True):
            if isinstance(answer, ClaimedSuspension):
                assert await self.suspensions.settle(Finish(digest(state), "later"))
        return [
            cached if isinstance(cached, dict) else await cached,
            record.profile if record else None,
            *answers,
        ]


def user_id(seed: int) -> str:
    return f"user {seed}"


def scope(seed: int) -> CacheScope:
    return CacheScope(f"flow {seed}")


def profile(seed: int) -> JsonObject:
    return {"user_id": user_id(seed), "user_metadata": {}, "app_metadata": {}}


def life(seed: int) -> tuple[list[Step], list[str]]:
    """Return what the process of this seed does, and the states that it uses."""
    choices = random.Random(seed)
    steps: list[Step] = []
    states: list[str] = []
    for login in range(3):
        state = f"{seed}.{login}"
        states.append(state)
        steps += [suspension(state), claim(state)]
        if choices.random() < 0.3:
            steps += [Release(digest(state), "claim"), claim(state)]
        if choices.random() < 0.5:
            again = f"{state}.again"
            states.append(again)
            steps += [SuspendAgain(digest(state), "claim", suspension(again)), claim(again)]
            state = again
        record = CacheRecord(f"value {login}", 0)
        steps.append(CacheChange(scope(seed), {f"a{login}": record, f"b{login}": record}))
        changes = (
            MetadataChange("user_metadata", f"login{login}", "x" * 900),
            MetadataChange("app_metadata", f"login{login}", "x" * 900),
        )
        steps.append(ProfileWrite(user_id(seed), changes, f"write {state}"))
        if choices.random() < 0.8:
            steps.append(Finish(digest(state), "claim"))
    return steps, states


def arm(seed: int) -> None:
    """Let this process die at the point that the seed decides."""
    choices = random.Random(seed + 1_000_000)
    match seed % 3:
        case 0:
            die_after(choices.randrange(STATEMENTS), "set_trace_callback")
        case 1:
            die_after(choices.randrange(INSTRUCTIONS), "set_progress_handler", 1)
        case _:  # in the middle of a write, by a signal that ends it as SIGKILL does
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            size = choices.randrange(4096, LOG_SIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def die_after(left: int, hook: str, *arguments: int) -> None:
    connect = sqlite3.connect

    def count(_statement: str = "") -> int:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def connect_and_count(*values: Any, **keywords: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*values, **keywords)
        getattr(connection, hook)(count, *arguments)
        return connection

    sqlite3.connect = connect_and_count  # type: ignore[assignment]  # this process is a test


async def live(path: Path, seed: int, tell: int) -> None:
    """Go through the steps; one byte is told for each that was answered."""
    store = SqliteStore(path, clock=MovableClock(START))
    stores = Stores(store.suspensions, store.users, store.cache)
    for step in life(seed)[0]:
        await stores.do(step)
        os.write(tell, b".")
    await store.aclose()


async def prepare(path: Path, seed: int) -> None:
    """Keep the seed's user; the file may still carry the traces of former deaths."""
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        await store.users.put(profile(seed))


async def picture(seed: int, answered: int) -> list[object]:
    """Return what there is to see after so many steps, when nobody dies."""
    steps, states = life(seed)
    real = MovableClock()
    suspensions = MemorySuspensionStore(clock=MovableClock(START), monotonic=real.now)
    stores = Stores(suspensions, MemoryUserStore([profile(seed)]), MemoryCacheStore())
    for step in steps[:answered]:
        await stores.do(step)
    real.advance(1e6)
    return await stores.look(seed, states)


async def examine(path: Path, seed: int, answered: int) -> str | None:
    """Return what is wrong with the file, or None."""
    late = time.monotonic() + 1e6  # every lease of the dead has lapsed
    clock = MovableClock(START)
    async with SqliteStore(path, clock=clock, monotonic=lambda: late) as store:
        stores = Stores(store.suspensions, store.users, store.cache)
        seen = await stores.look(seed, life(seed)[1])
    wanted = [await picture(seed, steps) for steps in (answered, answered + 1)]
    if seen in wanted:
        return None
    return f"seed {seed}, {answered} steps answered: saw {seen}, wanted one of {wanted}"


def die(path: Path, seed: int) -> tuple[int, bool]:
    """Run the child; return how many steps were answered, and whether it died early."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        arm(seed)
        asyncio.run(live(path, seed, write_end))
        os._exit(0)
    os.close(write_end)
    with open(read_end, "rb") as told:
        answered = len(told.read())
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"seed {seed}: the child failed by itself")
    return answered, os.WIFSIGNALED(status)


def main(folder: str, first: str, count: str) -> None:
    """Try the seeds and print what was wrong, how many died, and after how many steps."""
    wrong: list[str] = []
    deaths: list[int] = []
    for seed in range(int(first), int(first) + int(count)):
        path = Path(folder, f"{seed // SEEDS_A_FILE}.db")
        asyncio.run(prepare(path, seed))
        answered, died = die(path, seed)
        if died:
            deaths.append(answered)
        problem = asyncio.run(examine(path, seed, answered))
        if problem is not None:
            wrong.append(problem)
    sys.stdout.write(json.dumps({"wrong": wrong, "deaths": deaths}))


if __name__ == "__main__":
    main(*sys.argv[1:])
