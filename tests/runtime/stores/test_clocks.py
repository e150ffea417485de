"""The clocks a login or a store can be given."""

from __future__ import annotations

import math
import time

import pytest

from loginwright_runtime.stores.clocks import FixedClock, MovableClock, SystemClock


def test_system_clock_shows_the_machines_time() -> None:
    before = time.time()
    shown = SystemClock().now()
    assert before <= shown <= time.time()


def test_fixed_clock_stands_still() -> None:
    clock = FixedClock(1_795_428_000)
    assert [clock.now(), clock.now()] == [1_795_428_000.0, 1_795_428_000.0]


def test_movable_clock_moves_when_told_to() -> None:
    clock = MovableClock(100)
    clock.advance(5.5)
    moved = clock.now()
    clock.advance(-0.5)
    moved_back = clock.now()
    clock.move_to(7)
    assert [moved, moved_back, clock.now()] == [105.5, 105.0, 7.0]


@pytest.mark.parametrize("time", [math.nan, math.inf, -math.inf])
def test_no_clock_shows_a_time_that_is_none(time: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        FixedClock(time)
    with pytest.raises(ValueError, match="finite"):
        MovableClock(time)
    with pytest.raises(ValueError, match="finite"):
        MovableClock().move_to(time)
