"""One call of one handler, while it runs and after: its api calls, logs and loose tasks."""

from __future__ import annotations

import contextvars
import sys
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from loginwright_runtime.hosts.workers.python_api import Answered, Error
from loginwright_runtime.hosts.workers.python_arguments import Method, encode_arguments
from loginwright_runtime.hosts.workers.python_event import (
    Event,
    JsonValue,
    read_answer,
    replace_members,
)
from loginwright_runtime.hosts.workers.python_faults import line_in
from loginwright_runtime.hosts.workers.python_wire import encode_json, utf8

if TYPE_CHECKING:
    import asyncio

    from loginwright_runtime.hosts.workers.python_tracer import CodeTracer
    from loginwright_runtime.hosts.workers.python_wire import Frame, ReplyChannel

_PLAIN_ANSWERS = frozenset({"redirect.validateToken"})
"""Methods that answer an object with a user's own keys: it stays a dict."""

# Bound here: an action that replaces it in its module changes nothing for us.
_running_frame = sys._getframe  # pyright: ignore[reportPrivateUsage]  # there is no quicker way

current: contextvars.ContextVar[HandlerCall | None] = contextvars.ContextVar(
    "handler_call", default=None
)
"""The handler call that the running code belongs to; tasks inherit it, threads do not."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a worker may send, from the ``setup`` frame."""

    frame_bytes: int
    log_lines: int
    log_bytes: int


class HandlerCall:
    """A handler call as the parent knows it by its run id.

    Attributes:
        run: The run id.
        action: Id of the action.
        code: Path of its file in the flow.
        file: Name of that file in stack frames.
        event: The live event; set once the frame is read.
        entering: The handler's code, while it is being called.
        coroutine: What the handler awaits, while it does.
        over: The parent was told how it ended.
        tasks: Tasks that its code began and that are not done, or failed unseen.
        answers: Awaitables handed out that hold an error.
        tracer: Debugs it, or None.
    """

    def __init__(
        self, frame: Frame, file: str, event: Event, channel: ReplyChannel, limits: Limits
    ) -> None:
        """Begin a call from its ``run`` frame; ``file`` is the action's, ``event`` its own."""
        self.run = cast("str", frame["run"])
        self.action = cast("str", frame["action"])
        self.code = cast("str", frame["code"])
        self.file = file
        self.event = event
        self.entering: types.CodeType | None = None
        self.coroutine: object = None
        self.over = False
        self.tasks: set[asyncio.Task[object]] = set()
        self.answers: list[Answered] = []
        self.api: object = None
        self.tracer: CodeTracer | None = None
        self._waits = bool(frame["wait"])
        self._channel = channel
        self._limits = limits
        self._lines_left = limits.log_lines
        self._bytes_left = limits.log_bytes

    def place(self) -> int | None:
        """Return the line of the action's file that is running."""
        return line_in(self.file, _running_frame())

    def call(self, method: Method, args: list[object]) -> object:
        """Forward a call of ``api``.

        Returns:
            ``api`` itself where the method answers nothing of its own.

        Raises:
            TypeError: An argument is not JSON, or the reply says so.
            Error: The reply says so, or the arguments are too large.
        """
        waits = method.waits or self._waits
        arguments = encode_arguments(method, args)
        frame = utf8(
            f'{{"type":"call","run":"{self.run}","method":"{method.name}","args":{arguments},'
            f'"line":{self.place() or "null"},"waits":{"true" if waits else "false"}}}'
        )
        if len(frame) > self._limits.frame_bytes:
            raise Error(
                f"{method.python_name}(): the arguments are {len(frame)} bytes; "
                f"at most {self._limits.frame_bytes} can be sent. Send less."
            )
        if not waits:
            self._channel.put_aside(frame)
            return self.api
        return self._answer(method, self._channel.ask(frame))

    def _answer(self, method: Method, reply: Frame) -> object:
        merges = cast("dict[str, dict[str, JsonValue]]", reply.get("merge") or {})
        for path, members in merges.items():
            replace_members(self.event, path, members)
        if "pause" in reply and self.tracer is not None:
            self.tracer.pause_in_call()
        error = _error(cast("dict[str, str] | None", reply.get("error")))
        if method.promise:
            answered = Answered(method.python_name, _value(method, reply), error)
            if error is not None:
                self.answers.append(answered)
                error.__traceback__ = self._traceback()
            return answered
        if error is not None:
            raise error
        return _value(method, reply) if method.answers == "value" else self.api

    def _traceback(self) -> types.TracebackType | None:
        """Return a traceback of the action's running line, for an error that is not raised here."""
        frame: types.FrameType | None = _running_frame()
        while frame is not None and frame.f_code.co_filename != self.file:
            frame = frame.f_back
        if frame is None:
            return None
        return types.TracebackType(None, frame, frame.f_lasti, frame.f_lineno)

    def log(self, level: str, text: str, line: int | None) -> None:
        """Send a line that the action printed, as long as the limits allow."""
        if self._lines_left < 0 or self._bytes_left < 0:
            return
        frame = self._log_frame(level, text, line)
        while len(frame) > self._limits.frame_bytes:
            text = f"{text[: len(text) // 2]}…"
            frame = self._log_frame(level, text, line)
        self._lines_left -= 1
        self._bytes_left -= len(utf8(text))
        self._channel.put_aside(frame)

    def line_reached(self, frame: bytes) -> None:
        """Send a line that is about to be executed."""
        self._channel.put_aside(frame)

    def _log_frame(self, level: str, text: str, line: int | None) -> bytes:
        return utf8(
            f'{{"type":"log","run":"{self.run}","level":"{level}","text":{encode_json(text)},'
            f'"line":{line or "null"}}}'
        )


def _value(method: Method, reply: Frame) -> JsonValue:
    value = cast("JsonValue", reply.get("value"))
    if value == {"$undefined": True}:
        return None
    return value if method.name in _PLAIN_ANSWERS else read_answer(value)


def _error(error: dict[str, str] | None) -> Exception | None:
    if error is None:
        return None
    return (TypeError if error["name"] == "TypeError" else Error)(error["message"])
