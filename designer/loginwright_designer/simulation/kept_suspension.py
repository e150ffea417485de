"""A login as it went away, kept so that it can be answered again and again."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_designer.simulation.login_inputs import LoginInputs, ReadSecrets
from loginwright_runtime.simulation import Away
from loginwright_runtime.simulation.stores import SimulationStores
from loginwright_runtime.tracing import record_of
from loginwright_runtime.transaction.outcome import Suspended

if TYPE_CHECKING:
    from loginwright_runtime.tracing import RunRecord


@dataclass(frozen=True, slots=True)
class KeptSuspension:
    """A login as it stood when it went away: drills and new answers begin with copies of it.

    Attributes:
        inputs: What the login began with.
        secrets: Values read when it began.
        stores: Copied when it went away; never used themselves.
        outcome: What the engine said then.
        away: Where it waited.
        fixed_now: The login's clock where it stands still, epoch seconds.
        next_reply: Index of the scenario's reply that came next.
    """

    inputs: LoginInputs
    secrets: ReadSecrets = field(repr=False)
    stores: SimulationStores = field(repr=False)
    outcome: Suspended = field(repr=False)
    away: Away = field(repr=False)
    fixed_now: float | None = None
    next_reply: int = 0

    @property
    def record(self) -> RunRecord:
        """All that had happened until it went away."""
        return record_of(self.outcome)

    def stores_copied(self) -> SimulationStores:
        """Return stores that can be used without touching those that are kept."""
        return copy.deepcopy(self.stores)
