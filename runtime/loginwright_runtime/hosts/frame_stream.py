"""Frames cut from a stream of bytes, and bytes sent without ever waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.hosts.messages import FRAME_BYTES

if TYPE_CHECKING:
    import asyncio
    import socket
    from collections.abc import Callable


class FrameCutter:
    """Cuts what a worker sends into frames."""

    __slots__ = ("_frame", "_held", "_most", "_too_long")

    def __init__(
        self,
        frame: Callable[[bytes], None],
        too_long: Callable[[], None],
        most: int = FRAME_BYTES,
    ) -> None:
        """Pass each frame, without its newline, to ``frame``; tell of one over ``most`` bytes."""
        self._frame = frame
        self._too_long = too_long
        self._most = most
        self._held = b""

    def feed(self, data: bytes) -> None:
        """Pass on the frames that ``data`` completes."""
        if self._held:
            data = self._held + data
        *frames, self._held = data.split(b"\n")
        for frame in frames:
            self._frame(frame)
        if len(self._held) > self._most:
            self._held = b""
            self._too_long()


class SendBuffer:
    """Sends on a socket that does not block, and keeps what it does not take yet."""

    __slots__ = ("_loop", "_sock", "_unsent")

    def __init__(self, sock: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        """Send on ``sock``, which its owner closes after ``close``."""
        self._sock = sock
        self._loop = loop
        self._unsent = b""

    def send(self, data: bytes) -> None:
        """Send now or soon; a peer that is gone shows when the other direction is read."""
        if self._unsent:
            self._unsent += data
            return
        sent = self._try(data)
        if sent < len(data):
            self._unsent = data[sent:]
            self._loop.add_writer(self._sock, self._send_rest)

    def close(self) -> None:
        """Forget what was not sent."""
        if self._unsent:
            self._unsent = b""
            self._loop.remove_writer(self._sock)

    def _send_rest(self) -> None:
        self._unsent = self._unsent[self._try(self._unsent) :]
        if not self._unsent:
            self._loop.remove_writer(self._sock)

    def _try(self, data: bytes) -> int:
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)
