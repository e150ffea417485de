"""Shapes and colours of scenarios: how they stand, how they end, what each action did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF

from loginwright_designer.simulation.scenario_results import (
    ActionFact,
    ActionGlyph,
    Ending,
    ScenarioResult,
    ScenarioState,
    state_word,
)
from loginwright_designer.theme.marks import MARKS, Mark, State
from loginwright_designer.theme.roles import Role
from loginwright_designer.theme.shapes import paint_icon
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPainter

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

STATE_MARKS: Mapping[ScenarioState, Mark] = {
    ScenarioState.DIFFERS: MARKS[State.DIFFERS],
    ScenarioState.UNREADABLE: MARKS[State.ERROR],
    ScenarioState.STALE: MARKS[State.STALE],
    ScenarioState.RUNNING: Mark("hourglass", Role.TEXT_SECONDARY),
    ScenarioState.NOT_RUN: Mark("minus", Role.TEXT_MUTED),
    ScenarioState.AS_EXPECTED: MARKS[State.AS_EXPECTED],
}
ENDING_MARKS: Mapping[Ending, Mark] = {
    Ending.ALLOWED: Mark("circle-check", Role.TEXT_SECONDARY),
    Ending.DENIED: MARKS[State.DENIED],
    Ending.FAILED: MARKS[State.FAILED],
    Ending.AWAY: MARKS[State.AWAY],
}
"""An allowed login is grey here: green says that it was expected."""
GLYPH_MARKS: Mapping[ActionGlyph, Mark] = {
    ActionGlyph.NOT_REACHED: Mark("minus", Role.TEXT_MUTED),
    ActionGlyph.RAN: Mark("check", Role.TEXT_SECONDARY),
    ActionGlyph.SET: Mark("pencil", Role.TEXT),
    ActionGlyph.MFA: Mark("shield-check", Role.TEXT),
    ActionGlyph.AWAY: MARKS[State.AWAY],
    ActionGlyph.DENIED: MARKS[State.DENIED],
    ActionGlyph.FAILED: MARKS[State.FAILED],
}
_GLYPH_SIZE = 16
_SMALL_GLYPH_SIZE = 14
_PITCH = 18


@dataclass(frozen=True, slots=True)
class Shade:
    """Whether marks keep their colour.

    Attributes:
        stale: All that is shown belongs to an earlier flow: nothing of it has a colour.
    """

    stale: bool = False

    def role(self, mark: Mark) -> Role:
        """Return the colour of a mark."""
        return Role.TEXT_MUTED if self.stale else mark.role


def glyph_words(glyph: ActionGlyph) -> str:
    """Return what a glyph says, as the legend has it."""
    words = {
        ActionGlyph.RAN: translate("Scenarios", "ran, asked for nothing"),
        ActionGlyph.SET: translate("Scenarios", "set something"),
        ActionGlyph.MFA: translate("Scenarios", "asked for MFA"),
        ActionGlyph.AWAY: translate("Scenarios", "away"),
        ActionGlyph.DENIED: translate("Scenarios", "denied"),
        ActionGlyph.FAILED: translate("Scenarios", "failed"),
        ActionGlyph.NOT_REACHED: translate("Scenarios", "not reached"),
    }
    return words[glyph]


def fact_words(fact: ActionFact | None) -> str:
    """Return what an action did, in words."""
    if fact is None:
        return translate("Scenarios", "turned off, or not in the flow then")
    return ", ".join(glyph_words(glyph) for glyph in fact.glyphs)


def last_outcome_words(result: ScenarioResult | None) -> str:
    """Return a scenario's last outcome in one line: "As expected · Allowed, 2 claims"."""
    if result is None:
        return state_word(ScenarioState.NOT_RUN)
    word = state_word(result.state)
    return f"{word} · {result.ends_as}" if result.ends_as else word


def paint_mark_of(
    painter: QPainter,
    centre: QPointF,
    theme: Theme,
    mark: Mark,
    shade: Shade | None = None,
    size: int = _GLYPH_SIZE,
) -> None:
    """Paint a mark around a point."""
    role = (shade or Shade()).role(mark)
    paint_icon(painter, centre, theme, mark.icon, role, size, STATE_STROKE)


def paint_glyphs(
    painter: QPainter, centre: QPointF, theme: Theme, fact: ActionFact, shade: Shade
) -> None:
    """Paint what an action did around a point; several shapes stand side by side, smaller."""
    count = len(fact.glyphs)
    size = _GLYPH_SIZE if count == 1 else _SMALL_GLYPH_SIZE
    pitch = theme.px(_PITCH)
    left = centre.x() - pitch * (count - 1) / 2
    for place, glyph in enumerate(fact.glyphs):
        point = QPointF(left + place * pitch, centre.y())
        paint_mark_of(painter, point, theme, GLYPH_MARKS[glyph], shade, size)
