"""Draws the small card that follows the pointer while cards are dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.controls.dragged_card import dragged_card

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from loginwright_designer.canvas.lane_state import LaneCard
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


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
    return dragged_card(card.icon, name, card.glyph, theme, scale)
