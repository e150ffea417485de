"""Draws the small card that follows the pointer while something is dragged to the lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from loginwright_designer.controls.row_painting import paint_row_text
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_card, paint_icon

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

HEIGHT, MOST_WIDTH = 40, 280


def dragged_card(icon: str, name: str, glyph: str, theme: Theme, scale: float) -> QPixmap:
    """Return a picture of what is dragged.

    Args:
        icon: Of the action.
        name: What people call it; what has no room ends in dots.
        glyph: Of its language.
        theme: The colours.
        scale: Device pixels in a logical one.
    """
    strong, quiet = TextStyle.BODY_STRONG, TextStyle.SECONDARY
    text = theme.fonts.metrics(strong).horizontalAdvance(name) + 1
    beside_name = theme.fonts.metrics(quiet).horizontalAdvance(glyph) + 1
    beside = theme.px(44 + 12 + 12) + beside_name
    width = min(theme.px(MOST_WIDTH), text + beside)
    height = theme.px(HEIGHT)
    picture = QPixmap(round(width * scale), round(height * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_card(painter, QRectF(0, 0, width, height), theme, selected=True)
    paint_icon(painter, QPointF(theme.px(22), height / 2), theme, icon)
    place = QRectF(theme.px(44), 0, width - beside, height)
    paint_row_text(painter, place, name, theme, strong, Role.TEXT)
    place = QRectF(width - theme.px(12) - beside_name, 0, beside_name, height)
    paint_row_text(painter, place, glyph, theme, quiet, Role.TEXT_SECONDARY)
    painter.end()
    return picture
