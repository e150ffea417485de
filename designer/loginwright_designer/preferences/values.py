"""What the user prefers, and how the window was left, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pathlib import Path

MOST_RECENT_FLOWS: Final = 10
SCHEMES: Final = ("light", "dark", "system")
ZOOMS: Final = range(100, 201)


@dataclass(frozen=True, slots=True)
class RecentFlow:
    """A flow that was opened: where it is, and what it was called then."""

    folder: str
    name: str


@dataclass(frozen=True, slots=True)
class WindowState:
    """Where the window was on the screen, in logical pixels."""

    left: int
    top: int
    width: int
    height: int
    maximized: bool = False


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the window was divided while composing, or while running.

    Attributes:
        sizes: Of each splitter by its name, in logical pixels at a zoom of 100 %.
        panels: The panel shown in each place by the place's name; empty when it was closed.
    """

    sizes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    panels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What was open when the window was closed, so that the next start goes on there.

    Attributes:
        folder: Of the flow.
        scenario: The scenario that was chosen, by its file; None is the default login.
        files: Sources that were open, in the order of their tabs.
        composing: The arrangement, else running.
        in_order: The window was closed by its user: what was not saved comes back unasked.
    """

    folder: str
    scenario: str | None = None
    files: tuple[str, ...] = ()
    composing: bool = True
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user prefers; trusted folders and secrets are not among it.

    Attributes:
        theme: Light or dark colours, or what the system says.
        zoom: How large everything is, in percent.
        reduce_motion: Nothing moves.
        recent_flows: The last opened one first.
        window: None before the first close.
        compose: The arrangement while composing.
        run: The arrangement while running.
        coach_dismissed: Whether the line for the first start was sent away.
        background_runs: Scenarios run by themselves when the flow is saved.
        left_open: What was open last; None before the first close.
        hosts_opened: Hosts whose address was once opened in the browser, after it was shown.
    """

    theme: Literal["light", "dark", "system"] = "system"
    zoom: int = 100
    reduce_motion: bool = False
    recent_flows: tuple[RecentFlow, ...] = ()
    window: WindowState | None = None
    compose: Arrangement = Arrangement()
    run: Arrangement = Arrangement()
    coach_dismissed: bool = False
    background_runs: bool = True
    left_open: LeftOpen | None = None
    hosts_opened: tuple[str, ...] = ()

    def changed(self, **changes: object) -> Preferences:
        """Return the preferences after some of them were given other values."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names and values fit together

    def with_recent_flow(self, folder: Path, name: str) -> Preferences:
        """Return the preferences after a flow was opened."""
        opened = RecentFlow(folder=str(folder), name=name)
        others = [flow for flow in self.recent_flows if flow.folder != opened.folder]
        return replace(self, recent_flows=(opened, *others)[:MOST_RECENT_FLOWS])
