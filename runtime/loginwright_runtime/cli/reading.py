"""Reads a descriptor without stopping the event loop."""

from __future__ import annotations

import asyncio
import os
import stat


async def read_chunk(descriptor: int, size: int) -> bytes:
    """Return what comes next, at most ``size`` bytes; none at the end.

    A file or a device such as ``/dev/null`` never makes anybody wait and is read at once: epoll
    refuses it, and kqueue never tells of its end. Where the loop cannot watch what does make people
    wait, as some terminals on macOS, a thread waits.
    """
    if not _may_wait(descriptor):
        return os.read(descriptor, size)
    loop = asyncio.get_running_loop()
    readable: asyncio.Future[None] = loop.create_future()
    try:
        loop.add_reader(descriptor, _settle, readable)
    except OSError:
        return await asyncio.to_thread(os.read, descriptor, size)
    try:
        await readable
    finally:
        loop.remove_reader(descriptor)
    return os.read(descriptor, size)


def _may_wait(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(descriptor)


def _settle(readable: asyncio.Future[None]) -> None:
    if not readable.done():
        readable.set_result(None)
