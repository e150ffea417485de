"""A row for a secret of an action: its name, whether it has a value, and the lines that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import ElidedLabel, IconLabel, MarkLabel, text_label
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.document.action_summary import SecretUse
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class SecretRow(QWidget):
    """Shows a ``SecretUse``.

    Args:
        theme: The colours.
        use: What is shown.
        parent: Qt's owner.
    """

    opened = Signal()
    """The user asked for its value: to set it, or to look at it."""
    declared = Signal()
    """The user asked to declare it."""
    removed = Signal()
    """The user asked to declare it no longer."""

    def __init__(self, theme: Theme, use: SecretUse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._use = use
        self._rows = QHBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        if use.state == "set":
            mark: QWidget = IconLabel(theme, "lock-keyhole")
        else:
            mark = MarkLabel(theme, State.WARNING, 18)
        top = Qt.AlignmentFlag.AlignTop
        self._rows.addWidget(mark, 0, top)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        line = QHBoxLayout()
        line.addWidget(ElidedLabel(use.name, TextStyle.VALUE), 1)
        quiet = Role.TEXT_SECONDARY if use.state == "set" else None
        line.addWidget(text_label(use.words, TextStyle.SECONDARY, quiet))
        words.addLayout(line)
        if use.note:
            note = text_label(use.note, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
            words.addWidget(note)
        if use.state != "set":
            words.addWidget(self._offer(), 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addLayout(words, 1)
        if use.state != "undeclared":
            name = translate("Action", "Declare {secret} no longer").format(secret=use.name)
            remove = IconButton(theme, "x", name, size=24)
            remove.clicked.connect(self.removed)
            self._rows.addWidget(remove, 0, top)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _offer(self) -> Button:
        """Return the link that mends what is missing."""
        if self._use.state == "missing":
            text, signal = translate("Action", "Set its value"), self.opened
            name = translate("Action", "Set the value of {secret}")
        else:
            text, signal = translate("Action", "Declare it"), self.declared
            name = translate("Action", "Declare {secret}")
        button = Button(self._theme, text, kind="link")
        button.setAccessibleName(name.format(secret=self._use.name))
        button.clicked.connect(signal)
        return button

    def _fit(self) -> None:
        self._rows.setSpacing(self._theme.px(8))
