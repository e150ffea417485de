"""What nobody caught is saved from, told once, and then the user decides."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QTimer, Signal, qCritical, qDebug, qWarning
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from loginwright_designer.crash_report_text import CrashReport, Hook
from loginwright_designer.crash_reports import CrashActions, CrashReports, Decision
from loginwright_runtime.tracing.masking import Masker
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from qasync import QEventLoop

pytestmark = [
    pytest.mark.allow_logs(reason="every failure is logged, and failures are what is tried"),
    pytest.mark.no_qt_log,
]

SECRET = "s3cr3t-canary-of-32-bytes-or-more"


@dataclass(slots=True)
class Desk:
    """Writes down what is done about failures."""

    decision: Decision = Decision.GO_ON
    deeds: list[str] = field(default_factory=list)
    reports: list[CrashReport] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)

    def recover(self) -> None:
        self.deeds.append("recover")
        self.threads.add(threading.get_ident())

    def tell(self, report: CrashReport) -> Decision:
        self.deeds.append("tell")
        self.threads.add(threading.get_ident())
        self.reports.append(report)
        return self.decision

    def quit(self) -> None:
        self.deeds.append("quit")

    def actions(self) -> CrashActions:
        return CrashActions(self.recover, self.tell, self.quit, lambda: Masker([SECRET]))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def crash_reports(qapp: QApplication, desk: Desk) -> Iterator[CrashReports]:
    installed = CrashReports(desk.actions())
    installed.install()
    yield installed
    installed.uninstall()


class Clicker(QObject):
    """Emits what a button would."""

    clicked = Signal()  # without a value


def fail() -> None:
    raise RuntimeError(f"the slot failed with {SECRET}")


def told(desk: Desk, qtbot: QtBot, count: int = 1) -> list[CrashReport]:
    qtbot.waitUntil(lambda: len(desk.reports) >= count)
    return desk.reports


def test_failing_slot_is_saved_from_and_told(
    crash_reports: CrashReports, desk: Desk, qtbot: QtBot
) -> None:
    clicker = Clicker()
    clicker.clicked.connect(fail)
    QTimer.singleShot(0, clicker.clicked.emit)
    (report,) = told(desk, qtbot)
    assert desk.deeds == ["recover", "tell"]
    assert report.hook is Hook.CODE
    assert "RuntimeError: the slot failed with ***" in report.text
    assert SECRET not in report.text


def test_failure_is_told_after_the_code_that_failed_has_returned(
    crash_reports: CrashReports, desk: Desk, qtbot: QtBot
) -> None:
    def after() -> None:
        desk.deeds.append("returned")

    clicker = Clicker()
    clicker.clicked.connect(fail)
    clicker.clicked.connect(after)
    QTimer.singleShot(0, clicker.clicked.emit)
    told(desk, qtbot)
    assert desk.deeds == ["recover", "returned", "tell"]


def test_failure_before_the_event_loop_runs_is_told_at_once(
    crash_reports: CrashReports, desk: Desk
) -> None:
    error = RuntimeError("no flow")
    sys.excepthook(type(error), error, None)
    assert desk.deeds == ["recover", "tell"]


def test_user_who_decides_so_quits(crash_reports: CrashReports, desk: Desk) -> None:
    desk.decision = Decision.QUIT
    sys.excepthook(RuntimeError, RuntimeError("no flow"), None)
    assert desk.deeds == ["recover", "tell", "quit"]


def test_interrupt_from_the_terminal_saves_and_quits_without_a_report(
    crash_reports: CrashReports, desk: Desk
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert desk.deeds == ["recover", "quit"]


def test_widget_that_cannot_be_painted_is_told_once(
    crash_reports: CrashReports, desk: Desk, qtbot: QtBot
) -> None:
    class Broken(QLabel):
        painted = 0

        @override
        def paintEvent(self, event: QPaintEvent) -> None:
            self.painted += 1
            raise RuntimeError("nothing to paint")

    label = Broken()
    qtbot.addWidget(label)
    label.show()
    told(desk, qtbot)
    seen = label.painted
    label.update()
    qtbot.waitUntil(lambda: label.painted > seen)
    assert desk.deeds == ["recover", "tell"]


def test_failing_thread_is_told_on_the_gui_thread(
    crash_reports: CrashReports, desk: Desk, qtbot: QtBot
) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    (report,) = told(desk, qtbot)
    thread.join()
    assert report.hook is Hook.THREAD
    assert desk.threads == {threading.get_ident()}


def test_thread_that_leaves_on_purpose_is_no_failure(
    crash_reports: CrashReports, desk: Desk, qapp: QApplication
) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    qapp.processEvents()
    assert desk.deeds == []


def test_failing_callback_and_forgotten_task_of_the_loop_are_told(
    qt_loop: QEventLoop, desk: Desk
) -> None:
    both_told = asyncio.Event()

    def tell(report: CrashReport) -> Decision:
        desk.reports.append(report)
        if len(desk.reports) == 2:
            both_told.set()
        return Decision.GO_ON

    async def stumble() -> None:
        raise TypeError("the task failed")

    async def main() -> None:
        asyncio.get_running_loop().call_soon(fail)
        task = asyncio.ensure_future(stumble())
        await asyncio.wait([task])
        del task
        gc.collect()
        await both_told.wait()

    crash_reports = CrashReports(
        CrashActions(desk.recover, tell, desk.quit, lambda: Masker([SECRET]))
    )
    crash_reports.install(qt_loop)
    try:
        qt_loop.run_until_complete(asyncio.wait_for(main(), PATIENCE))
    finally:
        crash_reports.uninstall()
    assert qt_loop.get_exception_handler() is None
    assert [report.hook for report in desk.reports] == [Hook.LOOP, Hook.LOOP]
    assert "Task exception was never retrieved" in desk.reports[1].text
    assert "TypeError: the task failed" in desk.reports[1].text


def test_exception_that_cannot_be_raised_is_told_without_the_object(
    crash_reports: CrashReports, desk: Desk, qtbot: QtBot
) -> None:
    class Closing:
        @override
        def __repr__(self) -> str:
            return "Ada Lovelace"

        def __del__(self) -> None:
            raise RuntimeError("cannot close")

    Closing()
    (report,) = told(desk, qtbot)
    assert report.hook is Hook.UNRAISABLE
    assert "Closing.__del__" in report.text
    assert "Ada" not in report.text


def test_critical_message_of_qt_is_told_and_a_warning_logged(
    crash_reports: CrashReports, desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    qDebug("of no interest")
    qWarning(f"odd {SECRET}")
    qCritical("broken")
    (report,) = told(desk, qtbot)
    assert (report.hook, report.title) == (Hook.QT, "broken")
    assert [record.getMessage() for record in caplog.records if record.name.endswith(".qt")] == [
        "odd ***"
    ]


def test_failure_while_one_is_told_waits_its_turn(crash_reports: CrashReports, desk: Desk) -> None:
    open_dialogs = [0]

    def tell(report: CrashReport) -> Decision:
        open_dialogs[0] += 1
        assert open_dialogs == [1]
        if not desk.reports:
            sys.excepthook(TypeError, TypeError("second"), None)
        desk.reports.append(report)
        open_dialogs[0] -= 1
        return Decision.GO_ON

    nested = CrashReports(CrashActions(desk.recover, tell, desk.quit, lambda: Masker([])))
    nested.install()
    sys.excepthook(RuntimeError, RuntimeError("first"), None)
    nested.uninstall()
    assert [report.title.partition(" ")[0] for report in desk.reports] == [
        "RuntimeError",
        "TypeError",
    ]


def test_failing_recovery_does_not_keep_the_failure_from_being_told(
    qapp: QApplication, desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    def recover() -> None:
        raise OSError(28, "No space left on device")

    crash_reports = CrashReports(
        CrashActions(recover, desk.tell, desk.quit, lambda: Masker([SECRET]))
    )
    crash_reports.install()
    sys.excepthook(RuntimeError, RuntimeError("first"), None)
    crash_reports.uninstall()
    assert desk.deeds == ["tell"]
    assert "No space left on device" in capfd.readouterr().err


def test_failing_dialog_is_written_out_and_ends_the_application(
    qapp: QApplication, desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    def tell(report: CrashReport) -> Decision:
        raise TypeError(f"no dialog for {SECRET}")

    crash_reports = CrashReports(
        CrashActions(desk.recover, tell, desk.quit, lambda: Masker([SECRET]))
    )
    crash_reports.install()
    sys.excepthook(RuntimeError, RuntimeError("first"), None)
    crash_reports.uninstall()
    assert desk.deeds == ["recover", "quit"]
    written = capfd.readouterr().err
    assert "RuntimeError: first" in written
    assert "TypeError: no dialog for ***" in written


def test_without_a_masker_nothing_is_shown_but_the_kind(qapp: QApplication, desk: Desk) -> None:
    def no_secrets() -> Masker:
        raise RuntimeError("locked")

    crash_reports = CrashReports(CrashActions(desk.recover, desk.tell, desk.quit, no_secrets))
    crash_reports.install()
    sys.excepthook(ValueError, ValueError(SECRET), None)
    crash_reports.uninstall()
    assert [(report.title, report.text) for report in desk.reports] == [("ValueError", "")]


def test_hooks_go_back_to_whom_they_belonged(qapp: QApplication, desk: Desk) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    crash_reports = CrashReports(desk.actions())
    crash_reports.install()
    assert sys.excepthook is not before[0]
    crash_reports.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


FATAL = """
from PySide6.QtCore import QCoreApplication, qFatal
from loginwright_designer.crash_reports import CrashActions, CrashReports
from loginwright_runtime.tracing.masking import Masker

application = QCoreApplication([])
save = lambda: print("saved", flush=True)
actions = CrashActions(save, print, print, lambda: Masker(["canary-1"]))
reports = CrashReports(actions)
reports.install()
qFatal("the platform is gone, canary-1")
"""


def test_what_ends_the_process_is_saved_from_and_written_out() -> None:
    run = subprocess.run(
        [sys.executable, "-c", FATAL], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode != 0
    assert run.stdout == "saved\n"
    assert "the platform is gone, ***" in run.stderr
    assert "canary" not in run.stderr
