"""A login that grows is shown as often as there is time for, and never held up by it."""

from __future__ import annotations

import pytest

from loginwright_designer.simulation.shown_login import growth_interval


@pytest.mark.parametrize(
    ("shown_in_ms", "interval"), [(0.5, 16), (4, 16), (50, 200), (100, 400), (5000, 1000)]
)
def test_what_takes_long_to_show_is_shown_less_often(shown_in_ms: float, interval: int) -> None:
    assert growth_interval(shown_in_ms) == interval
