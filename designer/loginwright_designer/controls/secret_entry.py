"""A field for a secret: dots while somebody types, and what may be said of what is typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDir, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.labels import set_text_role, text_label
from loginwright_designer.document.secret_words import length_words, warning_words
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_runtime.stores.secret_values import MAX_SECRET_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QHideEvent

    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class SecretField(QLineEdit):
    """Shows dots; what is in it is neither drawn, nor copied, nor in the accessibility tree.

    Only while ``set_revealed`` says so it is an ordinary field; it hides again when the keyboard
    leaves it. What it holds is gone with ``wipe``, the history of edits with it.

    Args:
        name: What it is called when it is read out.
        parent: Qt's owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("text_style", TextStyle.VALUE.value)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setDragEnabled(False)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    @property
    def is_revealed(self) -> bool:
        """Whether what is in it can be read."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def set_revealed(self, revealed: bool) -> None:
        """Show what is in it, or dots."""
        self.deselect()
        mode = QLineEdit.EchoMode.Normal if revealed else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)

    def wipe(self) -> None:
        """Hold nothing any more."""
        self.set_revealed(False)
        self.setText("")  # not clear(), which keeps the text in the history of edits

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_revealed:
            self.set_revealed(False)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.set_revealed(False)


class SecretEntry(QWidget):
    """A secret's field, an eye to hold, and a line on what was typed.

    Args:
        theme: The colours.
        name: Of the secret.
        facts_of: Returns what may be shown of a value.
        parent: Qt's owner.
    """

    changed = Signal()  # something was typed or put in
    submitted = Signal()  # Enter, while there is a value that can be kept

    def __init__(
        self,
        theme: Theme,
        name: str,
        facts_of: Callable[[str], SecretFacts],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts_of = facts_of
        self.field = SecretField(translate("Secrets", "Value of {name}").format(name=name))
        show = translate("Secrets", "Show the value of {name} while held").format(name=name)
        self.eye = IconButton(theme, "eye", show)
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.facts = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self._line = QHBoxLayout()
        self._line.addWidget(self.field, 1)
        self._line.addWidget(self.eye)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._line)
        self._rows.addWidget(self.facts)
        self._fits = False
        self.setFocusProxy(self.field)
        self.eye.installEventFilter(self)
        self.eye.pressed.connect(lambda: self.field.set_revealed(True))
        self.eye.released.connect(lambda: self.field.set_revealed(False))
        self.field.textChanged.connect(self._on_text_changed)
        self.field.returnPressed.connect(self._on_return)
        self._show_facts("")
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def has_value(self) -> bool:
        """Whether there is a value that can be kept."""
        return self._fits

    def put(self, value: str) -> None:
        """Put a value in, as if it had been typed."""
        self.field.setText(value)

    def take(self) -> str:
        """Return what is in it, and hold it no longer."""
        value = self.field.text()
        self.wipe()
        return value

    def wipe(self) -> None:
        """Hold nothing any more."""
        self.field.wipe()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the value when the eye loses the keyboard while it is held."""
        if watched is self.eye and event.type() == QEvent.Type.FocusOut:
            self.field.set_revealed(False)
        return super().eventFilter(watched, event)

    def _on_text_changed(self, value: str) -> None:
        self._show_facts(value)
        self.changed.emit()

    def _on_return(self) -> None:
        if self.has_value:
            self.submitted.emit()

    def _show_facts(self, value: str) -> None:
        self._fits = False
        if not value:
            self.facts.setText(translate("Secrets", "Type, paste or generate a value."))
            set_text_role(self.facts, Role.TEXT_SECONDARY)
            return
        facts = self._facts_of(value)
        words = [length_words(facts), *warning_words(facts)]
        self._fits = facts.size <= MAX_SECRET_BYTES
        if not self._fits:
            most = translate("Secrets", "longer than the {count} bytes that are kept")
            words.append(most.format(count=f"{MAX_SECRET_BYTES:,}"))
        self.facts.setText("\n".join(words))
        set_text_role(self.facts, Role.TEXT_SECONDARY if self._fits else Role.DANGER)

    def _fit(self) -> None:
        self._line.setSpacing(self._theme.px(4))
        self._rows.setSpacing(self._theme.px(4))


def ask_for_env_file(parent: QWidget, chosen: Callable[[Path], None]) -> QFileDialog:
    """Let somebody name a ``.env`` file; does not wait for the answer.

    Args:
        parent: The view that asks.
        chosen: Takes the file, unless somebody cancels.
    """
    dialog = QFileDialog(parent, translate("Secrets", "Values from a .env file"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    hidden = QDir.Filter.Hidden | QDir.Filter.NoDotAndDotDot
    dialog.setFilter(QDir.Filter.AllDirs | QDir.Filter.Files | hidden)
    names = (
        translate("Secrets", "Environment files (.env .env.* *.env)"),
        translate("Secrets", "All files (*)"),
    )
    dialog.setNameFilters(names)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)) if path else None)
    dialog.open()
    return dialog
