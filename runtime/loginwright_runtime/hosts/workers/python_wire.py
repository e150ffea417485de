"""The worker's side of the two sockets: frames in and out, as ``hosts/messages.py`` has them."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, NoReturn, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Frame: TypeAlias = "dict[str, object]"

CTL_DESCRIPTOR = 3
RPC_DESCRIPTOR = 4
ASIDE_DESCRIPTOR = 6
ASIDE_BYTES = 12_288

_NO_CONNECTION = 70
"""Exit status when the sockets were closed from within (``hosts/death.py`` words it)."""

_READ_BYTES = 65_536

# Bound here, so that an action that replaces them in their modules does not change our frames.
_read = os.read
_write = os.write
_exit = os._exit
_this_thread = threading.get_ident
encode_json: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
_decode_json = json.JSONDecoder().decode


def leave(status: int = 0) -> NoReturn:
    """End the process at once: the parent is gone, or, with another status, the sockets are."""
    _exit(status)


def utf8(text: str) -> bytes:
    """Return UTF-8; a lone surrogate becomes U+FFFD, which every JSON reader accepts."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def decode_frame(line: bytes | bytearray) -> Frame:
    """Return a frame of the parent, which is trusted."""
    frame: Frame = _decode_json(line.decode())
    return frame


class LineReader:
    """Cuts what a descriptor brings into lines."""

    def __init__(self, descriptor: int) -> None:
        """Read from ``descriptor``."""
        self._descriptor = descriptor
        self._rest = bytearray()
        self._complete = 0

    def fill(self) -> None:
        """Read once; end of file or an error ends the process."""
        try:
            chunk = _read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            leave(_NO_CONNECTION)
        if not chunk:
            leave()
        lines = chunk.count(b"\n")
        self._rest += chunk
        self._complete += lines

    def next_line(self) -> bytearray | None:
        """Return a complete line without its newline, or None."""
        if self._complete == 0:
            return None
        end = self._rest.index(b"\n")
        line = self._rest[:end]
        del self._rest[: end + 1]
        self._complete -= 1
        return line


class ReplyChannel:
    """What the worker says: frames in one piece, and the reply read where a call waits.

    A frame that needs no reply is put aside in a pipe that the parent reads when it next wakes up.
    Order is kept: once such a frame has gone over the socket instead, all do until the parent is
    known to have read that far.

    Threads of an action may use it at the same time; each exchange is whole. What a finaliser or
    a signal handler of the same thread wants to send meanwhile waits for its turn.
    """

    def __init__(self, rpc: int = RPC_DESCRIPTOR, aside: int = ASIDE_DESCRIPTOR) -> None:
        """Use these descriptors, which block."""
        self._rpc = rpc
        self._aside = aside
        self._aside_left = 0
        self._replies = LineReader(rpc)
        self._exchange = threading.Lock()
        self._owner = 0
        self._owed = 0
        self._writing = False
        self._postponed: list[bytes] = []

    def open_aside(self) -> None:
        """Put frames aside from now on: the parent has read everything so far."""
        self._aside_left = ASIDE_BYTES

    def put_aside(self, frame: bytes) -> None:
        """Send one frame, without its newline, that the parent need not wake up for."""
        self._send(frame, wakes=False)

    def send(self, frame: bytes) -> None:
        """Send one frame, without its newline, that wants no reply."""
        self._send(frame, wakes=True)

    def _send(self, frame: bytes, *, wakes: bool) -> None:
        me = _this_thread()
        if self._owner == me:
            self._postponed.append(frame)
            return
        with self._exchange:
            self._owner = me
            try:
                self._write_frame(frame, wakes=wakes)
                self._write_postponed()
            finally:
                self._owner = 0

    def ask(self, frame: bytes) -> Frame:
        """Send one frame and return the reply to it.

        Raises:
            RuntimeError: A finaliser asks while its own thread waits for another reply.
        """
        me = _this_thread()
        if self._owner == me:
            raise RuntimeError("The api cannot be called while another call of it is under way.")
        with self._exchange:
            self._owner = me
            try:
                self._write_whole(self._rpc, frame, owes=1)
                line = self._next_reply()
                if self._aside_left >= 0:
                    self._aside_left = ASIDE_BYTES
                self._write_postponed()
            finally:
                self._owner = 0
        return decode_frame(line)

    def _next_reply(self) -> bytearray:
        """Read the reply to the last call.

        Those to calls before it that nobody read, because the stack overflowed between writing and
        reading, are skipped.
        """
        while True:
            while (line := self._replies.next_line()) is None:
                self._replies.fill()
            self._owed -= 1
            if self._owed == 0:
                return line

    def send_from_signal(self, frame: bytes) -> None:
        """Send a frame from a signal handler, also while a reply is awaited."""
        if self._writing:
            self._postponed.append(frame)
        else:
            self._write_whole(self._rpc, frame)

    def close_aside(self) -> None:
        """Put nothing aside any more: the run is over, and nobody looks there."""
        self._aside_left = -1

    def _write_frame(self, frame: bytes, *, wakes: bool) -> None:
        if not wakes and len(frame) < self._aside_left:
            self._aside_left -= len(frame) + 1
            self._write_whole(self._aside, frame)
        else:
            self._aside_left = min(self._aside_left, 0)
            self._write_whole(self._rpc, frame)

    def _write_postponed(self) -> None:
        while self._postponed:
            self._write_frame(self._postponed.pop(0), wakes=True)

    def _write_whole(self, descriptor: int, frame: bytes, owes: int = 0) -> None:
        """Write a frame; ``owes`` is 1 when the parent answers it."""
        self._writing = True
        rest = memoryview(frame + b"\n")
        try:
            rest = rest[_write(descriptor, rest) :]
            # Nothing that needs stack may stand between writing and this.
            self._owed += owes
            while rest:
                rest = rest[_write(descriptor, rest) :]
        except OSError:
            leave(_NO_CONNECTION)
        finally:
            self._writing = False
