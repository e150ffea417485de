"""Works out where every step of the strip stands; painting and the mouse both ask here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from loginwright_designer.simulation.steps import StepGroup, Steps
    from loginwright_designer.theme.theme import Theme

HEIGHT = 104
MARGIN = 16
CELL_WIDTH = 48
CELL_HEIGHT = 32
LINE_WIDTH, LINE_PITCH, LINE_HEIGHT = 10, 12, 16
"""Of a recorded line, which stands one level below the calls."""
PITCH = 52
GROUP_GAP = 12
AWAY_WIDTH = 168
NAME_TOP = 5
NAME_HEIGHT = 17
CELL_TOP = 32
NOTE_TOP = 67
NOTE_HEIGHT = 18
"""mocks/notes.md, "Geometry"."""

COLUMN_WIDTH = 168
"""Of a group while durations are shown."""

_FAR = 8.0
"""A duration so many times the median's is cut, so that the others can be told apart."""


@dataclass(frozen=True, slots=True)
class StripPlaces:
    """Where the cells and groups of a strip are, from the left end of the whole strip.

    Attributes:
        lefts: Of each cell.
        rights: Of each cell.
        firsts: Index of the first cell of each group.
        group_rights: Right end of each group.
        width: Of the whole strip.
    """

    lefts: list[float] = field(repr=False)
    rights: list[float] = field(repr=False)
    firsts: list[int] = field(repr=False)
    group_rights: list[float] = field(repr=False)
    width: float

    def cell(self, index: int, theme: Theme) -> QRectF:
        """Return the shape of a cell."""
        left, right = self.lefts[index], self.rights[index]
        if right - left <= theme.px(LINE_WIDTH):
            top = theme.px(CELL_TOP + CELL_HEIGHT - LINE_HEIGHT)
            return QRectF(left, top, right - left, theme.px(LINE_HEIGHT))
        return QRectF(left, theme.px(CELL_TOP), right - left, theme.px(CELL_HEIGHT))

    def cells_between(self, left: float, right: float) -> range:
        """Return the indexes of the cells that a stretch of the strip shows."""
        return range(bisect_left(self.rights, left), bisect_right(self.lefts, right))

    def groups_between(self, left: float, right: float) -> range:
        """Return the indexes of the groups that a stretch of the strip shows."""
        first = bisect_left(self.group_rights, left)
        last = bisect_right(self.firsts, right, key=lambda index: self.lefts[index])
        return range(first, last)

    def group(self, index: int) -> tuple[float, float]:
        """Return where a group begins and ends."""
        return self.lefts[self.firsts[index]], self.group_rights[index]

    def nearest(self, x: float) -> int:
        """Return the cell a playhead at ``x`` points to; -1 where there is none."""
        if not self.lefts:
            return -1
        index = max(bisect_right(self.lefts, x) - 1, 0)
        following = index + 1
        if following < len(self.lefts) and self.lefts[following] - x < x - self.rights[index]:
            return following
        return index


def step_places(steps: Steps, theme: Theme) -> StripPlaces:
    """Return the places of equal cells, grouped."""
    width, pitch = theme.px(CELL_WIDTH), theme.px(PITCH)
    gap, away = theme.px(GROUP_GAP), theme.px(AWAY_WIDTH)
    line, line_pitch = theme.px(LINE_WIDTH), theme.px(LINE_PITCH)
    lefts: list[float] = []
    rights: list[float] = []
    firsts: list[int] = []
    group_rights: list[float] = []
    x = float(theme.px(MARGIN))
    for group in steps.groups:
        firsts.append(len(lefts))
        wide = away if group.kind == "away" else width
        for cell in group.cells:
            lefts.append(x)
            rights.append(x + (line if cell.is_line else wide))
            x += line_pitch if cell.is_line else pitch - width + wide
        group_rights.append(rights[-1] if rights else x)
        x += gap
    end = (group_rights[-1] if group_rights else 0.0) + theme.px(MARGIN)
    return StripPlaces(lefts, rights, firsts, group_rights, end)


def duration_places(steps: Steps, theme: Theme) -> StripPlaces:
    """Return the places of equal columns, one a group; its cells share the column."""
    column, gap = theme.px(COLUMN_WIDTH), theme.px(PITCH - CELL_WIDTH + GROUP_GAP)
    lefts: list[float] = []
    rights: list[float] = []
    firsts: list[int] = []
    group_rights: list[float] = []
    x = float(theme.px(MARGIN))
    for group in steps.groups:
        firsts.append(len(lefts))
        share = column / max(len(group.cells), 1)
        for number in range(len(group.cells)):
            lefts.append(x + number * share)
            rights.append(x + (number + 1) * share)
        group_rights.append(x + column)
        x += column + gap
    return StripPlaces(lefts, rights, firsts, group_rights, max(x - gap, 0.0) + theme.px(MARGIN))


@dataclass(frozen=True, slots=True)
class DurationBar:
    """How long a group took, as a bar.

    Attributes:
        share: Of the column, from 0 to 1.
        broken: It is longer than the axis reaches, and is cut.
    """

    share: float
    broken: bool = False


def duration_bars(groups: tuple[StepGroup, ...]) -> tuple[DurationBar | None, ...]:
    """Return the bars of all groups on one axis, which breaks before what is far longer.

    The time away is no time of the login's own and always breaks the axis; a group without a
    duration has no bar.
    """
    known = [group.duration_ms for group in groups if group.duration_ms is not None]
    axis = _axis(known)
    return tuple(_bar(group, axis) for group in groups)


def _axis(durations: list[float]) -> float:
    """Return the longest duration that is not far longer than most."""
    if not durations:
        return 1.0
    limit = median(durations) * _FAR
    return max((one for one in durations if one <= limit), default=max(durations)) or 1.0


def _bar(group: StepGroup, axis: float) -> DurationBar | None:
    if group.kind == "away":
        return DurationBar(1.0, broken=True)
    if group.duration_ms is None:
        return None
    if group.duration_ms > axis:
        return DurationBar(1.0, broken=True)
    return DurationBar(group.duration_ms / axis)
