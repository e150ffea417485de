"""The small field that asks for the line to go to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.editor_signals import CursorPlace

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_PLACE = re.compile(r"\s*(\d{1,9})(?:\s*[:,]\s*(\d{1,9}))?\s*")


class LinePrompt(QWidget):
    """Takes ``42`` or ``42:7`` and Enter; Esc closes it."""

    place_chosen = Signal(CursorPlace)  # where to go
    closed = Signal()  # nothing was chosen

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setAccessibleName(self.tr("Go to line"))
        self._label = QLabel(self.tr("Go to line"), self)
        self._field = QLineEdit(self)
        self._field.setAccessibleName(self.tr("Line, or line:column"))
        self._field.setMaximumWidth(self._field.fontMetrics().averageCharWidth() * 20)
        self._label.setBuddy(self._field)
        self._hint = QLabel(self)
        self._hint.setAccessibleName(self.tr("Lines there are"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addWidget(self._field)
        layout.addWidget(self._hint, 1)
        self._lines = 1
        self.hide()

    def open(self, line: int, lines: int) -> None:
        """Ask, with the present line given.

        Args:
            line: Of the cursor, from 1.
            lines: How many there are.
        """
        self._lines = lines
        self._say_range()
        self._field.setText(str(line))
        self._field.selectAll()
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def hint(self) -> str:
        """What the prompt says about lines."""
        return self._hint.text()

    def _say_range(self) -> None:
        self._hint.setText(self.tr("1 to {last}").format(last=self._lines))

    def _choose(self) -> None:
        place = _PLACE.fullmatch(self._field.text())
        if place is None or int(place[1]) < 1:
            self._hint.setText(
                self.tr("A number from 1 to {last} is expected.").format(last=self._lines)
            )
            return
        self.hide()
        line = min(int(place[1]), self._lines)
        self.place_chosen.emit(CursorPlace(line, max(1, int(place[2] or 1))))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)
