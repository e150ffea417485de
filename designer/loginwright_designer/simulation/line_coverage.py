"""Which lines the scenarios come to: measured on demand, by runs that record every line."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_runtime.errors import LoginwrightError
from loginwright_runtime.hosts.waiting import to_the_end
from loginwright_runtime.simulation import PlaceholderSecrets, ScenarioRun, run_scenarios
from loginwright_runtime.tracing.record import LineReached

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.simulation.scenario_runs import ScenarioInputs
    from loginwright_runtime.simulation import SimulationSettings, many
    from loginwright_runtime.tracing.record import RunRecord

translate = QCoreApplication.translate

MOST_NAMED = 6
"""How many scenarios a line names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class LineCoverage:
    """What was measured.

    Attributes:
        reached: File → line → names of the scenarios that came to it.
        files: The sources that ran; of one that is another now nothing is known.
        scenarios: How many ran.
    """

    reached: Mapping[str, Mapping[int, tuple[str, ...]]] = field(
        default_factory=lambda: MappingProxyType(dict[str, Mapping[int, tuple[str, ...]]]())
    )
    files: Mapping[str, bytes] = field(
        default_factory=lambda: MappingProxyType(dict[str, bytes]()), repr=False
    )
    scenarios: int = 0

    def of(self, file: str, source: bytes | None) -> Mapping[int, tuple[str, ...]] | None:
        """Return which lines of a source were reached by whom; None where nobody knows."""
        if source is None or self.files.get(file) != source:
            return None
        return self.reached.get(file, {})

    def scenarios_of(self, file: str) -> tuple[str, ...]:
        """Return who came to any line of a source, in the order of their names."""
        lines = self.reached.get(file, {})
        return tuple(sorted({name for names in lines.values() for name in names}))

    def words(self, names: tuple[str, ...]) -> str:
        """Return who reached a line, in words."""
        if not names:
            text = translate("Coverage", "none of {total} scenarios comes here")
            return text.format(total=self.scenarios)
        text = translate("Coverage", "{count} of {total} scenarios come here: {names}")
        named = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
        return text.format(count=len(names), total=self.scenarios, names=named)


def reached_lines(
    records: Iterable[tuple[str, RunRecord]],
) -> dict[str, dict[int, tuple[str, ...]]]:
    """Return file → line → names of those whose record came to it.

    Args:
        records: Name and record of each run.
    """
    found: dict[str, dict[int, dict[str, None]]] = {}
    for name, record in records:
        for entry in record.entries:
            if isinstance(entry, LineReached):
                found.setdefault(entry.file, {}).setdefault(entry.line, {})[name] = None
    return {
        file: {line: tuple(names) for line, names in lines.items()} for file, lines in found.items()
    }


class CoverageRuns(QObject):
    """Runs every scenario with every line recorded; placeholder secrets, no network.

    That is security.md 29, as in ``ScenarioRuns``.
    """

    measured = Signal(object)
    """A ``LineCoverage``."""
    failed = Signal(object)
    """A ``LoginwrightError``: nothing is measured."""

    def __init__(
        self,
        settings: SimulationSettings,
        loop: asyncio.AbstractEventLoop,
        parent: QObject | None = None,
    ) -> None:
        """Wait for ``measure``.

        Args:
            settings: How logins are run; its secrets, network and debugger are not used.
            loop: The one that Qt runs on.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._settings = replace(
            settings,
            secrets=PlaceholderSecrets(),
            network="none",
            debugger=None,
            record_lines=True,
        )
        self._loop = loop
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self.coverage = LineCoverage()

    @property
    def is_running(self) -> bool:
        """Whether it is being measured."""
        return self._task is not None

    def measure(self, inputs: ScenarioInputs) -> bool:
        """Run the scenarios; False where nothing runs, as after ``close``.

        Args:
            inputs: The flow and its scenarios.
        """
        usable = tuple(one for one in inputs.scenarios if one.scenario is not None)
        if self._closed or self._task is not None or not inputs.may_run or not usable:
            return False
        self._task = self._loop.create_task(self._measure(replace(inputs, scenarios=usable)))
        self._task.add_done_callback(self._on_done)
        return True

    async def close(self) -> None:
        """End what runs and wait until its workers are gone, also when that is cancelled."""
        self._closed = True
        task = self._task
        if task is not None:
            task.cancel()
            await to_the_end(asyncio.wait({task}))

    async def _measure(self, inputs: ScenarioInputs) -> None:
        records: list[tuple[str, RunRecord]] = []

        def finished(index: int, result: many.ScenarioResult) -> None:
            scenario = inputs.scenarios[index].scenario
            if isinstance(result, ScenarioRun) and scenario is not None:
                records.append((scenario.name, result.record))

        try:
            await run_scenarios(
                inputs.flow, inputs.scenarios, self._settings, at_once=1, finished=finished
            )
        except LoginwrightError as error:
            self.failed.emit(error)
            return
        self.coverage = LineCoverage(
            reached_lines(sorted(records, key=lambda one: one[0])),
            dict(inputs.flow.files),
            len(records),
        )

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if task.cancelled():
            return
        failure = task.exception()
        if failure is not None:
            raise failure  # to the loop's handler: nobody raised it on purpose
        self.measured.emit(self.coverage)
