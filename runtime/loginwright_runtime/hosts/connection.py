"""A worker process as sockets, a pipe and a process id, whatever is said over them."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import termios
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.hosts.messages import FRAME_BYTES

if TYPE_CHECKING:
    from loginwright_runtime.hosts.process_start import StartedProcess

_OUTPUT_BYTES = 65536
_INPUT_BYTES = 65536
_REAP_SECONDS = 0.001
_SLOWEST_REAP_SECONDS = 0.05
# A process whose sockets have closed is usually a zombie at once; else something closed them.
_GRACE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told what comes from a worker.

    Attributes:
        frame: One frame, without its newline.
        too_long: A frame went on and on.
        printed: What the process wrote to its standard output or error.
        lost: The process closed its end; called once.
    """

    frame: Callable[[bytes], None]
    too_long: Callable[[], None]
    printed: Callable[[bytes], None]
    lost: Callable[[], None]


class Connection:
    """The parent's ends of a worker's sockets and pipe."""

    def __init__(self, process: StartedProcess, listener: Listener) -> None:
        """Take over the process and its descriptors."""
        self._loop = asyncio.get_running_loop()
        self._process = process
        self._listener = listener
        self._pending = bytearray(4)
        self._aside = _Cutter(listener)
        self._is_open = True
        self._rpc: asyncio.Transport | None = None
        self._ctl: asyncio.Transport | None = None

    async def open(self) -> None:
        """Begin to listen."""
        process, listener = self._process, self._listener
        self._rpc, _ = await self._loop.create_connection(
            lambda: _Frames(listener, self.read_aside), sock=process.rpc
        )
        self._ctl, _ = await self._loop.create_connection(asyncio.Protocol, sock=process.ctl)
        self._loop.add_reader(process.output, self._output_came)

    def tell(self, frame: bytes) -> None:
        """Send a frame on CTL."""
        if self._ctl is not None:
            self._ctl.write(frame)

    def reply(self, frame: bytes) -> None:
        """Send a reply on RPC."""
        if self._rpc is not None:
            self._rpc.write(frame)

    def read_aside(self) -> None:
        """Pass on the frames that the process has put aside, if any."""
        if self._is_open and self._has_bytes(self._process.aside):
            self._aside.feed(os.read(self._process.aside, _INPUT_BYTES))

    def read_output(self) -> None:
        """Pass on what the process has printed so far, if anything."""
        if self._has_bytes(self._process.output):
            self._listener.printed(os.read(self._process.output, _OUTPUT_BYTES))

    def _has_bytes(self, descriptor: int) -> bool:
        # Asking is cheaper than an exception, and this is asked at the end of every run.
        fcntl.ioctl(descriptor, termios.FIONREAD, self._pending)
        return any(self._pending)

    def _output_came(self) -> None:
        output = os.read(self._process.output, _OUTPUT_BYTES)
        if output:
            self._listener.printed(output)
        else:
            self._loop.remove_reader(self._process.output)

    def signal(self, number: signal.Signals) -> None:
        """Send the process a signal; it has not been reaped before ``close``."""
        os.kill(self._process.pid, number)

    async def close(self, *, kill: bool) -> int:
        """Kill the process, reap it and close everything; return its wait status.

        Args:
            kill: At once; otherwise it is given a moment to end as it is about to.
        """
        status = await self._reap(_GRACE_SECONDS) if not kill else None
        if status is None:
            self.signal(signal.SIGKILL)
            status = await self._reap(None)
        assert status is not None
        self.read_output()
        self._loop.remove_reader(self._process.output)
        for transport in (self._rpc, self._ctl):
            if transport is not None:
                transport.abort()
        self._is_open = False
        self._process.close()
        return status

    async def _reap(self, seconds: float | None) -> int | None:
        until = None if seconds is None else self._loop.time() + seconds
        pause = _REAP_SECONDS
        while True:
            try:
                pid, status = os.waitpid(self._process.pid, os.WNOHANG)  # noqa: ASYNC222
            except ChildProcessError:
                return 0  # Somebody else in this program waits for every child.
            if pid:
                return status
            if until is not None and self._loop.time() >= until:
                return None
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _SLOWEST_REAP_SECONDS)


class _Cutter:
    """Cuts a stream into frames."""

    __slots__ = ("_held", "_listener")

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._held = b""

    def feed(self, data: bytes) -> None:
        """Pass on the frames that ``data`` completes."""
        if self._held:
            data = self._held + data
        *frames, self._held = data.split(b"\n")
        for frame in frames:
            self._listener.frame(frame)
        if len(self._held) > FRAME_BYTES:
            self._held = b""
            self._listener.too_long()


class _Frames(asyncio.BufferedProtocol):
    """Reads RPC, and what was put aside before."""

    def __init__(self, listener: Listener, read_aside: Callable[[], None]) -> None:
        self._listener = listener
        self._read_aside = read_aside
        self._cutter = _Cutter(listener)
        self._buffer = bytearray(_INPUT_BYTES)

    @override
    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    @override
    def buffer_updated(self, nbytes: int) -> None:
        self._read_aside()
        self._cutter.feed(bytes(memoryview(self._buffer)[:nbytes]))

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._read_aside()
        self._listener.lost()
