"""Where the parts of the lane are, at several widths and zooms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.canvas.lane_geometry import Room, places_of
from loginwright_designer.canvas.lane_state import AtNow

if TYPE_CHECKING:
    from collections.abc import Callable

    from lane_samples import Sample
    from loginwright_designer.canvas.lane_geometry import LanePlaces
    from loginwright_designer.theme.theme import Theme

SAMPLE_RECORDS = (None, "first-login", "from-north-america", "on-a-saturday", "silent-login")


def test_lane_is_narrow_in_run_and_wide_in_compose(
    sample: Sample, make_theme: Callable[..., Theme]
) -> None:
    lane, theme = sample.lane(), make_theme()
    assert places_of(lane, theme, Room(320, 640)).width == 280
    assert places_of(lane, theme, Room(656, 528)).width == 400


def test_whole_sample_fits_the_canvas_of_both_arrangements(
    sample: Sample, make_theme: Callable[..., Theme]
) -> None:
    theme = make_theme()
    assert places_of(sample.lane(), theme, Room(656, 528)).height <= 528
    assert places_of(sample.lane("first-login", 9), theme, Room(320, 640)).height <= 640
    assert places_of(sample.lane("first-login"), theme, Room(320, 592)).height <= 592


def test_wide_bracket_puts_pill_and_return_card_in_one_row(
    sample: Sample, make_theme: Callable[..., Theme]
) -> None:
    row = places_of(sample.lane(), make_theme(), Room(656, 528)).rows[2]
    assert row.pill is not None
    assert row.back is not None
    assert row.pill.center().y() == row.back.center().y()
    assert row.pill.right() < row.back.left()


def test_narrow_bracket_stacks_them(sample: Sample, make_theme: Callable[..., Theme]) -> None:
    row = places_of(sample.lane(), make_theme(), Room(320, 640)).rows[2]
    assert row.pill is not None
    assert row.back is not None
    assert row.pill.bottom() < row.back.top()


def test_wide_bracket_stacks_what_could_not_be_read_beside_each_other(
    sample: Sample, make_theme: Callable[..., Theme]
) -> None:
    row = places_of(sample.lane("first-login", 9), make_theme(), Room(656, 900)).rows[2]
    assert row.pill is not None
    assert row.back is not None
    assert row.pill.bottom() < row.back.top()


def test_gaps_become_smaller_before_the_lane_scrolls(
    sample: Sample, make_theme: Callable[..., Theme]
) -> None:
    lane, theme = sample.lane(), make_theme()
    roomy = places_of(lane, theme, Room(320, 900))
    tight = places_of(lane, theme, Room(320, roomy.height - 1))
    assert (roomy.tight, tight.tight) == (False, True)
    assert tight.height < roomy.height


@pytest.mark.parametrize("zoom", [100, 125, 200])
@pytest.mark.parametrize("width", [280, 320, 500, 1300])
@pytest.mark.parametrize("scenario", SAMPLE_RECORDS)
def test_parts_of_a_row_stay_inside_it_and_apart(
    sample: Sample, make_theme: Callable[..., Theme], scenario: str | None, width: int, zoom: int
) -> None:
    places = places_of(sample.lane(scenario, at=AtNow()), make_theme(zoom=zoom), Room(width, 700))
    for row in places.rows:
        parts = [row.start, row.card, row.pill, row.back, *row.between, *row.ends]
        shown = [part for part in parts if part is not None]
        for part in [*shown, *([row.bracket] if row.bracket else [])]:
            assert part.left() >= 0
            assert part.right() <= width
            assert 0 <= part.top() < part.bottom() <= row.height
        for index, part in enumerate(shown):
            assert not any(part.intersects(other) for other in shown[index + 1 :])


def test_line_is_one_without_breaks(sample: Sample, make_theme: Callable[..., Theme]) -> None:
    places = places_of(sample.lane(), make_theme(), Room(320, 640))
    assert _breaks(places) == []


def test_line_goes_beside_turned_off_cards(
    sample: Sample, make_theme: Callable[..., Theme]
) -> None:
    lane = sample.turned_off("require-mfa-in-na", "add-roles-to-tokens")
    places = places_of(lane, make_theme(), Room(320, 640))
    card = places.rows[1].card
    beside = [point.x() for piece in places.rows[1].line for point in piece.points]
    assert min(beside) < card.left()
    assert _breaks(places) == []


def test_gap_is_held_open_for_a_drop(sample: Sample, make_theme: Callable[..., Theme]) -> None:
    room = Room(656, 900)
    at_rest = places_of(sample.lane(), make_theme(), room)
    held = places_of(sample.lane(), make_theme(), replace(room, drop=1))
    assert held.rows[1].height > at_rest.rows[1].height
    assert held.rows[2].height == at_rest.rows[2].height


def test_flow_without_actions_has_a_row_with_both_ends(
    sample: Sample, make_theme: Callable[..., Theme]
) -> None:
    places = places_of(sample.reordered(), make_theme(), Room(320, 640))
    assert len(places.rows) == 1
    assert places.rows[0].start is not None
    assert len(places.rows[0].ends) == 2


def _breaks(places: LanePlaces) -> list[float]:
    """Where the line jumps sideways from one row to the next."""
    ends: list[float] = []
    for before, after in zip(places.rows, places.rows[1:], strict=False):
        reaching = [piece for piece in before.line if piece.points[-1].y() >= before.height - 0.5]
        starts = after.line[0].points[0].x()
        ends += [starts for piece in reaching[-1:] if piece.points[-1].x() != starts]
    return ends
