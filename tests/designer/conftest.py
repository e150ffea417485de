"""What tests of the designer stand on: Qt without a screen, one theme, and no widget left over."""

from __future__ import annotations

import asyncio
import gc
import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QThreadPool
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

from designer_driver import Driver
from loginwright_designer import serving
from loginwright_designer.crash_reports import Decision
from loginwright_designer.resource_files import ResourceFiles, resource_files
from loginwright_designer.theme.roles import SchemeChoice
from loginwright_designer.theme.theme import Theme
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loginwright_designer.crash_report_text import CrashReport
    from loginwright_designer.main_window.wiring.workbench import Workbench


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """What waits for signals and windows, patient as every other test."""
    for wait in ("waitSignal", "waitSignals", "waitUntil", "waitExposed", "waitActive"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE * 1000))
    return qtbot


@pytest.fixture(scope="session")
def resources() -> ResourceFiles:
    """The designer's own resources."""
    return resource_files()


@pytest.fixture
def make_theme(qapp: QApplication, resources: ResourceFiles) -> Callable[..., Theme]:
    """Makes a theme; the application is not restyled by it."""

    def make(choice: SchemeChoice = SchemeChoice.LIGHT, zoom: int = 100) -> Theme:
        return Theme(resources, choice, zoom)

    return make


@pytest.fixture
def styled(qapp: QApplication) -> Iterator[Callable[[Theme], None]]:
    """Puts a theme on the application; afterwards it looks as before."""
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    qapp.setStyle("Fusion")
    yield lambda theme: theme.apply_to(qapp)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def theme(make_theme: Callable[..., Theme], styled: Callable[[Theme], None]) -> Theme:
    """The light theme, on the application."""
    theme = make_theme()
    styled(theme)
    return theme


@pytest.fixture
def events_in_their_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no event in before and after a test: a task that it wakes would find no loop running."""
    monkeypatch.setattr("pytestqt.plugin._process_events", lambda: None)


@pytest.fixture
def qt_loop(qapp: QApplication, events_in_their_loop: None) -> Iterator[QEventLoop]:
    """The event loop the designer runs on; ``qt_loop.run_until_complete(…)`` runs both.

    For synchronous tests: an asynchronous one has a loop of its own, without Qt.
    """
    with QEventLoop(qapp) as loop:
        yield loop
        for task in asyncio.all_tasks(loop):
            task.cancel()
            with suppress(asyncio.CancelledError):
                loop.run_until_complete(task)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home with nothing in it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    return home


@pytest.fixture
def no_word_about_the_screen() -> Iterator[None]:
    """Popups are opened on a platform without a screen, which says that it cannot raise them."""
    log = logging.getLogger("loginwright_designer.qt")
    log.addFilter(_not_about_this_screen)
    yield
    log.removeFilter(_not_about_this_screen)


@pytest.fixture
def crashes(monkeypatch: pytest.MonkeyPatch) -> list[CrashReport]:
    """The failures that were told; their dialog, which waits for somebody, is left out.

    They are logged as well, so that a test that expects none fails.
    """
    told: list[CrashReport] = []

    def tell(_: Workbench, report: CrashReport) -> Decision:
        told.append(report)
        return Decision.GO_ON

    monkeypatch.setattr(serving, "tell_crash", tell)
    return told


@pytest.fixture
def start(
    qapp: QApplication,
    home: Path,
    crashes: list[CrashReport],
    no_word_about_the_screen: None,
    events_in_their_loop: None,
) -> Iterator[Callable[..., Driver]]:
    """Starts the application; ``start()`` again is the next start of the same user."""
    started: list[Driver] = []
    sheet, font, palette = qapp.styleSheet(), qapp.font(), qapp.palette()

    def begin(folder: Path | None = None, *, size: tuple[int, int] = (1440, 900)) -> Driver:
        driver = Driver(qapp, home, folder, size)
        started.append(driver)
        return driver

    yield begin
    for driver in started:
        driver.close()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture(autouse=True)
def no_widget_left_over(nothing_left_running: None) -> Iterator[None]:
    """Fail the test when a window or a task in Qt's thread pool outlives it."""
    before = _windows()
    yield
    if not QThreadPool.globalInstance().waitForDone(PATIENCE * 1000):
        pytest.fail("A task in Qt's thread pool outlived the test.")
    if _windows() - before:
        gc.collect()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = _windows() - before
    for window in left:
        window.close()
        window.deleteLater()
    if left:
        pytest.fail(f"Windows outlived the test: {', '.join(sorted(map(repr, left)))}")


def _windows() -> set[QWidget]:
    return set(QApplication.topLevelWidgets()) if QApplication.instance() else set()


def _not_about_this_screen(record: logging.LogRecord) -> bool:
    """Leave out what a platform without a screen says of popups: that it cannot raise them."""
    return "This plugin does not support" not in record.getMessage()
