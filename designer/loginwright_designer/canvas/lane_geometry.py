"""Places the parts of the lane: cards, brackets, pills and the line between them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from loginwright_designer.canvas.lane_state import CardState, Travel
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.canvas.lane_state import Lane, LaneCard, LanePill, RedirectPart
    from loginwright_designer.theme.theme import Theme

# Lengths at a zoom of 100 %, of mocks/notes.md, "Geometry".
NARROW, WIDE = 280, 400
CARD, RETURN_CARD, PILL = 60, 40, 32
GAP, TIGHT_GAP = 24, 20
INSIDE_GAP, TIGHT_INSIDE_GAP, BESIDE_GAP = 20, 16, 32
BRACKET_PADDING, BRACKET_SIDE = 8, 12
MARGIN, TIGHT_MARGIN = 16, 8
SIDE_ROOM = 4
DETOUR = 8
PILL_WIDTH, PILL_ICON, PILL_ENDS = 176, 26, 18
RETURN_TEXT = 44
DROP_ROOM, TIGHT_DROP_ROOM = 32, 28


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the line.

    Attributes:
        points: Its corners.
        travel: How it is drawn.
        arrow: Whether it ends in an arrowhead.
    """

    points: tuple[QPointF, ...]
    travel: Travel
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the parts of one row are; the row's own corner is 0, 0.

    Attributes:
        height: Of the row.
        gap: Height of the middle of the gap before the card, where another one can go.
        card: The action's card; empty in a flow without actions.
        bracket: Around card, pill and return card, or None.
        pill: The site or form in the bracket, or None.
        back: The return card, or None.
        between: Pills behind the card.
        start: The first pill, in the first row.
        ends: The engine's own steps, in the last row.
        end_gap: In the last row, the middle of the gap behind the card.
        line: The pieces of the line.
    """

    height: float
    gap: float
    card: QRectF
    bracket: QRectF | None = None
    pill: QRectF | None = None
    back: QRectF | None = None
    between: tuple[QRectF, ...] = ()
    start: QRectF | None = None
    ends: tuple[QRectF, ...] = ()
    end_gap: float | None = None
    line: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class LanePlaces:
    """Where everything is.

    Attributes:
        left: Left edge of the lane.
        width: Of the lane.
        tight: Whether gaps are the smaller ones.
        rows: One for each card; one without a card in a flow without actions.
    """

    left: float
    width: float
    tight: bool
    rows: tuple[RowPlaces, ...]

    @property
    def height(self) -> float:
        """Height of all rows together."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class Room:
    """What the lane has to fit into.

    Attributes:
        width: Of the viewport.
        height: Of the viewport.
        drop: The gap that is held open for a drop, or None.
    """

    width: float
    height: float
    drop: int | None = None


def places_of(lane: Lane, theme: Theme, room: Room) -> LanePlaces:
    """Return where everything is; gaps become smaller before the lane has to scroll.

    Args:
        lane: What is shown.
        theme: Its fonts and zoom.
        room: What it has to fit into.
    """
    wide = _Placing(lane, theme, room, tight=False).places()
    held_open = theme.px(DROP_ROOM) if room.drop is not None else 0
    if wide.height - held_open <= room.height:
        return wide
    return _Placing(lane, theme, room, tight=True).places()


def lane_width(theme: Theme, width: float) -> float:
    """Return the width of the lane in a canvas; from 400 pixels on it is the wide one."""
    room = width - 2 * theme.px(BRACKET_SIDE + SIDE_ROOM)
    if room >= theme.px(WIDE):
        return theme.px(WIDE)
    return min(room, theme.px(NARROW))


class _Placing:
    """Places one row after the other."""

    def __init__(self, lane: Lane, theme: Theme, room: Room, *, tight: bool) -> None:
        self._lane = lane
        self._theme = theme
        self._room = room
        self._tight = tight
        self._gap = theme.px(TIGHT_GAP if tight else GAP)
        self._margin = theme.px(TIGHT_MARGIN if tight else MARGIN)
        self._inside = theme.px(TIGHT_INSIDE_GAP if tight else INSIDE_GAP)
        self._held = theme.px(TIGHT_DROP_ROOM if tight else DROP_ROOM)
        self.width = lane_width(theme, room.width)
        self.left = max(0.0, (room.width - self.width) // 2)
        self._wide = self.width >= theme.px(WIDE)
        self._middle = self.left + self.width / 2
        self._x = self._middle

    def places(self) -> LanePlaces:
        rows: list[RowPlaces] = []
        for index, card in enumerate(self._lane.cards):
            rows.append(self._row(index, card))
        if not rows:
            rows.append(self._empty())
        last = self._with_ends(rows[-1], len(self._lane.cards))
        return LanePlaces(self.left, self.width, self._tight, (*rows[:-1], last))

    def _row(self, index: int, card: LaneCard) -> RowPlaces:
        start, top = self._first(index)
        opening = top
        height = self._gap + self._held_open(index)
        top += height
        bracketed = card.redirect is not None
        side = card.state is CardState.TURNED_OFF
        if bracketed:
            top += self._theme.px(BRACKET_PADDING)
        place = QRectF(self.left, top, self.width, self._card_height())
        x = self._side(bracketed=bracketed) if side else self._middle
        stretches = [self._into(x, opening, height, place.top(), card.travel)]
        row = RowPlaces(place.bottom(), opening + height / 2, place, start=start)
        if card.redirect is not None:
            row = self._bracketed(row, card, stretches)
        if side:
            stretches.append(_straight(x, place.top(), row.height, card.travel))
        row = self._with_between(row, card.between, stretches)
        return replace(row, line=tuple(stretches))

    def _first(self, index: int) -> tuple[QRectF | None, float]:
        if index:
            return None, 0.0
        start = self._centred(self._lane.start, self._margin)
        return start, start.bottom()

    def _into(self, x: float, top: float, gap: float, bottom: float, travel: Travel) -> Stretch:
        """Return the line from the row above; it changes sides in the middle of the gap."""
        before, self._x = self._x, x
        if before == x:
            return _straight(x, top, bottom, travel)
        turn = top + gap / 2
        corners = ((before, top), (before, turn), (x, turn), (x, bottom))
        return Stretch(tuple(QPointF(*corner) for corner in corners), travel)

    def _bracketed(self, row: RowPlaces, card: LaneCard, stretches: list[Stretch]) -> RowPlaces:
        px, place = self._theme.px, row.card
        assert card.redirect is not None
        leap, back_travel = card.redirect.pill.travel, card.redirect.back.travel
        back_height, pill_height = self._return_height(), self._pill_height()
        top = place.bottom() + self._inside
        room = self._room_of_pill(card.redirect)
        if room is not None:
            pill = QRectF(self.left, top + (back_height - pill_height) / 2, room, pill_height)
            left = pill.right() + px(BESIDE_GAP)
            back = QRectF(left, top, self.left + self.width - left, back_height)
            middle = pill.center().y()
            ends = QPointF(pill.right(), middle), QPointF(back.left(), middle)
            onward = Stretch(ends, back_travel, arrow=True)
        else:
            pill = QRectF(self.left, top, self.width, pill_height)
            back = QRectF(self.left, pill.bottom() + self._inside, self.width, back_height)
            onward = _straight(
                self._middle,
                pill.bottom(),
                back.top(),
                back_travel,
                arrow=back_travel is Travel.LEAP,
            )
        arrow = room is not None or leap is Travel.LEAP
        stretches.append(
            _straight(pill.center().x(), place.bottom(), pill.top(), leap, arrow=arrow)
        )
        stretches.append(onward)
        side, padding = px(BRACKET_SIDE), px(BRACKET_PADDING)
        bottom = max(back.bottom(), pill.bottom()) + padding
        bracket = QRectF(
            self.left - side,
            place.top() - padding,
            self.width + 2 * side,
            bottom - place.top() + padding,
        )
        return replace(row, height=bottom, bracket=bracket, pill=pill, back=back)

    def _room_of_pill(self, redirect: RedirectPart) -> float | None:
        """Return the pill's width beside the return card; None where they stack.

        They stand beside each other in a wide lane, as long as both can be read whole.
        """
        space = self.width - self._theme.px(BESIDE_GAP)
        name = self._theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(redirect.back.text)
        most = space - name - self._theme.px(RETURN_TEXT + 12)
        needed = max(space / 2, self._needed(redirect.pill))
        return needed if self._wide and needed <= most else None

    def _with_between(
        self, row: RowPlaces, pills: Sequence[LanePill], stretches: list[Stretch]
    ) -> RowPlaces:
        top, found = row.height, []
        for pill in pills:
            place = self._centred(pill, top + self._gap)
            stretches.append(self._into(self._middle, top, self._gap, place.top(), pill.travel))
            found.append(place)
            top = place.bottom()
        return replace(row, height=top, between=tuple(found))

    def _empty(self) -> RowPlaces:
        start, top = self._first(0)
        height = self._gap + self._held_open(0)
        line = _straight(self._middle, top, top + height, Travel.NOT_YET)
        below = top + height
        empty = QRectF(self.left, below, self.width, 0)
        return RowPlaces(below, top + height / 2, empty, start=start, line=(line,))

    def _with_ends(self, row: RowPlaces, gap_index: int) -> RowPlaces:
        stretches, places = list(row.line), []
        ends = self._lane.ends
        top = row.height
        held = self._held_open(gap_index) if gap_index else 0.0
        opening = self._gap + held
        end_gap = top + opening / 2
        if not ends and self._lane.cut:
            stretches.append(self._into(self._middle, top, opening, top + opening, Travel.CUT))
        for line in self._lines_of(ends):
            below = top + opening
            stretches.append(self._into(self._middle, top, opening, below, line[0].travel))
            places += self._beside(line, below, stretches)
            top = below + self._pill_height()
            opening = self._inside
        if not ends:
            top += self._gap + held
        return replace(
            row,
            height=top + self._margin,
            ends=tuple(places),
            end_gap=end_gap if gap_index else row.gap,
            line=tuple(stretches),
        )

    def _lines_of(self, pills: Sequence[LanePill]) -> list[Sequence[LanePill]]:
        """In a wide lane the last two stand beside each other."""
        if not self._wide or len(pills) < 2:
            return [[pill] for pill in pills]
        return [*([pill] for pill in pills[:-2]), pills[-2:]]

    def _beside(
        self, pills: Sequence[LanePill], top: float, stretches: list[Stretch]
    ) -> list[QRectF]:
        if len(pills) == 1:
            return [self._centred(pills[0], top)]
        space = self._theme.px(BESIDE_GAP)
        half, height = (self.width - space) / 2, self._pill_height()
        first = QRectF(self.left, top, half, height)
        second = QRectF(self.left + half + space, top, half, height)
        middle = first.center().y()
        ends = QPointF(first.right(), middle), QPointF(second.left(), middle)
        stretches.append(Stretch(ends, pills[1].travel, arrow=True))
        return [first, second]

    def _centred(self, pill: LanePill, top: float) -> QRectF:
        # The first pill and the last ones are as wide as each other, whatever one of them says.
        needed = max(map(self._needed, (pill, self._lane.start, *self._lane.ends)))
        width = min(self.width, max(self._theme.px(PILL_WIDTH), needed))
        return QRectF(self._middle - width / 2, top, width, self._pill_height())

    def _needed(self, pill: LanePill) -> float:
        """Return the width in which a pill's words are whole."""
        px = self._theme.px
        metrics = self._theme.fonts.metrics(TextStyle.BODY_STRONG)
        needed = metrics.horizontalAdvance(pill.text) + px(PILL_ICON + PILL_ENDS)
        if pill.note:
            note = self._theme.fonts.metrics(TextStyle.SECONDARY)
            needed += note.horizontalAdvance(pill.note) + px(10)
        return needed

    def _side(self, *, bracketed: bool) -> float:
        away = DETOUR + (BRACKET_SIDE - 6 if bracketed else 0)
        return self.left - self._theme.px(away)

    def _held_open(self, gap: int) -> float:
        return self._held if self._room.drop == gap else 0.0

    def _card_height(self) -> float:
        fonts = self._theme.fonts
        text = (
            fonts.metrics(TextStyle.BODY_STRONG).height()
            + fonts.metrics(TextStyle.SECONDARY).height()
        )
        return max(self._theme.px(CARD), text + self._theme.px(20))

    def _return_height(self) -> float:
        text = self._theme.fonts.metrics(TextStyle.SECONDARY).height()
        return max(self._theme.px(RETURN_CARD), math.ceil(2 * text) + self._theme.px(4))

    def _pill_height(self) -> float:
        text = self._theme.fonts.metrics(TextStyle.BODY).height()
        return max(self._theme.px(PILL), math.ceil(text) + self._theme.px(8))


def _straight(
    x: float, top: float, bottom: float, travel: Travel, *, arrow: bool = False
) -> Stretch:
    return Stretch((QPointF(x, top), QPointF(x, bottom)), travel, arrow)
