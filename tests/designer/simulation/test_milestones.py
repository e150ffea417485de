"""What the inspector shows of a login does not need the calls in it a second time."""

from __future__ import annotations

import asyncio

import pytest

from lane_samples import Sample, sample_lanes
from loginwright_designer.simulation.change_list import ChangesAt, change_list
from loginwright_designer.simulation.changes import AskedChanges
from loginwright_designer.simulation.event_scope import event_scope
from loginwright_designer.simulation.issued_tokens import tokens
from loginwright_designer.simulation.milestones import milestones
from loginwright_designer.simulation.steps import steps
from loginwright_runtime.tracing.record import CallMade


@pytest.fixture(scope="module")
def sample() -> Sample:
    """The sample flow, each of its scenarios run once."""
    return asyncio.run(sample_lanes())


def test_milestones_hold_no_call_and_all_else(sample: Sample) -> None:
    record = sample.record("first-login")
    kept = milestones(record).entries
    assert not any(isinstance(entry, CallMade) for entry in kept)
    assert len(kept) == sum(not isinstance(entry, CallMade) for entry in record.entries)


@pytest.mark.parametrize(
    "scenario", ["first-login", "from-north-america", "on-a-saturday", "the-sent-token-echoed"]
)
def test_every_step_shows_the_same_without_the_calls(sample: Sample, scenario: str) -> None:
    record = sample.record(scenario)
    short, asked, strip = milestones(record), AskedChanges.of(record), steps(record, {})
    for position in (*range(1, len(record.entries) + 1), None):
        since = None if position is None or position < 2 else position - 1
        at = ChangesAt(position, since)
        assert event_scope(short, position=position, since=since) == event_scope(
            record, position=position, since=since
        )
        assert change_list(short, asked, strip, {}, at) == change_list(record, asked, strip, {}, at)
        assert tokens(short, position, asked) == tokens(record, position, asked)
