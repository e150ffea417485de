"""Frames come out whole, however the bytes arrive; bytes go out whole, however slow the peer is."""

from __future__ import annotations

import asyncio
import itertools
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.hosts.frame_stream import FrameCutter, SendBuffer
from loginwright_runtime.hosts.messages import FRAME_BYTES

FRAMES = st.lists(st.binary(max_size=20).map(lambda frame: frame.replace(b"\n", b" ")), max_size=8)


@given(FRAMES, st.lists(st.integers(0, 60), max_size=10))
def test_frames_are_the_same_wherever_the_stream_is_cut(
    frames: list[bytes], cuts: list[int]
) -> None:
    stream = b"".join(frame + b"\n" for frame in frames)
    got: list[bytes] = []
    cutter = FrameCutter(got.append, lambda: pytest.fail("None is too long."))
    ends = sorted({0, *(min(cut, len(stream)) for cut in cuts), len(stream)})
    for start, end in itertools.pairwise(ends):
        cutter.feed(stream[start:end])
    assert got == frames


def test_frame_that_does_not_end_is_told() -> None:
    told: list[bool] = []
    cutter = FrameCutter(lambda _frame: None, lambda: told.append(True))
    for _ in range(FRAME_BYTES // 65536 + 1):
        cutter.feed(b"x" * 65536)
    assert told == [True]


async def test_bytes_that_the_peer_does_not_take_yet_are_sent_later() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        theirs.setblocking(False)
        loop = asyncio.get_running_loop()
        buffer = SendBuffer(ours, loop)
        parts = [bytes([number]) * 200_000 for number in range(10)]
        for part in parts:
            buffer.send(part)
        got = bytearray()
        async with asyncio.timeout(60):
            while len(got) < 2_000_000:
                got += await loop.sock_recv(theirs, 65536)
        assert got == b"".join(parts)
        buffer.close()


async def test_bytes_for_a_peer_that_is_gone_are_forgotten() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        ours.setblocking(False)
        buffer = SendBuffer(ours, asyncio.get_running_loop())
        buffer.send(b"x")
        buffer.send(b"y")
        buffer.close()


async def test_closing_forgets_what_was_not_sent() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        buffer = SendBuffer(ours, asyncio.get_running_loop())
        buffer.send(b"x" * 10_000_000)
        buffer.close()
