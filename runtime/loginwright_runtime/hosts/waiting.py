"""Waiting that asyncio has no word for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

Result = TypeVar("Result")


async def pause(loop: asyncio.AbstractEventLoop, seconds: float) -> None:
    """Wait, also while the loop is not said to run: Qt fires its timers then too."""
    over = loop.create_future()
    timer = loop.call_later(seconds, _settle, over)
    try:
        await over
    finally:
        timer.cancel()


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


def _settle(over: asyncio.Future[None]) -> None:
    if not over.done():
        over.set_result(None)
