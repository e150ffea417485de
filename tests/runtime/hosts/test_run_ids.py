"""A run id is told from a made-up one without being remembered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.hosts.run_ids import RunIds


def test_ids_are_128_bits_and_never_the_same() -> None:
    ids = RunIds()
    made = [ids.fresh() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert all(len(run) == 32 and int(run, 16) >= 0 for run in made)


def test_id_is_known_after_any_number_of_runs() -> None:
    ids = RunIds()
    first = ids.fresh()
    for _ in range(1000):
        ids.fresh()
    assert ids.issued(first)


def test_id_of_another_worker_is_not_known() -> None:
    assert not RunIds().issued(RunIds().fresh())


@given(st.text() | st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}"))
def test_made_up_id_is_not_known(run: str) -> None:
    assert not RunIds().issued(run)


def test_next_id_cannot_be_made_from_those_seen() -> None:
    ids = RunIds()
    seen = ids.fresh()
    assert not ids.issued(f"{int(seen[:8], 16) + 1:08x}{seen[8:]}")
    assert not ids.issued(seen.upper().replace("0", "O"))
    assert not ids.issued(seen + "0")
