"""What an action prints, logs or warns about, as ``log`` frames with level and line."""

from __future__ import annotations

import io
import logging
import sys
import warnings
from typing import TYPE_CHECKING

from loginwright_runtime.hosts.workers.python_override import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

    Emit = Callable[[str, str, int | None], None]
    Place = Callable[[], int | None]

_formatter = logging.Formatter()


class PrintedLines(io.TextIOBase):
    """Stands for ``sys.stdout`` or ``sys.stderr``: one log a print, however many lines it has.

    What is written without a newline at its end waits for one, or for the end of the handler.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, level: str, emit: Emit, place: Place) -> None:
        """Emit what is written with ``level``; ``place`` tells the line that writes."""
        super().__init__()
        self._level = level
        self._emit = emit
        self._place = place
        self._waiting = ""
        self._line: int | None = None
        self.buffer = _PrintedBytes(self)

    @override
    def writable(self) -> bool:
        """Return True: this is for writing only."""
        return True

    @override
    def write(self, text: str, /) -> int:
        """Keep or emit ``text``; returns its length."""
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # actions
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not self._waiting:
            self._line = self._place()
        self._waiting += text
        if text.endswith("\n"):
            self.complete()
        return len(text)

    def complete(self) -> None:
        """Emit what waits for a newline."""
        if self._waiting:
            text, self._waiting = self._waiting, ""
            self._emit(self._level, text.removesuffix("\n"), self._line)


class _PrintedBytes(io.RawIOBase):
    """The bytes below a text stream (``sys.stdout.buffer``)."""

    def __init__(self, stream: PrintedLines) -> None:
        super().__init__()
        self._stream = stream

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Buffer, /) -> int:
        content = bytes(data)
        self._stream.write(content.decode("utf-8", "replace"))
        return len(content)


class RecordedLogs(logging.Handler):
    """Passes log records on: the flow's own at any level, a library's from WARNING."""

    def __init__(self, emit: Emit, place: Place, is_flow_file: Callable[[str], bool]) -> None:
        """Emit records; ``is_flow_file`` tells the flow's code from a library's."""
        super().__init__()
        self._emit = emit
        self._place = place
        self._is_flow_file = is_flow_file

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Pass one record on."""
        if record.levelno < logging.WARNING and not self._is_flow_file(record.pathname):
            return
        try:
            text = record.getMessage()
        except Exception as error:  # noqa: BLE001 - arguments that do not fit, an action's mistake
            text = f"{record.msg} (its arguments do not fit: {error})"
        if record.exc_info:
            text = f"{text}\n{_formatter.formatException(record.exc_info)}"
        self._emit(_level(record.levelno), text, self._place())


def _level(number: int) -> str:
    for least, name in (
        (logging.ERROR, "error"),
        (logging.WARNING, "warn"),
        (logging.INFO, "info"),
        (logging.DEBUG, "debug"),
    ):
        if number >= least:
            return name
    return "trace"


class Output:
    """Everything an action can print to."""

    def __init__(self, emit: Emit, place: Place, is_flow_file: Callable[[str], bool]) -> None:
        """Prepare; nothing is taken over before ``attach``.

        Args:
            emit: Receives level, text and line.
            place: Tells the line of the action that is running.
            is_flow_file: Tells the flow's code from a library's.
        """
        self._emit = emit
        self._place = place
        self._printed = PrintedLines("log", emit, place)
        self._printed_errors = PrintedLines("error", emit, place)
        self._logs = RecordedLogs(emit, place, is_flow_file)

    def attach(self) -> None:
        """Take over the streams, the root logger and warnings; again, if an action changed them."""
        sys.stdout, sys.stderr = self._printed, self._printed_errors
        warnings.showwarning = self._warned
        root = logging.getLogger()
        if root.handlers != [self._logs]:
            root.handlers[:] = [self._logs]
            root.setLevel(1)

    def complete(self) -> None:
        """Emit what was printed without a newline."""
        self._printed.complete()
        self._printed_errors.complete()

    def _warned(
        self, message: Warning | str, category: type[Warning], *_place: object, **_more: object
    ) -> None:
        self._emit("warn", f"{category.__name__}: {message}", self._place())
