"""Recorded logins of a flow: the last ones that ended here, to open and step through again.

They live in memory. On disk stands only what somebody asked to keep (``recorded_files``), because
a record holds personal data (security.md 23).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.outcome_words import (
    OutcomeState,
    application_name,
    outcome_words,
)
from loginwright_designer.simulation.steps import steps
from loginwright_runtime.errors import Problem
from loginwright_runtime.simulation import LoginOutcome
from loginwright_runtime.simulation.event import whole_event
from loginwright_runtime.tracing import RunRecord
from loginwright_runtime.tracing.record import CameBack, Left, LoginEnded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loginwright_designer.simulation.login_signals import LoginEnd
    from loginwright_runtime.login.json_values import JsonObject

translate = QCoreApplication.translate

MOST_LOGINS = 50
"""Of one flow; the oldest goes, one that is kept last."""


@dataclass(frozen=True, slots=True)
class RecordedLogin:
    """A login that is over, whole enough to be stepped through.

    Attributes:
        key: Names it among the flow's logins.
        scenario: Name of its scenario; empty where it is not known.
        state: How it ended.
        word: The same in words, "Denied by Block weekends".
        at: When it ended, by this computer's clock.
        legs: How many stretches it had.
        steps: How many steps.
        record: All that happened; secrets are masked.
        inputs: What it began with; None for a trace.
        outcome: What came of it; None for a trace and where it was stopped.
        kept: It stands in a file, too.
        problems: What of its trace could not be read.
    """

    key: str
    scenario: str
    state: OutcomeState
    word: str
    at: datetime
    legs: int
    steps: int
    record: RunRecord = field(repr=False)
    inputs: LoginInputs | None = field(default=None, repr=False)
    outcome: LoginOutcome | None = field(default=None, repr=False)
    kept: bool = False
    problems: tuple[Problem, ...] = ()


def recorded_end(end: LoginEnd, key: str, at: datetime) -> RecordedLogin | None:
    """Return the login that has ended; None where nothing of it ran.

    Args:
        end: As a simulated login tells it.
        key: Names it.
        at: When it ended, with a time zone.
    """
    if end.record is None:
        return None
    flow, scenario = end.inputs.flow, end.inputs.scenario
    names = {action.id: action.name for action in flow.actions}
    words = outcome_words(
        end.outcome,
        names,
        application_name(whole_event(scenario)),
        record=end.record,
        error=str(end.error) if end.error is not None else "",
    )
    strip = steps(end.record, names)
    return RecordedLogin(
        key=key,
        scenario=scenario.name,
        state=words.state,
        word=words.word,
        at=at,
        legs=strip.legs,
        steps=strip.total,
        record=end.record,
        inputs=end.inputs,
        outcome=end.outcome,
    )


def recorded_trace(
    record: RunRecord,
    key: str,
    at: datetime,
    scenario: str = "",
    names: Mapping[str, str] | None = None,
) -> RecordedLogin:
    """Return a login of which there is nothing but its record.

    Args:
        record: As it was read.
        key: Names it.
        at: When it ended or was written, with a time zone.
        scenario: Name of its scenario, where it is known.
        names: What people call actions, by id; an id stands for itself.
    """
    state, word = ending_of_record(record, names or {})
    strip = steps(record, names)
    return RecordedLogin(key, scenario, state, word, at, strip.legs, strip.total, record)


def ending_of_record(record: RunRecord, names: Mapping[str, str]) -> tuple[OutcomeState, str]:
    """Return how a login ended as far as its record tells."""
    last = record.entries[-1] if record.entries else None
    away: Left | None = None
    for entry in record.entries:
        if isinstance(entry, Left):
            away = entry
        elif isinstance(entry, CameBack):
            away = None
    if isinstance(last, LoginEnded):
        return _ended(last, names)
    if away is not None:
        return OutcomeState.STOPPED, _away_word(away)
    return OutcomeState.STOPPED, translate("RecordedLogins", "Stopped")


def _ended(end: LoginEnded, names: Mapping[str, str]) -> tuple[OutcomeState, str]:
    by = _action_of(end.error, names)
    match end.status:
        case "allowed":
            return OutcomeState.ALLOWED, translate("RecordedLogins", "Allowed")
        case "denied":
            word = translate("RecordedLogins", "Denied by {name}").format(name=by)
            return OutcomeState.DENIED, word if by else translate("RecordedLogins", "Denied")
        case "failed":
            word = translate("RecordedLogins", "Failed in {name}").format(name=by)
            return OutcomeState.FAILED, word if by else translate("RecordedLogins", "Failed")
        case _:
            assert_never(end.status)


def _action_of(error: JsonObject | None, names: Mapping[str, str]) -> str:
    action = (error or {}).get("action")
    return names.get(action, action) if isinstance(action, str) else ""


def _away_word(left: Left) -> str:
    host = urlsplit(left.url or "").hostname if left.kind == "redirect" else None
    if host is None:
        return translate("RecordedLogins", "Away")
    return translate("RecordedLogins", "Away at {host}").format(host=host)


class RecordedLogins:
    """The recorded logins of one flow, the newest first."""

    def __init__(self, most: int = MOST_LOGINS) -> None:
        """Begin without any.

        Args:
            most: How many there are at most.
        """
        self._most = most
        self._logins: tuple[RecordedLogin, ...] = ()
        self._added = 0

    @property
    def logins(self) -> tuple[RecordedLogin, ...]:
        """All of them, the newest first."""
        return self._logins

    def add(self, end: LoginEnd, at: datetime) -> RecordedLogin | None:
        """Record a login that has ended; None where nothing of it ran.

        Args:
            end: As a simulated login tells it.
            at: When it ended, with a time zone.
        """
        recorded = recorded_end(end, self._key(at), at)
        if recorded is not None:
            self.restore((recorded,))
        return recorded

    def add_trace(self, login: RecordedLogin) -> RecordedLogin:
        """Record a login that was read from a trace; returned under a key of its own here."""
        named = replace(login, key=self._key(login.at))
        self.restore((named,))
        return named

    def open(self, key: str) -> RecordedLogin | None:
        """Return one, or None."""
        return next((login for login in self._logins if login.key == key), None)

    def delete(self, key: str) -> tuple[RecordedLogin, ...]:
        """Take one out; returns what ``restore`` takes."""
        gone = tuple(login for login in self._logins if login.key == key)
        self._logins = tuple(login for login in self._logins if login.key != key)
        return gone

    def delete_all(self) -> tuple[RecordedLogin, ...]:
        """Take all out; returns what ``restore`` takes."""
        gone, self._logins = self._logins, ()
        return gone

    def mark_kept(self, key: str) -> None:
        """Note that one stands in a file."""
        self._logins = tuple(
            replace(login, kept=True) if login.key == key else login for login in self._logins
        )

    def restore(self, logins: Iterable[RecordedLogin]) -> None:
        """Put logins where their time says; the oldest goes where there are too many."""
        new = {login.key: login for login in logins}
        before = [login for login in self._logins if login.key not in new]
        ordered = sorted((*new.values(), *before), key=lambda login: login.at, reverse=True)
        self._logins = _at_most(ordered, self._most)

    def _key(self, at: datetime) -> str:
        self._added += 1
        return f"{at:%Y%m%dT%H%M%S}-{at.microsecond:06d}-{self._added}"


def _at_most(logins: list[RecordedLogin], most: int) -> tuple[RecordedLogin, ...]:
    """Leave out the oldest of those that are not kept, then of all; never the newest."""
    over = len(logins) - most
    if over <= 0:
        return tuple(logins)
    oldest = sorted(logins[1:], key=lambda login: (login.kept, login.at))[:over]
    gone = {login.key for login in oldest}
    return tuple(login for login in logins if login.key not in gone)
