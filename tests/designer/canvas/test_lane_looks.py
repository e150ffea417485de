"""How the lane is drawn: every state in both colours, none told by colour alone."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from loginwright_designer.canvas.card_fitting import line_that_fits
from loginwright_designer.canvas.card_painting import (
    CardLook,
    name_place,
    paint_action_card,
    paint_return_card,
)
from loginwright_designer.canvas.lane_geometry import Room, Stretch, places_of
from loginwright_designer.canvas.lane_state import (
    CONTINUE,
    CardState,
    LanePill,
    PillKind,
    PillState,
    ReturnCard,
    Travel,
)
from loginwright_designer.canvas.line_painting import paint_stretch
from loginwright_designer.canvas.pill_painting import paint_lane_pill
from loginwright_designer.theme.roles import Role, SchemeChoice, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lane_samples import Sample
    from loginwright_designer.canvas.lane_state import LaneCard
    from loginwright_designer.canvas.lane_view import LaneView
    from loginwright_designer.theme.theme import Theme

CARD, PILL = QRectF(8, 8, 280, 60), QRectF(8, 8, 280, 32)


class Drawing:
    """A small picture of which only the brightness counts.

    Args:
        theme: What it is painted with.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def card(self, card: LaneCard, look: CardLook) -> bytes:
        with self._painter() as (painter, image):
            paint_action_card(painter, CARD, card, look, self._theme)
        return self._grey(image)

    def back(self, state: CardState) -> bytes:
        with self._painter() as (painter, image):
            back = ReturnCard(state, CONTINUE, "")
            paint_return_card(painter, PILL, back, self._theme)
        return self._grey(image)

    def pill(self, state: PillState) -> bytes:
        with self._painter() as (painter, image):
            paint_lane_pill(painter, PILL, LanePill(PillKind.SITE, state, ""), self._theme)
        return self._grey(image)

    def stretch(self, travel: Travel) -> bytes:
        ends = QPointF(148, 10), QPointF(148, 40)
        with self._painter() as (painter, image):
            paint_stretch(painter, Stretch(ends, travel), self._theme)
        return self._grey(image)

    @contextmanager
    def _painter(self) -> Iterator[tuple[QPainter, QImage]]:
        image = QImage(296, 76, QImage.Format.Format_RGB32)
        image.fill(self._theme.colour(Role.CANVAS))
        painter = QPainter(image)
        yield painter, image
        painter.end()

    @staticmethod
    def _grey(image: QImage) -> bytes:
        return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


@pytest.fixture(params=[SchemeChoice.LIGHT, SchemeChoice.DARK])
def drawing(request: pytest.FixtureRequest, make_theme: Callable[..., Theme]) -> Drawing:
    return Drawing(make_theme(request.param))


def test_every_state_of_a_card_differs_without_colour_and_words(
    sample: Sample, drawing: Drawing
) -> None:
    card = replace(sample.lane().cards[0], line="")
    states = set(CardState) - {CardState.NOT_RUN, CardState.MISSING}
    pictures = {drawing.card(replace(card, state=state), CardLook()) for state in states}
    assert len(pictures) == len(states)


def test_every_state_of_a_pill_differs_without_colour_and_words(drawing: Drawing) -> None:
    assert len({drawing.pill(state) for state in PillState}) == len(PillState)


def test_every_stretch_of_the_line_differs_without_colour(drawing: Drawing) -> None:
    assert len({drawing.stretch(travel) for travel in Travel}) == len(Travel)


def test_missing_return_card_differs_from_one_that_is_there(drawing: Drawing) -> None:
    assert drawing.back(CardState.MISSING) != drawing.back(CardState.NOT_RUN)


def test_focus_and_selection_are_two_things(sample: Sample, drawing: Drawing) -> None:
    card = sample.lane().cards[0]
    looks = (CardLook(), CardLook(selected=True), CardLook(selected=True, focused=True))
    assert len({drawing.card(card, look) for look in looks}) == 3


def test_names_of_sixty_characters_are_cut_on_the_card_and_whole_when_spoken(
    show: Callable[..., LaneView], sample: Sample
) -> None:
    name = "[Ŵàŕñ éṽéŕý pérson that ĺogs ïñ about the new terms of use]"
    lane = sample.lane()
    card = replace(lane.cards[0], name=name)
    view = show(replace(lane, cards=(card, *lane.cards[1:])))
    index = view.model().index(0, 0)
    assert name in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert name in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_a_card_keeps_its_time_where_there_is_no_room_for_all_it_says(
    sample: Sample, make_theme: Callable[..., Theme], zoom: int
) -> None:
    theme = make_theme(zoom=zoom)
    metrics = theme.fonts.metrics(TextStyle.SECONDARY)
    card = sample.lane("first-login").cards[0]
    assert card.took.endswith(" ms")
    whole = metrics.horizontalAdvance(card.line)

    assert line_that_fits(card, whole, theme) == card.line
    shown = line_that_fits(card, whole - theme.px(20), theme)

    assert shown.endswith(f"… · {card.took}")
    assert shown.startswith("Asked")
    assert metrics.horizontalAdvance(shown) <= whole - theme.px(20)


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_a_pill_and_a_return_card_beside_each_other_are_read_whole(
    sample: Sample, make_theme: Callable[..., Theme], zoom: int
) -> None:
    theme = make_theme(zoom=zoom)
    lane = sample.lane()
    row = places_of(lane, theme, Room(theme.px(700), theme.px(900))).rows[2]
    assert row.pill is not None
    assert row.back is not None
    assert row.pill.center().y() == row.back.center().y()
    redirect = lane.cards[2].redirect
    assert redirect is not None

    handler = theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(redirect.back.text)
    site = theme.fonts.metrics(TextStyle.BODY).horizontalAdvance(redirect.pill.text)
    assert handler <= row.back.width() - theme.px(44 + 12)
    assert site <= row.pill.width() - theme.px(26 + 2 * 8)


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_a_narrow_return_card_says_where_it_stands_below_its_name(
    make_theme: Callable[..., Theme], monkeypatch: pytest.MonkeyPatch, zoom: int
) -> None:
    theme = make_theme(zoom=zoom)
    written: dict[str, float] = {}

    def take_down(painter: QPainter, place: QRectF, align: Qt.AlignmentFlag, text: str) -> None:
        written[text] = place.center().y()

    monkeypatch.setattr(QPainter, "drawText", take_down)
    back = ReturnCard(CardState.PAUSED, CONTINUE, "Paused at 39")
    picture = QImage(10, 10, QImage.Format.Format_RGB32)
    for width, below in ((236, True), (360, False)):
        written.clear()
        painter = QPainter(picture)
        place = QRectF(0, 0, theme.px(width), theme.px(40))
        paint_return_card(painter, place, back, theme)
        painter.end()
        assert set(written) == {"onContinuePostLogin", "Paused at 39"}
        assert (written["Paused at 39"] > written["onContinuePostLogin"]) is below


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_the_names_of_the_sample_are_whole_in_the_narrowest_lane(
    sample: Sample, make_theme: Callable[..., Theme], zoom: int
) -> None:
    theme = make_theme(zoom=zoom)
    card = QRectF(0, 0, theme.px(236), theme.px(60))
    metrics = theme.fonts.metrics(TextStyle.BODY_STRONG)
    for number, one in enumerate(sample.lane().cards, 1):
        assert metrics.horizontalAdvance(one.name) <= name_place(card, number, theme).width()


def test_lane_follows_the_theme(
    show: Callable[..., LaneView], sample: Sample, make_theme: Callable[..., Theme]
) -> None:
    theme = make_theme()
    view = show(sample.lane(), 656, 528, theme)
    light, narrow = view.grab().toImage(), view.shown_places().width
    theme.choose_scheme(SchemeChoice.DARK)
    theme.choose_zoom(125)
    assert view.grab().toImage() != light
    assert view.shown_places().width > narrow
