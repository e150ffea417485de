"""Watches worker processes from outside, for tests of the pool."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import guards
from javascript_actions import handler, javascript_flow

if TYPE_CHECKING:
    from collections.abc import Callable

QUICK = javascript_flow(handler(""))
WAITING = javascript_flow(handler("if (event.misbehave) await new Promise(() => {});"))


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what happens in other processes, of which nobody tells."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.002)


def processes() -> set[int]:
    """The worker processes there are."""
    return set(guards.child_processes())
