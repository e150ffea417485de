"""Paints the cards of the lane: an action's, and the half one it comes back to."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from loginwright_designer.canvas import lane_words as words
from loginwright_designer.canvas.card_fitting import elided, line_that_fits
from loginwright_designer.canvas.lane_state import CardState
from loginwright_designer.theme.marks import MARKS, State, paint_mark
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import (
    CUT_OFF_OPACITY,
    LATER_OPACITY,
    paint_card,
    paint_edge_bar,
    paint_focus_ring,
    paint_icon,
    paint_tile,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_designer.canvas.lane_state import CoveredLines, LaneCard, ReturnCard
    from loginwright_designer.theme.theme import Theme

RADIUS = 8
TEXT_AT = 60
PADDING = 12
TILE = 36
MARK = 16

MARK_OF = {
    CardState.RAN: State.RAN,
    CardState.STALE: State.STALE,
    CardState.PAUSED: State.PAUSED,
    CardState.WAITING: State.WAITING,
    CardState.DENIED: State.DENIED,
    CardState.FAILED: State.FAILED,
    CardState.CANNOT_LEAVE: State.CANNOT_LEAVE,
    CardState.HERE: State.PAST,
    CardState.TURNED_OFF: State.TURNED_OFF,
}
COLOURED = frozenset(
    {
        CardState.PAUSED,
        CardState.WAITING,
        CardState.DENIED,
        CardState.FAILED,
        CardState.CANNOT_LEAVE,
    }
)
FADED = {CardState.LATER: LATER_OPACITY, CardState.CUT_OFF: CUT_OFF_OPACITY}


@dataclass(frozen=True, slots=True)
class CardLook:
    """How a card is drawn at this moment.

    Attributes:
        selected: Its edge is the accent's.
        focused: The keyboard is on it.
        number: The number it has, or will have after the drop.
        was: "was 2" while something is dragged, else empty.
        renaming: A field stands where its name is.
        lifted: It is being dragged.
    """

    selected: bool = False
    focused: bool = False
    number: int = 1
    was: str = ""
    renaming: bool = False
    lifted: bool = False


def paint_action_card(
    painter: QPainter, place: QRectF, card: LaneCard, look: CardLook, theme: Theme
) -> None:
    """Paint an action's card."""
    faded = LATER_OPACITY if look.lifted else FADED.get(card.state, 1.0)
    with _opacity(painter, faded):
        _paint_ground(painter, place, card, look, theme)
        tile = QRectF(
            place.left() + theme.px(PADDING),
            place.center().y() - theme.px(TILE) / 2,
            theme.px(TILE),
            theme.px(TILE),
        )
        paint_tile(painter, tile, theme, card.icon)
    if card.state is CardState.PAUSED:
        _paint_bar(painter, place, theme)
    if card.state is CardState.RUNNING:
        _paint_progress(painter, place, theme)
    _paint_name_line(painter, place, card, look, theme)
    _paint_state_line(painter, place, card, look, theme)
    if look.focused:
        paint_focus_ring(painter, place, theme.px(RADIUS), theme)


def name_place(place: QRectF, card_number: int, theme: Theme) -> QRectF:
    """Return where a card's name stands, and the field to change it."""
    number = theme.fonts.metrics(TextStyle.BODY).horizontalAdvance(str(card_number))
    left = place.left() + theme.px(TEXT_AT) + number + theme.px(8)
    metrics = theme.fonts.metrics(TextStyle.SECONDARY)
    glyph = max(metrics.horizontalAdvance(short) for _name, short in words.LANGUAGES.values())
    right = place.right() - theme.px(PADDING) - glyph - theme.px(3)
    top, height = _lines(place, theme)[0]
    return QRectF(left, top, right - left, height)


def paint_return_card(painter: QPainter, place: QRectF, back: ReturnCard, theme: Theme) -> None:
    """Paint the half card of the handler that a login comes back to.

    Its state stands under its name where there is no room beside it.
    """
    with _opacity(painter, FADED.get(back.state, 1.0)):
        if back.state is CardState.MISSING:
            _paint_missing_ground(painter, place, theme)
        else:
            paint_card(painter, place, theme)
        icon = QPointF(place.left() + theme.px(24), place.center().y())
        role = Role.DANGER if back.state is CardState.MISSING else Role.TEXT_SECONDARY
        paint_icon(painter, icon, theme, "corner-down-right", role, size=16)
    if back.state is CardState.PAUSED:
        _paint_bar(painter, place, theme)
    text = place.adjusted(theme.px(44), 0, -theme.px(PADDING), 0)
    needed = _note_width(back, theme) + theme.px(6)
    needed += theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(back.text)
    if back.note and needed > text.width():
        half = theme.fonts.metrics(TextStyle.SECONDARY).height()
        top = place.center().y() - half
        _paint_handler(painter, QRectF(text.left(), top, text.width(), half), back, theme)
        under = QRectF(text.left(), top + half, text.width(), half)
        _paint_note(painter, under, back, theme, right=False)
        return
    taken = _paint_note(painter, text, back, theme, right=True)
    _paint_handler(painter, text.adjusted(0, 0, -taken, 0), back, theme)


def paint_text(
    painter: QPainter, place: QRectF, text: str, style: TextStyle, role: Role, theme: Theme
) -> None:
    """Paint one line of text at the left of a rectangle, as far as it fits."""
    painter.setFont(theme.font(style))
    painter.setPen(theme.colour(role))
    shown = elided(theme, style, text, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_ground(
    painter: QPainter, place: QRectF, card: LaneCard, look: CardLook, theme: Theme
) -> None:
    if card.state is not CardState.TURNED_OFF:
        paint_card(painter, place, theme, selected=look.selected)
        return
    width = theme.px(2) if look.selected else theme.px(1)
    pen = QPen(theme.colour(Role.ACCENT if look.selected else Role.CONTROL_BORDER), width)
    if not look.selected:
        pen.setDashPattern([4, 3])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inside = place.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawRoundedRect(inside, theme.px(RADIUS), theme.px(RADIUS))
    painter.restore()


def _paint_missing_ground(painter: QPainter, place: QRectF, theme: Theme) -> None:
    pen = QPen(theme.colour(Role.DANGER), theme.px(1.5))
    pen.setDashPattern([4, 3])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(theme.colour(Role.DANGER_TINT))
    half = pen.widthF() / 2
    radius = theme.px(RADIUS)
    painter.drawRoundedRect(place.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def _paint_bar(painter: QPainter, place: QRectF, theme: Theme) -> None:
    with _rounded(painter, place, theme):
        paint_edge_bar(painter, place, theme, Role.PAUSED)


def _paint_progress(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """A slim line at the lower edge; nothing moves, for nothing may loop."""
    height, inset = theme.px(3), theme.px(1)
    bar = QRectF(place.left(), place.bottom() - height, place.width(), height)
    with _rounded(painter, place.adjusted(inset, 0, -inset, -inset), theme):
        painter.fillRect(bar, theme.colour(Role.TILE))
        bar.setWidth(place.width() / 2)
        painter.fillRect(bar, theme.colour(Role.TEXT_SECONDARY))


def _paint_name_line(
    painter: QPainter, place: QRectF, card: LaneCard, look: CardLook, theme: Theme
) -> None:
    quiet = card.state in FADED or card.state is CardState.TURNED_OFF
    muted = Role.TEXT_MUTED if quiet else Role.TEXT_SECONDARY
    top, height = _lines(place, theme)[0]
    left = place.left() + theme.px(TEXT_AT)
    number = QRectF(left, top, place.width(), height)
    paint_text(painter, number, str(look.number), TextStyle.BODY, muted, theme)
    glyph = theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(card.glyph)
    right = place.right() - theme.px(PADDING)
    paint_text(
        painter,
        QRectF(right - glyph, top, glyph + 1, height),
        card.glyph,
        TextStyle.SECONDARY,
        muted,
        theme,
    )
    if not look.renaming:
        strong = muted if quiet else Role.TEXT
        name = name_place(place, look.number, theme)
        paint_text(painter, name, card.name, TextStyle.BODY_STRONG, strong, theme)


def _paint_state_line(
    painter: QPainter, place: QRectF, card: LaneCard, look: CardLook, theme: Theme
) -> None:
    top, height = _lines(place, theme)[1]
    left = place.left() + theme.px(TEXT_AT)
    right = place.right() - theme.px(PADDING)
    right -= _paint_right(painter, QRectF(left, top, right - left, height), card, look, theme)
    mark = _mark(card)
    centre = QPointF(left + theme.px(MARK) / 2 - theme.px(1), top + height / 2)
    if _lacks_secret(card):
        paint_icon(painter, centre, theme, "lock-keyhole", Role.PAUSED, MARK)
        left += theme.px(MARK + 2)
    elif mark is not None:
        paint_mark(painter, centre, theme, mark, MARK)
        left += theme.px(MARK + 2)
    text = QRectF(left, top, right - left, height)
    line = line_that_fits(card, text.width(), theme)
    paint_text(painter, text, line, TextStyle.SECONDARY, _line_role(card), theme)


def _paint_right(
    painter: QPainter, place: QRectF, card: LaneCard, look: CardLook, theme: Theme
) -> float:
    """Paint what stands at the right of the second line, and return the width it takes."""
    if look.was:
        return _paint_note_at_right(painter, place, look.was, Role.ACCENT_TEXT, theme)
    taken = _paint_problems(painter, place, card, theme)
    if card.lines is None:
        return taken
    rest = place.adjusted(0, 0, -taken, 0)
    text = _lines_that_fit(card, card.lines, rest.width(), theme)
    return taken + _paint_note_at_right(painter, rest, text, Role.TEXT_MUTED, theme)


def _lines_that_fit(card: LaneCard, lines: CoveredLines, width: float, theme: Theme) -> str:
    """Return how many lines are covered, shorter where what a login did needs the room."""
    metrics = theme.fonts.metrics(TextStyle.SECONDARY)
    whole = words.lines_covered(lines)
    if card.line == card.sentence:
        return whole
    mark = theme.px(MARK + 2) if _mark(card) is not None or _lacks_secret(card) else 0
    needed = mark + metrics.horizontalAdvance(card.line) + 1 + theme.px(8)
    if needed + metrics.horizontalAdvance(whole) + 1 <= width:
        return whole
    return words.lines_covered(lines, short=True)


def _paint_note_at_right(
    painter: QPainter, place: QRectF, text: str, role: Role, theme: Theme
) -> float:
    """Paint a few words at the right end, and return the width they take."""
    width = theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(text) + 1
    where = QRectF(place.right() - width, place.top(), width, place.height())
    paint_text(painter, where, text, TextStyle.SECONDARY, role, theme)
    return width + theme.px(8)


def _paint_problems(painter: QPainter, place: QRectF, card: LaneCard, theme: Theme) -> float:
    """Paint how many problems there are, and return the width it takes."""
    if not card.problems or (card.blocked and card.problems == 1 and _cannot_run(card)):
        return 0
    metrics = theme.fonts.metrics(TextStyle.SECONDARY)
    state = State.ERROR if card.blocked else State.WARNING
    count = str(card.problems)
    width = metrics.horizontalAdvance(count) + 1
    where = QRectF(place.right() - width, place.top(), width, place.height())
    paint_text(painter, where, count, TextStyle.SECONDARY, Role.TEXT, theme)
    centre = QPointF(where.left() - theme.px(11), place.center().y())
    paint_mark(painter, centre, theme, state, 14)
    return width + theme.px(26)


def _mark(card: LaneCard) -> State | None:
    if card.mfa and card.state is CardState.RAN:
        return State.MFA_ASKED
    if _cannot_run(card):
        return State.ERROR
    return MARK_OF.get(card.state)


def _lacks_secret(card: LaneCard) -> bool:
    """Tell whether the second line says which secret has no value."""
    secret = card.needs_secret
    return card.state is CardState.NOT_RUN and secret is not None and secret in card.line


def _cannot_run(card: LaneCard) -> bool:
    """Tell whether the second line says what keeps the action from running here."""
    return card.state is CardState.NOT_RUN and card.cannot_run is not None


def _line_role(card: LaneCard) -> Role:
    if card.state in COLOURED:
        return MARKS[MARK_OF[card.state]].role
    if card.state is CardState.HERE:
        return Role.TEXT
    quiet = card.state in FADED or card.state in (CardState.TURNED_OFF, CardState.STALE)
    return Role.TEXT_MUTED if quiet else Role.TEXT_SECONDARY


def _paint_handler(painter: QPainter, place: QRectF, back: ReturnCard, theme: Theme) -> None:
    quiet = back.state in FADED
    role = Role.TEXT_MUTED if quiet else Role.TEXT
    paint_text(painter, place, back.text, TextStyle.SECONDARY, role, theme)


def _paint_note(
    painter: QPainter, place: QRectF, back: ReturnCard, theme: Theme, *, right: bool
) -> float:
    """Paint the state of a return card, and return the width it takes."""
    if not back.note:
        return 0
    mark = _note_mark(back)
    before = theme.px(MARK + 3) if mark is not None else 0
    width = min(_note_width(back, theme), place.width())
    left = place.right() - width if right else place.left()
    if mark is not None:
        centre = QPointF(left + theme.px(MARK) / 2, place.center().y())
        paint_mark(painter, centre, theme, mark, MARK)
    note = QRectF(left + before, place.top(), width - before, place.height())
    paint_text(painter, note, back.note, TextStyle.SECONDARY, _note_role(back), theme)
    return width + theme.px(6)


def _note_mark(back: ReturnCard) -> State | None:
    return None if back.state is CardState.WAITING else MARK_OF.get(back.state)


def _note_width(back: ReturnCard, theme: Theme) -> float:
    before = theme.px(MARK + 3) if _note_mark(back) is not None else 0
    return theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(back.note) + before + 1


def _note_role(back: ReturnCard) -> Role:
    if back.state is CardState.MISSING:
        return Role.DANGER
    if back.state in COLOURED and back.state is not CardState.WAITING:
        return MARKS[MARK_OF[back.state]].role
    return Role.TEXT_MUTED if back.state in FADED else Role.TEXT_SECONDARY


def _lines(place: QRectF, theme: Theme) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return top and height of a card's two lines."""
    first = theme.fonts.metrics(TextStyle.BODY_STRONG).height()
    second = theme.fonts.metrics(TextStyle.SECONDARY).height()
    between = theme.px(4)
    top = place.top() + (place.height() - first - between - second) / 2
    return (top, first), (top + first + between, second)


@contextmanager
def _opacity(painter: QPainter, opacity: float) -> Iterator[None]:
    painter.save()
    painter.setOpacity(painter.opacity() * opacity)
    yield
    painter.restore()


@contextmanager
def _rounded(painter: QPainter, place: QRectF, theme: Theme) -> Iterator[None]:
    path = QPainterPath()
    path.addRoundedRect(place, theme.px(RADIUS), theme.px(RADIUS))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    yield
    painter.restore()
