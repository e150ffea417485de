"""Paints what rows of lists have in common: their ground, and text on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_edge_bar

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from loginwright_designer.theme.theme import Theme


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Whether a row is the selected one."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


def ground_role(option: QStyleOptionViewItem) -> Role:
    """Return the colour of a row's ground, by whether it is selected or hovered."""
    if is_selected(option):
        return Role.SELECTION
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    return Role.HOVER if hovered else Role.SURFACE


def paint_row_ground(
    painter: QPainter, option: QStyleOptionViewItem, theme: Theme, *, barred: bool, focused: bool
) -> None:
    """Paint the ground of a row, by whether it is selected or hovered.

    Args:
        painter: On the list.
        option: Of the row.
        theme: The colours.
        barred: It has a bar at its left edge.
        focused: The list has the keyboard; a selected row shows it.
    """
    rect: QRect = option.rect
    painter.fillRect(rect, theme.colour(ground_role(option)))
    if barred:
        paint_edge_bar(painter, QRectF(rect), theme, Role.ACCENT, 3)
    if is_selected(option) and focused:
        painter.setPen(theme.colour(Role.ACCENT))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))


def paint_row_text(
    painter: QPainter, rect: QRectF, text: str, theme: Theme, style: TextStyle, role: Role
) -> None:
    """Paint a text on one line; what has no room ends in dots."""
    painter.setFont(theme.font(style))
    painter.setPen(theme.colour(role))
    metrics = theme.fonts.metrics(style)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
