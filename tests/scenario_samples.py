"""The sample's scenarios, really run, as tests of their views show them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from loginwright_designer.panels.scenarios.grid_model import GridAction
from loginwright_designer.simulation.scenario_ledger import Ledger
from loginwright_designer.simulation.scenario_results import ScenarioResult
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    ScenarioFile,
    ScenarioRun,
    SimulationSettings,
    list_scenarios,
    run_scenarios,
)
from loginwright_runtime.validation import SourceFacts
from loginwright_runtime.validation.analysis import analyse_sources


@dataclass(frozen=True)
class RunSample:
    """The sample with every scenario run; "On a Saturday" was expected to be allowed."""

    flow: Flow
    files: tuple[ScenarioFile, ...]
    runs: Mapping[str, ScenarioRun]
    results: tuple[ScenarioResult, ...]
    facts: Mapping[str, SourceFacts]

    @property
    def actions(self) -> tuple[GridAction, ...]:
        """A column for each action."""
        icons = ("calendar-off", "shield-check", "external-link", "key-round")
        pairs = zip(self.flow.actions, icons, strict=True)
        return tuple(
            GridAction(action.id, action.name, icon, number)
            for number, (action, icon) in enumerate(pairs, start=1)
        )

    def file(self, stem: str) -> ScenarioFile:
        """One scenario."""
        return next(entry for entry in self.files if entry.stem == stem)


def ran_sample() -> RunSample:
    """Run the sample's scenarios."""
    flow = read_flow_folder(sample("customer-login"))
    files = tuple(map(_with_wrong_saturday, list_scenarios(sample("customer-login"))))
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    ran = asyncio.run(run_scenarios(flow, files, settings))
    names = {action.id: action.name for action in flow.actions}
    ledger = Ledger()
    ledger.follow(flow, files)
    runs: dict[str, ScenarioRun] = {}
    for entry, run in zip(files, ran, strict=True):
        assert isinstance(run, ScenarioRun)
        runs[entry.file] = run
        ledger.finish(flow, entry, run, names)
    return RunSample(flow, files, runs, ledger.results, analyse_sources(flow))


def _with_wrong_saturday(entry: ScenarioFile) -> ScenarioFile:
    if entry.stem != "on-a-saturday" or entry.scenario is None:
        return entry
    wrong = entry.scenario.model_copy(update={"expect": {"status": "allowed"}})
    return replace(entry, scenario=wrong)
