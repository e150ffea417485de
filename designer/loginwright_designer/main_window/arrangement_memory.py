"""Remembers, for composing and for running, what is open and how large it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from loginwright_designer.main_window.arrangement import (
    BOTTOM,
    BOTTOM_COMPOSING,
    Mode,
    Pane,
    Widths,
)
from loginwright_designer.preferences import Arrangement

CLOSED: Final = ""
OPEN: Final = "open"
"""What is kept of a pane that holds one view only."""

FIRST: Final[Mapping[Mode, Mapping[Pane, str]]] = {
    Mode.COMPOSE: {
        Pane.SIDE: "library",
        Pane.EDITOR: CLOSED,
        Pane.INSPECTOR: OPEN,
        Pane.BOTTOM: "problems",
    },
    Mode.RUN: {
        Pane.SIDE: CLOSED,
        Pane.EDITOR: OPEN,
        Pane.INSPECTOR: OPEN,
        Pane.BOTTOM: "steps",
    },
}
"""What is open before anybody has changed it (desktop.md, "Three jobs, two arrangements")."""

_COLUMN_NAMES: Final = "columns"
_ROW_NAMES: Final = "rows"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the panes are, at a zoom of 100 %."""

    widths: Widths = field(default_factory=Widths)
    bottom: int = BOTTOM


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of one arrangement.

    Attributes:
        panels: What each pane shows; ``CLOSED`` where it is closed.
        sizes: How large the panes are.
    """

    panels: Mapping[Pane, str]
    sizes: Sizes


@dataclass(frozen=True, slots=True)
class ArrangementMemory:
    """Both arrangements, and which of them is in use.

    Attributes:
        mode: The one in use.
        kept: What is remembered of each.
        by_hand: Panes that were opened by hand since the last switch, with what they show; a
            switch does not close them.
        carried: Those of them that a switch has let stay open.
    """

    mode: Mode = Mode.COMPOSE
    kept: Mapping[Mode, Kept] = field(default_factory=lambda: {mode: _first(mode) for mode in Mode})
    by_hand: Mapping[Pane, str] = field(default_factory=dict)
    carried: Mapping[Pane, str] = field(default_factory=dict)

    def shown(self, pane: Pane) -> str:
        """Return what a pane shows now; ``CLOSED`` where it is closed."""
        return self.carried.get(pane, self.kept[self.mode].panels.get(pane, CLOSED))

    @property
    def sizes(self) -> Sizes:
        """How large the panes are in the arrangement in use."""
        return self.kept[self.mode].sizes

    def opened(self, pane: Pane, key: str = OPEN, *, by_hand: bool = True) -> ArrangementMemory:
        """Return the memory after something was opened.

        Args:
            pane: Where.
            key: What.
            by_hand: The user asked for it; it is remembered, and the next switch spares it.
        """
        if not by_hand:
            return replace(self, carried={**self.carried, pane: key})
        after = self._with(pane, key)
        return replace(after, by_hand={**self.by_hand, pane: key})

    def closed(self, pane: Pane) -> ArrangementMemory:
        """Return the memory after the user has closed a pane."""
        after = self._with(pane, CLOSED)
        return replace(after, by_hand={p: key for p, key in self.by_hand.items() if p is not pane})

    def resized(self, sizes: Sizes) -> ArrangementMemory:
        """Return the memory after the user has divided the window differently."""
        kept = replace(self.kept[self.mode], sizes=sizes)
        return replace(self, kept={**self.kept, self.mode: kept})

    def switched(self, mode: Mode) -> ArrangementMemory:
        """Return the memory after a switch; what was opened by hand since the last one stays."""
        if mode is self.mode:
            return self
        return replace(self, mode=mode, by_hand={}, carried=self.by_hand)

    def _with(self, pane: Pane, key: str) -> ArrangementMemory:
        kept = self.kept[self.mode]
        kept = replace(kept, panels={**kept.panels, pane: key})
        carried = {p: shown for p, shown in self.carried.items() if p is not pane}
        return replace(self, kept={**self.kept, self.mode: kept}, carried=carried)


def memory_from(compose: Arrangement, run: Arrangement) -> ArrangementMemory:
    """Return what the preferences have kept; composing comes first."""
    kept = {Mode.COMPOSE: _read(Mode.COMPOSE, compose), Mode.RUN: _read(Mode.RUN, run)}
    return ArrangementMemory(kept=kept)


def written(memory: ArrangementMemory, mode: Mode) -> Arrangement:
    """Return one arrangement as the preferences keep it."""
    kept = memory.kept[mode]
    widths = kept.sizes.widths
    return Arrangement(
        sizes={
            _COLUMN_NAMES: (widths.side, widths.canvas, widths.inspector),
            _ROW_NAMES: (kept.sizes.bottom,),
        },
        panels={pane.value: key for pane, key in kept.panels.items()},
    )


def _first(mode: Mode) -> Kept:
    bottom = BOTTOM_COMPOSING if mode is Mode.COMPOSE else BOTTOM
    return Kept(FIRST[mode], Sizes(bottom=bottom))


def _read(mode: Mode, arrangement: Arrangement) -> Kept:
    """Take what is there; anything missing or of another shape is as at the first start."""
    first = _first(mode)
    columns = arrangement.sizes.get(_COLUMN_NAMES, ())
    rows = arrangement.sizes.get(_ROW_NAMES, ())
    widths = Widths(*columns) if len(columns) == 3 else first.sizes.widths
    bottom = rows[0] if len(rows) == 1 else first.sizes.bottom
    panels = {pane: arrangement.panels.get(pane.value, key) for pane, key in first.panels.items()}
    return Kept(panels, Sizes(widths, bottom))
