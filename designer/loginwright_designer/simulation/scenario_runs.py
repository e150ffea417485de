"""Runs scenarios in the background, and remembers what each result belongs to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from loginwright_designer.simulation.scenario_ledger import KeptRuns, Ledger
from loginwright_designer.simulation.scenario_results import ScenarioResult
from loginwright_runtime.errors import LoginwrightError
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.hosts.waiting import to_the_end
from loginwright_runtime.simulation import PlaceholderSecrets, ScenarioFile, run_scenarios

if TYPE_CHECKING:
    from loginwright_designer.document.draft import Draft
    from loginwright_runtime.simulation import ScenarioRun, SimulationSettings, many

AT_ONCE = 2
"""Few, because the window lives on the same loop and the machine has other work."""
_TELL_MS = 50


@dataclass(frozen=True, slots=True)
class ScenarioInputs:
    """Which scenarios to run.

    Attributes:
        flow: Placed in its folder, as it stands on the desk.
        scenarios: As they stand on the desk; those that cannot be read are passed over.
        may_run: Whether the folder is trusted (security.md 29); without it nothing runs.
    """

    flow: Flow = field(repr=False)
    scenarios: tuple[ScenarioFile, ...] = field(repr=False)
    may_run: bool


@dataclass(frozen=True, slots=True)
class ResultsChange:
    """Results are others now.

    Attributes:
        results: Of every scenario on the desk, in the order of their files.
        files: Those that changed.
    """

    results: tuple[ScenarioResult, ...]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class RunEnd:
    """Scenarios were run, or not all of them.

    Attributes:
        asked: How many should run.
        ran: How many did.
        cancelled: Somebody ended it.
        refused: The folder is not trusted: nothing ran.
        error: Why it could not go on, or None.
    """

    asked: int
    ran: int
    cancelled: bool = False
    refused: bool = False
    error: LoginwrightError | None = field(default=None, repr=False)


class ScenarioRuns(QObject):
    """Runs scenarios with memory stores, without the network and with placeholder secrets.

    That is security.md 29: whatever the settings say, real secrets and the network are only for a
    login that somebody runs. Results carry the flow and the scenario they belong to; an edit of
    either makes them stale, also while they run.
    """

    results_changed = Signal(object)
    """A ``ResultsChange``; at most one in 50 ms while scenarios run."""
    run_finished = Signal(object)
    """A ``RunEnd``."""

    def __init__(
        self,
        settings: SimulationSettings,
        loop: asyncio.AbstractEventLoop,
        parent: QObject | None = None,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        """Wait for ``run``.

        Args:
            settings: How logins are run; its secrets, network and debugger are not used.
            loop: The one that Qt runs on.
            parent: Owns this object.
            at_once: How many logins run at the same time.
        """
        super().__init__(parent)
        self._settings = replace(
            settings, secrets=PlaceholderSecrets(), network="none", debugger=None
        )
        self._loop = loop
        self._at_once = at_once
        self._ledger = Ledger()
        self._kept = KeptRuns()
        self._task: asyncio.Task[RunEnd] | None = None
        self._next: ScenarioInputs | None = None
        self._waiting: tuple[ScenarioFile, ...] = ()
        self._changed: set[str] = set()
        self._closed = False
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TELL_MS)
        self._telling.timeout.connect(self._tell)

    @property
    def results(self) -> tuple[ScenarioResult, ...]:
        """How every scenario on the desk stands, in the order of their files."""
        return self._ledger.results

    @property
    def is_running(self) -> bool:
        """Whether scenarios run."""
        return self._task is not None

    def result(self, file: str) -> ScenarioResult | None:
        """Return how a scenario stands."""
        return self._ledger.result(file)

    def kept_run(self, file: str) -> ScenarioRun | None:
        """Return a scenario's last run with its record; None where it is kept no longer."""
        return self._kept.run(file)

    def mark_stale(self, draft: Draft) -> None:
        """Take note of what is on the desk: results of an earlier flow or scenario are stale."""
        self._note(self._ledger.follow(draft.flow, draft.scenarios))

    def run(self, inputs: ScenarioInputs) -> bool:
        """Run scenarios; one that is running already begins anew with these.

        Returns:
            Whether anything runs; ``run_finished`` says why not. After ``close`` nothing does, and
            nothing is told.
        """
        if self._closed:
            return False
        asked = tuple(entry for entry in inputs.scenarios if entry.scenario is not None)
        if not inputs.may_run or not asked:
            refused = not inputs.may_run
            self.run_finished.emit(RunEnd(len(asked), 0, refused=refused))
            return False
        wanted = replace(inputs, scenarios=asked)
        if self._task is not None:
            self._next = self._with_unfinished(wanted)
            self._task.cancel()
        else:
            self._begin(wanted)
        return True

    def cancel(self) -> None:
        """End what runs; results that are there already stay."""
        self._next = None
        if self._task is not None:
            self._task.cancel()

    async def close(self) -> None:
        """End what runs and wait until its workers are gone, also when that is cancelled.

        Nothing is told any more, and nothing begins.
        """
        self._next = None
        self._closed = True
        self._telling.stop()
        task = self._task
        if task is not None:
            task.cancel()
            await to_the_end(asyncio.wait({task}))

    def _with_unfinished(self, wanted: ScenarioInputs) -> ScenarioInputs:
        """Return what is wanted, and what a run that it ends has not come to yet."""
        named = {entry.file for entry in wanted.scenarios}
        waiting = self._ledger.running
        more = (entry for entry in self._waiting if entry.file in waiting - named)
        return replace(wanted, scenarios=(*wanted.scenarios, *more))

    def _begin(self, inputs: ScenarioInputs) -> None:
        self._waiting = inputs.scenarios
        self._note(self._ledger.begin(inputs.flow, inputs.scenarios))
        self._task = self._loop.create_task(self._run(inputs))
        self._task.add_done_callback(self._on_done)

    async def _run(self, inputs: ScenarioInputs) -> RunEnd:
        ran = 0
        names = {action.id: action.name for action in inputs.flow.actions}

        def finished(index: int, result: many.ScenarioResult) -> None:
            nonlocal ran
            ran += 1
            entry = inputs.scenarios[index]
            self._kept.keep(entry.file, result)
            self._note(self._ledger.finish(inputs.flow, entry, result, names), soon=True)

        cancelled, error = False, None
        try:
            await run_scenarios(
                inputs.flow,
                inputs.scenarios,
                self._settings,
                at_once=self._at_once,
                finished=finished,
            )
        except asyncio.CancelledError:
            cancelled = True
        except LoginwrightError as failure:
            error = failure
        return RunEnd(len(inputs.scenarios), ran, cancelled=cancelled, error=error)

    def _on_done(self, task: asyncio.Task[RunEnd]) -> None:
        """Begin what was asked for meanwhile, or tell that it is over."""
        self._task = None
        failure = None if task.cancelled() else task.exception()
        nothing = RunEnd(len(self._waiting), 0, cancelled=True)
        end = nothing if task.cancelled() or failure is not None else task.result()
        following, self._next = self._next, None
        stopped = self._ledger.stop()
        if following is not None:
            self._begin(following)
        else:
            self._note(stopped)
            self._tell()
            if not self._closed:
                self.run_finished.emit(end)
        if failure is not None:
            raise failure  # to the loop's handler: nobody raised it on purpose

    def _note(self, files: frozenset[str], *, soon: bool = False) -> None:
        """Tell what changed; ``soon`` waits for more of it."""
        self._changed |= files
        if not self._changed:
            return
        if not soon:
            self._tell()
        elif not self._telling.isActive():
            self._telling.start()

    def _tell(self) -> None:
        self._telling.stop()
        if self._changed and not self._closed:
            files, self._changed = frozenset(self._changed), set()
            self.results_changed.emit(ResultsChange(self._ledger.results, files))
