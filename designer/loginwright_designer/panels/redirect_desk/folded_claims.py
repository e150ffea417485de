"""The claims that the desk fills in: one line, until somebody opens or changes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import ElidedLabel, text_label
from loginwright_designer.panels.redirect_desk.desk_row import LEAST_VALUE, DeskRow
from loginwright_designer.panels.redirect_desk.value_row import value_edit
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.answer_edits import with_folded
from loginwright_designer.simulation.desk import FOLDED_CLAIMS, Answer
from loginwright_designer.simulation.desk_words import value_text
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.login.json_values import JsonObject

translate = QCoreApplication.translate


class FoldedClaims(QWidget):
    """``state, sub, iss, iat, exp``; a changed one says that no correct site sends it.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    edited = Signal(object)  # Answer: with another value of a claim

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer = Answer()
        self._correct: JsonObject = {}
        self._open = False
        self.names = ElidedLabel("", TextStyle.VALUE, Role.TEXT_SECONDARY)
        self._words = text_label(
            translate("RedirectDesk", "filled in"), TextStyle.SECONDARY, Role.TEXT_SECONDARY
        )
        self.edit_button = Button(theme, translate("RedirectDesk", "Edit"), kind="link")
        self.edit_button.clicked.connect(self._on_toggle)
        self.fold = RowWidget(theme.px(8), push_last=True)
        self.fold.row.add(self.names)
        self.fold.row.add(self._words)
        self.fold.row.add(self.edit_button)
        self.rows = {name: _FoldedRow(theme, name) for name in FOLDED_CLAIMS}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for name, row in self.rows.items():
            row.edit.textEdited.connect(lambda text, of=name: self._on_edited(of, text))
            row.reset.clicked.connect(lambda _on=False, of=name: self._on_reset(of))
            self._column.addWidget(row)
        self._column.addWidget(self.fold)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_answer(self, answer: Answer, correct: JsonObject) -> None:
        """Show what an answer says of them.

        Args:
            answer: What would be sent.
            correct: What a correct site sends.
        """
        self._answer, self._correct = answer, correct
        for name, row in self.rows.items():
            changed = name in answer.changed
            value = answer.changed[name] if changed else correct.get(name)
            text = "" if value is None else value_text(value)
            if text != row.edit.text() and not row.edit.hasFocus():
                row.edit.setText(text)
                row.edit.setCursorPosition(0)
            row.show_changed(changed)
            row.setVisible(self._open or changed)
        folded = [name for name in FOLDED_CLAIMS if not (self._open or name in answer.changed)]
        self.names.setText(", ".join(folded))
        self.names.setVisible(bool(folded))
        self._words.setVisible(bool(folded))
        self.edit_button.show_text(
            translate("RedirectDesk", "Fold") if self._open else translate("RedirectDesk", "Edit")
        )
        self.edit_button.setAccessibleName(
            translate("RedirectDesk", "Fold the claims that are filled in")
            if self._open
            else translate("RedirectDesk", "Edit the claims that are filled in")
        )

    def set_read_only(self, read_only: bool) -> None:
        """Let them be read, but not edited."""
        for row in self.rows.values():
            row.edit.setReadOnly(read_only)
            row.reset.setEnabled(not read_only)

    def set_name_width(self, width: int) -> None:
        """Give the first column another width, in pixels."""
        for row in self.rows.values():
            row.set_name_width(width)

    def _on_toggle(self) -> None:
        self._open = not self._open
        self.show_answer(self._answer, self._correct)
        if self._open:
            next(iter(self.rows.values())).edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self, name: str, text: str) -> None:
        self.edited.emit(with_folded(self._answer, name, text, self._correct.get(name)))

    def _on_reset(self, name: str) -> None:
        correct = self._correct.get(name)
        text = "" if correct is None else value_text(correct)
        self.rows[name].edit.setText(text)
        wanted = self.rows[name].edit if self._open else self.edit_button
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited(name, text)

    def _fit(self) -> None:
        self._column.setSpacing(self._theme.px(4))


class _FoldedRow(DeskRow):
    """One of them, opened."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, code=True)
        self.edit: QLineEdit = value_edit(name)
        self.edit.setPlaceholderText(translate("RedirectDesk", "left out"))
        self.row.add(self.edit, grows=True, least=theme.px(LEAST_VALUE))
        reset = translate("RedirectDesk", "Reset {name}").format(name=name)
        self.reset = IconButton(theme, "rotate-ccw", reset, size=28)
        self.row.add(self.reset)
        words = translate("RedirectDesk", "not what a correct site sends")
        self.note = self.add_note(words, Role.PAUSED)

    def show_changed(self, changed: bool) -> None:
        """Say that it is not what a correct site sends, or not."""
        self.note.setVisible(changed)
        self.reset.setVisible(changed)
        said = self.note.text() if changed else ""
        self.edit.setAccessibleDescription(said)
