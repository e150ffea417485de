"""Collects Python's garbage on the GUI thread, and on no other.

A Qt object that is part of a cycle is deleted by whichever thread happens to collect. On a thread
of the document or of a store that hangs Qt or breaks it, so the collector's own starting is off
while a window is open.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 250
"""So often that what was made since is collected in a few milliseconds."""

WHOLE_AFTER = 4
"""How many times as rarely as by Python's own rule everything is looked at, which takes longest."""


class GarbageTimer(QObject):
    """Does from a timer what Python otherwise does wherever it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Turn automatic collection off, and begin."""
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        youngest, middle, oldest = gc.get_threshold()
        self._thresholds = (youngest, middle, oldest * WHOLE_AFTER)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> int | None:
        """Collect the oldest generation that is due; return its number, None where none is."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return generation
        return None

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
