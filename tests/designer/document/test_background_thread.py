"""Work on another thread comes back to the one that asked, in order, or not at all."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal

from loginwright_designer.document.background_thread import BackgroundThread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Emitter(QObject):
    """Emits what it is told to."""

    told = Signal(object)  # anything


@pytest.fixture
def thread(qtbot: QtBot) -> Iterator[BackgroundThread]:
    """A thread that ends with the test."""
    made = BackgroundThread("test")
    yield made
    made.close()


def test_result_arrives_where_it_was_asked_for(thread: BackgroundThread, qtbot: QtBot) -> None:
    seen: list[tuple[str, threading.Thread]] = []
    for letter in "abc":
        thread.run(
            lambda letter=letter: (letter, threading.current_thread()),  # type: ignore[misc]  # a default argument keeps the letter
            lambda result: seen.append((result[0], threading.current_thread())),
        )
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [(letter, threading.main_thread()) for letter in "abc"]


def test_what_work_raises_reaches_the_crash_hook(thread: BackgroundThread, qtbot: QtBot) -> None:
    def fail() -> None:
        raise RuntimeError("no such luck")

    with qtbot.captureExceptions() as caught:
        thread.run(fail, lambda _result: None)
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert str(caught[0][1]) == "no such luck"


def test_nothing_is_delivered_after_closing(thread: BackgroundThread, qtbot: QtBot) -> None:
    seen: list[int] = []
    done: list[int] = []
    thread.run(lambda: done.append(1), lambda _result: seen.append(1))
    thread.close(finish=True)
    assert done == [1]
    QObject().deleteLater()
    qtbot.wait(0)
    assert seen == []


def test_nothing_begins_after_closing(thread: BackgroundThread) -> None:
    thread.close()
    done: list[int] = []
    thread.run(lambda: done.append(1), lambda _result: None)
    assert done == []


def test_future_brings_a_result_to_whoever_awaits_it(thread: BackgroundThread) -> None:
    assert thread.submit(lambda: 6 * 7).result() == 42


def test_signals_lose_no_reference_to_true(qtbot: QtBot) -> None:
    """PySide6 6.12.0 lost one with each signal; a release that does so must not be used."""
    emitter = Emitter()
    seen: list[object] = []
    emitter.told.connect(seen.append)
    before = sys.getrefcount(True)
    for _ in range(50):
        emitter.told.emit(True)
    held = sys.getrefcount(True) - before
    assert len(seen) == 50
    assert held == (50 if sys.version_info < (3, 12) else 0)  # Immortal since (PEP 683).
