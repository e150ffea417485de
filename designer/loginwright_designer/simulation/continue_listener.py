"""Listens on 127.0.0.1 for the browser that comes back to ``/continue`` (security.md 31)."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from loginwright_designer.simulation.continue_page import BACK, page
from loginwright_designer.simulation.continue_request import (
    CONTINUE,
    MAX_BYTES,
    Refusal,
    SiteReturn,
    read_answer,
    read_head,
)

LOOPBACK = "127.0.0.1"
REQUEST_SECONDS = 5.0
MAX_CONNECTIONS = 32
_MAX_LEFT_OVER = 1024 * 1024
_END_OF_HEAD = b"\r\n\r\n"

Came: TypeAlias = Callable[[SiteReturn], None]
OtherStateCame: TypeAlias = Callable[[], None]


class ContinueListener:
    """One address that waits for one answer, and takes no second one.

    Args:
        loop: Where it runs; no thread is started.
        state: Of the login that waits.
        came: Told of the answer, once.
        other_state_came: Told of a request with another state, or none; it changes nothing.
        request_seconds: How long a request may take.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        state: str,
        came: Came,
        other_state_came: OtherStateCame,
        request_seconds: float = REQUEST_SECONDS,
    ) -> None:
        self._loop, self._state = loop, state
        self._came, self._other_state_came = came, other_state_came
        self._seconds = request_seconds
        self._socket: socket.socket | None = None
        self._server: asyncio.Server | None = None
        self._opening: asyncio.Task[None] | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self._answered = self._closed = False
        self.port = 0

    @property
    def host(self) -> str:
        """The only host and port that are answered."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def address(self) -> str:
        """Where the site has to send the browser."""
        return f"http://{self.host}{CONTINUE}"

    def open(self, port: int = 0) -> None:
        """Begin to listen; a browser that comes at once is not turned away.

        Args:
            port: Which one; 0 takes any that is free.

        Raises:
            OSError: The port cannot be had.
        """
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if sys.platform != "win32":  # there it would let two listen on one port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.setblocking(False)
            listening.bind((LOOPBACK, port))
            listening.listen(MAX_CONNECTIONS)
        except (OSError, OverflowError):
            listening.close()
            raise
        self._socket = listening
        self.port = listening.getsockname()[1]
        self._opening = self._loop.create_task(self._serve_on(listening))

    @property
    def is_gone(self) -> bool:
        """Whether it is closed and no connection is left."""
        return self._closed and not self._serving

    def close(self, *, cut_off: bool = True) -> None:
        """Take no more connections.

        Args:
            cut_off: End those there are; else each gets its page first, which takes as long as
                a request may.
        """
        self._closed = self._answered = True
        if self._server is not None:
            self._server.close()
        else:
            if self._opening is not None:
                self._opening.cancel()
            if self._socket is not None:
                self._socket.close()
        if cut_off:
            for task in self._serving:
                task.cancel()

    async def gone(self) -> None:
        """Close it, and wait until no connection is left."""
        self.close()
        tasks = set(self._serving)
        if self._opening is not None:
            tasks.add(self._opening)
        if tasks:
            await asyncio.wait(tasks)

    async def _serve_on(self, listening: socket.socket) -> None:
        self._server = await asyncio.start_server(
            self._connected,
            sock=listening,
            limit=MAX_BYTES,
            backlog=MAX_CONNECTIONS,
            start_serving=False,
        )
        await self._server.start_serving()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._closed or len(self._serving) >= MAX_CONNECTIONS:
            writer.transport.abort()
            return
        task = self._loop.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request; a connection never carries a second one."""
        try:
            with suppress(OSError, EOFError, TimeoutError):
                async with asyncio.timeout(self._seconds):
                    await self._talk(reader, writer)
        finally:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await self._response(reader))
        await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
        await _read_left_over(reader)

    async def _response(self, reader: asyncio.StreamReader) -> bytes:
        try:
            head_bytes = await reader.readuntil(_END_OF_HEAD)
        except asyncio.LimitOverrunError:
            return page(431, "This is larger than 64 kB.")
        head = read_head(head_bytes.removesuffix(_END_OF_HEAD), self.host)
        if isinstance(head, Refusal):
            return page(head.status, head.reason)
        body = await reader.readexactly(head.length)
        answer = read_answer(head, body, self._state)
        if isinstance(answer, Refusal):
            if answer.other_state and not self._answered:
                self._other_state_came()
            return page(answer.status, answer.reason)
        if self._answered:
            return page(410, "This login has its answer already.")
        self._answered = True
        self._loop.call_soon(self._came, answer)
        return page(200, BACK)


async def _read_left_over(reader: asyncio.StreamReader) -> None:
    """Read what a browser still sends, so that the page reaches it before the connection ends."""
    left = _MAX_LEFT_OVER
    while left > 0:
        data = await reader.read(MAX_BYTES)
        if not data:
            return
        left -= len(data)
