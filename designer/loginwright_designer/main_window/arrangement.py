"""Decides how the window is divided: which panes stand where, and how wide they are.

Lengths are those of the design, at a zoom of 100 %; nothing here needs a window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

SIDE_DOCKS_FROM: Final = 1280
"""Below, the side panel lies over the canvas (desktop.md, "Three jobs, two arrangements")."""

INSPECTOR_STANDS_FROM: Final = 1100
"""Below, the inspector is a tab beside the code."""

COLUMNS_FROM: Final = 900
"""Below, canvas and editor are tabs."""

ROWS_FROM: Final = 560
"""High; a window both narrow and lower than this shows the bottom panel as a tab too."""

SMALLEST: Final = (640, 400)
RAIL: Final = 48
STATUS: Final = 28
SIDE: Final = 240
SIDE_LEAST: Final = 200
CANVAS: Final = 320
CANVAS_LEAST: Final = 280
INSPECTOR: Final = 336
INSPECTOR_LEAST: Final = 280
EDITOR_LEAST: Final = 700
"""80 columns, the gutter and a scroll bar at the editor's usual size."""

BOTTOM: Final = 144
BOTTOM_COMPOSING: Final = 76
BOTTOM_LEAST: Final = 76
MIDDLE_LEAST: Final = 120


class Mode(StrEnum):
    """What the window is arranged for."""

    COMPOSE = "compose"
    RUN = "run"


class Pane(StrEnum):
    """The parts of the window that can be divided differently."""

    SIDE = "side"
    CANVAS = "canvas"
    EDITOR = "editor"
    INSPECTOR = "inspector"
    BOTTOM = "bottom"


class Page(StrEnum):
    """What stands in the canvas's place."""

    FLOW = "flow"
    SCENARIOS = "scenarios"  # takes the editor's place as well


class SidePlace(StrEnum):
    """Where the side panel is."""

    CLOSED = "closed"
    DOCKED = "docked"
    OVERLAY = "overlay"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown.

    Attributes:
        side: A side panel is open.
        editor: Code, or another page of the editor area, is open; always while running.
        inspector: The inspector is open.
        bottom: The bottom panel is open.
        page: What stands in the canvas's place.
        front: The pane used last, which is in front where panes are tabs.
    """

    side: bool = True
    editor: bool = False
    inspector: bool = True
    bottom: bool = True
    page: Page = Page.FLOW
    front: Pane = Pane.CANVAS


@dataclass(frozen=True, slots=True)
class LayoutPlan:
    """How the window is divided.

    Attributes:
        side: Where the side panel is.
        shown: The panes that can be seen, without the side panel.
        all_tabs: The panes that share the whole middle as tabs; empty where there are columns.
        work_tabs: The panes that share the place beside the canvas as tabs; empty else.
    """

    side: SidePlace
    shown: frozenset[Pane]
    all_tabs: tuple[Pane, ...] = ()
    work_tabs: tuple[Pane, ...] = ()

    @property
    def reachable(self) -> frozenset[Pane]:
        """The panes that are seen, or are one tab away."""
        side = frozenset() if self.side is SidePlace.CLOSED else frozenset({Pane.SIDE})
        return self.shown | frozenset(self.all_tabs) | frozenset(self.work_tabs) | side


@dataclass(frozen=True, slots=True)
class Widths:
    """Wanted widths of the columns; the editor has what is left, else the canvas has it."""

    side: int = SIDE
    canvas: int = CANVAS
    inspector: int = INSPECTOR


def layout_for(width: int, height: int, wish: Wish) -> LayoutPlan:
    """Return how a window of some size shows what is wished.

    Args:
        width: Of the window.
        height: Of the window.
        wish: What is to be shown.
    """
    panes = _wished(wish)
    side = _side(width, wish)
    if width < COLUMNS_FROM:
        return _one_column(side, panes, wish.front, low=height < ROWS_FROM)
    both = tuple(pane for pane in (Pane.EDITOR, Pane.INSPECTOR) if pane in panes)
    if width < INSPECTOR_STANDS_FROM and len(both) == 2:
        front = wish.front if wish.front in both else Pane.EDITOR
        return LayoutPlan(side, frozenset(set(panes) - set(both) | {front}), (), both)
    return LayoutPlan(side, frozenset(panes))


def column_widths(
    available: int, plan: LayoutPlan, wanted: Widths, editor_least: int = EDITOR_LEAST
) -> dict[Pane, int]:
    """Return the width of each column that is seen; together they are what is available.

    The editor has its 80 columns as long as canvas and inspector can give way down to their own
    least widths; below that, it is the editor that scrolls. Where the inspector is a tab beside
    the code, it has the place of the code, so that nothing moves when one gives way to the other.

    Args:
        available: All that the columns share.
        plan: Which of them are seen.
        wanted: How wide they should be.
        editor_least: 80 columns and the gutter.
    """
    if plan.work_tabs and Pane.EDITOR not in plan.shown:
        code = replace(plan, shown=plan.shown - {Pane.INSPECTOR} | {Pane.EDITOR})
        widths = column_widths(available, code, wanted, editor_least)
        widths[Pane.INSPECTOR] = widths.pop(Pane.EDITOR)
        return widths
    columns = [pane for pane in _COLUMNS if pane in plan.shown or _docked(pane, plan)]
    if not columns:
        return {}
    elastic = Pane.EDITOR if Pane.EDITOR in columns else columns[0]
    if Pane.EDITOR not in columns and Pane.CANVAS in columns:
        elastic = Pane.CANVAS
    elastic_least = editor_least if elastic is Pane.EDITOR else CANVAS_LEAST
    widths = {pane: max(_wanted(pane, wanted), _LEAST[pane]) for pane in columns}
    missing = elastic_least - (available - sum(w for p, w in widths.items() if p is not elastic))
    for pane in (Pane.CANVAS, Pane.INSPECTOR, Pane.SIDE):
        if pane in widths and pane is not elastic and missing > 0:
            given = min(missing, widths[pane] - _LEAST[pane])
            widths[pane] -= given
            missing -= given
    widths[elastic] = max(available - sum(w for p, w in widths.items() if p is not elastic), 0)
    return widths


def bottom_height(available: int, wanted: int) -> int:
    """Return the height of the bottom panel: as wished, as long as the middle keeps some.

    Args:
        available: What middle and bottom share.
        wanted: As it was last.
    """
    return max(BOTTOM_LEAST, min(wanted, available - MIDDLE_LEAST))


_COLUMNS: Final = (Pane.SIDE, Pane.CANVAS, Pane.EDITOR, Pane.INSPECTOR)
_LEAST: Final = {
    Pane.SIDE: SIDE_LEAST,
    Pane.CANVAS: CANVAS_LEAST,
    Pane.EDITOR: 0,
    Pane.INSPECTOR: INSPECTOR_LEAST,
}


def _wished(wish: Wish) -> tuple[Pane, ...]:
    """The grid of scenarios has the editor's place too."""
    editor = wish.editor and wish.page is Page.FLOW
    wanted = {
        Pane.CANVAS: True,
        Pane.EDITOR: editor,
        Pane.INSPECTOR: wish.inspector,
        Pane.BOTTOM: wish.bottom,
    }
    return tuple(pane for pane, shown in wanted.items() if shown)


def _side(width: int, wish: Wish) -> SidePlace:
    if not wish.side:
        return SidePlace.CLOSED
    return SidePlace.DOCKED if width >= SIDE_DOCKS_FROM else SidePlace.OVERLAY


def _one_column(side: SidePlace, panes: tuple[Pane, ...], front: Pane, *, low: bool) -> LayoutPlan:
    as_row = not low and Pane.BOTTOM in panes
    tabs = tuple(pane for pane in panes if not (as_row and pane is Pane.BOTTOM))
    shown = {front if front in tabs else Pane.CANVAS} | ({Pane.BOTTOM} if as_row else set())
    return LayoutPlan(side, frozenset(shown), tabs if len(tabs) > 1 else ())


def _docked(pane: Pane, plan: LayoutPlan) -> bool:
    return pane is Pane.SIDE and plan.side is SidePlace.DOCKED


def _wanted(pane: Pane, widths: Widths) -> int:
    match pane:
        case Pane.SIDE:
            return widths.side
        case Pane.CANVAS:
            return widths.canvas
        case Pane.INSPECTOR:
            return widths.inspector
        case _:
            return 0
