"""Paints the pills of the lane with their icon, words and note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from loginwright_designer.canvas.card_fitting import elided
from loginwright_designer.canvas.card_painting import paint_text
from loginwright_designer.canvas.lane_state import PillKind, PillState
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import (
    CUT_OFF_OPACITY,
    LATER_OPACITY,
    PillLook,
    paint_icon,
    paint_pill,
    pill_colours,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from loginwright_designer.canvas.lane_state import LanePill
    from loginwright_designer.theme.theme import Theme

ICONS = {
    PillKind.SIGNED_IN: "log-in",
    PillKind.SILENT: "moon",
    PillKind.REFRESHED: "refresh-cw",
    PillKind.SITE: "globe",
    PillKind.FORM: "file-check",
    PillKind.CHALLENGE: "shield",
    PillKind.ENROLMENT: "user-plus",
    PillKind.MFA_AT_END: "shield-check",
    PillKind.PROFILE: "save",
    PillKind.TOKENS: "badge-check",
}
LOOKS = {
    PillState.MAY_HAPPEN: PillLook.MAY_HAPPEN,
    PillState.AWAY: PillLook.FILLED,
    PillState.RETURNED: PillLook.OUTLINED,
    PillState.CANNOT_LEAVE: PillLook.MAY_HAPPEN,
    PillState.DONE: PillLook.NEUTRAL,
    PillState.NOT_PASSED: PillLook.NEUTRAL,
    PillState.LATER: PillLook.NEUTRAL,
    PillState.CUT_OFF: PillLook.MAY_HAPPEN,
}
PADDING, ICON_ROOM = 8, 26
"""At the ends of a pill, and of its icon with what is between it and the words."""

FADED = {PillState.LATER: LATER_OPACITY, PillState.CUT_OFF: CUT_OFF_OPACITY}
REFUSED = frozenset({PillState.CANNOT_LEAVE, PillState.NOT_PASSED})
STARTS = frozenset({PillKind.SIGNED_IN, PillKind.SILENT, PillKind.REFRESHED})


def paint_lane_pill(painter: QPainter, place: QRectF, pill: LanePill, theme: Theme) -> None:
    """Paint a pill: dashed where it may happen, filled where the login is, outlined after it."""
    look = PillLook.NEUTRAL if pill.kind in STARTS else LOOKS[pill.state]
    colours = pill_colours(look)
    icon, role = _icon(pill, colours.text)
    style = (
        TextStyle.BODY_STRONG if look in (PillLook.FILLED, PillLook.OUTLINED) else TextStyle.BODY
    )
    note = _width(theme, TextStyle.SECONDARY, pill.note) + theme.px(8) if pill.note else 0.0
    space = place.width() - theme.px(PADDING + ICON_ROOM + PADDING) - note
    text = elided(theme, style, pill.text, space)
    whole = theme.px(ICON_ROOM) + _width(theme, style, text) + note
    left = place.center().x() - whole / 2
    painter.save()
    painter.setOpacity(painter.opacity() * FADED.get(pill.state, 1.0))
    paint_pill(painter, place, theme, look)
    paint_icon(painter, QPointF(left + theme.px(9), place.center().y()), theme, icon, role)
    painter.restore()
    words = QRectF(left + theme.px(ICON_ROOM), place.top(), place.width(), place.height())
    quiet = pill.state in FADED
    paint_text(painter, words, text, style, Role.TEXT_MUTED if quiet else colours.text, theme)
    if pill.note:
        words.setLeft(words.left() + whole - note - theme.px(ICON_ROOM) + theme.px(8))
        paint_text(
            painter, words, pill.note, TextStyle.SECONDARY, _note_role(pill, colours.text), theme
        )


def _icon(pill: LanePill, text: Role) -> tuple[str, Role]:
    if pill.state is PillState.CANNOT_LEAVE:
        return "globe-x", Role.DANGER
    if pill.state is PillState.NOT_PASSED:
        return "shield-x", Role.DANGER
    return ICONS[pill.kind], text


def _note_role(pill: LanePill, text: Role) -> Role:
    if pill.state in REFUSED:
        return Role.DANGER
    if pill.state is PillState.AWAY:
        return text
    return Role.TEXT_MUTED if pill.state in FADED else Role.TEXT_SECONDARY


def _width(theme: Theme, style: TextStyle, text: str) -> float:
    return theme.fonts.metrics(style).horizontalAdvance(text) + 1
