"""The flow *Customer login* on a lane, with what is known of its code and recorded logins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_designer.canvas.lane_building import lane_of
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    SimulationSettings,
    list_scenarios,
    run_scenario,
)
from loginwright_runtime.tracing.record import RunRecord
from loginwright_runtime.validation import analyse
from loginwright_runtime.validation.facts import SourceFacts

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_state import Lane, LanePosition

FOLDER = Path(__file__).parents[1] / "resources" / "samples" / "customer-login"


@dataclass(frozen=True)
class Sample:
    """The flow, what is known of its code, and a record of each of its scenarios."""

    flow: Flow
    facts: Mapping[str, SourceFacts]
    records: Mapping[str, RunRecord]

    def record(self, scenario: str, entries: int | None = None) -> RunRecord:
        """The record of a scenario, or its first entries."""
        record = self.records[scenario]
        return replace(record, entries=record.entries[:entries])

    def lane(
        self,
        scenario: str | None = None,
        entries: int | None = None,
        at: LanePosition | None = None,
    ) -> Lane:
        """The lane of a scenario's login."""
        record = None if scenario is None else self.record(scenario, entries)
        return lane_of(self.flow, self.facts, record, at)

    def reordered(self, *order: int) -> Lane:
        """The lane with its actions in another order."""
        actions = tuple(self.flow.actions[number - 1] for number in order)
        return lane_of(self.flow.model_copy(update={"actions": actions}), self.facts)

    def turned_off(self, *ids: str) -> Lane:
        """The lane with some of its actions turned off."""
        actions = tuple(
            action.model_copy(update={"enabled": action.id not in ids})
            for action in self.flow.actions
        )
        return lane_of(self.flow.model_copy(update={"actions": actions}), self.facts)


async def sample_lanes() -> Sample:
    """Run every scenario of the sample once."""
    flow = load_flow(FOLDER)
    sources = analyse(flow).sources
    settings = SimulationSettings(PlaceholderSecrets())
    records = {}
    for file in list_scenarios(FOLDER):
        run = await run_scenario(flow, file.usable(), settings)
        records[file.stem] = run.record
    facts = {action.id: sources[action.code] for action in flow.actions}
    return Sample(flow, facts, records)
