"""Says what a drop would do before it is done: the gap, and the numbers the cards would have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_model import LaneModel

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class DropPreview:
    """What a drop would do.

    Attributes:
        gap: Where it would go; 0 before the first card.
        moved: Ids of the cards of this lane that are dragged; none where it comes from outside.
        order: Ids as they would stand; None stands for what comes from outside.
        number: What the first of the dropped would be.
    """

    gap: int
    moved: tuple[str, ...]
    order: tuple[str | None, ...]
    number: int

    def numbers(self, action: str, now: int) -> tuple[int, str]:
        """Return the number a card would have and, where it is another one, "was 2"."""
        number = self.order.index(action) + 1 if action in self.order else now
        return number, "" if number == now else was(now)


def was(number: int) -> str:
    """Say which number a card has as long as nothing is dropped."""
    return translate("Lane", "was {number}").format(number=number)


def preview_of(model: LaneModel, gap: int, moved: tuple[str, ...], coming: int = 1) -> DropPreview:
    """Return what a drop into a gap would do.

    Args:
        model: The lane.
        gap: 0 before the first card.
        moved: Ids of its own cards that are dragged.
        coming: How many come from outside, where none is moved.
    """
    if moved:
        position = model.position_of_gap(moved, gap)
        return DropPreview(gap, moved, tuple(model.order_after(moved, position)), position + 1)
    known = [card.action for card in model.lane.cards]
    return DropPreview(gap, (), (*known[:gap], *[None] * coming, *known[gap:]), gap + 1)
