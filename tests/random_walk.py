"""Goes through the designer at random by legal commands and keys, and looks after every step."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.wiring.workbench import Workbench
from loginwright_designer.simulation import states
from loginwright_designer.simulation.states import status_text

if TYPE_CHECKING:
    import pytest

    from designer_driver import Driver

NOT_GIVEN: Final = frozenset(
    {
        CommandId.OPEN,
        CommandId.OPEN_RECENT,
        CommandId.OPEN_TRACE,
        CommandId.SAVE_AS,
        CommandId.IMPORT_CODE,
        CommandId.CLOSE_WINDOW,
        CommandId.QUIT,
    }
)
"""They open a dialog of the system's, or end the application."""

MOVING: Final = (
    CommandId.PRIMARY,
    CommandId.RUN_TO_END,
    CommandId.OVER,
    CommandId.INTO,
    CommandId.OUT,
    CommandId.SEND,
    CommandId.BACK_IN_TIME,
)
"""Given more often than the others: they lead through the states of a login."""

KEYS: Final = (
    *("Tab", "Shift+Tab", "F6", "Shift+F6", "Up", "Down", "Left", "Right", "Home", "End"),
    *("Return", "Escape", "Escape", "Space", "PgDown", "F8", "F9", "Menu", "Backspace"),
    *("Ctrl+K", "Ctrl+P", "Ctrl+Return", "F5", "F10", "F11", "Alt+Left", "Alt+Right"),
    *("Ctrl+Z", "Ctrl+1", "Ctrl+2", "Ctrl+W", "M", "2", "x", "(", "a"),
)


class Walk:
    """One walk through one start of the application.

    Args:
        desk: The application.
        seed: Of the walk; the same one takes the same decisions.
    """

    def __init__(self, desk: Driver, seed: int) -> None:
        self._desk = desk
        self._chance = random.Random(seed)
        self.taken: list[str] = []
        self.states: set[type[states.LoginState]] = set()

    def go(self, steps: int) -> None:
        """Take a number of steps, and look after each."""
        for _ in range(steps):
            self._step()
            self._stay_in_front()
            self._look()

    def _step(self) -> None:
        chosen = self._chance.random()
        if chosen < 0.25:
            self._press(self._chance.choice(KEYS))
        elif chosen < 0.45:
            self._give(self._chance.choice(MOVING))
        elif chosen < 0.5:
            self._wait()
        else:
            self._give(self._chance.choice([one for one in CommandId if one not in NOT_GIVEN]))

    def _press(self, key: str) -> None:
        self.taken.append(key)
        self._desk.press(key)

    def _give(self, command: CommandId) -> None:
        commands = self._desk.window.commands
        if self._is_covered() or not commands.state(command).enabled:
            self._press("Escape" if self._is_covered() else "F6")
            return
        self.taken.append(command.value)
        commands.trigger(command)
        self._desk.turn()

    def _wait(self) -> None:
        """Let a login come to its next stop."""
        self.taken.append("wait")
        self._desk.until(lambda: not isinstance(self._desk.state, states.Running))
        self._desk.turn()

    def _stay_in_front(self) -> None:
        """Do what shows windows does when a popup closes; without a screen nothing does."""
        if QApplication.activePopupWidget() is None and QApplication.activeWindow() is None:
            self._desk.window.activateWindow()
            self._desk.turn()

    def _is_covered(self) -> bool:
        """Whether a sheet, a menu or the palette takes the keys."""
        return QApplication.activePopupWidget() is not None or any(
            sheet.isVisible() for sheet in self._desk.window.findChildren(Sheet)
        )

    def _look(self) -> None:
        """Hold the window to what is true in every state (issue 3, 9)."""
        desk, tail = self._desk, " > ".join(self.taken[-12:])
        self.states.add(type(desk.state))
        if QApplication.activePopupWidget() is None:
            focused = desk.window.focusWidget()
            assert focused is not None, f"nothing has the keyboard after {tail}"
            assert focused.isVisible(), f"{focused} has the keyboard and is hidden after {tail}"
            assert focused.isEnabled(), f"{focused} has the keyboard and is off after {tail}"
        filled = [
            button
            for button in desk.window.top_bar.findChildren(QAbstractButton)
            if button.property("kind") == "primary" and button.isVisible()
        ]
        assert len(filled) == 1, f"{len(filled)} primary buttons after {tail}"
        desk.until(self._says_the_state)
        faults = [text for text in desk.window.toasts.texts if "internal" in text.casefold()]
        assert faults == [], f"after {tail}"

    def _says_the_state(self) -> bool:
        """Whether the status bar says it; a login that runs is a few milliseconds ahead of it."""
        said = self._desk.views.status.state.text()
        return without_clock(said) == without_clock(status_text(self._desk.state))


def without_clock(text: str) -> str:
    """Return what is said without its seconds, which go on between two looks."""
    return text.rsplit(",", 1)[0] if text.startswith("Away") else text


def stay_inside(patch: pytest.MonkeyPatch) -> None:
    """Let nobody's keys open a dialog or a browser of the system's, or end the application.

    The palette and the menu offer that too, and a walk comes to them.
    """
    nothing = ("", "")
    patch.setattr(QFileDialog, "getOpenFileName", lambda *_: nothing)
    patch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    patch.setattr(QFileDialog, "getSaveFileName", lambda *_: nothing)
    patch.setattr(QFileDialog, "open", lambda *_: None)
    patch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    patch.setattr(Workbench, "close", lambda *_: None)
