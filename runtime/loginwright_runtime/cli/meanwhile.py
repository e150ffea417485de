"""Does work on a thread while the command waits for something else."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable


@asynccontextmanager
async def meanwhile(work: Callable[[], None]) -> AsyncGenerator[None]:
    """Begin ``work`` beside the block, and end after both."""
    task = asyncio.create_task(asyncio.to_thread(work))
    try:
        yield
    finally:
        await task
