"""Draws the small card that follows the pointer while cards are dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from loginwright_designer.canvas.card_painting import paint_text
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_card, paint_icon

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_state import LaneCard
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

HEIGHT, MOST_WIDTH = 40, 280


def drag_picture(card: LaneCard, count: int, theme: Theme, scale: float) -> QPixmap:
    """Return a picture of what is dragged.

    Args:
        card: The first of the dragged cards.
        count: How many there are.
        theme: Its colours.
        scale: Device pixels in a logical one.
    """
    name = card.name
    if count > 1:
        name = translate("Lane", "{name} and {count} more").format(name=name, count=count - 1)
    text = theme.fonts.metrics(TextStyle.BODY_STRONG).horizontalAdvance(name) + 1
    glyph = theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(card.glyph) + 1
    beside = theme.px(44 + 12 + 12) + glyph
    width = min(theme.px(MOST_WIDTH), text + beside)
    height = theme.px(HEIGHT)
    picture = QPixmap(round(width * scale), round(height * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_card(painter, QRectF(0, 0, width, height), theme, selected=True)
    paint_icon(painter, QPointF(theme.px(22), height / 2), theme, card.icon)
    place = QRectF(theme.px(44), 0, width - beside, height)
    paint_text(painter, place, name, TextStyle.BODY_STRONG, Role.TEXT, theme)
    place = QRectF(width - theme.px(12) - glyph, 0, glyph, height)
    paint_text(painter, place, card.glyph, TextStyle.SECONDARY, Role.TEXT_SECONDARY, theme)
    painter.end()
    return picture
