"""Draws the shapes of the gutter: octagon, arrow, cross and triangle."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF


def draw_breakpoint(
    painter: QPainter, centre: QPointF, size: float, colour: QColor, *, hollow: bool = False
) -> None:
    """Draw an octagon: filled, or hollow where it is turned off."""
    radius = size / 2 / math.cos(math.pi / 8)
    corners = [
        QPointF(
            centre.x() + radius * math.cos(math.pi / 8 + index * math.pi / 4),
            centre.y() + radius * math.sin(math.pi / 8 + index * math.pi / 4),
        )
        for index in range(8)
    ]
    _shape(painter, QPolygonF(corners), colour, hollow=hollow)


def draw_log_point(
    painter: QPainter, centre: QPointF, size: float, colour: QColor, *, hollow: bool = False
) -> None:
    """Draw a square on its corner: it prints and does not stop."""
    half = size / 2 + 0.5
    corners = [
        centre + QPointF(0, -half),
        centre + QPointF(half, 0),
        centre + QPointF(0, half),
        centre + QPointF(-half, 0),
    ]
    _shape(painter, QPolygonF(corners), colour, hollow=hollow)


def draw_condition(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """Draw the two bars that say "only if" over a breakpoint."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    wide, high = size * 0.5, max(1.0, size * 0.13)
    for offset in (-size * 0.16, size * 0.16):
        bar = QRectF(centre.x() - wide / 2, centre.y() + offset - high / 2, wide, high)
        painter.drawRect(bar)


def draw_arrow(painter: QPainter, area: QRectF, colour: QColor, *, hollow: bool) -> None:
    """Draw a triangle that points at the code: filled where it stands, hollow in the past."""
    corners = QPolygonF(
        [area.topLeft(), QPointF(area.right(), area.center().y()), area.bottomLeft()]
    )
    if hollow:
        painter.setPen(
            QPen(
                colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            )
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(corners)
    else:
        _fill(painter, corners, colour)


def draw_error(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """Draw a cross in a ring."""
    half = size / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, max(1.25, size / 7)))
    painter.drawEllipse(centre, half - 0.5, half - 0.5)
    arm = half * 0.38
    painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm))
    painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm))


def draw_warning(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """Draw a triangle on its base with a stroke in it."""
    half = size / 2
    corners = [
        QPointF(centre.x(), centre.y() - half),
        QPointF(centre.x() + half, centre.y() + half - 0.5),
        QPointF(centre.x() - half, centre.y() + half - 0.5),
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(
            colour,
            max(1.25, size / 7),
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    painter.drawPolygon(QPolygonF(corners))
    painter.drawLine(
        QPointF(centre.x(), centre.y() - half * 0.2), QPointF(centre.x(), centre.y() + half * 0.3)
    )


def draw_hatch(painter: QPainter, area: QRectF, ground: QColor, stripes: QColor) -> None:
    """Fill an area with the slanted stripes that say "this is the past"."""
    painter.save()
    painter.setClipRect(area)
    painter.fillRect(area, ground)
    painter.setPen(QPen(stripes, 2))
    step = 6.0
    top, bottom = area.top(), area.bottom()
    slant = bottom - top
    x = area.left() - slant - (area.top() % step)
    while x < area.right() + step:
        painter.drawLine(QPointF(x, bottom), QPointF(x + slant, top))
        x += step
    painter.restore()


def draw_wave(painter: QPainter, left: float, right: float, base: float, colour: QColor) -> None:
    """Draw the wavy line under a faulty piece of code."""
    points = []
    x, up = left, False
    while x <= right:
        points.append(QPointF(x, base - (2 if up else 0)))
        x, up = x + 2, not up
    painter.setPen(QPen(colour, 1.25))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def _shape(painter: QPainter, shape: QPolygonF, colour: QColor, *, hollow: bool) -> None:
    if not hollow:
        _fill(painter, shape, colour)
        return
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(shape)


def _fill(painter: QPainter, shape: QPolygonF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    painter.drawPolygon(shape)
