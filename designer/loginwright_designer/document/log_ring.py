"""The designer's own last log lines, kept in memory, without secrets."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.tracing.masking import Masker

MOST_LINES = 2_000
MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log.

    Attributes:
        at: When.
        level: ``WARNING`` and the like.
        name: Who logged it.
        text: The message, secrets masked; of an exception only its kind.
    """

    at: datetime
    level: str
    name: str
    text: str = field(repr=False)

    @override
    def __str__(self) -> str:
        """Return the line as it is copied."""
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.level:<7} {self.name}: {self.text}"


class LogRing(QObject):
    """Keeps the last lines of every logger, whichever thread logs.

    Exceptions are told by their kind alone: messages and frames may quote data; what crashed the
    designer is in its crash report.

    Args:
        secrets: Returns a masker of the secrets that are loaded now.
        parent: Qt's owner.
    """

    line_added = Signal(object)  # LogLine: it stands at the end; from any thread

    def __init__(self, secrets: Callable[[], Masker], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: deque[LogLine] = deque(maxlen=MOST_LINES)
        self._handler = _Handler(self._take, secrets)

    @property
    def lines(self) -> tuple[LogLine, ...]:
        """The lines, the oldest first."""
        return tuple(self._lines)

    def install(self, logger: logging.Logger | None = None) -> None:
        """Begin to listen; to all loggers unless told otherwise."""
        (logger or logging.getLogger()).addHandler(self._handler)

    def uninstall(self, logger: logging.Logger | None = None) -> None:
        """Listen no more."""
        (logger or logging.getLogger()).removeHandler(self._handler)

    def _take(self, line: LogLine) -> None:
        self._lines.append(line)
        self.line_added.emit(line)


class _Handler(logging.Handler):
    """Makes lines of records."""

    def __init__(self, take: Callable[[LogLine], None], secrets: Callable[[], Masker]) -> None:
        super().__init__(logging.INFO)
        self._take = take
        self._secrets = secrets

    @override
    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = self._secrets().text(record.getMessage())
        except Exception:  # noqa: BLE001 - a log line must not fail what logs it
            text = "(a line that could not be written)"
        if record.exc_info is not None and record.exc_info[0] is not None:
            text = f"{text} ({record.exc_info[0].__qualname__})"
        at = datetime.fromtimestamp(record.created).astimezone()
        self._take(LogLine(at, record.levelname, record.name, text[:MOST_CHARACTERS]))


def log_text(lines: tuple[LogLine, ...]) -> str:
    """Return lines as they are copied and saved."""
    return "".join(f"{line}\n" for line in lines)
