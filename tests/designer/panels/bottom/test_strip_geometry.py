"""Where steps stand, and how long their groups took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.panels.bottom.strip_geometry import (
    DurationBar,
    StripPlaces,
    duration_bars,
    duration_places,
    step_places,
)
from loginwright_designer.panels.bottom.strip_words import strip_note
from loginwright_designer.simulation.steps import Glyph, GroupKind, StepCell, StepGroup, Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.theme.theme import Theme


def group(duration: float | None, kind: GroupKind = "action") -> StepGroup:
    """A group of one step that took so long."""
    cell = StepCell(1, 1, 1, Glyph.ENTER, "begins", "a")
    return StepGroup(kind, "A", "a", 1, (cell,), duration_ms=duration)


def test_cells_stand_as_the_mocks_measure_them(
    make_theme: Callable[..., Theme], first_login: Steps
) -> None:
    places = step_places(first_login, make_theme())
    assert places.lefts[:5] == [16, 68, 132, 184, 248]
    away = next(cell for cell in first_login.cells if cell.glyph is Glyph.AWAY).number - 1
    assert places.rights[away] - places.lefts[away] == 168
    assert places.lefts[away + 1] - places.rights[away] == 16


def test_durations_give_each_group_one_column(
    make_theme: Callable[..., Theme], first_login: Steps
) -> None:
    places = duration_places(first_login, make_theme())
    widths = {
        round(places.group(index)[1] - places.group(index)[0])
        for index in range(len(first_login.groups))
    }
    assert widths == {168}


def test_axis_breaks_before_what_is_far_longer() -> None:
    bars = duration_bars((group(1.0), group(2.0), group(500.0), group(None), group(None, "away")))
    assert bars == (
        DurationBar(0.5),
        DurationBar(1.0),
        DurationBar(1.0, broken=True),
        None,
        DurationBar(1.0, broken=True),
    )


def test_axis_without_durations_has_no_bars() -> None:
    assert duration_bars((group(None),)) == (None,)
    assert duration_bars((group(0.0),)) == (DurationBar(0.0),)


@given(st.floats(-100, 3_000), st.integers(1, 40))
def test_playhead_always_points_to_the_closest_step(x: float, count: int) -> None:
    lefts = [16 + 52.0 * number for number in range(count)]
    rights = [left + 48 for left in lefts]
    places = StripPlaces(lefts, rights, [0], [rights[-1]], rights[-1])
    distances = [max(left - x, x - right, 0) for left, right in zip(lefts, rights, strict=True)]
    assert distances[places.nearest(x)] == min(distances)


def test_header_says_where_the_login_stands(first_login: Steps) -> None:
    assert strip_note(first_login, None, away=False) == "Step 20 of 20 · leg 2 · finished"
    assert strip_note(first_login, 8, away=False) == "Hollow: step 8, shown · Solid: step 20, now"
    assert strip_note(Steps(), None, away=False) == ""
    half = Steps(first_login.groups[:4], first_login.cells[:9], 1)
    told = strip_note(half, None, away=True)
    assert told == "Step 9 · leg 1 · nothing after this is known yet"
