"""Paints what the rows of console and problems share: their ground, words and links."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from loginwright_designer.theme.theme import Theme

_TIP_LETTERS = 2_000


def plain_tip(text: str) -> str:
    """Return a text as a tooltip that shows it as it is; nothing in it is read as mark-up."""
    cut = text if len(text) <= _TIP_LETTERS else f"{text[:_TIP_LETTERS]}…"
    return f'<div style="white-space: pre-wrap">{escape(cut)}</div>'


def text_width(theme: Theme, style: TextStyle, text: str) -> float:
    """Return how much room a text takes in one line."""
    return theme.fonts.metrics(style).horizontalAdvance(text) + 1


def paint_words(
    painter: QPainter,
    place: QRectF,
    text: str,
    style: TextStyle,
    role: Role,
    theme: Theme,
    *,
    underlined: bool = False,
) -> float:
    """Paint one line of text, elided where it does not fit; return where it ends."""
    if place.width() <= 0 or not text:
        return place.left()
    metrics = theme.fonts.metrics(style)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    font = theme.font(style)
    font.setUnderline(underlined)
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, flags | Qt.TextFlag.TextSingleLine, shown)
    return place.left() + metrics.horizontalAdvance(shown) + 1


def paint_row_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Paint what is behind a row: selected, under the mouse, or with the keyboard on it."""
    state, rect = option.state, QRectF(option.rect)
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.colour(Role.SELECTION))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.colour(Role.HOVER))
    if state & QStyle.StateFlag.State_HasFocus:
        width = theme.px(2)
        painter.setPen(QPen(theme.colour(Role.ACCENT_TEXT), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2))


def link_place(row: QRectF, text: str, theme: Theme) -> QRectF:
    """Return where a link stands at the right of a row; at most half of it."""
    width = min(text_width(theme, TextStyle.SECONDARY, text), row.width() / 2)
    right = row.right() - theme.px(16)
    return QRectF(right - width, row.top(), width, row.height())
