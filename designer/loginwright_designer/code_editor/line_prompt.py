"""The small field that asks for the line to go to."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from loginwright_designer.code_editor.asking_field import AskingField
from loginwright_designer.code_editor.editor_signals import CursorPlace

_PLACE = re.compile(r"\s*(\d{1,9})(?:\s*[:,]\s*(\d{1,9}))?\s*")


class LinePrompt(AskingField):
    """Takes ``42`` or ``42:7`` and Enter; Esc closes it."""

    place_chosen = Signal(CursorPlace)  # where to go

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setAccessibleName(self.tr("Go to line"))
        self.label.setText(self.tr("Go to line"))
        self.field.setAccessibleName(self.tr("Line, or line:column"))
        self.field.setMaximumWidth(self.field.fontMetrics().averageCharWidth() * 20)
        self._hint = QLabel(self)
        self._hint.setAccessibleName(self.tr("Lines there are"))
        self.row.setContentsMargins(16, 8, 16, 8)
        self.row.addWidget(self.field)
        self.row.addWidget(self._hint, 1)
        self._lines = 1

    def open(self, line: int, lines: int) -> None:
        """Ask, with the present line given.

        Args:
            line: Of the cursor, from 1.
            lines: How many there are.
        """
        self._lines = lines
        self._say_range()
        self.field.setText(str(line))
        self.field.selectAll()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def hint(self) -> str:
        """What the prompt says about lines."""
        return self._hint.text()

    def _say_range(self) -> None:
        self._hint.setText(self.tr("1 to {last}").format(last=self._lines))

    @override
    def take(self) -> None:
        place = _PLACE.fullmatch(self.field.text())
        if place is None or int(place[1]) < 1:
            self._hint.setText(
                self.tr("A number from 1 to {last} is expected.").format(last=self._lines)
            )
            return
        self.hide()
        line = min(int(place[1]), self._lines)
        self.place_chosen.emit(CursorPlace(line, max(1, int(place[2] or 1))))
