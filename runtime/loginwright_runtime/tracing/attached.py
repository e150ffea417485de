"""The run record that an outcome carries beside its JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.tracing.record import RunRecord

if TYPE_CHECKING:
    from loginwright_runtime.transaction.outcome import Outcome


def record_of(outcome: Outcome) -> RunRecord:
    """Return what happened in the login; empty for an outcome read back from JSON."""
    record = outcome.record
    if isinstance(record, RunRecord):
        return record
    flow = outcome.flow
    return RunRecord(outcome.transaction_id or "", flow.name or "", flow.version or "")
