"""Paints the line of the lane, the mark of a drop on it, and its insert points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from loginwright_designer.canvas.lane_state import Travel
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import LATER_OPACITY, paint_icon

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_geometry import LanePlaces, Stretch
    from loginwright_designer.theme.theme import Theme

ROLES = {
    Travel.TRAVELLED: Role.TEXT_SECONDARY,
    Travel.NOT_YET: Role.CONTROL_BORDER,
    Travel.LEAP: Role.AWAY,
    Travel.CUT: Role.DANGER,
    Travel.LATER: Role.CONTROL_BORDER,
}


def paint_stretch(painter: QPainter, stretch: Stretch, theme: Theme) -> None:
    """Paint a piece of the line, with its arrowhead; a cut one ends in a bar across it."""
    points = stretch.points
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if stretch.travel is Travel.LATER:
        painter.setOpacity(LATER_OPACITY)
    if stretch.travel is Travel.CUT:
        _paint_cut(painter, points, theme)
    else:
        head = theme.px(8) if stretch.arrow else 0
        painter.setPen(_pen(stretch.travel, theme))
        painter.drawPolyline([*points[:-1], _towards(points[-1], points[-2], head)])
    if stretch.arrow:
        _paint_head(painter, points[-2], points[-1], stretch.travel, theme)
    painter.restore()


def paint_drop_line(
    painter: QPainter, places: LanePlaces, y: float, number: int, theme: Theme
) -> None:
    """Paint where a card will go, with the number it will have."""
    text = str(number)
    font = theme.font(TextStyle.BODY_STRONG)
    advance = theme.fonts.metrics(TextStyle.BODY_STRONG).horizontalAdvance(text)
    height = theme.px(24)
    width = max(height, advance + theme.px(12))
    badge = QRectF(places.left - theme.px(12), y - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(Role.ACCENT), theme.px(4)))
    painter.drawLine(QPointF(badge.right(), y), QPointF(places.left + places.width, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(Role.ACCENT))
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.setPen(theme.colour(Role.ON_ACCENT))
    painter.setFont(font)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def paint_insert_point(painter: QPainter, centre: QPointF, theme: Theme, *, hovered: bool) -> None:
    """Paint the plus at which an action can be put into the lane."""
    radius = theme.px(9)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(theme.colour(Role.ACCENT if hovered else Role.CONTROL_BORDER), theme.px(1.5))
    )
    painter.setBrush(theme.colour(Role.ACCENT_TINT if hovered else Role.CARD))
    painter.drawEllipse(centre, radius, radius)
    painter.restore()
    role = Role.ACCENT_TEXT if hovered else Role.TEXT_SECONDARY
    paint_icon(painter, centre, theme, "plus", role, size=12, stroke=2.5)


def paint_marker(painter: QPainter, centre: QPointF, theme: Theme, role: Role) -> None:
    """Paint the dot that travels along the line from one place of the login to the next."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(Role.CARD), theme.px(2)))
    painter.setBrush(theme.colour(role))
    painter.drawEllipse(centre, theme.px(6), theme.px(6))
    painter.restore()


def _pen(travel: Travel, theme: Theme) -> QPen:
    pen = QPen(theme.colour(ROLES[travel]), theme.px(2))
    if travel is Travel.LEAP:
        pen.setDashPattern([3, 2])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    elif travel in (Travel.NOT_YET, Travel.LATER):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.01, 2.6])
        pen.setDashOffset(-1)
    return pen


def _towards(end: QPointF, start: QPointF, distance: float) -> QPointF:
    way = end - start
    length = max(1.0, abs(way.x()) + abs(way.y()))
    return end - way * (distance / length)


def _paint_head(
    painter: QPainter, start: QPointF, end: QPointF, travel: Travel, theme: Theme
) -> None:
    along = (end - _towards(end, start, 1)) * theme.px(8)
    across = QPointF(-along.y(), along.x()) * 0.62
    base = end - along
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ROLES[travel]))
    painter.drawPolygon(QPolygonF([end, base + across, base - across]))


def _paint_cut(painter: QPainter, points: tuple[QPointF, ...], theme: Theme) -> None:
    """The line stops half-way at a bar; nothing comes behind it."""
    start, end = points[0], points[-1]
    middle = QPointF(start.x(), (start.y() + end.y()) / 2)
    painter.setPen(QPen(theme.colour(Role.TEXT_SECONDARY), theme.px(2)))
    painter.drawLine(start, middle)
    pen = QPen(theme.colour(Role.DANGER), theme.px(3))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    reach = QPointF(theme.px(9), 0)
    painter.drawLine(middle - reach, middle + reach)
