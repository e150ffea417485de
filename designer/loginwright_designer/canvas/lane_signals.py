"""What the canvas tells: one payload for each of its signals."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QPoint


@dataclass(frozen=True, slots=True)
class ActionSelection:
    """Other cards are selected.

    Attributes:
        actions: Ids of the selected actions, in the order of the flow.
        current: The one the keyboard is on, or None.
    """

    actions: tuple[str, ...]
    current: str | None


@dataclass(frozen=True, slots=True)
class ActionOpening:
    """The user asked for an action's code.

    Attributes:
        action: Its id.
        handler: The handler whose card was meant, or None for the action as a whole.
    """

    action: str
    handler: str | None = None


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """The user asked for another order.

    Attributes:
        actions: Ids of what moves, in the order of the flow.
        position: Index of the first of them afterwards, as ``move_actions`` takes it.
    """

    actions: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class RenameRequest:
    """The user typed another name on a card."""

    action: str
    name: str


@dataclass(frozen=True, slots=True)
class DeleteRequest:
    """The user asked to delete actions; nothing is asked, undo is offered."""

    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InsertRequest:
    """The user asked for an action at an insert point.

    Attributes:
        gap: 0 before the first card, 1 behind it, and so on.
        at: Where on the screen that is.
    """

    gap: int
    at: QPoint


@dataclass(frozen=True, slots=True)
class MenuRequest:
    """The user asked for the context menu.

    Attributes:
        actions: Ids of the selected actions; empty on the canvas beside the cards.
        at: Where on the screen.
    """

    actions: tuple[str, ...]
    at: QPoint


@dataclass(frozen=True, slots=True)
class DroppedTemplate:
    """A template of the library, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class DroppedFiles:
    """Files of a file manager."""

    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class DroppedCode:
    """Code as text."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DroppedActions:
    """Actions of another lane, as the clipboard holds them."""

    content: bytes = field(repr=False)


Dropped: TypeAlias = DroppedTemplate | DroppedFiles | DroppedCode | DroppedActions


@dataclass(frozen=True, slots=True)
class DropRequest:
    """Something from outside was dropped onto the lane.

    Attributes:
        gap: 0 before the first card, 1 behind it, and so on.
        content: What it was.
    """

    gap: int
    content: Dropped


@dataclass(frozen=True, slots=True)
class DragChange:
    """Something is dragged over the lane, or no more.

    Attributes:
        number: What the first of the dropped would be; None: nothing is dragged any more.
        total: How many actions there would be after the drop.
        moved: Ids of the cards that are dragged; none where it comes from outside.
        content: What comes from outside, else None.
    """

    number: int | None = None
    total: int = 0
    moved: tuple[str, ...] = ()
    content: Dropped | None = None


@dataclass(frozen=True, slots=True)
class PlacingChange:
    """The user is typing the place an action is to have, or has stopped.

    Attributes:
        text: What to say about it, in the status bar too; empty when it is over.
    """

    text: str


@dataclass(frozen=True, slots=True)
class LaneAnnouncement:
    """What was just said to who cannot see the lane."""

    text: str
