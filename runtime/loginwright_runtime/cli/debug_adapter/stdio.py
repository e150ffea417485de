"""Reads bytes from a descriptor as they come, and keeps standard output for messages alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loginwright_runtime.cli.reading import read_chunk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_CHUNK = 65536


async def chunks(descriptor: int) -> AsyncIterator[bytes]:
    """Yield what comes, until its end."""
    while True:
        chunk = await read_chunk(descriptor, _CHUNK)
        if not chunk:
            return
        yield chunk


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
