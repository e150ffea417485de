"""What the main window is given to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from loginwright_designer.main_window.bottom_view import BottomView
from loginwright_designer.main_window.rail import RailEntry


@dataclass(frozen=True, slots=True)
class PanelView:
    """One of several views that share a place.

    Attributes:
        key: Tells it from the others of its place.
        title: On its tab or header, and in the tooltip of its button.
        icon: On its button in the rail.
        widget: The view.
        first: What takes the keyboard when the panel is opened; None leaves it to Tab's order.
        own_header: The view has a header itself; the window adds none.
        shortcut: The key that opens it, for the tooltip.
    """

    key: str
    title: str
    icon: str
    widget: QWidget
    first: QWidget | None = None
    own_header: bool = False
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class ShellViews:
    """What the window shows before anything else of it is loaded.

    Attributes:
        picker: The scenario picker in the top bar.
        status: The status line.
        rail: The buttons of the side panels.
    """

    picker: QWidget
    status: QWidget
    rail: tuple[RailEntry, ...]


@dataclass(frozen=True, slots=True)
class WindowViews:
    """All views of the window.

    Attributes:
        picker: The scenario picker in the top bar.
        canvas: The lane.
        side: The side panels, as they follow one another in the rail.
        inspector: The inspector, with its own header.
        bottom: The panels at the bottom, as their tabs follow one another, or a view that has
            them already.
        status: The status line.
        grid: The grid of scenarios, which takes the place of canvas and editor; None for none.
        inspector_first: Returns what takes the keyboard in the inspector; None leaves it to Tab's
            order.
    """

    picker: QWidget
    canvas: QWidget
    side: tuple[PanelView, ...]
    inspector: QWidget
    bottom: tuple[PanelView, ...] | BottomView
    status: QWidget
    grid: QWidget | None = None
    inspector_first: Callable[[], QWidget | None] | None = None

    @property
    def shell(self) -> ShellViews:
        """What of it stands in the first frame."""
        entries = tuple(RailEntry(one.key, one.icon, one.title, one.shortcut) for one in self.side)
        return ShellViews(self.picker, self.status, entries)
