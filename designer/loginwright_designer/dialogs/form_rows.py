"""Rows of forms in sheets: a name above or beside what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.turning_rows import set_stacked
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.theme.theme import Theme

_NAME_WIDTH = 144
_NARROW = 440


class FormRow(QWidget):
    """A name, what is chosen, and what is said about it underneath.

    Args:
        theme: The colours.
        name: What is chosen here.
        content: The field or fields.
        parent: Qt's owner.
    """

    def __init__(
        self, theme: Theme, name: str, content: QWidget | QLayout, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = text_label(name, TextStyle.BODY, Role.TEXT_SECONDARY, wrap=True)
        self.note = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.addWidget(self._name)
        if isinstance(content, QWidget):
            self._line.addWidget(content, 1)
            self._name.setBuddy(content)
            if not content.accessibleName():
                content.setAccessibleName(name)
        else:
            self._line.addLayout(content, 1)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._line)
        self._rows.addWidget(self.note)
        self.note.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_note(self, text: str) -> None:
        """Say something about what is chosen; empty for nothing."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._theme.px(_NARROW)
        set_stacked(self._line, stacked=narrow)
        self._line.setSpacing(self._theme.px(4 if narrow else 8))
        self._rows.setSpacing(self._theme.px(4))
        width = self._theme.px(_NAME_WIDTH)
        self._name.setMinimumWidth(0 if narrow else width)
        self._name.setMaximumWidth(16_777_215 if narrow else width)
        self.note.setContentsMargins(0 if narrow else width + self._theme.px(8), 0, 0, 0)


def beside(theme: Theme, *widgets: QWidget) -> QHBoxLayout:
    """Return a row of widgets of which the first takes the room."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if place == 0 else 0, Qt.AlignmentFlag(0))
    return row


def note_label(text: str) -> QLabel:
    """Return a quiet sentence that takes as many lines as it needs."""
    return text_label(text, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
