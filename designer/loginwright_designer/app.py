"""Puts the application together: Qt, event loop, theme, window, and what ends them in order."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from loginwright_designer.crash_reports import CrashActions, CrashReports
from loginwright_designer.document.folder_lock import designer_state
from loginwright_designer.document.keyring_store import KeyringStore, check_key
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.main_window.wiring.crash_telling import tell_crash
from loginwright_designer.main_window.wiring.flow_session import SessionSetting
from loginwright_designer.main_window.wiring.garbage_timer import GarbageTimer
from loginwright_designer.main_window.wiring.workbench import Workbench
from loginwright_designer.preferences import PreferencesFile, preferences_file
from loginwright_designer.resource_files import resource_files
from loginwright_designer.theme.roles import SchemeChoice
from loginwright_designer.theme.theme import Theme

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

NO_DISPLAY = """loginwright-designer: There is no display to show the designer on.
  Set DISPLAY or WAYLAND_DISPLAY. In the terminal, a flow runs without one:
      loginwright new my-flow && loginwright run my-flow
"""
SIGNALS_LOOKED_FOR_MS = 200
"""How often Python gets a turn to notice SIGTERM while Qt waits for events."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the designer, and return its exit status once its window is closed.

    Args:
        arguments: Without the program's name; None takes those of the process.
    """
    parsed = _parser().parse_args(arguments)
    if not has_display():
        sys.stderr.write(NO_DISPLAY)
        return 2
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Loginwright")
    application.setDesktopFileName("loginwright-designer")
    application.setStyle("Fusion")
    with QEventLoop(application) as loop:
        loop.run_until_complete(Designer(application, loop).serve(parsed.flow))
    return 0


def has_display() -> bool:
    """Tell whether Qt can show a window; where it cannot, it would end the process."""
    if sys.platform != "linux":
        return True
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in wanted)


class Designer:
    """The application while its window is open.

    Args:
        application: Qt's.
        loop: The one event loop, which is Qt's own.
        file: Where preferences are kept; None takes the user's.
        state: Where journals, locks and recordings lie; None takes the user's.
    """

    def __init__(
        self,
        application: QApplication,
        loop: asyncio.AbstractEventLoop,
        file: PreferencesFile | None = None,
        state: Path | None = None,
    ) -> None:
        self._application = application
        self._loop = loop
        preferences = file or PreferencesFile(preferences_file())
        loaded = preferences.load()
        chosen = loaded.preferences
        self.theme = Theme(resource_files(), SchemeChoice(chosen.theme), chosen.zoom)
        self._restyle()
        self.theme.theme_changed.connect(self._restyle)
        place = state or designer_state()
        self.trust = FolderTrust()
        setting = SessionSetting(loop, self.trust, KeyringStore(state), check_key(place), state)
        self.bench = Workbench(self.theme, setting, chosen, preferences)
        self._garbage = GarbageTimer(self.bench)
        self._crashes = CrashReports(
            CrashActions(
                recover=self.bench.journal_now,
                tell=lambda report: tell_crash(self.bench, report),
                quit=self.bench.close,
                secrets=self.bench.masker,
            ),
            self.bench,
        )
        if loaded.problem is not None:
            problem = loaded.problem
            self.bench.window.toasts.show_text(f"{problem.message} {problem.remedy}", error=True)

    async def serve(self, folder: Path | None = None) -> None:
        """Show the window, and return once it is closed and everything in it has ended.

        Args:
            folder: Of the flow to open; None goes on where the last window was closed.
        """
        closed = self._loop.create_future()
        self.bench.closed.connect(lambda: _settle(closed))
        self._crashes.install(self._loop)
        self._listen_to_signals()
        self._application.commitDataRequest.connect(self._on_session_end)
        self._application.lastWindowClosed.connect(self.bench.close)
        self.bench.window.show()
        self.bench.begin(folder)
        try:
            await closed
        finally:
            self._wake.stop()
            self._crashes.uninstall()
            self._garbage.stop()
            self.theme.theme_changed.disconnect(self._restyle)
            self.bench.window.deleteLater()
            self.bench.deleteLater()

    def _restyle(self) -> None:
        self.theme.apply_to(self._application)

    def _listen_to_signals(self) -> None:
        """Journal and quit without asking on SIGTERM and SIGINT (desktop.md)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.bench.close())
        self._wake = QTimer(self.bench)
        self._wake.timeout.connect(lambda: None)
        self._wake.start(SIGNALS_LOOKED_FOR_MS)

    def _on_session_end(self) -> None:
        self.bench.journal_now()


def _settle(closed: asyncio.Future[None]) -> None:
    if not closed.done():
        closed.set_result(None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="loginwright-designer",
        description="Compose a login flow, step through a simulated login, and export it.",
    )
    parser.add_argument(
        "flow", nargs="?", type=Path, help="folder of the flow; else what was open last"
    )
    parser.add_argument("--version", action="version", version=version("loginwright"))
    return parser
