"""A worker process as sockets, pipes and a process id, whatever is said over them.

Plain sockets and ``add_reader`` rather than transports, because they allow to look for the answer
right after sending. Where both share a core, the kernel lets the worker run as soon as something
was sent to it, so that its answer is often there when ``send`` returns, and taking it then saves
two turns of the event loop.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.hosts.frame_stream import FrameCutter, SendBuffer
from loginwright_runtime.hosts.waiting import pause

if TYPE_CHECKING:
    from loginwright_runtime.hosts.process_start import StartedProcess

_READ_BYTES = 65536
_COUNT_BYTES = 4  # Of a count, as the system gives it: an int.
_REAP_SECONDS = 0.001
_SLOWEST_REAP_SECONDS = 0.05
# A process whose sockets have closed is a zombie at its next turn of the processor, which a busy
# machine may take long to give; else something closed them, and it is ended.
_GRACE_SECONDS = 1.0
# How long one worker may keep the event loop when it always has an answer ready.
_TURN_SECONDS = 0.001


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
    """The parent's ends of a worker's sockets and pipes."""

    def __init__(self, process: StartedProcess, listener: Listener) -> None:
        """Take over the process and its descriptors, and begin to listen."""
        self._loop = asyncio.get_running_loop()
        self._process = process
        self._listener = listener
        self._is_open = True
        self._replied = False
        self._waiting_bytes = bytearray(_COUNT_BYTES)
        self._rpc_frames = FrameCutter(listener.frame, listener.too_long)
        self._aside_frames = FrameCutter(listener.frame, listener.too_long)
        for sock in (process.ctl, process.rpc):
            sock.setblocking(False)
        self._ctl = SendBuffer(process.ctl, self._loop)
        self._rpc = SendBuffer(process.rpc, self._loop)
        self._loop.add_reader(process.rpc, self._rpc_came)
        self._loop.add_reader(process.output, self._output_came)

    def tell(self, frame: bytes) -> None:
        """Send a frame on CTL."""
        self._ctl.send(frame)

    def reply(self, frame: bytes) -> None:
        """Send a reply on RPC."""
        self._replied = True
        self._rpc.send(frame)

    # --- Reading ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Act on what has come on RPC by now, without waiting for more."""
        if self._is_open:
            self._rpc_came()

    def read_aside(self) -> None:
        """Pass on the frames that the process has put aside, if any."""
        if self._is_open and self._holds_something(self._process.aside):
            self._aside_frames.feed(os.read(self._process.aside, _READ_BYTES))

    def read_output(self) -> None:
        """Pass on what the process has printed so far, if anything."""
        if self._is_open and self._holds_something(self._process.output):
            self._listener.printed(os.read(self._process.output, _READ_BYTES))

    def _holds_something(self, pipe: int) -> bool:
        """Ask a pipe, which is cheaper than the exception of a read that would block."""
        fcntl.ioctl(pipe, termios.FIONREAD, self._waiting_bytes)
        return any(self._waiting_bytes)

    def _rpc_came(self) -> None:
        until = time.monotonic() + _TURN_SECONDS
        self._replied = False
        while self._take_rpc() and self._replied and time.monotonic() < until:
            self._replied = False  # What the worker did with the reply may be there by now.

    def _take_rpc(self) -> bool:
        try:
            data = self._process.rpc.recv(_READ_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        self.read_aside()
        if data:
            self._rpc_frames.feed(data)
        else:
            self._loop.remove_reader(self._process.rpc)
            self._listener.lost()
        return self._is_open and bool(data)

    def _output_came(self) -> None:
        try:
            output = os.read(self._process.output, _READ_BYTES)
        except BlockingIOError:
            return  # It was read at the end of a run meanwhile.
        if output:
            self._listener.printed(output)
        else:
            self._loop.remove_reader(self._process.output)

    # --- The end ----------------------------------------------------------------------------------

    def signal(self, number: signal.Signals) -> None:
        """Send the process a signal, unless somebody else in this program has waited for it."""
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, number)

    async def close(self, *, kill: bool) -> int | None:
        """Kill the process, reap it and close everything.

        Args:
            kill: At once; otherwise it is given a moment to end as it is about to.

        Returns:
            Its wait status; None where it did not end in that moment and was killed for it.
        """
        status = await self._reap(_GRACE_SECONDS) if not kill else None
        if status is None:
            self.signal(signal.SIGKILL)
            killed = await self._reap(None)
            status = killed if kill else None
        self.read_output()
        self._is_open = False
        for reader in (self._process.rpc, self._process.output):
            self._loop.remove_reader(reader)
        self._ctl.close()
        self._rpc.close()
        self._process.close()
        return status

    async def _reap(self, seconds: float | None) -> int | None:
        until = None if seconds is None else self._loop.time() + seconds
        seconds_apart = _REAP_SECONDS
        while True:
            try:
                pid, status = os.waitpid(self._process.pid, os.WNOHANG)  # noqa: ASYNC222
            except ChildProcessError:
                return 0  # Somebody else in this program waits for every child.
            if pid:
                return status
            if until is not None and self._loop.time() >= until:
                return None
            await pause(self._loop, seconds_apart)
            seconds_apart = min(seconds_apart * 1.5, _SLOWEST_REAP_SECONDS)
