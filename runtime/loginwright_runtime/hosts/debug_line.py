"""Descriptor 7 of a debugged worker: requests and answers, and what it tells unasked."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.hosts.frame_stream import FrameCutter, SendBuffer
from loginwright_runtime.login.json_values import JsonObject

if TYPE_CHECKING:
    import socket

    from loginwright_runtime.login.json_values import JsonValue

MOST_BYTES = 32 * 1024 * 1024
_READ_BYTES = 262_144


class RequestFailed(Exception):  # noqa: N818 - it names what the worker answered
    """The worker answered a request with an error; its words are the message."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that is not answered yet."""

    answer: asyncio.Future[JsonObject]
    answered: Callable[[], None] | None

    def succeed(self, result: JsonObject) -> None:
        self._told()
        self.answer.set_result(result)

    def fail(self, error: RequestFailed) -> None:
        self._told()
        self.answer.set_exception(error)
        self.answer.exception()  # Seen: whoever asked may have given up.

    def _told(self) -> None:
        if self.answered is not None:
            self.answered()


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
        self._asked: dict[int, _Asked] = {}
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

    async def ask(
        self,
        method: str,
        params: JsonObject,
        seconds: float,
        answered: Callable[[], None] | None = None,
    ) -> JsonObject:
        """Return the answer.

        Args:
            method: What is asked.
            params: Its parameters.
            seconds: How long it may take.
            answered: Told when the answer has come or cannot come any more, also where whoever
                asked has given up before.

        Raises:
            RequestFailed: The worker refused.
            TimeoutError: It did not answer in time.
        """
        if not self._is_open:
            if answered is not None:
                answered()
            raise RequestFailed("The code does not stand still any more.")
        answer: asyncio.Future[JsonObject] = self._loop.create_future()
        self._asked[self.tell(method, params)] = _Asked(answer, answered)
        async with asyncio.timeout(seconds):
            return await asyncio.shield(answer)

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
        asked, self._asked = self._asked, {}
        for one in asked.values():
            one.fail(RequestFailed("The worker has ended."))

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
        asked = self._asked.pop(number, None)
        if asked is None:
            return
        error = message.get("error")
        result = message.get("result")
        if isinstance(error, dict):
            asked.fail(RequestFailed(str(error.get("message"))))
        else:
            asked.succeed(result if isinstance(result, dict) else {})

    def _too_long(self) -> None:
        self._break(f"its debugger said more than {MOST_BYTES} bytes at once")

    def _break(self, reason: str) -> None:
        self.close()
        self._broken(reason)
