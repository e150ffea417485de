"""Answers the commands that only concern places: which pane is open, in front, or has the keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from loginwright_designer.main_window.arrangement import Mode, Page, Pane
from loginwright_designer.main_window.command_ids import CommandId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_designer.main_window.command_set import CommandSet
    from loginwright_designer.main_window.window import MainWindow

SIDE_COMMANDS: Final[Mapping[CommandId, str]] = {
    CommandId.SHOW_LIBRARY: "library",
    CommandId.SHOW_SCENARIOS: "scenarios",
    CommandId.SHOW_SECRETS: "secrets",
    CommandId.SHOW_RECORDED: "recorded",
}
"""Commands that open a side panel, with the panel's key."""

BOTTOM_COMMANDS: Final[Mapping[CommandId, str]] = {
    CommandId.SHOW_STEPS: "steps",
    CommandId.SHOW_CONSOLE: "console",
    CommandId.SHOW_PROBLEMS: "problems",
}
"""Commands that open a panel at the bottom, with the panel's key."""


def place_commands(window: MainWindow) -> Mapping[CommandId, Callable[[], object]]:
    """Return what the window itself does, by command."""
    answers: dict[CommandId, Callable[[], object]] = {
        CommandId.COMPOSE: partial(_arrange, window, Mode.COMPOSE),
        CommandId.RUN_ARRANGEMENT: partial(_arrange, window, Mode.RUN),
        CommandId.SHOW_GRID: lambda: _toggle_grid(window),
        CommandId.COMMAND_PALETTE: window.open_commands,
        CommandId.OPEN_RECENT: window.open_recent,
        CommandId.OPEN_MENU: window.top_bar.open_menu,
        CommandId.NEXT_PANE: lambda: window.ring.go(1),
        CommandId.PREVIOUS_PANE: lambda: window.ring.go(-1),
        CommandId.NEXT_TAB: partial(_choose_tab, window, 1),
        CommandId.PREVIOUS_TAB: partial(_choose_tab, window, -1),
        CommandId.CLOSE_TAB: partial(_close_tab, window),
        CommandId.CLOSE_WINDOW: window.close,
    }
    for command, key in SIDE_COMMANDS.items():
        answers[command] = partial(_toggle_side, window, key)
    for command, key in BOTTOM_COMMANDS.items():
        answers[command] = partial(window.open_bottom, key, focus=True)
    return answers


def show_checks(commands: CommandSet, mode: Mode, side: str | None) -> None:
    """Mark in the menus what is open.

    Args:
        commands: The commands.
        mode: The arrangement in use.
        side: The side panel that is seen, None where none is.
    """
    commands.set_checked(CommandId.COMPOSE, mode is Mode.COMPOSE)
    commands.set_checked(CommandId.RUN_ARRANGEMENT, mode is Mode.RUN)
    for command, key in SIDE_COMMANDS.items():
        commands.set_checked(command, key == side)


def _toggle_side(window: MainWindow, key: str) -> None:
    """Open a panel and go into it; once the keyboard is in it, close it."""
    focused = window.focusWidget()
    inside = focused is not None and window.side_panel.isAncestorOf(focused)
    if inside and window.memory.shown(Pane.SIDE) == key:
        window.open_side(None)
        window.focus_pane(Pane.CANVAS)
    else:
        window.open_side(key, focus=True)


def _arrange(window: MainWindow, mode: Mode) -> None:
    """Arrange the flow for composing or for a run; the grid stands before both, and makes way."""
    if window.page is Page.SCENARIOS:
        window.show_page(Page.FLOW, focus=True)
    window.show_mode(mode)


def _choose_tab(window: MainWindow, by: int) -> None:
    if window.page is Page.SCENARIOS:
        window.open_editor()
    window.editor_area.tabs.choose_beside(by)


def _close_tab(window: MainWindow) -> None:
    """Close the tab in front; of those behind the grid none, which nobody would see going."""
    if window.page is Page.SCENARIOS:
        window.open_editor(focus=True)
    else:
        window.editor_area.ask_to_close()


def _toggle_grid(window: MainWindow) -> None:
    wanted = Page.FLOW if window.page is Page.SCENARIOS else Page.SCENARIOS
    window.show_page(wanted, focus=True)
