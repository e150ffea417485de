"""Reads bytes from a descriptor as they come, and keeps standard output for messages alone."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_CHUNK = 65536


async def chunks(descriptor: int) -> AsyncIterator[bytes]:
    """Yield what comes, until its end."""
    while True:
        chunk = await _chunk(descriptor)
        if not chunk:
            return
        yield chunk


async def _chunk(descriptor: int) -> bytes:
    loop = asyncio.get_running_loop()
    readable: asyncio.Future[None] = loop.create_future()
    try:
        loop.add_reader(descriptor, _settle, readable)
    except PermissionError:  # a plain file, which never makes anybody wait
        return os.read(descriptor, _CHUNK)
    try:
        await readable
    finally:
        loop.remove_reader(descriptor)
    return os.read(descriptor, _CHUNK)


def _settle(readable: asyncio.Future[None]) -> None:
    if not readable.done():
        readable.set_result(None)


def take_output() -> int:
    """Return a descriptor of standard output; whatever else prints there goes to standard error."""
    ours = os.dup(1)
    os.set_inheritable(ours, False)
    os.dup2(2, 1)
    return ours


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of it; a client that is gone is no error, its end of file says so."""
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
    except BrokenPipeError:
        return
