"""Paints words into rows: one line that gives way to an ellipsis, or as many lines as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from loginwright_designer.simulation.visible_text import visible
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_new_mark

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

_WRAPPED = Qt.TextFlag.TextWrapAnywhere.value | Qt.AlignmentFlag.AlignTop.value
_WORDS = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_HUGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look.

    Attributes:
        style: Typeface and size.
        role: Colour.
        colour: Another one, for code; None takes the role's.
        mode: Where the ellipsis stands.
        right: They end at the right.
        struck: A line goes through them.
        underlined: A line goes under them.
    """

    style: TextStyle = TextStyle.BODY
    role: Role = Role.TEXT
    colour: QColor | None = None
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    right: bool = False
    struck: bool = False
    underlined: bool = False


def paint_line(painter: QPainter, rect: QRectF, text: str, theme: Theme, ink: Ink) -> float:
    """Paint one line, and return how wide it came out."""
    metrics = theme.fonts.metrics(ink.style)
    shown = metrics.elidedText(text, ink.mode, rect.width())
    font = theme.font(ink.style)
    font.setStrikeOut(ink.struck)
    font.setUnderline(ink.underlined)
    painter.setFont(font)
    painter.setPen(QPen(ink.colour or theme.colour(ink.role)))
    side = Qt.AlignmentFlag.AlignRight if ink.right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, int(_LINE | side), shown)
    return metrics.horizontalAdvance(shown)


def plain_tip(text: str) -> str:
    """Return a stranger's text as a tooltip that Qt does not read as mark-up."""
    shown = visible(text)
    return f"<qt>{escape(shown)}</qt>" if shown else ""


def text_width(text: str, theme: Theme, style: TextStyle) -> float:
    """Return how wide a line is."""
    return theme.fonts.metrics(style).horizontalAdvance(text)


def paint_wrapped(
    painter: QPainter, rect: QRectF, text: str, theme: Theme, ink: Ink, *, anywhere: bool = False
) -> None:
    """Paint words over several lines; code breaks anywhere."""
    painter.setFont(theme.font(ink.style))
    painter.setPen(QPen(ink.colour or theme.colour(ink.role)))
    painter.drawText(rect, _WRAPPED if anywhere else _WORDS, text)


def wrapped_height(
    text: str, width: float, theme: Theme, style: TextStyle, *, anywhere: bool = False
) -> float:
    """Return how high words are that ``paint_wrapped`` paints."""
    flags = _WRAPPED if anywhere else _WORDS
    around = QRectF(0, 0, max(width, 1), _HUGE)
    return theme.fonts.metrics(style).boundingRect(around, flags, text).height()


def paint_new_word(painter: QPainter, right_middle: QPointF, theme: Theme, word: str) -> float:
    """Paint the diamond and the word "new" left of a point; return how wide both are."""
    width = text_width(word, theme, TextStyle.SECONDARY)
    gap, diamond = theme.px(6), theme.px(9)
    height = theme.px(16)
    rect = QRectF(right_middle.x() - width, right_middle.y() - height / 2, width, height)
    paint_line(painter, rect, word, theme, Ink(TextStyle.SECONDARY, Role.ACCENT_TEXT))
    centre = QPointF(rect.left() - gap - diamond / 2, right_middle.y())
    paint_new_mark(painter, centre, theme)
    return width + gap + diamond
