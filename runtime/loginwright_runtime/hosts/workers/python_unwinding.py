"""Tells how a function was left: by a return, by an error, or not at all, because it only waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loginwright_runtime.hosts.workers.python_code_facts import RETURNS, WAITS

if TYPE_CHECKING:
    import types


class Left(NamedTuple):
    """A function is over; ``error`` is what it was left by, if so."""

    error: BaseException | None = None


class Unwinding:
    """Errors on their way through frames, as a tracer is told of them."""

    def __init__(self) -> None:
        """Know of no error."""
        self._raising: dict[types.FrameType, BaseException] = {}
        self._handled: dict[types.FrameType, BaseException] = {}
        self._opcodes: dict[types.CodeType, bytes] = {}

    def forget(self) -> None:
        """Begin anew."""
        self._raising.clear()
        self._handled.clear()

    def thrown(self, frame: types.FrameType, error: BaseException) -> None:
        """An error has come to a frame."""
        self._raising[frame] = error

    def went_on(self, frame: types.FrameType) -> None:
        """A frame goes on with a line; whether its handler throws the error on is not told."""
        if self._raising:
            error = self._raising.pop(frame, None)
            if error is not None:
                self._handled[frame] = error

    def left(self, frame: types.FrameType) -> Left | None:
        """Return how a frame was left; None where it only waits.

        The wait of an ``await`` or a ``yield`` looks like a return to a tracer.
        """
        error = self._raising.pop(frame, None) if self._raising else None
        if error is None:
            opcode = self._opcode(frame)
            if opcode not in RETURNS:
                error = self._handled.get(frame) if opcode not in WAITS else None
                if error is None:
                    return None
        if self._handled:
            self._handled.pop(frame, None)
        return Left(error)

    def _opcode(self, frame: types.FrameType) -> int:
        code = frame.f_code
        opcodes = self._opcodes.get(code)
        if opcodes is None:
            opcodes = self._opcodes[code] = code.co_code
        return opcodes[frame.f_lasti]
