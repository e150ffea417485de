"""Awaiting what must not be left half done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

Result = TypeVar("Result")


async def to_the_end(work: Coroutine[object, object, Result] | asyncio.Future[Result]) -> Result:
    """Return what ``work`` comes to, however often the caller is cancelled meanwhile.

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
    return task.result()
