"""A process of its own that uses a store file; started by the tests beside it.

Arguments: the file, what to do, and what that needs. It prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import resource
import sys
from typing import TYPE_CHECKING

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import ClaimedSuspension
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing.suspension_conformance import claim, suspension

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

START = suspension("1").expires_at - 3600
_CAPABILITIES_3 = 0x20080522


async def claim_many(path: str, state: str, times: str) -> object:
    """Wait for a line on standard input, then claim; answer the ids of the claims that won."""
    async with SqliteStore(path, clock=MovableClock(START), busy_seconds=30) as store:
        say("ready")
        sys.stdin.readline()
        answers = await asyncio.gather(
            *(
                store.suspensions.claim(claim(state, f"process {os.getpid()}, claim {number}"))
                for number in range(int(times))
            )
        )
    return [answer.claim_id for answer in answers if isinstance(answer, ClaimedSuspension)]


async def save(path: str, name: str) -> object:
    """Save one login."""
    async with SqliteStore(path, clock=MovableClock(START), busy_seconds=30) as store:
        await store.suspensions.save(suspension(name))
    return "saved"


async def save_in_each(folder: str, name: str) -> object:
    """Save one login in each file of the folder that standard input names, as soon as it does."""
    for line in sys.stdin:
        await save(os.path.join(folder, line.strip()), name)
        say("saved")
    return "done"


async def save_until_full(path: str, most_bytes: str) -> object:
    """Save logins while no file may grow beyond so many bytes; answer those that were saved."""
    saved: list[str] = []
    async with SqliteStore(path, clock=MovableClock(START)) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), resource.RLIM_INFINITY))
        for number in range(10_000):
            try:
                await store.suspensions.save(suspension(f"{number}"))
            except StoreError as error:
                resource.setrlimit(
                    resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
                )
                await store.suspensions.save(suspension("after"))
                return {"saved": saved, "error": str(error), "remedy": error.remedy}
            saved.append(f"{number}")
    return {"saved": saved, "error": None, "remedy": None}


async def save_without_privilege(path: str, name: str) -> object:
    """Save one login as a user for whom the modes of files count, root too."""
    give_up_privilege()
    try:
        return await save(path, name)
    except StoreError as error:
        return {"error": str(error), "remedy": error.remedy}


def give_up_privilege() -> None:
    """Drop every capability of this process (capset of Linux; nothing to drop elsewhere)."""
    if sys.platform == "linux" and os.geteuid() == 0:
        header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
        none = (ctypes.c_uint32 * 6)()
        if ctypes.CDLL(None, use_errno=True).capset(header, none):
            raise OSError(ctypes.get_errno(), "capset")


def say(line: str) -> None:
    """Tell the test one line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


STEPS: dict[str, Callable[..., Coroutine[None, None, object]]] = {
    "claim": claim_many,
    "save": save,
    "save-in-each": save_in_each,
    "save-until-full": save_until_full,
    "save-without-privilege": save_without_privilege,
}

if __name__ == "__main__":
    file, step, *arguments = sys.argv[1:]
    say(json.dumps(asyncio.run(STEPS[step](file, *arguments))))
