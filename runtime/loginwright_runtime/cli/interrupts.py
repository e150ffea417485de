"""Ctrl-C where an exception between any two instructions would do harm: counted, not thrown."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


class Interrupts:
    """How often Ctrl-C was pressed and not yet answered."""

    def __init__(self) -> None:
        self._pressed = 0

    def take(self) -> bool:
        """Take one; False where there is none."""
        if self._pressed == 0:
            return False
        self._pressed -= 1
        return True

    def press(self) -> None:
        """Ctrl-C was pressed."""
        self._pressed += 1


@contextmanager
def counted_interrupts() -> Generator[Interrupts]:
    """Count what would otherwise be ``KeyboardInterrupt``, until left.

    Python raises that between any two instructions, so also between taking a message from a queue
    and keeping it, which would be lost. It raises it late, too: a signal that comes just before the
    thread begins to wait is noticed when the waiting ends. So whoever waits looks in between.
    """
    interrupts = Interrupts()
    if threading.current_thread() is not threading.main_thread():
        yield interrupts  # Python tells no other thread of a signal.
        return
    before = signal.signal(signal.SIGINT, lambda _number, _frame: interrupts.press())
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before)
