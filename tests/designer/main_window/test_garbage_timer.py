"""Garbage is collected on the GUI thread only."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.main_window.wiring.garbage_timer import GarbageTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


class Cycle:
    """Refers to itself, so that only the collector finds it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def timer(qapp: QApplication) -> Iterator[GarbageTimer]:
    gc.enable()  # as Python does; while tests run, it is off
    timer = GarbageTimer()
    yield timer
    timer.stop()
    gc.disable()


def test_another_thread_collects_nothing(timer: GarbageTimer) -> None:
    gc.collect()
    watched = weakref.ref(Cycle())

    def make_garbage() -> None:
        kept = [Cycle() for _ in range(5000)]
        kept.clear()

    thread = threading.Thread(target=make_garbage)
    thread.start()
    thread.join()
    assert watched() is not None

    assert timer.collect() is not None
    assert watched() is None


def test_python_collects_by_itself_again_afterwards(timer: GarbageTimer) -> None:
    assert not gc.isenabled()
    timer.stop()
    assert gc.isenabled()
