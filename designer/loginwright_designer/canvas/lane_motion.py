"""Moves the marker along the lane from one place of the login to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Signal

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

MARKER_MS = 120
"""mocks/notes.md, "Motion"."""


class MarkerMotion(QObject):
    """One movement at a time; with reduced motion there is none.

    Args:
        parent: Qt's owner of this object.
    """

    marker_moved = Signal()  # the marker is to be painted elsewhere, or not any more

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reduced = False
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(MARKER_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._animation.valueChanged.connect(self._on_value_changed)
        self._animation.finished.connect(self._on_finished)
        self._point: QPointF | None = None

    @property
    def point(self) -> QPointF | None:
        """Where the marker is, while it moves."""
        return self._point

    def move(self, start: QPointF, end: QPointF) -> None:
        """Move from one place to another."""
        self._animation.stop()
        if self.reduced or start == end:
            self._on_finished()
            return
        self._animation.setStartValue(start)
        self._animation.setEndValue(end)
        self._animation.start()

    def _on_value_changed(self, point: QPointF | QPoint) -> None:
        self._point = QPointF(point)
        self.marker_moved.emit()

    def _on_finished(self) -> None:
        self._point = None
        self.marker_moved.emit()
