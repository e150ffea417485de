"""A login that ran earlier, as a row of a list and as it is opened again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.simulation import Scenario
from loginwright_runtime.tracing.record import CameBack, Left, LoginEnded, RunRecord

if TYPE_CHECKING:
    from loginwright_designer.simulation.login_inputs import LoginInputs
    from loginwright_designer.simulation.steps import Steps


class RecordedEnd(StrEnum):
    """How a recorded login ended."""

    ALLOWED = "allowed"
    DENIED = "denied"
    FAILED = "failed"
    AWAY = "away"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RecordedLogin:
    """A login that ran earlier, as a list tells it.

    Attributes:
        key: Tells it from the others; those of later logins sort behind those of earlier ones.
        scenario: Name of the scenario it ran, or of the trace's file.
        ended: How it ended.
        recorded_at: When that was, in UTC.
        legs: Stretches between suspensions.
        steps: How many the strip shows.
        version: Of the flow that ran.
    """

    key: str
    scenario: str
    ended: RecordedEnd
    recorded_at: datetime
    legs: int
    steps: int
    version: str


@dataclass(frozen=True, slots=True)
class OpenedLogin:
    """A recorded login, to be stepped through again; nothing of it runs.

    Attributes:
        login: As the list tells it.
        record: What happened.
        flow: As it ran; None where its code was not kept.
        scenario: What it ran with; None where that is not known any more.
        redacted: Whether personal data are hidden in the record.
        problems: What of it could not be read.
    """

    login: RecordedLogin
    record: RunRecord = field(repr=False)
    flow: Flow | None = field(default=None, repr=False)
    scenario: Scenario | None = field(default=None, repr=False)
    redacted: bool = False
    problems: tuple[Problem, ...] = ()


def ending_of(record: RunRecord) -> RecordedEnd:
    """Return how a login ended; without an end it was stopped, or left while it was away."""
    for entry in reversed(record.entries):
        match entry:
            case LoginEnded():
                return RecordedEnd(entry.status)
            case Left():
                return RecordedEnd.AWAY
            case CameBack():
                return RecordedEnd.STOPPED
            case _:
                pass
    return RecordedEnd.STOPPED


def row_of(key: str, scenario: str, record: RunRecord, strip: Steps, at: float) -> RecordedLogin:
    """Return the row of a record.

    Args:
        key: See ``RecordedLogin``.
        scenario: What it is called.
        record: What happened.
        strip: The record's steps.
        at: When, in seconds since the epoch.
    """
    moment = datetime.fromtimestamp(at, UTC)
    return RecordedLogin(
        key,
        scenario,
        ending_of(record),
        moment,
        strip.legs,
        strip.total,
        record.flow_version,
    )


def opened_in_memory(
    login: RecordedLogin, record: RunRecord, inputs: LoginInputs | None
) -> OpenedLogin:
    """Return a login of this window, which still knows all that it ran with."""
    if inputs is None:
        return OpenedLogin(login, record)
    return OpenedLogin(login, record, inputs.flow, inputs.scenario)
