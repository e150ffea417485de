"""What is open in the window, what is in front, and what went because the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.main_window.arrangement import SIDE_DOCKS_FROM, Mode, Page, Pane, Wish
from loginwright_designer.main_window.arrangement_memory import CLOSED, ArrangementMemory

if TYPE_CHECKING:
    from loginwright_designer.main_window.arrangement_memory import Sizes


class PlaceState:
    """Follows what the user opens, closes and resizes.

    Attributes:
        memory: What is remembered of both arrangements.
        page: Whether the flow or the grid is in front.
        front: The pane in front where panes are tabs.

    Args:
        memory: As the preferences have kept it.
    """

    def __init__(self, memory: ArrangementMemory) -> None:
        self.memory = memory
        self.page = Page.FLOW
        self.front = Pane.CANVAS
        self._side_left = False
        self._was_wide = True

    @property
    def open_side(self) -> str | None:
        """The side panel that is seen, None where none is."""
        side = self.memory.shown(Pane.SIDE)
        if side == CLOSED or self._side_left or not self._wants_side():
            return None
        return side

    def open(self, pane: Pane, key: str, *, by_hand: bool) -> None:
        """Open something."""
        self._side_left = self._side_left and pane is not Pane.SIDE
        self.memory = self.memory.opened(pane, key, by_hand=by_hand)

    def close(self, pane: Pane) -> None:
        """Close something, as the user wished."""
        self.memory = self.memory.closed(pane)

    def switch(self, mode: Mode) -> None:
        """Arrange the window for another mode; that begins with the flow."""
        self.memory = self.memory.switched(mode)
        self.page = Page.FLOW

    def resize(self, sizes: Sizes) -> None:
        """Remember how large the panes are."""
        self.memory = self.memory.resized(sizes)

    def leave_side(self) -> None:
        """Let the side panel that lies over go; where there is room for it, it comes back."""
        self._side_left = True

    def fit(self, width: int) -> bool:
        """Follow the window's width; return whether the side panel went or came with it.

        Args:
            width: At a zoom of 100 %.
        """
        wide, left = width >= SIDE_DOCKS_FROM, self._side_left
        self._side_left = not wide and (left or self._was_wide)
        self._was_wide = wide
        return self._side_left is not left

    def _wants_side(self) -> bool:
        """Beside the grid there is room for a side panel only if it was opened by hand."""
        return self.page is Page.FLOW or Pane.SIDE in self.memory.by_hand

    def wish(self, *, pages: bool) -> Wish:
        """Return what is to be shown.

        Args:
            pages: Something is open in the editor area; while composing, it is not shown empty.
        """
        shown = self.memory.shown
        editor = shown(Pane.EDITOR) != CLOSED and (pages or self.memory.mode is Mode.RUN)
        return Wish(
            side=self.open_side is not None,
            editor=editor,
            inspector=shown(Pane.INSPECTOR) != CLOSED,
            bottom=shown(Pane.BOTTOM) != CLOSED,
            page=self.page,
            front=self.front,
        )
