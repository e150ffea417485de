"""What one row of the table of commands says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from loginwright_designer.main_window.command_ids import CommandId


class Menu(StrEnum):
    """The menus in their order; the value is what stands on them."""

    FILE = "File"
    EDIT = "Edit"
    FLOW = "Flow"
    RUN = "Run"
    SCENARIOS = "Scenarios"
    VIEW = "View"
    HELP = "Help"


class Keys(StrEnum):
    """Who answers a command's keys.

    A widget that has the keyboard always comes first with the keys it claims for itself, as text
    fields do with Ctrl+C.
    """

    WINDOW = "window"  # the window, wherever the keyboard is
    CODE = "code"  # code that has the keyboard; the window, where anything else has it
    CANVAS = "canvas"  # the window, but only while the canvas has the keyboard
    LANE = "lane"  # the lane itself; the window only shows them
    GRID = "grid"  # the grid of scenarios itself; the window only shows them
    ESCAPE = "escape"  # the window, once nothing else has taken Esc


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """One row of the table.

    Attributes:
        id: Which command.
        text: What stands in menu and palette; with "…" where more is asked.
        menu: Where it stands.
        shortcuts: As ``QKeySequence`` reads them; the first is shown.
        tooltip: What it does, where the text alone does not say it.
        mac: The shortcuts on macOS, where they differ.
        keywords: What else one might type in the palette.
        keys: Who answers the shortcuts.
        checkable: It is on or off.
        group: Commands of one group stand together, with a line before the next.
    """

    id: CommandId
    text: str
    menu: Menu
    shortcuts: tuple[str, ...] = ()
    tooltip: str = ""
    mac: tuple[str, ...] = ()
    keywords: str = ""
    keys: Keys = Keys.WINDOW
    checkable: bool = False
    group: int = 0

    def shown_text(self) -> str:
        """Return the text in the user's language."""
        return translated(self.text)

    def keys_on(self, *, mac: bool) -> tuple[str, ...]:
        """Return the shortcuts of a system."""
        return self.mac if mac and self.mac else self.shortcuts


def translated(text: str) -> str:
    """Return a text of this table in the user's language."""
    return QCoreApplication.translate("Commands", text) if text else ""
