"""The application while its window is open, and what ends it in order.

Loaded when the first frame has been painted: everything that a flow needs comes with this module.
"""

from __future__ import annotations

import gc
import signal
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from qasync import QEventLoop

from loginwright_designer.crash_reports import CrashActions, CrashReports
from loginwright_designer.document.folder_lock import designer_state
from loginwright_designer.document.keyring_store import KeyringStore, check_key
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.main_window.wiring.crash_telling import tell_crash
from loginwright_designer.main_window.wiring.first_frame import FirstFrame
from loginwright_designer.main_window.wiring.flow_session import SessionSetting
from loginwright_designer.main_window.wiring.garbage_timer import GarbageTimer
from loginwright_designer.main_window.wiring.workbench import Workbench
from loginwright_designer.preferences import PreferencesFile, preferences_file

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from loginwright_designer.preferences import Loaded

SIGNALS_LOOKED_FOR_MS = 200
"""How often Python gets a turn to notice SIGTERM while Qt waits for events."""


def serve(
    application: QApplication, first: FirstFrame, loaded: Loaded, folder: Path | None
) -> None:
    """Fill the window that is on the screen already, and return once it is closed.

    Args:
        application: Qt's.
        first: What is on the screen.
        loaded: The user's preferences, as they were read for it.
        folder: Of the flow to open; None goes on where the last window was closed.
    """
    with QEventLoop(application) as loop:
        designer = Designer(application, loop, first=first, loaded=loaded)
        keep_what_a_start_leaves(designer.bench)
        loop.run_until_complete(designer.serve(folder))


def keep_what_a_start_leaves(bench: Workbench) -> None:
    """Spare the collector what stays in memory until the end, once the first flow is open.

    Only then: what a flow that was closed has left is still to be collected at the next one.
    """

    def freeze(_: object) -> None:
        bench.flow_opened.disconnect(freeze)
        gc.freeze()

    bench.flow_opened.connect(freeze)


class Designer:
    """The application while its window is open.

    Args:
        application: Qt's.
        loop: The one event loop, which is Qt's own.
        file: Where preferences are kept; None takes the user's.
        state: Where journals, locks and recordings lie; None takes the user's.
        first: What is on the screen already; None makes it.
        loaded: The preferences it was made with; None reads them.
    """

    def __init__(
        self,
        application: QApplication,
        loop: asyncio.AbstractEventLoop,
        file: PreferencesFile | None = None,
        state: Path | None = None,
        *,
        first: FirstFrame | None = None,
        loaded: Loaded | None = None,
    ) -> None:
        self._application = application
        self._loop = loop
        preferences = file or PreferencesFile(preferences_file())
        read = loaded or preferences.load()
        self._first = first or FirstFrame(application, read.preferences)
        self.theme = self._first.theme
        place = state or designer_state()
        self.trust = FolderTrust()
        setting = SessionSetting(loop, self.trust, KeyringStore(state), check_key(place), state)
        self.bench = Workbench(self._first, setting, read.preferences, preferences)
        self._garbage = GarbageTimer(self.bench)
        self._wake = QTimer()
        self._handlers: dict[signal.Signals, signal._HANDLER] = {}
        self._crashes = CrashReports(
            CrashActions(
                recover=self.bench.journal_now,
                tell=lambda report: tell_crash(self.bench, report),
                quit=self.bench.close,
                secrets=self.bench.masker,
            ),
            self.bench,
        )
        if read.problem is not None:
            problem = read.problem
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
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            self._crashes.uninstall()
            self._garbage.stop()
            self._first.close()
            self.bench.deleteLater()

    def _listen_to_signals(self) -> None:
        """Journal and quit without asking on SIGTERM and SIGINT (desktop.md)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._handlers[number] = signal.signal(number, lambda *_: self.bench.close())
        self._wake.timeout.connect(lambda: None)
        self._wake.start(SIGNALS_LOOKED_FOR_MS)

    def _on_session_end(self) -> None:
        self.bench.journal_now()


def _settle(closed: asyncio.Future[None]) -> None:
    if not closed.done():
        closed.set_result(None)
