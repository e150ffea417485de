"""What decides, beside a row itself, how it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

EDGE = 16
"""From the panel's side to its words; a tinted row reaches 8 further (mocks/notes.md)."""

INDENT = 40
"""From the panel's side to words that stand behind a mark."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands among the others.

    Attributes:
        selected: It is the current one.
        focused: The keyboard is on it.
        link_hovered: The pointer is on its link.
    """

    selected: bool = False
    focused: bool = False
    link_hovered: bool = False


class RowPicture(Protocol):
    """How one row is drawn."""

    def height(self, width: float) -> float:
        """Return how high it is in a list of this width."""
        ...

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint it."""
        ...

    def link(self, rect: QRectF) -> QRectF:
        """Return where its link stands; nowhere where it has none."""
        ...


class Linkless:
    """A picture without a link."""

    __slots__ = ()

    def link(self, rect: QRectF) -> QRectF:
        """Return nowhere."""
        return QRectF()
