"""The form in a row in which a value is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.secret_entry import SecretEntry
from loginwright_designer.document.secret_wishes import SecretSaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class SecretEditing(QWidget):
    """A field, and what can be done with what is in it.

    Args:
        theme: The colours.
        name: Of the secret.
        facts_of: Returns what may be shown of a value.
        parent: Qt's owner.
    """

    saved = Signal(object)  # SecretSaved
    cancelled = Signal()
    generate_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        facts_of: Callable[[str], SecretFacts],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.entry = SecretEntry(theme, name, facts_of)
        self.save_button = Button(theme, translate("Secrets", "Save"), kind="outlined")
        self.cancel_button = Button(theme, translate("Secrets", "Cancel"))
        self.generate_button = Button(theme, translate("Secrets", "Generate"), kind="link")
        self._name_buttons()
        self._line = QHBoxLayout()
        for button in (self.save_button, self.cancel_button):
            self._line.addWidget(button)
        self._line.addStretch(1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.entry)
        self._rows.addWidget(self.generate_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addLayout(self._line)
        self.entry.changed.connect(self._on_changed)
        self.entry.submitted.connect(self._on_save)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.cancelled)
        self.generate_button.clicked.connect(self.generate_requested)
        self._on_changed()
        self._fit()
        theme.theme_changed.connect(self._fit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            event.accept()  # the row's keys, which mean something else here
        else:
            super().keyPressEvent(event)

    def _name_buttons(self) -> None:
        words = (
            (self.save_button, translate("Secrets", "Save the value of {name}")),
            (self.cancel_button, translate("Secrets", "Cancel editing {name}")),
            (self.generate_button, translate("Secrets", "Generate 32 random bytes for {name}")),
        )
        for button, said in words:
            button.setAccessibleName(said.format(name=self._name))
        self.generate_button.setToolTip(translate("Secrets", "32 random bytes"))

    def _on_changed(self) -> None:
        self.save_button.setEnabled(self.entry.has_value)

    def _on_save(self) -> None:
        self.saved.emit(SecretSaved(self._name, self.entry.take()))

    def _fit(self) -> None:
        self._rows.setSpacing(self._theme.px(4))
        self._line.setSpacing(self._theme.px(8))
