"""Owns the five hooks for what nobody caught: recovery copy, then tell, then quit or go on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QThread,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)

from loginwright_designer.crash_report_text import CrashReport, Failure, Hook, report_of
from loginwright_runtime.tracing.masking import Masker

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping
    from types import TracebackType

logger = logging.getLogger(__name__)
qt_logger = logging.getLogger("loginwright_designer.qt")

LOG_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
}
"""Of what Qt says in passing; the rest is a failure."""


class Decision(Enum):
    """What is to be done after a failure was told."""

    QUIT = auto()
    GO_ON = auto()


@dataclass(frozen=True, slots=True)
class CrashActions:
    """What is done about a failure, in this order; all of it on the GUI thread.

    Attributes:
        recover: Writes the recovery copy of what is not saved.
        tell: Shows a report, and returns what its reader decided.
        quit: Ends the application.
        secrets: Returns a masker of the secrets that are loaded now.
    """

    recover: Callable[[], None]
    tell: Callable[[CrashReport], Decision]
    quit: Callable[[], None]
    secrets: Callable[[], Masker]


class CrashReports(QObject):
    """Takes every failure from Python, its threads, the event loop, the collector and Qt.

    A report is told from the event loop and never from within the code that failed, which may be
    painting; only where no loop runs is it told at once. The same failure is told once and then
    only logged, because what fails to paint fails at every repaint.

    Args:
        actions: What is done about a failure.
        parent: Qt's owner of this object.
    """

    _noticed = Signal(object)  # a Failure, from any thread
    _recovered = Signal(object)  # a CrashReport that is to be told

    def __init__(self, actions: CrashActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._told: set[str] = set()
        self._telling = False
        self._waiting: list[CrashReport] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._restore: list[Callable[[], object]] = []
        self._noticed.connect(self._on_noticed, Qt.ConnectionType.QueuedConnection)
        self._recovered.connect(self._on_recovered, Qt.ConnectionType.QueuedConnection)

    def install(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        """Take over the hooks; those that were there come back with ``uninstall``.

        Args:
            loop: Whose failures are taken too.
        """
        code, thread, unraisable = sys.excepthook, threading.excepthook, sys.unraisablehook
        qt = qInstallMessageHandler(self._on_qt_message)
        self._restore = [
            lambda: setattr(sys, "excepthook", code),
            lambda: setattr(threading, "excepthook", thread),
            lambda: setattr(sys, "unraisablehook", unraisable),
            lambda: qInstallMessageHandler(qt),
        ]
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        if loop is not None:
            before = loop.get_exception_handler()
            loop.set_exception_handler(self._on_loop_exception)
            self._restore.append(lambda: loop.set_exception_handler(before))

    def uninstall(self) -> None:
        """Give the hooks back to whom they belonged."""
        while self._restore:
            self._restore.pop()()

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._recover()
            self._actions.quit()
            return
        self._take(Failure(Hook.CODE, error.with_traceback(trace)))

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and arguments.exc_type is not SystemExit:
            self._take(Failure(Hook.THREAD, arguments.exc_value))

    def _on_loop_exception(
        self, loop: asyncio.AbstractEventLoop, context: Mapping[str, object]
    ) -> None:
        error = context.get("exception")
        words = str(context.get("message", ""))
        self._take(Failure(Hook.LOOP, error if isinstance(error, BaseException) else None, words))

    def _on_unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        where = getattr(unraisable.object, "__qualname__", type(unraisable.object).__qualname__)
        words = f"{unraisable.err_msg or 'Exception ignored in'}: {where}"
        self._take(Failure(Hook.UNRAISABLE, unraisable.exc_value, words))

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        level = LOG_LEVELS.get(kind)
        failure = Failure(Hook.QT, None, text, fatal=kind is QtMsgType.QtFatalMsg)
        if level is None:
            self._take(failure)
        elif qt_logger.isEnabledFor(level):
            qt_logger.log(level, "%s", self._report(failure).title)

    def _take(self, failure: Failure) -> None:
        """Bring a failure to the GUI thread; what ends the process has no time for that."""
        if failure.fatal:
            self._take_last(failure)
        elif QThread.currentThread() is self.thread():
            self._on_noticed(failure)
        else:
            self._noticed.emit(failure)

    def _take_last(self, failure: Failure) -> None:
        """Qt ends the process when this returns: save what can be saved, show nothing."""
        if QThread.currentThread() is self.thread():
            self._recover()
        self._write(self._report(failure))

    @Slot(object)
    def _on_noticed(self, failure: Failure) -> None:
        report = self._report(failure)
        logger.error("%s", report.title)
        if report.title in self._told:
            return
        self._told.add(report.title)
        self._recover()
        if self.thread().loopLevel() > 0:
            self._recovered.emit(report)
        else:
            self._on_recovered(report)

    @Slot(object)
    def _on_recovered(self, report: CrashReport) -> None:
        self._waiting.append(report)
        if self._telling:
            return
        self._telling = True
        try:
            while self._waiting:
                self._tell(self._waiting.pop(0))
        finally:
            self._telling = False

    def _tell(self, report: CrashReport) -> None:
        try:
            decision = self._actions.tell(report)
        except Exception as error:  # noqa: BLE001 - what tells of failures has failed itself
            self._write(report)
            self._write(self._report(Failure(Hook.CODE, error)))
            decision = Decision.QUIT
        if decision is Decision.QUIT:
            self._waiting.clear()
            self._actions.quit()

    def _recover(self) -> None:
        try:
            self._actions.recover()
        except Exception as error:  # noqa: BLE001 - it is told of the first failure all the same
            self._write(self._report(Failure(Hook.CODE, error)))

    def _report(self, failure: Failure) -> CrashReport:
        try:
            masker = self._actions.secrets()
        except Exception:  # noqa: BLE001 - then nothing that could be a secret is shown
            kind = type(failure.error).__qualname__ if failure.error else str(failure.hook)
            return CrashReport(failure.hook, kind, "", failure.fatal)
        return report_of(failure, masker)

    def _write(self, report: CrashReport) -> None:
        """Last resort: standard error, which an application with a window may not even have."""
        if sys.__stderr__ is not None:
            sys.__stderr__.write(f"{report.title}\n{report.text}")
            sys.__stderr__.flush()
