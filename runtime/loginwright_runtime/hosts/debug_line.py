"""Descriptor 7 of a debugged worker: requests and answers, and what it tells unasked."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.hosts.frame_stream import FrameCutter, SendBuffer

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

MOST_BYTES = 32 * 1024 * 1024
_READ_BYTES = 262_144


class RequestFailed(Exception):  # noqa: N818 - it names what the worker answered
    """The worker answered a request with an error; its words are the message."""


class DebugLine:
    """One JSON object a line in both directions; untrusted in what it brings."""

    def __init__(
        self,
        sock: socket.socket,
        told: Callable[[JsonObject], None],
        broken: Callable[[str], None],
        lost: Callable[[], None],
    ) -> None:
        """Listen.

        Args:
            sock: The parent's end; its owner closes it after ``close``.
            told: Gets every message that is no answer.
            broken: Told once, in a sentence, when nothing sensible comes any more.
            lost: Told once when the worker has closed its end, as one does that dies.
        """
        self._loop = asyncio.get_running_loop()
        self._sock = sock
        self._told = told
        self._broken = broken
        self._lost = lost
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[JsonObject]] = {}
        self._frames = FrameCutter(self._receive, self._too_long, MOST_BYTES)
        self._is_open = True
        sock.setblocking(False)
        self._out = SendBuffer(sock, self._loop)
        self._loop.add_reader(sock, self.read)

    def tell(self, method: str, params: JsonObject) -> int:
        """Ask for something whose answer nobody waits for; return the request's number."""
        number = next(self._numbers)
        request = {"id": number, "method": method, "params": params}
        self._out.send(orjson.dumps(request, option=orjson.OPT_APPEND_NEWLINE))
        return number

    async def ask(self, method: str, params: JsonObject, seconds: float) -> JsonObject:
        """Return the answer.

        Raises:
            RequestFailed: The worker refused.
            TimeoutError: It did not answer in time.
        """
        answer: asyncio.Future[JsonObject] = self._loop.create_future()
        if not self._is_open:
            raise RequestFailed("The code does not stand still any more.")
        number = self.tell(method, params)
        self._asked[number] = answer
        try:
            async with asyncio.timeout(seconds):
                return await answer
        finally:
            del self._asked[number]

    def read(self) -> None:
        """Act on what has come, without waiting for more."""
        while self._is_open:
            try:
                data = self._sock.recv(_READ_BYTES)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                self.close()
                self._lost()
                return
            self._frames.feed(data)
            if len(data) < _READ_BYTES:
                return

    def close(self) -> None:
        """Listen no more."""
        if not self._is_open:
            return
        self._is_open = False
        self._loop.remove_reader(self._sock)
        self._out.close()
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(RequestFailed("The worker has ended."))

    def _receive(self, line: bytes) -> None:
        try:
            message: JsonValue = orjson.loads(line)
        except ValueError:
            message = None
        if not self._is_open:
            return
        if not isinstance(message, dict):
            self._break("its debugger said what is no JSON object")
            return
        number = message.get("id")
        if not isinstance(number, int):
            self._told(message)
            return
        answer = self._asked.get(number)
        if answer is None or answer.done():
            return
        error = message.get("error")
        result = message.get("result")
        if isinstance(error, dict):
            answer.set_exception(RequestFailed(str(error.get("message"))))
        else:
            answer.set_result(result if isinstance(result, dict) else {})

    def _too_long(self) -> None:
        self._break(f"its debugger said more than {MOST_BYTES} bytes at once")

    def _break(self, reason: str) -> None:
        self.close()
        self._broken(reason)
