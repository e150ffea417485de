"""Each state has its shape, in its colour, of its size, at every scale of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, QRectF

from loginwright_designer.theme.marks import (
    CHANGE_ROLES,
    MARKS,
    Change,
    State,
    paint_change_mark,
    paint_mark,
)
from loginwright_designer.theme.past import paint_hatch, paint_past_edge
from loginwright_designer.theme.roles import Role, SchemeChoice
from loginwright_designer.theme.shapes import (
    PillLook,
    paint_bracket,
    paint_card,
    paint_edge_bar,
    paint_focus_ring,
    paint_icon,
    paint_new_mark,
    paint_pill,
    paint_playhead,
    paint_tile,
    pill_colours,
)
from painted_pictures import colours_in, farthest_apart, picture, place_of, share_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage, QPainter

    from loginwright_designer.theme.theme import Theme

CENTRE = QPointF(32, 32)


@pytest.fixture(params=[SchemeChoice.LIGHT, SchemeChoice.DARK])
def theme(make_theme: Callable[..., Theme], request: pytest.FixtureRequest) -> Theme:
    return make_theme(request.param)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_mark_in_its_colour(theme: Theme, state: State) -> None:
    image = picture(
        lambda painter: paint_mark(painter, CENTRE, theme, state, size=48),
        theme.colour(Role.SURFACE),
    )
    assert theme.colour(MARKS[state].role).name() in colours_in(image)


def test_no_two_states_of_a_login_share_shape_and_colour() -> None:
    of_a_login = [State.RAN, State.PAUSED, State.AWAY, State.DENIED, State.FAILED, State.PAST]
    looks = {(MARKS[state].icon, MARKS[state].role) for state in of_a_login}
    shapes = {MARKS[state].icon for state in of_a_login}
    assert len(looks) == len(shapes) == len(of_a_login)


def test_focus_ring_keeps_two_pixels_from_its_shape(theme: Theme) -> None:
    rect = QRectF(10, 10, 44, 44)
    ground, ring = theme.colour(Role.SURFACE), theme.colour(Role.ACCENT_TEXT)
    image = picture(lambda painter: paint_focus_ring(painter, rect, 8, theme), ground)
    row = [image.pixelColor(x, 32) for x in range(12)]
    assert [colour == ring for colour in row] == [False] * 6 + [True] * 2 + [False] * 4
    assert place_of(image, ring) == (6, 6, 57, 57)


def test_pill_that_may_happen_is_dashed_and_one_that_happens_is_filled(theme: Theme) -> None:
    ground = theme.colour(Role.CANVAS)
    rect = QRectF(2, 16, 60, 32)

    def painted(look: PillLook) -> QImage:
        return picture(lambda painter: paint_pill(painter, rect, theme, look), ground)

    seen = {look: painted(look) for look in PillLook}
    assert seen[PillLook.FILLED].pixelColor(32, 32) == theme.colour(Role.AWAY)
    assert seen[PillLook.OUTLINED].pixelColor(32, 32) == theme.colour(Role.CARD)
    assert seen[PillLook.MAY_HAPPEN].pixelColor(32, 32) == ground
    top_edge = {seen[PillLook.MAY_HAPPEN].pixelColor(x, 17).name() for x in range(18, 46)}
    assert ground.name() in top_edge
    assert pill_colours(PillLook.FILLED).text is Role.ON_AWAY


def test_pill_is_fully_round(theme: Theme) -> None:
    ground = theme.colour(Role.CANVAS)
    image = picture(
        lambda painter: paint_pill(painter, QRectF(0, 16, 64, 32), theme, PillLook.FILLED), ground
    )
    assert image.pixelColor(3, 19) == image.pixelColor(60, 44) == ground
    assert image.pixelColor(1, 32) == theme.colour(Role.AWAY)


@pytest.mark.parametrize(
    ("selected", "role", "width"),
    [(False, Role.CONTROL_BORDER, 1), (True, Role.ACCENT, 2)],
)
def test_card_has_an_edge_that_says_whether_it_is_selected(
    theme: Theme, role: Role, width: int, *, selected: bool
) -> None:
    image = picture(
        lambda painter: paint_card(painter, QRectF(2, 2, 60, 60), theme, selected=selected),
        theme.colour(Role.CANVAS),
    )
    assert [x for x in range(32) if image.pixelColor(x, 32) == theme.colour(role)] == [
        2 + offset for offset in range(width)
    ]
    assert image.pixelColor(32, 32) == theme.colour(Role.CARD)


def test_bracket_tile_and_bar_have_their_grounds(theme: Theme) -> None:
    def paint(painter: QPainter) -> None:
        paint_bracket(painter, QRectF(0, 0, 64, 64), theme)
        paint_tile(painter, QRectF(20, 20, 36, 36), theme, "key-round")
        paint_edge_bar(painter, QRectF(4, 20, 30, 20), theme, Role.PAUSED)

    image = picture(paint, theme.colour(Role.CANVAS))
    assert image.pixelColor(32, 8) == theme.colour(Role.BRACKET)
    assert image.pixelColor(22, 38) == theme.colour(Role.TILE)
    assert theme.colour(Role.TEXT_SECONDARY).name() in colours_in(image)
    assert place_of(image, theme.colour(Role.PAUSED)) == (4, 20, 7, 39)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("offset", [0.0, 0.3, 0.5])
def test_icon_stays_sharp_wherever_it_stands(
    make_theme: Callable[..., Theme], scale: float, offset: float
) -> None:
    theme = make_theme()
    icon = theme.icons.pixmap("square", Role.TEXT, 18, scale).toImage()
    ground, place = theme.colour(Role.SURFACE), CENTRE + QPointF(offset, offset)
    image = picture(
        lambda painter: paint_icon(painter, place, theme, "square", Role.TEXT),
        ground,
        scale=scale,
    )
    alone = picture(lambda painter: painter.drawImage(0, 0, icon), ground, scale=scale)
    assert colours_in(image) == colours_in(alone)


def test_playhead_is_solid_now_and_hollow_at_the_step_shown(theme: Theme) -> None:
    ground = theme.colour(Role.SURFACE)
    now = picture(lambda painter: paint_playhead(painter, CENTRE, theme, now=True), ground)
    shown = picture(lambda painter: paint_playhead(painter, CENTRE, theme, now=False), ground)
    assert now.pixelColor(32, 26) == theme.colour(Role.TEXT)
    assert shown.pixelColor(32, 27) == ground
    assert place_of(now, theme.colour(Role.TEXT))[3] < 32


def test_new_mark_is_a_diamond(theme: Theme) -> None:
    image = picture(
        lambda painter: paint_new_mark(painter, CENTRE, theme), theme.colour(Role.SURFACE)
    )
    accent = theme.colour(Role.ACCENT_TEXT)
    assert image.pixelColor(32, 32) == accent
    assert image.pixelColor(28, 28) != accent


@pytest.mark.parametrize("change", Change)
def test_added_changed_and_removed_differ_in_shape_and_not_only_in_colour(
    theme: Theme, change: Change
) -> None:
    image = picture(
        lambda painter: paint_change_mark(painter, CENTRE, theme, change),
        theme.colour(Role.CANVAS),
    )
    stroke = theme.colour(Role.SURFACE)
    upright = any(image.pixelColor(32, y) == stroke for y in (28, 29, 35, 36))
    assert upright is (change is Change.ADDED)
    assert place_of(image, theme.colour(CHANGE_ROLES[change])) == (24, 24, 39, 39)


def test_hatch_fills_its_bar_and_nothing_else(theme: Theme) -> None:
    ground = theme.colour(Role.SURFACE)
    image = picture(
        lambda painter: paint_hatch(painter, QRectF(8, 18, 48, 28), theme), ground, scale=1.25
    )
    assert share_of(image, ground) == pytest.approx(1 - 48 * 28 / 64 / 64, abs=0.02)
    assert theme.colour(Role.PAST_TINT).name() in colours_in(image)
    assert image.pixelColor(4, 40) == ground


def test_hatch_goes_on_where_it_was_cut(theme: Theme) -> None:
    ground = theme.colour(Role.SURFACE)
    whole = picture(lambda painter: paint_hatch(painter, QRectF(0, 0, 64, 32), theme), ground)

    def paint_in_two(painter: QPainter) -> None:
        paint_hatch(painter, QRectF(0, 0, 30, 32), theme)
        paint_hatch(painter, QRectF(30, 0, 34, 32), theme)

    assert farthest_apart(picture(paint_in_two, ground), whole) <= 2


def test_edge_of_the_past_is_three_pixels_wide_and_hatched(theme: Theme) -> None:
    ground = theme.colour(Role.SURFACE)
    image = picture(lambda painter: paint_past_edge(painter, QRectF(0, 0, 64, 64), theme), ground)
    assert share_of(image, ground) == pytest.approx(61 / 64)
    assert theme.colour(Role.PAST_TINT).name() in colours_in(image)


def test_shapes_grow_with_the_zoom(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme(zoom=200)
    image = picture(
        lambda painter: paint_change_mark(painter, CENTRE, theme, Change.REMOVED),
        theme.colour(Role.CANVAS),
    )
    left, _, right, _ = place_of(image, theme.colour(Role.DANGER))
    assert right - left + 1 == 32
