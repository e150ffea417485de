"""Paints what a flow without actions offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt

from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


def empty_words() -> str:
    """Say how a first action gets into a flow."""
    return translate(
        "Lane", "Paste an action, drop a file, or pick one from the library. Ctrl+V pastes."
    )


def paint_offer(painter: QPainter, below: QRectF, theme: Theme) -> None:
    """Paint the one sentence that an empty lane says, under its pills.

    Args:
        painter: Where.
        below: What is left under the lane.
        theme: Its colours.
    """
    room = theme.px(16)
    place = below.adjusted(room, 0, -room, 0)
    painter.setFont(theme.font(TextStyle.BODY))
    painter.setPen(theme.colour(Role.TEXT_SECONDARY))
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(place, flags, empty_words())
