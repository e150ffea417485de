"""Paints the steps strip: names, cells, durations and playheads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from loginwright_designer.panels.bottom import strip_geometry as geometry
from loginwright_designer.panels.bottom.strip_geometry import DurationBar
from loginwright_designer.panels.bottom.strip_words import short_name
from loginwright_designer.simulation.steps import Glyph, Steps
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import (
    LATER_OPACITY,
    paint_focus_ring,
    paint_icon,
    paint_playhead,
)

if TYPE_CHECKING:
    from loginwright_designer.panels.bottom.strip_geometry import StripPlaces
    from loginwright_designer.simulation.steps import StepCell, StepGroup
    from loginwright_designer.theme.theme import Theme

RADIUS = 6
BAR_HEIGHT = 20
_ROLES = {Glyph.SET: Role.TEXT, Glyph.DENIED: Role.DANGER, Glyph.FAILED: Role.DANGER}


@dataclass(frozen=True, slots=True)
class StripLook:
    """How a strip is drawn at this moment.

    Attributes:
        steps: All steps.
        shown: Number of the step that is looked at; None is now.
        paused: The code stands still at the last step.
        away: What stands below the time away while the login waits there; None: it does not.
        bars: Of each group, while durations are shown.
        focused: Number of the step the keyboard is on, or None.
    """

    steps: Steps
    shown: int | None = None
    paused: bool = False
    away: str | None = None
    bars: tuple[DurationBar | None, ...] | None = None
    focused: int | None = None

    def is_later(self, number: int) -> bool:
        """Tell whether a step comes after the one that is looked at."""
        return self.shown is not None and number > self.shown

    @property
    def marked(self) -> int:
        """Number of the step whose name stands below it; 0 for none."""
        if self.shown is not None:
            return self.shown
        return 0 if self.away is not None else self.steps.total


@dataclass(frozen=True, slots=True)
class CellColours:
    """What a cell is painted with."""

    ground: Role | None
    edge: Role
    icon: Role
    width: float = 1.0
    dashed: bool = False


class StripPainter:
    """Paints the stretch of a strip that is in sight.

    Args:
        painter: Whose origin is the left end of the whole strip.
        places: Where everything is.
        look: What is drawn.
        theme: Colours and fonts.
    """

    def __init__(
        self, painter: QPainter, places: StripPlaces, look: StripLook, theme: Theme
    ) -> None:
        self._painter = painter
        self._places = places
        self._look = look
        self._theme = theme

    def paint(self, left: float, right: float) -> None:
        """Paint what lies between two places, and nothing else."""
        name = self._paint_marked_name(left, right)
        for index in self._places.groups_between(left, right):
            self._paint_group(index, right, name)
        if self._look.bars is None:
            for index in self._places.cells_between(left, right):
                self._paint_cell(index)
        self._paint_playheads()

    def _paint_group(self, index: int, right: float, taken: QRectF) -> None:
        group, theme = self._look.steps.groups[index], self._theme
        begin, end = self._places.group(index)
        later = self._look.is_later(group.cells[0].number)
        role = Role.TEXT_MUTED if later else Role.TEXT_SECONDARY
        room = end - begin + theme.px(geometry.GROUP_GAP)
        if index + 1 == len(self._look.steps.groups):  # nothing stands right of the last one
            room = max(room, right - begin - theme.px(geometry.GROUP_GAP))
        name = QRectF(begin, theme.px(geometry.NAME_TOP), room, theme.px(geometry.NAME_HEIGHT))
        self._text(name, group.title, role)
        waits = self._look.away is not None and index + 1 == len(self._look.steps.groups)
        note = (self._look.away or "") if waits else group.note
        place = QRectF(begin, theme.px(geometry.NOTE_TOP), room, theme.px(geometry.NOTE_HEIGHT))
        if note and not self._text_rect(place, note).intersects(taken):
            self._text(place, note, role)
        if self._look.bars is not None:
            self._paint_bar(group, self._look.bars[index], QRectF(begin, 0, end - begin, 0), later)

    def _paint_cell(self, index: int) -> None:
        cell, theme, painter = self._look.steps.cells[index], self._theme, self._painter
        rect = self._places.cell(index, theme)
        later = self._look.is_later(cell.number)
        away = cell.glyph is Glyph.AWAY
        colours = self._colours(cell, away=away)
        painter.save()
        painter.setOpacity(LATER_OPACITY if later else 1.0)
        self._paint_box(rect, colours)
        if away:
            centre = QPointF(rect.left() + theme.px(20), rect.center().y())
            paint_icon(painter, centre, theme, cell.glyph.value, colours.icon, size=16)
        elif not cell.is_line:
            paint_icon(painter, rect.center(), theme, cell.glyph.value, colours.icon, size=16)
        painter.restore()
        if away:
            words = rect.adjusted(theme.px(34), 0, -theme.px(8), 0)
            self._text(words, cell.label, Role.TEXT_MUTED if later else colours.icon)
        if cell.number == self._look.focused:
            paint_focus_ring(painter, rect, theme.px(RADIUS), theme)

    def _paint_box(self, rect: QRectF, colours: CellColours) -> None:
        theme, painter = self._theme, self._painter
        width = theme.px(colours.width)
        pen = QPen(theme.colour(colours.edge), width)
        if colours.dashed:
            pen.setDashPattern([3, 2])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        ground = colours.ground
        painter.setBrush(Qt.BrushStyle.NoBrush if ground is None else theme.colour(ground))
        inside = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = min(theme.px(RADIUS), inside.width() / 3)
        painter.drawRoundedRect(inside, radius, radius)

    def _colours(self, cell: StepCell, *, away: bool) -> CellColours:
        look = self._look
        last = cell.number == look.steps.total
        icon = _ROLES.get(cell.glyph, Role.TEXT_SECONDARY)
        if cell.number == look.shown:
            role = Role.AWAY if away else Role.TEXT
            return CellColours(Role.TILE, role, role, 2, dashed=away)
        if away:
            waits = last and look.away is not None
            ground = Role.AWAY_TINT if waits else None
            return CellColours(ground, Role.AWAY, Role.AWAY, 1.5, dashed=True)
        if last and look.shown is None and look.paused:
            return CellColours(Role.PAUSED_TINT, Role.PAUSED, Role.PAUSED, 2)
        if last and look.shown is None:
            return CellColours(Role.ACCENT_TINT, Role.ACCENT, icon, 2)
        return CellColours(None, Role.CONTROL_BORDER, icon)

    def _paint_bar(
        self, group: StepGroup, bar: DurationBar | None, column: QRectF, later: bool
    ) -> None:
        theme, painter = self._theme, self._painter
        height = self._bar_height()
        top = theme.px(geometry.CELL_TOP) + (theme.px(geometry.CELL_HEIGHT) - height) / 2
        track = QRectF(column.left(), top, column.width(), height)
        painter.save()
        painter.setOpacity(LATER_OPACITY if later else 1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.TILE))
        painter.drawRoundedRect(track, theme.px(3), theme.px(3))
        if bar is not None:
            away = group.kind == "away"
            painter.setBrush(theme.colour(Role.AWAY if away else Role.TEXT_SECONDARY))
            length = max(track.width() * bar.share, theme.px(3))
            painter.drawRoundedRect(
                QRectF(track.left(), top, length, height), theme.px(3), theme.px(3)
            )
            if bar.broken:
                self._paint_break(track)
        painter.restore()

    def _paint_break(self, track: QRectF) -> None:
        """Paint two slanted cuts: the bar is longer than the axis."""
        theme, painter = self._theme, self._painter
        slant, gap = theme.px(4), theme.px(4)
        for shift in (0, 2 * gap):
            x = track.right() - theme.px(28) + shift
            cut = QPainterPath(QPointF(x + slant, track.top() - 1))
            cut.lineTo(x + slant + gap, track.top() - 1)
            cut.lineTo(x - slant + gap, track.bottom() + 1)
            cut.lineTo(x - slant, track.bottom() + 1)
            painter.fillPath(cut, theme.colour(Role.SURFACE))

    def _paint_marked_name(self, left: float, right: float) -> QRectF:
        """Paint the name of the step that is shown below its cell; say where it stands."""
        number, theme = self._look.marked, self._theme
        cell = self._look.steps.numbered(number)
        if cell is None or cell.glyph is Glyph.AWAY:
            return QRectF()
        rect = self._places.cell(number - 1, theme)
        text = short_name(cell)
        width = theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(text) + 2
        lowest = left + theme.px(geometry.MARGIN)
        highest = max(lowest, right - width - theme.px(geometry.MARGIN))
        start = min(max(rect.center().x() - width / 2, lowest), highest)
        place = QRectF(start, theme.px(geometry.NOTE_TOP), width, theme.px(geometry.NOTE_HEIGHT))
        self._text(place, text, Role.TEXT)
        return place.adjusted(-theme.px(8), 0, theme.px(8), 0)

    def _paint_playheads(self) -> None:
        steps, shown = self._look.steps, self._look.shown
        if shown is not None and shown != steps.total:
            self._paint_playhead(shown, now=False)
        if steps.total:
            self._paint_playhead(steps.total, now=True)

    def _bar_height(self) -> float:
        return self._theme.px(BAR_HEIGHT)

    def _paint_playhead(self, number: int, *, now: bool) -> None:
        rect = self._places.cell(number - 1, self._theme)
        top = rect.top() if self._look.bars is None else rect.center().y() - self._bar_height() / 2
        tip = QPointF(rect.center().x(), top - self._theme.px(1))
        paint_playhead(self._painter, tip, self._theme, now=now)

    def _text_rect(self, place: QRectF, text: str) -> QRectF:
        width = self._theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(text)
        return QRectF(place.left(), place.top(), min(width, place.width()), place.height())

    def _text(self, place: QRectF, text: str, role: Role) -> None:
        metrics = self._theme.fonts.metrics(TextStyle.SECONDARY)
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        self._painter.setFont(self._theme.font(TextStyle.SECONDARY))
        self._painter.setPen(self._theme.colour(role))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._painter.drawText(place, middle | Qt.TextFlag.TextSingleLine, words)
