"""What came of a scenario, as the grid, the lists and the status bar show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    # Models stay out of the first frame; nobody evaluates this annotation.
    from loginwright_runtime.simulation import Difference  # noqa: TC004


translate = QCoreApplication.translate


class ScenarioState(StrEnum):
    """How a scenario stands; the order is that of the grid, what needs a look first."""

    DIFFERS = "differs"
    UNREADABLE = "unreadable"
    STALE = "stale"
    RUNNING = "running"
    NOT_RUN = "not_run"
    AS_EXPECTED = "as_expected"


class Ending(StrEnum):
    """How a login ended, or that it has not."""

    NONE = "none"
    ALLOWED = "allowed"
    DENIED = "denied"
    FAILED = "failed"
    AWAY = "away"


class ActionGlyph(StrEnum):
    """What an action did in a login, in one shape of the grid."""

    NOT_REACHED = "not_reached"
    RAN = "ran"
    SET = "set"
    MFA = "mfa"
    AWAY = "away"
    DENIED = "denied"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ActionFact:
    """What one action did.

    Attributes:
        action_id: Which one.
        glyphs: What it did, in the order of a login; never empty.
    """

    action_id: str
    glyphs: tuple[ActionGlyph, ...] = (ActionGlyph.NOT_REACHED,)

    @property
    def reached(self) -> bool:
        """Whether a handler of it began."""
        return self.glyphs != (ActionGlyph.NOT_REACHED,)


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How a scenario stands on the desk.

    Attributes:
        file: ``scenarios/first-login.json``.
        name: What people call it.
        state: Whether what came of it is what was expected, and still counts.
        ends_as: How the login ended, in words; empty where it has not run.
        ending: The same as a kind.
        actions: What each action did, in the order of the flow it ran on.
        differences: Where what came is not what was expected.
        difference: The same in a few words, for a cell.
        duration_ms: Time the actions took; None where it has not run.
        problems: Why it cannot be read or run.
        has_expectation: Whether the scenario says what should come of it.
    """

    file: str
    name: str
    state: ScenarioState
    ends_as: str = ""
    ending: Ending = Ending.NONE
    actions: tuple[ActionFact, ...] = ()
    differences: tuple[Difference, ...] = field(default=(), repr=False)
    difference: str = ""
    duration_ms: float | None = None
    problems: tuple[Problem, ...] = ()
    has_expectation: bool = True

    @property
    def has_run(self) -> bool:
        """Whether there is anything to show of a run, stale or not."""
        return self.ending is not Ending.NONE

    def fact(self, action_id: str) -> ActionFact | None:
        """Return what an action did, or None where it was not part of the flow."""
        return next((one for one in self.actions if one.action_id == action_id), None)


@dataclass(frozen=True, slots=True)
class ScenarioCounts:
    """How many scenarios stand how.

    Attributes:
        by_state: The numbers; a state that none is in is left out.
        total: Of all.
    """

    by_state: Mapping[ScenarioState, int]
    total: int

    def of(self, state: ScenarioState) -> int:
        """Return how many are in a state."""
        return self.by_state.get(state, 0)

    @property
    def all_as_expected(self) -> bool:
        """Whether there are scenarios and none needs a look."""
        return self.total > 0 and self.of(ScenarioState.AS_EXPECTED) == self.total


def count(results: Iterable[ScenarioResult]) -> ScenarioCounts:
    """Count scenarios by how they stand."""
    counted = Counter(result.state for result in results)
    return ScenarioCounts(dict(counted), counted.total())


def state_word(state: ScenarioState) -> str:
    """Return a state as the grid's first column says it."""
    words = {
        ScenarioState.DIFFERS: translate("Scenarios", "Differs"),
        ScenarioState.UNREADABLE: translate("Scenarios", "Cannot be read"),
        ScenarioState.STALE: translate("Scenarios", "Stale"),
        ScenarioState.RUNNING: translate("Scenarios", "Running"),
        ScenarioState.NOT_RUN: translate("Scenarios", "Not run yet"),
        ScenarioState.AS_EXPECTED: translate("Scenarios", "As expected"),
    }
    return words[state]


def count_words(counts: ScenarioCounts) -> tuple[tuple[ScenarioState, str], ...]:
    """Return "1 differs", "1 stale", "7 as expected"; a state that none is in is left out."""
    one_or_many = {
        ScenarioState.DIFFERS: (
            translate("Scenarios", "1 differs"),
            translate("Scenarios", "{count} differ"),
        ),
        ScenarioState.UNREADABLE: (
            translate("Scenarios", "1 cannot be read"),
            translate("Scenarios", "{count} cannot be read"),
        ),
        ScenarioState.STALE: (
            translate("Scenarios", "1 stale"),
            translate("Scenarios", "{count} stale"),
        ),
        ScenarioState.RUNNING: (
            translate("Scenarios", "1 running"),
            translate("Scenarios", "{count} running"),
        ),
        ScenarioState.NOT_RUN: (
            translate("Scenarios", "1 not run yet"),
            translate("Scenarios", "{count} not run yet"),
        ),
        ScenarioState.AS_EXPECTED: (
            translate("Scenarios", "1 as expected"),
            translate("Scenarios", "{count} as expected"),
        ),
    }
    words: list[tuple[ScenarioState, str]] = []
    for state, (one, many) in one_or_many.items():
        number = counts.of(state)
        if number:
            words.append((state, one if number == 1 else many.format(count=number)))
    return tuple(words)


def status_words(counts: ScenarioCounts) -> str:
    """Return the status bar's words: "✓ 12/12", or "1 of 9 differs, 1 stale"."""
    if not counts.total:
        return translate("Scenarios", "No scenarios")
    if counts.all_as_expected:
        return f"✓ {counts.total}/{counts.total}"
    parts: list[str] = []
    for state, words in count_words(counts):
        if state is ScenarioState.AS_EXPECTED:
            continue
        first, _, rest = words.partition(" ")
        of_all = translate("Scenarios", "{count} of {total} {rest}")
        parts.append(words if parts else of_all.format(count=first, total=counts.total, rest=rest))
    return ", ".join(parts)


def reach_counts(results: Iterable[ScenarioResult]) -> Mapping[str, int]:
    """Return by how many scenarios each action was reached, by its id."""
    reached = (fact.action_id for result in results for fact in result.actions if fact.reached)
    return dict(Counter(reached))


def in_order_of_need(results: Iterable[ScenarioResult]) -> tuple[ScenarioResult, ...]:
    """Return results with what needs a look first, and as they came within that."""
    places = {state: place for place, state in enumerate(ScenarioState)}
    return tuple(sorted(results, key=lambda result: places[result.state]))
