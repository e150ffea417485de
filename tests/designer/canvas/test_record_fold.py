"""A record folded from mark to mark says the same as one folded from its beginning."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from loginwright_designer.canvas.record_fold import FoldedRun, Folding
from loginwright_runtime.tracing.record import CallMade

if TYPE_CHECKING:
    from lane_samples import Sample
    from loginwright_runtime.tracing.record import RunRecord


def long_record(sample: Sample) -> RunRecord:
    """A login in which an action asks 1,000 times, before it leaves and comes back."""
    record = sample.record("first-login")
    at, call = next(
        (index, one) for index, one in enumerate(record.entries) if isinstance(one, CallMade)
    )
    entries = (*record.entries[:at], *[call] * 1000, *record.entries[at:])
    numbered = (replace(one, seq=number) for number, one in enumerate(entries, start=1))
    return replace(record, entries=tuple(numbered))


def from_the_beginning(record: RunRecord, until: int) -> FoldedRun:
    """Fold a record that ends there."""
    entries = tuple(one for one in record.entries if one.seq <= until)
    return Folding().fold(replace(record, entries=entries))


def test_every_position_of_a_long_login_is_folded_the_same(sample: Sample) -> None:
    record = long_record(sample)
    folding = Folding()
    last = len(record.entries)
    positions = [0, 1, 255, 256, 257, 512, last - 1, last, *Random(7).choices(range(last), k=60)]
    for position in positions:
        assert folding.fold(record, position) == from_the_beginning(record, position), position
    assert folding.fold(record) == from_the_beginning(record, last)


def test_a_login_that_goes_on_is_folded_further_and_another_one_anew(sample: Sample) -> None:
    record = long_record(sample)
    folding = Folding()
    for count in (3, 300, 600, len(record.entries)):
        grown = replace(record, entries=record.entries[:count])
        assert folding.fold(grown) == Folding().fold(grown)
    for scenario in sample.records:
        other = sample.record(scenario)
        assert folding.fold(other) == Folding().fold(other), scenario
    assert folding.fold(record, 700) == from_the_beginning(record, 700)


def test_what_was_folded_stays_as_it_was(sample: Sample) -> None:
    record = long_record(sample)
    folding = Folding()
    early = folding.fold(record, 20)
    before = early.copy()
    folding.fold(record)
    assert early == before


def test_a_login_that_has_not_begun_has_done_nothing() -> None:
    assert Folding().fold(None) == FoldedRun()
