"""Keeps what came of scenarios, with the flow and the scenario that each result belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.scenario_outcome import (
    action_facts,
    difference_words,
    duration_of,
    ending_of,
    ends_as,
)
from loginwright_designer.simulation.scenario_results import ScenarioResult, ScenarioState
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.simulation import Scenario, ScenarioFile, ScenarioRun, UnusableScenario
from loginwright_runtime.simulation.reading import as_people_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


translate = QCoreApplication.translate

MOST_KEPT = 64
"""Runs whose record stays in memory, so that they can be opened without running them again."""


@dataclass(slots=True)
class KeptRuns:
    """The last run of each scenario, up to a number; those that differ stay longest.

    Attributes:
        most: How many are kept.
    """

    most: int = MOST_KEPT
    _runs: dict[str, ScenarioRun] = field(default_factory=dict[str, ScenarioRun])

    def keep(self, file: str, result: ScenarioRun | UnusableScenario) -> None:
        """Keep a run in place of the scenario's former one."""
        self._runs.pop(file, None)
        if isinstance(result, UnusableScenario):
            return
        self._runs[file] = result
        if len(self._runs) > self.most:
            matching = (name for name, run in self._runs.items() if run.ok)
            del self._runs[next(matching, next(iter(self._runs)))]

    def run(self, file: str) -> ScenarioRun | None:
        """Return a scenario's last run, or None where it is kept no longer."""
        return self._runs.get(file)

    def __len__(self) -> int:
        """Return how many runs are kept."""
        return len(self._runs)


@dataclass(frozen=True, slots=True)
class _Past:
    """A result as it was when its run ended, and what it ran with."""

    flow: Flow = field(repr=False)
    scenario: Scenario | None = field(repr=False)
    result: ScenarioResult


@dataclass(slots=True)
class Ledger:
    """How every scenario on the desk stands; each change answers which files it touched."""

    _flow: Flow | None = None
    _entries: dict[str, ScenarioFile] = field(default_factory=dict[str, "ScenarioFile"])
    _past: dict[str, _Past] = field(default_factory=dict[str, _Past])
    _running: set[str] = field(default_factory=set[str])
    _results: dict[str, ScenarioResult] = field(default_factory=dict[str, ScenarioResult])

    @property
    def results(self) -> tuple[ScenarioResult, ...]:
        """All results, in the order of their files."""
        return tuple(self._results[file] for file in sorted(self._results, key=as_people_count))

    @property
    def running(self) -> frozenset[str]:
        """Files of the scenarios that are to run and have not ended yet."""
        return frozenset(self._running)

    def result(self, file: str) -> ScenarioResult | None:
        """Return how a scenario stands."""
        return self._results.get(file)

    def follow(self, flow: Flow, entries: Iterable[ScenarioFile]) -> frozenset[str]:
        """Take note of what is on the desk now."""
        self._flow = flow
        self._entries = {entry.file: entry for entry in entries}
        for file in set(self._past) - set(self._entries):
            del self._past[file]
        return self._judge(set(self._entries) | set(self._results))

    def begin(self, flow: Flow, entries: Iterable[ScenarioFile]) -> frozenset[str]:
        """Take note that scenarios are about to run."""
        if self._flow is None:
            self._flow = flow
        files = set[str]()
        for entry in entries:
            self._entries.setdefault(entry.file, entry)
            files.add(entry.file)
        self._running |= files
        return self._judge(files)

    def finish(
        self,
        flow: Flow,
        entry: ScenarioFile,
        ran: ScenarioRun | UnusableScenario,
        names: Mapping[str, str],
    ) -> frozenset[str]:
        """Take note of what came of a scenario, on the flow and the file it ran with."""
        self._running.discard(entry.file)
        result = _result(flow, entry, ran, names)
        self._past[entry.file] = _Past(flow, entry.scenario, result)
        return self._judge({entry.file})

    def stop(self) -> frozenset[str]:
        """Take note that nothing runs any more."""
        files, self._running = self._running, set()
        return self._judge(files)

    def _judge(self, files: set[str]) -> frozenset[str]:
        """Decide anew how scenarios stand, and return which of them stand otherwise now."""
        changed: set[str] = set()
        same_flow: dict[int, bool] = {}
        for file in files:
            entry = self._entries.get(file)
            if entry is None:
                self._results.pop(file, None)
                changed.add(file)
                continue
            result = self._result_now(entry, same_flow)
            if self._results.get(file) != result:
                self._results[file] = result
                changed.add(file)
        return frozenset(changed)

    def _result_now(self, entry: ScenarioFile, same_flow: dict[int, bool]) -> ScenarioResult:
        if entry.scenario is None:
            state = ScenarioState.UNREADABLE
            return ScenarioResult(entry.file, entry.stem, state, problems=entry.problems)
        name = entry.scenario.name
        past = self._past.get(entry.file)
        has_expectation = entry.scenario.expect is not None
        if past is None:
            state = ScenarioState.RUNNING if entry.file in self._running else ScenarioState.NOT_RUN
            return ScenarioResult(entry.file, name, state, has_expectation=has_expectation)
        kept = replace(past.result, name=name)
        if entry.file in self._running:
            return replace(kept, state=ScenarioState.RUNNING)
        key = id(past.flow)
        if key not in same_flow:
            same_flow[key] = self._flow is not None and _same_flow(past.flow, self._flow)
        if not same_flow[key] or past.scenario != entry.scenario:
            words = translate("Scenarios", "before your last edit")
            return replace(kept, state=ScenarioState.STALE, difference=words)
        return kept


def _same_flow(one: Flow, other: Flow) -> bool:
    """Tell whether two flows run alike; a draft on the desk has neither place nor version."""
    if one is other:
        return True
    told_apart = (one.settings, one.actions) != (other.settings, other.actions)
    return not told_apart and one.files == other.files


def _result(
    flow: Flow,
    entry: ScenarioFile,
    ran: ScenarioRun | UnusableScenario,
    names: Mapping[str, str],
) -> ScenarioResult:
    name = entry.scenario.name if entry.scenario is not None else entry.stem
    has_expectation = entry.scenario is not None and entry.scenario.expect is not None
    if isinstance(ran, UnusableScenario):
        return ScenarioResult(
            entry.file,
            name,
            ScenarioState.UNREADABLE,
            problems=ran.problems,
            has_expectation=has_expectation,
        )
    action_ids = [action.id for action in flow.enabled_actions]
    return ScenarioResult(
        file=entry.file,
        name=name,
        state=ScenarioState.AS_EXPECTED if ran.ok else ScenarioState.DIFFERS,
        ends_as=ends_as(ran.outcome, names),
        ending=ending_of(ran.outcome),
        actions=action_facts(ran.record, ran.outcome, action_ids),
        differences=ran.differences,
        difference=difference_words(ran.differences)
        if has_expectation or ran.differences
        else translate("Scenarios", "nothing expected"),
        duration_ms=duration_of(ran.record),
        has_expectation=has_expectation,
    )
