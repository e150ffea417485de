"""Reading a descriptor while the event loop goes on."""

from __future__ import annotations

import asyncio
import errno
import os
from typing import TYPE_CHECKING

from loginwright_runtime.cli.reading import read_chunk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def whole(descriptor: int) -> bytes:
    found = b""
    while chunk := await asyncio.wait_for(read_chunk(descriptor, 3), 60):
        found += chunk
    return found


async def test_plain_file_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "typed").write_bytes(b"pass\n")
    descriptor = os.open(tmp_path / "typed", os.O_RDONLY)
    try:
        assert await whole(descriptor) == b"pass\n"
    finally:
        os.close(descriptor)


async def test_device_that_never_waits_is_read_at_once() -> None:
    descriptor = os.open(os.devnull, os.O_RDONLY)
    try:
        assert await whole(descriptor) == b""
    finally:
        os.close(descriptor)


async def test_loop_goes_on_until_something_comes() -> None:
    reading, writing = os.pipe()
    try:
        waiting = asyncio.create_task(read_chunk(reading, 10))
        await asyncio.sleep(0)
        assert not waiting.done()
        os.write(writing, b"pass\n")
        assert await asyncio.wait_for(waiting, 60) == b"pass\n"
    finally:
        os.close(reading)
        os.close(writing)


async def test_what_the_loop_cannot_watch_is_waited_for_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(asyncio.get_running_loop(), "add_reader", refuse)
    reading, writing = os.pipe()
    try:
        waiting = asyncio.create_task(read_chunk(reading, 10))
        await asyncio.sleep(0)
        os.write(writing, b"pass\n")
        assert await asyncio.wait_for(waiting, 60) == b"pass\n"
    finally:
        os.close(reading)
        os.close(writing)
