"""Asks for the name of a secret, and for the action that is to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import text_label
from loginwright_designer.dialogs.answered_sheet import AnsweredSheet
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_runtime.flow.secret_names import is_secret_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.flow.model import Action

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class SecretDeclared:
    """An action is to declare a secret."""

    action_id: str
    name: str


class DeclareSecretSheet(AnsweredSheet):
    """One name, one action.

    Args:
        theme: The colours.
        host: The window.
    """

    declared = Signal(object)  # SecretDeclared

    def __init__(self, theme: Theme, host: QWidget) -> None:
        title = translate("Secrets", "Declare a secret")
        super().__init__(theme, host, title, "lock-keyhole", 480)
        self.name = QLineEdit()
        self.name.setProperty("text_style", TextStyle.VALUE.value)
        self.name.setAccessibleName(translate("Secrets", "Name"))
        self.name.setPlaceholderText("MY_SHARED_SECRET")
        self.actions_box = QComboBox()
        self.actions_box.setAccessibleName(translate("Secrets", "Action"))
        self.note = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        for label, widget in (
            (translate("Secrets", "Name, as the code reads it"), self.name),
            (translate("Secrets", "Action that reads it"), self.actions_box),
        ):
            self.body.addWidget(text_label(label, TextStyle.BODY, Role.TEXT_SECONDARY))
            self.body.addWidget(widget)
        self.body.addWidget(self.note)
        cancel = Button(theme, translate("Secrets", "Cancel"))
        cancel.clicked.connect(self.close_sheet)
        self.declare = Button(theme, translate("Secrets", "Declare"), kind="primary")
        self.declare.clicked.connect(self._on_declare)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.declare)
        self.name.textChanged.connect(self._show_verdict)

    def open_for(self, actions: tuple[Action, ...], chosen: str | None = None) -> None:
        """Ask.

        Args:
            actions: Those of the flow.
            chosen: Id of the one that is proposed.
        """
        self.name.clear()
        self.actions_box.clear()
        for action in actions:
            self.actions_box.addItem(action.name, action.id)
        if chosen is not None:
            self.actions_box.setCurrentIndex(max(0, self.actions_box.findData(chosen)))
        self._show_verdict()
        self.open(self.name)

    @override
    def answer(self) -> None:
        if self.declare.isEnabled():
            self._on_declare()

    def _show_verdict(self) -> None:
        typed = self.name.text().strip()
        good = is_secret_name(typed) and self.actions_box.count() > 0
        self.declare.setEnabled(good)
        self.note.setText(
            ""
            if good or not typed
            else translate("Secrets", "Letters, digits and underscores; it begins with a letter.")
        )

    def _on_declare(self) -> None:
        told = SecretDeclared(str(self.actions_box.currentData()), self.name.text().strip())
        self.close_sheet()
        self.declared.emit(told)
