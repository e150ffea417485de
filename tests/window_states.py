"""Brings the designer into each of its states, by commands as its user gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from collections.abc import Iterator

    from designer_driver import Driver

PANELS = (
    CommandId.SHOW_LIBRARY,
    CommandId.SHOW_SCENARIOS,
    CommandId.SHOW_SECRETS,
    CommandId.SHOW_RECORDED,
    CommandId.SHOW_STEPS,
    CommandId.SHOW_CONSOLE,
    CommandId.SHOW_PROBLEMS,
    CommandId.FLOW_SETTINGS,
)
IN_A_LOGIN = (
    CommandId.SHOW_VARIABLES,
    CommandId.SHOW_CHANGES,
    CommandId.SHOW_TOKENS,
    CommandId.SHOW_BREAKPOINTS,
    CommandId.SHOW_CONSOLE,
    CommandId.SHOW_STEPS,
)
SHEETS = (
    CommandId.NEW_FLOW,
    CommandId.EXPORT,
    CommandId.PREFERENCES,
    CommandId.KEYBOARD_SHORTCUTS,
    CommandId.ABOUT,
    CommandId.SHOW_LOG,
    CommandId.DECLARE_SECRET,
)
POPUPS = (CommandId.COMMAND_PALETTE, CommandId.GO_TO_FILE)


def composing(desk: Driver) -> Iterator[str]:
    """Show everything there is before a login has begun, and yield its name each time."""
    yield "idle"
    for command in PANELS:
        yield given(desk, command)
    desk.views.lane.setFocus()
    desk.press("Home", "Down", "Return")
    yield "code"
    for command in (CommandId.REPLACE, CommandId.GO_TO_LINE):
        yield given(desk, command)
        desk.press("Escape")
    for command in SHEETS:
        yield given(desk, command)
        for sheet in desk.window.findChildren(Sheet):
            sheet.close_sheet()
        desk.turn()
    for command in POPUPS:
        yield given(desk, command)
        desk.press("Escape")
    given(desk, CommandId.RUN_SCENARIOS)
    desk.until(lambda: not desk.flow.scenarios.runs.is_running)
    yield given(desk, CommandId.SHOW_GRID)
    given(desk, CommandId.SHOW_GRID)


def logging_in(desk: Driver) -> Iterator[str]:
    """Lead one login through its states, and yield the name of what is shown each time."""
    desk.views.lane.setFocus()
    desk.press("F11")
    desk.until_state(states.Paused)
    yield from _all_of("paused", desk)
    desk.press("F5")
    desk.until_state(states.Away)
    yield from _all_of("away", desk)
    given(desk, CommandId.SHOW_DESK)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    desk.press("F5")
    desk.until_state(states.Finished)
    yield from _all_of("finished", desk)
    desk.press("Alt+Left")
    desk.until_state(states.Past)
    yield from _all_of("past", desk)
    desk.press("Escape")
    yield given(desk, CommandId.SHOW_RECORDED)


def _all_of(state: str, desk: Driver) -> Iterator[str]:
    yield state
    for command in IN_A_LOGIN:
        yield f"{state}, {given(desk, command)}"


def given(desk: Driver, command: CommandId) -> str:
    """Give a command, wait for what it shows, and return its name."""
    assert desk.window.commands.state(command).enabled, f"{command} cannot be given"
    desk.inside(lambda: desk.window.commands.trigger(command))
    desk.turn()
    popup = QApplication.activePopupWidget()
    assert popup is None or popup.isVisible()
    return command.value
