"""Shortens what stands on cards and pills to the room that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from loginwright_designer.canvas.lane_words import BEFORE_TIME
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_state import LaneCard
    from loginwright_designer.theme.theme import Theme


def elided(theme: Theme, style: TextStyle, text: str, width: float) -> str:
    """Return a text as it fits; where it does not, its end is left out."""
    metrics = theme.fonts.metrics(style)
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))


def line_that_fits(card: LaneCard, width: float, theme: Theme) -> str:
    """Return a card's second line; where there is no room, not the time at its end is left out."""
    metrics = theme.fonts.metrics(TextStyle.SECONDARY)
    if metrics.horizontalAdvance(card.line) <= width or not card.line.endswith(card.took):
        return card.line
    said = card.line.removesuffix(card.took)
    what = said.rstrip(BEFORE_TIME)
    end = said.removeprefix(what) + card.took
    return elided(theme, TextStyle.SECONDARY, what, width - metrics.horizontalAdvance(end)) + end
