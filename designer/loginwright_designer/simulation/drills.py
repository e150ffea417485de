"""Drills: wrong answers sent to copies of a login that is away, and what became of each."""

from __future__ import annotations

import asyncio
import copy
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.login_driver import built_engine
from loginwright_designer.simulation.login_inputs import LoginInputs, ReadSecrets
from loginwright_designer.simulation.spoiled_replies import (
    AFTER_AN_HOUR_SECONDS,
    Attempt,
    Drill,
    spoiled,
)
from loginwright_runtime.errors import RequestError
from loginwright_runtime.simulation import (
    Away,
    LoginOutcome,
    RedirectReply,
    SimulationSettings,
    SimulationStores,
)
from loginwright_runtime.tracing import RunRecord, record_of

if TYPE_CHECKING:
    from loginwright_designer.simulation.desk import Answer, Desk

__all__ = [
    "AFTER_AN_HOUR_SECONDS",
    "Drill",
    "DrillBench",
    "DrillResult",
    "Verdict",
]

translate = QCoreApplication.translate


class Verdict(StrEnum):
    """How the flow did."""

    REFUSED = "Refused, as it should be"
    ACCEPTED = "Accepted: this action does not check it"
    AS_THE_PLATFORM = "As on the platform"
    NOT_APPLICABLE = "Not applicable"


@dataclass(frozen=True, slots=True)
class DrillResult:
    """A row of the table.

    Attributes:
        drill: What was sent.
        verdict: How the flow did.
        words: The engine's own sentence, or why the drill does not apply.
        outcome: Of what was sent last; None where nothing was.
        record: All that happened in the copy, so that the run can be opened; None where nothing
            did.
        reply: The same answer as a scenario holds it; None where it cannot be saved.
        unsaved: Why it cannot be saved, in words; empty where it can.
    """

    drill: Drill
    verdict: Verdict
    words: str
    outcome: LoginOutcome | None = field(default=None, repr=False)
    record: RunRecord | None = field(default=None, repr=False)
    reply: RedirectReply | None = field(default=None, repr=False)
    unsaved: str = ""

    @property
    def refused_by_engine(self) -> bool:
        """Whether it was refused before code was asked, so that no code can do otherwise."""
        if self.verdict is not Verdict.REFUSED:
            return False
        error = self.outcome.error if self.outcome is not None else None
        return self.outcome is None or (error is not None and error.kind == "invalid_request")


@dataclass(frozen=True, slots=True)
class DrillBench:
    """A copy of a login that is away; every drill gets a copy of its own.

    Attributes:
        inputs: What the login began with.
        settings: How it is run.
        secrets: Values read when it began.
        stores: Copied when the bench was made.
        away: Where it waits.
    """

    inputs: LoginInputs
    settings: SimulationSettings
    secrets: ReadSecrets
    stores: SimulationStores = field(repr=False)
    away: Away

    async def run(self, drill: Drill, correct: Answer, desk: Desk) -> DrillResult:
        """Run one drill.

        Args:
            drill: Which one.
            correct: The answer that a correct site sends, which the drill spoils.
            desk: Of the same login.

        Raises:
            ScenarioError: The correct answer itself cannot be made.
        """
        if drill is Drill.NEVER:
            words = translate(
                "Simulation", "The login stays away until it expires; nothing was written."
            )
            reply = RedirectReply(arrives=False)
            return DrillResult(drill, Verdict.AS_THE_PLATFORM, words, reply=reply)
        attempt = spoiled(drill, correct, desk)
        if isinstance(attempt, str):
            unsaved = translate("Simulation", "Nothing was sent.")
            return DrillResult(drill, Verdict.NOT_APPLICABLE, attempt, unsaved=unsaved)
        try:
            outcomes = await self._sent(attempt)
        except RequestError as error:
            words = error.problems[0].message
            unsaved = attempt.unsaved or words
            return DrillResult(drill, Verdict.REFUSED, words, unsaved=unsaved)
        return _judged(drill, attempt, outcomes)

    async def _sent(self, attempt: Attempt) -> list[LoginOutcome]:
        stores = copy.deepcopy(self.stores)
        now = self.away.now + attempt.after_seconds
        async with built_engine(self.inputs, self.settings, self.secrets, stores) as engine:
            if attempt.at_once:
                sent = [engine.resume(attempt.request, now=now) for _ in range(attempt.times)]
                return list(await asyncio.gather(*sent))
            return [await engine.resume(attempt.request, now=now) for _ in range(attempt.times)]


def _happened(outcome: LoginOutcome) -> str:
    return {
        "allowed": translate("Simulation", "The login was allowed."),
        "denied": translate("Simulation", "The login was denied."),
        "failed": translate("Simulation", "The login failed."),
        "suspended": translate("Simulation", "The login was suspended."),
    }[outcome.status]


def _judged(drill: Drill, attempt: Attempt, outcomes: list[LoginOutcome]) -> DrillResult:
    refused = [one for one in outcomes if one.status in ("failed", "denied")]
    last = refused[-1] if refused else outcomes[-1]
    happened = _happened(last)
    words = last.error.description if last.error is not None else happened
    accepted_once = len(outcomes) - len(refused) <= (1 if len(outcomes) > 1 else 0)
    verdict = Verdict.REFUSED if accepted_once else Verdict.ACCEPTED
    if drill is Drill.GET_FOR_POST:
        verdict = Verdict.AS_THE_PLATFORM
    records = [record_of(one) for one in outcomes]
    return DrillResult(
        drill,
        verdict,
        words,
        last,
        max(records, key=lambda record: len(record.entries)),
        attempt.reply,
        attempt.unsaved,
    )
