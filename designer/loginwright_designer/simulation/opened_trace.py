"""Opens a file that ``--trace`` wrote as a recorded login, as far as it can be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.calendar_moment import calendar_moment
from loginwright_designer.simulation.recorded_logins import RecordedLogin, recorded_trace
from loginwright_runtime.errors import Problem, TraceError
from loginwright_runtime.tracing import open_trace

if TYPE_CHECKING:
    from collections.abc import Mapping

translate = QCoreApplication.translate

MAX_TRACE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TraceRefused:
    """A file that cannot be opened as a trace at all.

    Attributes:
        problems: Why, and what to do.
    """

    problems: tuple[Problem, ...]


def trace_login(
    data: bytes, name: str = "", names: Mapping[str, str] | None = None
) -> RecordedLogin | TraceRefused:
    """Return the login of a trace; lines that cannot be read are in its ``problems``.

    Args:
        data: The file.
        name: What the file is called; stands in the place of a scenario's name.
        names: What people call actions, by id; an id stands for itself.
    """
    if len(data) > MAX_TRACE_BYTES:
        return TraceRefused((_too_large(),))
    try:
        opened = open_trace(data)
    except TraceError as error:
        return TraceRefused(tuple(error.problems))
    entries = opened.record.entries
    at = _moment(entries[-1].at if entries else 0.0)
    login = recorded_trace(opened.record, "trace", at, name or opened.record.flow_name, names)
    return replace(login, problems=opened.problems)


def _moment(seconds: float) -> datetime:
    """Return a moment of the login's clock; one that no calendar has counts as none."""
    return calendar_moment(seconds) or datetime.fromtimestamp(0, UTC)


def _too_large() -> Problem:
    return Problem(
        rule="trace-size",
        severity="error",
        message=translate("RecordedLogins", "This trace is larger than 64 MB."),
        remedy=translate("RecordedLogins", "Record the login without every line, and open that."),
    )
