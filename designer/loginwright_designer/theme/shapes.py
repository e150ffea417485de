"""Paints the shapes that lane, gutter, steps strip and panels share."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from loginwright_designer.theme.roles import Role
from loginwright_designer.theme.tinted_icons import STROKE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_designer.theme.theme import Theme

LATER_OPACITY = 0.45
"""Of shapes that stand for what is later than the step shown (desktop.md, "The past").

Words are never painted fainter: theirs is ``TEXT_MUTED``, for at 60 % even ``TEXT`` has 4.2 only.
"""

CUT_OFF_OPACITY = 0.6
"""Of the shapes of cards after a denial (desktop.md, "The lane")."""


class PillLook(StrEnum):
    """How much of a pill is drawn: what may happen, what happened, what is now."""

    MAY_HAPPEN = "may_happen"
    NEUTRAL = "neutral"
    OUTLINED = "outlined"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class PillColours:
    """What a pill and the words in it are painted with.

    Attributes:
        ground: Inside.
        edge: Around.
        text: Words and icon on it.
    """

    ground: Role
    edge: Role
    text: Role


def pill_colours(look: PillLook) -> PillColours:
    """Return the colours of a pill, for the words that stand on it too."""
    match look:
        case PillLook.MAY_HAPPEN:
            return PillColours(Role.CANVAS, Role.CONTROL_BORDER, Role.TEXT_SECONDARY)
        case PillLook.NEUTRAL:
            return PillColours(Role.CARD, Role.CONTROL_BORDER, Role.TEXT)
        case PillLook.OUTLINED:
            return PillColours(Role.CARD, Role.AWAY, Role.AWAY)
        case PillLook.FILLED:
            return PillColours(Role.AWAY, Role.AWAY, Role.ON_AWAY)
        case _:
            assert_never(look)


def paint_pill(painter: QPainter, rect: QRectF, theme: Theme, look: PillLook) -> None:
    """Paint a fully round pill: dashed where it only may happen, filled while the login is away."""
    colours = pill_colours(look)
    pen = QPen(theme.colour(colours.edge), theme.px(1 if look is PillLook.NEUTRAL else 1.5))
    if look is PillLook.MAY_HAPPEN:
        pen.setDashPattern([3, 2])
    with _smooth(painter):
        painter.setPen(pen)
        painter.setBrush(theme.colour(colours.ground))
        inside = _inside(rect, pen.widthF())
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)


def paint_card(painter: QPainter, rect: QRectF, theme: Theme, *, selected: bool = False) -> None:
    """Paint an action's card; selected, its edge is the accent's and 2 pixels wide."""
    pen = QPen(
        theme.colour(Role.ACCENT if selected else Role.CONTROL_BORDER),
        theme.px(2) if selected else theme.px(1),
    )
    with _smooth(painter):
        painter.setPen(pen)
        painter.setBrush(theme.colour(Role.CARD))
        painter.drawRoundedRect(_inside(rect, pen.widthF()), theme.px(8), theme.px(8))


def paint_bracket(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the ground that holds a card together with its way out and its return."""
    with _smooth(painter):
        painter.setPen(QPen(theme.colour(Role.BORDER), theme.px(1)))
        painter.setBrush(theme.colour(Role.BRACKET))
        painter.drawRoundedRect(_inside(rect, theme.px(1)), theme.px(12), theme.px(12))


def paint_tile(
    painter: QPainter, rect: QRectF, theme: Theme, icon: str, role: Role = Role.TEXT_SECONDARY
) -> None:
    """Paint the neutral square that holds an action's icon."""
    with _smooth(painter):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.TILE))
        painter.drawRoundedRect(rect, theme.px(6), theme.px(6))
    paint_icon(painter, rect.center(), theme, icon, role)


def paint_focus_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """Paint the ring of the keyboard's focus: 2 pixels wide, 2 away from the shape.

    Args:
        painter: Whose clip leaves 4 pixels around the shape.
        rect: The shape.
        radius: Of the shape's corners.
        theme: The colours.
    """
    away = theme.px(2) + theme.px(2) / 2
    with _smooth(painter):
        painter.setPen(QPen(theme.colour(Role.ACCENT_TEXT), theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = rect.adjusted(-away, -away, away, away)
        painter.drawRoundedRect(around, radius + away, radius + away)


def paint_icon(
    painter: QPainter,
    centre: QPointF,
    theme: Theme,
    icon: str,
    role: Role = Role.TEXT_SECONDARY,
    size: int = 18,
    stroke: float = STROKE,
) -> None:
    """Paint an icon around a point, on whole device pixels so that its lines stay sharp."""
    device = painter.device()
    scale = device.devicePixelRatio() if device is not None else 1.0
    picture = theme.icons.pixmap(icon, role, theme.px(size), scale, stroke)
    extent = picture.deviceIndependentSize()
    corner = centre - QPointF(extent.width() / 2, extent.height() / 2)
    painter.drawPixmap(_on_device_pixels(painter, corner), picture)


def paint_playhead(painter: QPainter, tip: QPointF, theme: Theme, *, now: bool) -> None:
    """Paint a playhead over the step it points down to: solid is now, hollow is the step shown."""
    half, height = theme.px(12) / 2, theme.px(8)
    points = [(-half, -height), (half, -height), (0.0, 0.0)]
    _paint_polygon(painter, _moved(points, tip), theme, Role.TEXT, filled=now)


def paint_new_mark(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    """Paint the filled diamond that stands before the word "new"."""
    half = theme.px(9) / 2
    points = [(0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0)]
    _paint_polygon(painter, _moved(points, centre), theme, Role.ACCENT_TEXT, filled=True)


def paint_edge_bar(
    painter: QPainter, rect: QRectF, theme: Theme, role: Role, width: int = 4
) -> None:
    """Paint the bar at the left edge of a row or card: paused, new, selected."""
    bar = QRectF(rect.left(), rect.top(), theme.px(width), rect.height())
    painter.fillRect(bar, theme.colour(role))


def _moved(points: list[tuple[float, float]], centre: QPointF) -> QPolygonF:
    return QPolygonF([QPointF(x, y) + centre for x, y in points])


def _paint_polygon(
    painter: QPainter, polygon: QPolygonF, theme: Theme, role: Role, *, filled: bool
) -> None:
    pen = QPen(theme.colour(role), theme.px(1.5))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    with _smooth(painter):
        painter.setPen(Qt.PenStyle.NoPen if filled else pen)
        painter.setBrush(theme.colour(role) if filled else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(polygon)


def _inside(rect: QRectF, width: float) -> QRectF:
    """Return where a line runs whose outer side is the rectangle."""
    return rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)


def _on_device_pixels(painter: QPainter, point: QPointF) -> QPointF:
    transform = painter.deviceTransform()
    back, possible = transform.inverted()
    on_device = transform.map(point)
    whole = QPointF(round(on_device.x()), round(on_device.y()))
    return back.map(whole) if possible else point


@contextmanager
def _smooth(painter: QPainter) -> Iterator[None]:
    """Leave the painter's pen, brush and hints as they were."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield
    finally:
        painter.restore()
