"""The one table of commands: menu, palette, shortcut and tooltip are read from it (desktop.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from loginwright_designer.main_window.command_ids import CommandId as Id
from loginwright_designer.main_window.menu_command import Keys, Menu, MenuCommand

if TYPE_CHECKING:
    from collections.abc import Mapping


def _c(
    command: Id,
    text: str,
    keys: str = "",
    *,
    tip: str = "",
    mac: str = "",
    words: str = "",
    by: Keys = Keys.WINDOW,
    check: bool = False,
) -> MenuCommand:
    """Return a row without its place; shortcuts are told apart by spaces."""
    shortcuts, on_mac = tuple(keys.split()), tuple(mac.split())
    return MenuCommand(command, text, Menu.FILE, shortcuts, tip, on_mac, words, by, check)


_TABLE: Final[Mapping[Menu, tuple[tuple[MenuCommand, ...], ...]]] = {
    Menu.FILE: (
        (
            _c(Id.NEW_FLOW, "New flow…", "Ctrl+N", words="create"),
            _c(Id.OPEN, "Open…", "Ctrl+O", tip="Open the folder of a flow", words="folder"),
            _c(Id.OPEN_RECENT, "Open recent", words="last flows"),
            _c(
                Id.OPEN_TRACE,
                "Open trace…",
                tip="Step through a login that was recorded elsewhere",
                words="recording record",
            ),
        ),
        (
            _c(Id.SAVE, "Save", "Ctrl+S"),
            _c(Id.SAVE_AS, "Save as…", "Ctrl+Shift+S", words="copy"),
        ),
        (
            _c(
                Id.IMPORT_CODE,
                "Import code from file…",
                "Ctrl+Shift+O",
                tip="Make an action of code that exists already",
                words="action paste drop",
            ),
            _c(Id.EXPORT, "Export…", "Ctrl+E", tip="Write a bundle for a server", words="bundle"),
        ),
        (_c(Id.PREFERENCES, "Preferences…", "Ctrl+,", words="settings options"),),
        (
            _c(Id.CLOSE_TAB, "Close", "Ctrl+W Ctrl+F4", tip="Close the tab in front", mac="Ctrl+W"),
            _c(Id.CLOSE_WINDOW, "Close window", "Ctrl+Shift+W"),
            _c(Id.QUIT, "Quit", "Ctrl+Q", words="exit"),
        ),
    ),
    Menu.EDIT: (
        (
            _c(Id.UNDO, "Undo", "Ctrl+Z"),
            _c(Id.REDO, "Redo", "Ctrl+Shift+Z Ctrl+Y", mac="Ctrl+Shift+Z"),
        ),
        (
            _c(Id.CUT, "Cut", "Ctrl+X", by=Keys.CANVAS),
            _c(Id.COPY, "Copy", "Ctrl+C", by=Keys.CANVAS),
            _c(Id.PASTE, "Paste", "Ctrl+V", by=Keys.CANVAS, words="import code"),
            _c(Id.DUPLICATE, "Duplicate action", "Ctrl+D", by=Keys.CANVAS, words="copy"),
            _c(Id.DELETE, "Delete action", "Del", by=Keys.LANE, mac="Del Backspace"),
            _c(Id.RENAME, "Rename action", "F2", by=Keys.LANE),
            _c(Id.SELECT_ALL, "Select all", "Ctrl+A", by=Keys.CANVAS),
        ),
        (
            _c(Id.FIND, "Find", "Ctrl+F", by=Keys.CODE, words="search"),
            _c(Id.REPLACE, "Replace", "Ctrl+H", by=Keys.CODE, mac="Ctrl+Alt+F"),
            _c(Id.GO_TO_LINE, "Go to line…", "Ctrl+G", by=Keys.CODE),
            _c(Id.TOGGLE_COMMENT, "Toggle comment", "Ctrl+/", by=Keys.CODE),
        ),
    ),
    Menu.FLOW: (
        (
            _c(Id.ADD_JAVASCRIPT, "Add JavaScript action", words="blank new js"),
            _c(Id.ADD_PYTHON, "Add Python action", words="blank new py"),
        ),
        (
            _c(Id.TURN_ON_OR_OFF, "Turn on or off", words="enable disable action"),
            _c(Id.MOVE_UP, "Move up", "Alt+Up", by=Keys.LANE),
            _c(Id.MOVE_DOWN, "Move down", "Alt+Down", by=Keys.LANE),
        ),
        (
            _c(Id.FLOW_SETTINGS, "Flow settings", words="time limit memory network"),
            _c(Id.DECLARE_SECRET, "Declare secret…", words="new key"),
        ),
        (
            _c(
                Id.SAVE_ALL,
                "Save all",
                "Ctrl+Alt+S",
                tip="Save flow, code, scenarios and secrets",
            ),
        ),
    ),
    Menu.RUN: (
        (
            _c(Id.PRIMARY, "Run", "F5", words="start login continue pause"),
            _c(
                Id.RUN_TO_END,
                "Run to end",
                "Ctrl+F5",
                tip="Run to the end with the scenario's answers",
            ),
            _c(
                Id.RESTART,
                "Restart",
                "Ctrl+Shift+F5",
                tip="Begin the login anew with the same inputs",
                words="again",
            ),
            _c(
                Id.RECORD_LINES,
                "Record every line",
                tip="In the logins that begin from now on; costs about 1 ms a line in JavaScript",
                words="history time travel lines slow",
                check=True,
            ),
            _c(Id.STOP, "Stop", "Shift+F5", tip="End the login", words="cancel abort"),
        ),
        (
            _c(Id.OVER, "Over", "F10", tip="To the next stop on this level", words="step next"),
            _c(Id.INTO, "Into", "F11", tip="One level down", words="step"),
            _c(Id.OUT, "Out", "Shift+F11", tip="One level up", words="step"),
            _c(
                Id.RUN_TO_LINE,
                "Run to line",
                "Ctrl+F10",
                tip="Run until the line of the cursor",
                words="cursor step",
            ),
            _c(
                Id.EVALUATE,
                "Evaluate an expression",
                "Ctrl+Shift+D",
                tip="Ask the code that stands still",
                words="debug console",
            ),
        ),
        (
            _c(
                Id.SEND,
                "Send",
                "Ctrl+Enter Ctrl+Return",
                tip="Answer for the other site",
                words="reply continue desk",
            ),
            _c(
                Id.SEND_AND_RUN,
                "Send and run",
                "Ctrl+Shift+Enter Ctrl+Shift+Return",
                tip="Answer for the other site, and run on",
                words="reply",
            ),
        ),
        (
            _c(Id.BACK_IN_TIME, "Back in time", "Alt+Left", mac="Ctrl+Alt+Left", words="past step"),
            _c(
                Id.FORWARD_IN_TIME,
                "Forward in time",
                "Alt+Right",
                mac="Ctrl+Alt+Right",
                words="past step",
            ),
            _c(Id.BACK_TO_NOW, "Back to now", "Esc", by=Keys.ESCAPE, words="past"),
        ),
        (
            _c(Id.TOGGLE_BREAKPOINT, "Toggle breakpoint", "F9", by=Keys.CODE, words="line stop"),
            _c(
                Id.EDIT_CONDITION,
                "Condition of the breakpoint…",
                "Shift+F9",
                tip="Stop at the line of the cursor only if something is so",
                words="conditional line",
            ),
            _c(Id.EDIT_HITS, "Hit count of the breakpoint…", words="line times"),
            _c(
                Id.EDIT_LOG_MESSAGE,
                "Log point…",
                tip="Print something at the line of the cursor, without stopping",
                words="breakpoint message line",
            ),
            _c(Id.TURN_BREAKPOINT, "Turn the breakpoint on or off", words="disable enable line"),
            _c(Id.BREAK_BEFORE, "Break before the action", check=True, words="breakpoint card"),
            _c(Id.BREAK_AFTER, "Break after the action", check=True, words="breakpoint card"),
            _c(
                Id.BREAK_BEFORE_LEAVING,
                "Break before it leaves",
                check=True,
                words="breakpoint redirect",
            ),
        ),
        (
            _c(Id.BREAK_ON_CLAIM, "Break when a claim is set", check=True, words="breakpoint"),
            _c(Id.BREAK_ON_DENIAL, "Break when the login is denied", check=True, words="deny"),
            _c(Id.BREAK_ON_METADATA, "Break when metadata changes", check=True, words="profile"),
            _c(Id.BREAK_ON_MFA, "Break when MFA is asked for", check=True, words="multifactor"),
        ),
    ),
    Menu.SCENARIOS: (
        (
            _c(
                Id.RUN_SCENARIOS,
                "Run all scenarios",
                "Ctrl+Enter Ctrl+Return",
                by=Keys.GRID,
                words="test",
            ),
            _c(
                Id.MEASURE_COVERAGE,
                "Measure line coverage",
                tip="Run all scenarios and note every line: about 1 ms a line",
                words="lines test gutter",
            ),
            _c(Id.SCENARIOS_OF_LINE, "Scenarios that reach the line", words="coverage reach"),
            _c(Id.SHOW_GRID, "Show the grid of scenarios", "Ctrl+3", words="table results"),
        ),
        (
            _c(Id.NEW_FROM_PRESET, "New scenario from preset…", words="create"),
            _c(Id.SAVE_AS_SCENARIO, "Save as scenario…", words="keep run recorded"),
            _c(Id.KEEP_AS_EXPECTED, "Keep as expected…", "A", by=Keys.GRID, words="accept"),
        ),
    ),
    Menu.VIEW: (
        (
            _c(Id.COMMAND_PALETTE, "Search or run a command…", "Ctrl+K Ctrl+Shift+P"),
            _c(
                Id.GO_TO_FILE,
                "Go to…",
                "Ctrl+P",
                tip="Open a file, a line with “:42”, a handler with “@”",
                words="open file line handler",
            ),
            _c(Id.OPEN_MENU, "Menu", "Ctrl+Shift+M", tip="Open the menu"),
        ),
        (
            _c(Id.COMPOSE, "Compose", "Ctrl+1", check=True, words="arrangement layout"),
            _c(Id.RUN_ARRANGEMENT, "Arrange for a run", "Ctrl+2", check=True, words="layout"),
        ),
        (
            _c(Id.SHOW_LIBRARY, "Library", "Ctrl+Shift+L", check=True, words="templates panel"),
            _c(Id.SHOW_SCENARIOS, "Scenarios", "Ctrl+Shift+E", check=True, words="panel"),
            _c(Id.SHOW_SECRETS, "Secrets", "Ctrl+Shift+K", check=True, words="keys panel"),
            _c(Id.SHOW_RECORDED, "Recorded logins", "Ctrl+Shift+H", check=True, words="history"),
        ),
        (
            _c(Id.SHOW_STEPS, "Steps", words="panel"),
            _c(Id.SHOW_CONSOLE, "Console", "Ctrl+Shift+Y", words="log output panel"),
            _c(Id.SHOW_PROBLEMS, "Problems", "Ctrl+Shift+B", words="errors warnings panel"),
            _c(Id.NEXT_PROBLEM, "Next problem", "F8", words="error warning"),
        ),
        (
            _c(Id.SHOW_VARIABLES, "Variables", words="inspector panel"),
            _c(Id.SHOW_CHANGES, "Changes", words="inspector panel"),
            _c(Id.SHOW_TOKENS, "Tokens", words="inspector claims panel"),
            _c(Id.SHOW_BREAKPOINTS, "Breakpoints", words="stop panel"),
            _c(Id.SHOW_DESK, "Redirect desk", "Ctrl+4", words="answer reply"),
        ),
        (
            _c(Id.THEME_LIGHT, "Light colours", check=True, words="theme scheme"),
            _c(Id.THEME_DARK, "Dark colours", check=True, words="theme scheme"),
            _c(Id.THEME_SYSTEM, "Colours of the system", check=True, words="theme scheme"),
        ),
        (
            _c(Id.ZOOM_IN, "Zoom in", "Ctrl++ Ctrl+=", by=Keys.CODE, words="larger text"),
            _c(Id.ZOOM_OUT, "Zoom out", "Ctrl+-", by=Keys.CODE, words="smaller text"),
            _c(Id.ZOOM_RESET, "Usual size", "Ctrl+0", by=Keys.CODE, words="zoom reset"),
            _c(Id.REDUCE_MOTION, "Reduce motion", check=True, words="animation"),
        ),
        (
            _c(Id.NEXT_PANE, "Next pane", "F6", words="focus"),
            _c(Id.PREVIOUS_PANE, "Previous pane", "Shift+F6", words="focus"),
            _c(Id.NEXT_TAB, "Next tab", "Ctrl+Tab Ctrl+PgDown", mac="Meta+Tab Ctrl+PgDown"),
            _c(
                Id.PREVIOUS_TAB,
                "Previous tab",
                "Ctrl+Shift+Tab Ctrl+PgUp",
                mac="Meta+Shift+Tab Ctrl+PgUp",
            ),
            _c(
                Id.TAB_MOVES_FOCUS,
                "Tab moves focus",
                "Ctrl+M",
                tip="Tab goes to the next control instead of indenting code",
                by=Keys.CODE,
                check=True,
            ),
        ),
    ),
    Menu.HELP: (
        (
            _c(Id.GUIDE, "Guide", "F1", words="help documentation"),
            _c(Id.KEYBOARD_SHORTCUTS, "Keyboard shortcuts", "Ctrl+F1", words="keys help"),
        ),
        (
            _c(Id.SHOW_LOG, "Log", words="viewer"),
            _c(Id.REPORT_PROBLEM, "Report a problem…", words="bug"),
            _c(Id.ABOUT, "About Loginwright", words="version licences"),
        ),
    ),
}

COMMANDS: Final[tuple[MenuCommand, ...]] = tuple(
    replace(row, menu=menu, group=number)
    for menu, groups in _TABLE.items()
    for number, group in enumerate(groups)
    for row in group
)
"""All commands, as they follow one another in the menus."""

BY_ID: Final[Mapping[Id, MenuCommand]] = {row.id: row for row in COMMANDS}


def command(wanted: Id) -> MenuCommand:
    """Return the row of a command."""
    return BY_ID[wanted]
