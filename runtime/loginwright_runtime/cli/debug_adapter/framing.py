"""Cuts a byte stream into messages and writes them (Debug Adapter Protocol, "Base protocol")."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.login.json_values import JsonObject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.login.json_values import JsonValue

MOST_BYTES = 4_000_000
"""Of one message; a longer one is passed over."""
MOST_HEADER_BYTES = 4096
_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,15})[ \t]*\Z", re.I)
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Message:
    """A message: a JSON object."""

    members: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A message that is none; what comes after it can be read.

    Attributes:
        reason: Why.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Where messages begin is not known any more.

    Attributes:
        reason: Why.
    """

    reason: str


Received: TypeAlias = Message | Unusable | Lost


class MessageCutter:
    """Takes bytes as they come, gives messages."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._length: int | None = None
        self._passing_over = 0

    def take(self, data: bytes) -> Iterator[Received]:
        """Yield the messages that ``data`` completes; nothing is of use after ``Lost``."""
        self._waiting += data
        while True:
            received = self._next()
            if received is None:
                return
            yield received
            if isinstance(received, Lost):
                self._waiting.clear()
                return

    def _next(self) -> Received | None:
        if self._passing_over:
            passed = min(self._passing_over, len(self._waiting))
            del self._waiting[:passed]
            self._passing_over -= passed
            if self._passing_over:
                return None
        if self._length is None:
            begun = self._header()
            if begun is not None or self._length is None:
                return begun
        if len(self._waiting) < self._length:
            return None
        body = bytes(self._waiting[: self._length])
        del self._waiting[: self._length]
        self._length = None
        return _message(body)

    def _header(self) -> Received | None:
        """Read a header; a message that is too long is passed over."""
        end = self._waiting.find(_END, 0, MOST_HEADER_BYTES)
        if end < 0:
            return Lost("a header has no end") if len(self._waiting) > MOST_HEADER_BYTES else None
        lines = bytes(self._waiting[:end]).split(b"\r\n")
        del self._waiting[: end + len(_END)]
        found = [match for match in map(_LENGTH.match, lines) if match is not None]
        if len(found) != 1:
            return Lost("a header says no Content-Length")
        length = int(found[0][1])
        if length > MOST_BYTES:
            self._passing_over = length
            return Unusable(f"it is longer than {MOST_BYTES} bytes")
        self._length = length
        return None


def _message(body: bytes) -> Message | Unusable:
    try:
        value: JsonValue = orjson.loads(body)
    except orjson.JSONDecodeError:
        return Unusable("it is no JSON")
    return Message(value) if isinstance(value, dict) else Unusable("it is no JSON object")


def framed(members: JsonObject) -> bytes:
    """Return a message as it is sent."""
    try:
        body = orjson.dumps(members)
    except TypeError:  # half characters that an action made
        body = json.dumps(members).encode("ascii")
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
