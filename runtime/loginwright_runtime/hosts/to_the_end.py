"""Awaiting what must not be left half done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine


async def to_the_end(work: Coroutine[object, object, None]) -> None:
    """Await ``work`` to its end, however often the caller is cancelled meanwhile.

    Raises:
        CancelledError: The caller was cancelled; ``work`` is done nevertheless.
    """
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
