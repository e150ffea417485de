"""Paints the hatch: the look that only the past has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

HATCH_PITCH = 6
"""Pixels from one line of the hatch to the next, measured level."""


def paint_hatch(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the hatched ground of the past's bar; words on it need a ground of their own."""
    _paint_lines(painter, rect, theme, Role.PAST_HATCH)


def paint_past_edge(painter: QPainter, rect: QRectF, theme: Theme, width: int = 3) -> None:
    """Paint the left edge of a panel that shows the past; its lines are told from their ground."""
    _paint_lines(
        painter, QRectF(rect.left(), rect.top(), theme.px(width), rect.height()), theme, Role.PAST
    )


def _paint_lines(painter: QPainter, rect: QRectF, theme: Theme, role: Role) -> None:
    """Lines rise to the right, and start at the same places wherever the rectangle is cut."""
    pitch, height = theme.px(HATCH_PITCH), rect.height()
    first = rect.left() - height - (rect.left() - height) % pitch
    count = int((rect.right() - first) / pitch) + 2
    starts = [QPointF(first + number * pitch, rect.bottom()) for number in range(count)]
    lines = [QLineF(start, start + QPointF(height, -height)) for start in starts]
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, theme.colour(Role.PAST_TINT))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(role), pitch / 3))
    painter.drawLines(lines)
    painter.restore()
