"""Gives every state its mark: a shape and a colour that are the same wherever the state shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from loginwright_designer.theme.roles import Role
from loginwright_designer.theme.shapes import paint_icon
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.theme.theme import Theme


class State(StrEnum):
    """What a card, a pill, a row or the status bar says of a login or a scenario."""

    READY = "ready"
    RAN = "ran"
    PAUSED = "paused"
    AWAY = "away"
    WAITING = "waiting"
    MAY_LEAVE = "may_leave"
    RETURNED = "returned"
    CANNOT_LEAVE = "cannot_leave"
    DENIED = "denied"
    FAILED = "failed"
    MFA_ASKED = "mfa_asked"
    TURNED_OFF = "turned_off"
    PAST = "past"
    DIFFERS = "differs"
    STALE = "stale"
    AS_EXPECTED = "as_expected"
    HINT = "hint"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Mark:
    """A state's shape and colour; the word stands beside it.

    Attributes:
        icon: The shape.
        role: The colour.
        tint: The ground of a row or bar in this state.
    """

    icon: str
    role: Role
    tint: Role = Role.SURFACE


MARKS: Mapping[State, Mark] = {
    State.READY: Mark("circle-dot", Role.TEXT_SECONDARY),
    State.RAN: Mark("circle-check", Role.SUCCESS, Role.SUCCESS_TINT),
    State.PAUSED: Mark("circle-pause", Role.PAUSED, Role.PAUSED_TINT),
    State.AWAY: Mark("globe", Role.AWAY, Role.AWAY_TINT),
    State.WAITING: Mark("hourglass", Role.AWAY, Role.AWAY_TINT),
    State.MAY_LEAVE: Mark("globe", Role.TEXT_SECONDARY),
    State.RETURNED: Mark("globe", Role.AWAY, Role.AWAY_TINT),
    State.CANNOT_LEAVE: Mark("globe-x", Role.DANGER, Role.DANGER_TINT),
    State.DENIED: Mark("denied", Role.DANGER, Role.DANGER_TINT),
    State.FAILED: Mark("triangle-alert", Role.DANGER, Role.DANGER_TINT),
    State.MFA_ASKED: Mark("shield-check", Role.TEXT),
    State.TURNED_OFF: Mark("power-off", Role.TEXT_MUTED),
    State.PAST: Mark("history", Role.PAST, Role.PAST_TINT),
    State.DIFFERS: Mark("equal-not", Role.DANGER, Role.DANGER_TINT),
    State.STALE: Mark("circle-dashed", Role.TEXT_SECONDARY),
    State.AS_EXPECTED: Mark("circle-check", Role.SUCCESS),
    State.HINT: Mark("lightbulb", Role.INFO, Role.INFO_TINT),
    State.WARNING: Mark("triangle-alert", Role.PAUSED, Role.PAUSED_TINT),
    State.ERROR: Mark("circle-x", Role.DANGER, Role.DANGER_TINT),
}
"""mocks/notes.md, "States: shape + word + colour"."""


class Change(StrEnum):
    """What became of a row of *Changes* or of a difference."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


CHANGE_ROLES: Mapping[Change, Role] = {
    Change.ADDED: Role.SUCCESS,
    Change.CHANGED: Role.TEXT_SECONDARY,
    Change.REMOVED: Role.DANGER,
}


def paint_mark(
    painter: QPainter, centre: QPointF, theme: Theme, state: State, size: int = 16
) -> None:
    """Paint a state's mark around a point."""
    mark = MARKS[state]
    paint_icon(painter, centre, theme, mark.icon, mark.role, size, STATE_STROKE)


def paint_change_mark(painter: QPainter, centre: QPointF, theme: Theme, change: Change) -> None:
    """Paint a plus, a tilde or a minus in a filled square of 16."""
    side, reach = theme.px(16), theme.px(4)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(CHANGE_ROLES[change]))
    painter.drawRoundedRect(QRectF(-side / 2, -side / 2, side, side), theme.px(3), theme.px(3))
    pen = QPen(theme.colour(Role.SURFACE), theme.px(2))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if change is Change.CHANGED:
        painter.drawPath(_tilde(reach))
    else:
        painter.drawLine(QPointF(-reach, 0), QPointF(reach, 0))
    if change is Change.ADDED:
        painter.drawLine(QPointF(0, -reach), QPointF(0, reach))
    painter.restore()


def _tilde(reach: float) -> QPainterPath:
    path = QPainterPath(QPointF(-reach, reach * 0.3))
    rise, fall = QPointF(-reach * 0.3, -reach * 1.1), QPointF(reach * 0.3, reach * 1.1)
    path.cubicTo(rise, fall, QPointF(reach, -reach * 0.3))
    return path
