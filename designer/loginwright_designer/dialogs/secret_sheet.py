"""Asks for the values that a login needs before it can run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, IconLabel, text_label
from loginwright_designer.controls.secret_entry import SecretEntry, ask_for_env_file
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.document.secret_facts import generate_secret
from loginwright_designer.document.secret_wishes import EnvWish, SecretSaved
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from loginwright_designer.document.secret_desk import MissingSecret
    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_WIDTH = 560


class _MissingRow(QWidget):
    """One secret that has no value: its name, who needs it, and a field."""

    def __init__(
        self, theme: Theme, missing: MissingSecret, facts_of: Callable[[str], SecretFacts]
    ) -> None:
        super().__init__()
        self._theme = theme
        self.name = missing.name
        needed = translate("SecretSheet", "Needed by {actions}")
        actions = ", ".join(missing.actions)
        self._head = QHBoxLayout()
        self._head.addWidget(IconLabel(theme, "lock-keyhole"))
        self._head.addWidget(ElidedLabel(missing.name, TextStyle.VALUE), 1)
        self.generate_button = Button(
            theme, translate("SecretSheet", "Generate"), kind="link", icon="refresh-cw"
        )
        said = translate("SecretSheet", "Generate 32 random bytes for {name}")
        self.generate_button.setAccessibleName(said.format(name=missing.name))
        self.generate_button.setToolTip(translate("SecretSheet", "32 random bytes"))
        self._head.addWidget(self.generate_button)
        self.entry = SecretEntry(theme, missing.name, facts_of)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._head)
        if missing.actions:
            words = needed.format(actions=actions)
            self._rows.addWidget(ElidedLabel(words, TextStyle.SECONDARY, Role.TEXT_SECONDARY))
            self.entry.field.setAccessibleDescription(words)
        self._rows.addWidget(self.entry)
        self.generate_button.clicked.connect(self._on_generate)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _on_generate(self) -> None:
        self.entry.put(generate_secret())
        self.entry.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self._head.setSpacing(self._theme.px(8))
        self._rows.setSpacing(self._theme.px(4))


class SecretSheet(Sheet):
    """Nothing went wrong: a login needs values, and here they are given.

    What is typed goes with ``saved``, and with the sheet when that closes.

    Args:
        theme: The colours.
        host: The window.
        facts_of: Returns what may be shown of a value that is being typed.
    """

    saved = Signal(object)  # tuple[SecretSaved, ...]: every value, in the order of the sheet
    env_requested = Signal(object)  # EnvWish: take values from a file, for ``fill``

    def __init__(self, theme: Theme, host: QWidget, facts_of: Callable[[str], SecretFacts]) -> None:
        title = translate("SecretSheet", "Values for this login")
        self._missing: tuple[_MissingRow, ...] = ()
        super().__init__(theme, host, title, "lock-keyhole", _WIDTH)
        self._facts_of = facts_of
        self._said = text_label("", TextStyle.BODY, wrap=True)
        self._note = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self._list = QVBoxLayout()
        self.body.addWidget(self._said)
        self.body.addLayout(self._list)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.env_button = Button(theme, translate("SecretSheet", "From .env…"), icon="file")
        self.cancel_button = Button(theme, translate("SecretSheet", "Cancel"))
        self.save_button = Button(
            theme, translate("SecretSheet", "Save and run"), kind="primary", shortcut="Enter"
        )
        self.footer.addWidget(self.env_button)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.save_button)
        self.env_button.clicked.connect(self._on_env)
        self.cancel_button.clicked.connect(self.close_sheet)
        self.save_button.clicked.connect(self._on_save)
        self.closed.connect(self._wipe)
        self._fit_list()
        theme.theme_changed.connect(self._fit_list)

    def open_for(self, missing: tuple[MissingSecret, ...], keeping: str = "") -> None:
        """Ask for values; the keyboard is in the first field.

        Args:
            missing: Which.
            keeping: Where they will be kept, in words.
        """
        self._clear()
        self._missing = tuple(_MissingRow(self._theme, one, self._facts_of) for one in missing)
        for row in self._missing:
            self._list.addWidget(row)
            row.entry.changed.connect(self._on_changed)
            row.entry.submitted.connect(self._on_submitted)
        words = translate("SecretSheet", "The code reads a secret that has no value yet.")
        if len(missing) > 1:
            many = translate("SecretSheet", "The code reads {count} secrets without a value yet.")
            words = many.format(count=len(missing))
        self._said.setText(words)
        self._say(keeping)
        self._on_changed()
        self.open(self._missing[0].entry.field if self._missing else None)
        self.fit()

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values into the fields of their names, to be saved with the others."""
        found = [row for row in self._missing if values.get(row.name)]
        for row in found:
            row.entry.put(values[row.name])
        words = translate("SecretSheet", "{found} of {count} values were in the file.")
        self._say(words.format(found=len(found), count=len(self._missing)))
        self._go_on()

    def show_problem(self, words: str) -> None:
        """Say why values could not be taken, without closing."""
        self._say(words)

    @property
    def entries(self) -> Mapping[str, SecretEntry]:
        """The fields, by the names of their secrets."""
        return {row.name: row.entry for row in self._missing}

    def _on_changed(self) -> None:
        self.save_button.setEnabled(all(row.entry.has_value for row in self._missing))
        self.fit()

    def _on_submitted(self) -> None:
        if self.save_button.isEnabled():
            self._on_save()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Put the keyboard on what is to be done next."""
        empty = next((row for row in self._missing if not row.entry.has_value), None)
        target: QWidget = self.save_button if empty is None else empty.entry.field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_save(self) -> None:
        values = tuple(SecretSaved(row.name, row.entry.take()) for row in self._missing)
        self.close_sheet()
        self.saved.emit(values)

    def _on_env(self) -> None:
        ask_for_env_file(self, self._on_env_chosen)

    def _on_env_chosen(self, path: Path) -> None:
        self.env_requested.emit(EnvWish(path))

    def _say(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self.fit()

    def _wipe(self) -> None:
        for row in self._missing:
            row.entry.wipe()

    def _clear(self) -> None:
        self._wipe()
        for row in self._missing:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._missing = ()

    @override
    def fit(self) -> None:
        """Take another height, at once: the rows are asked before Qt would ask them."""
        for row in self._missing:
            for widget in (row.entry, row):
                layout = widget.layout()
                assert layout is not None, "made with one"
                layout.activate()
        self.body.activate()
        super().fit()

    def _fit_list(self) -> None:
        self._list.setSpacing(self._theme.px(16))
