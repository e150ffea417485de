"""The top of an answer: where it is from, how the browser comes back, and with which state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from loginwright_designer.panels.redirect_desk.choice_box import ChoiceBox
from loginwright_designer.panels.redirect_desk.desk_row import LEAST_VALUE, DeskRow
from loginwright_designer.panels.redirect_desk.value_row import value_edit
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.answer_edits import AnswerSource, answer_source
from loginwright_designer.simulation.desk import Answer, Desk
from loginwright_designer.simulation.desk_words import shortened
from loginwright_designer.simulation.visible_text import visible_line

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class AnswerHead(QWidget):
    """Source, method and state of an answer.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    edited = Signal(object)  # Answer: with another method or state
    source_chosen = Signal(str)  # an AnswerSource

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer = Answer()
        self._desk: Desk | None = None
        self.source_row = DeskRow(theme, translate("RedirectDesk", "Answer"))
        self.source = ChoiceBox(translate("RedirectDesk", "Answer"))
        self.source.activated.connect(lambda: self.source_chosen.emit(self.source.chosen))
        self.source_row.row.add(self.source, grows=True)
        self.method_row = DeskRow(theme, translate("RedirectDesk", "Send by"))
        self.post = QRadioButton(translate("RedirectDesk", "POST form"))
        self.get = QRadioButton(translate("RedirectDesk", "GET query"))
        self._methods = QButtonGroup(self)
        ways = RowWidget(theme.px(16))
        for button in (self.post, self.get):
            self._methods.addButton(button)
            ways.row.add(button)
            button.clicked.connect(self._on_method)
        self.method_row.row.add(ways, grows=True, least=theme.px(180))
        self._ways = ways
        self.method = self.method_row.add_value("", code=False)
        self.method.hide()
        self.state_row = DeskRow(theme, "state", code=True)
        self.state_value = self.state_row.add_value("")
        self.state_edit: QLineEdit = value_edit("state")
        self.state_edit.textEdited.connect(self._on_state)
        self.state_edit.hide()
        self.state_row.row.add(self.state_edit, grows=True, least=theme.px(LEAST_VALUE))
        self.state_note = self.state_row.add_note("")
        self.state_link = self.state_row.add_link("", "")
        self.state_link.clicked.connect(self._on_state_link)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for row in (self.source_row, self.method_row, self.state_row):
            self._column.addWidget(row)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_answer(self, answer: Answer, desk: Desk, *, pasting: bool) -> None:
        """Show the top of an answer.

        Args:
            answer: Which.
            desk: The login.
            pasting: Somebody is about to paste one.
        """
        self._answer, self._desk = answer, desk
        source = AnswerSource.PASTED if pasting else answer_source(answer, desk)
        self._show_sources(source)
        self.post.setChecked(answer.method == "POST")
        self.get.setChecked(answer.method == "GET")
        chosen = self.post if answer.method == "POST" else self.get
        self.method.setText(chosen.text())
        state = visible_line(desk.away.suspension.state)
        own = answer.state is None
        editing = not own or self.state_edit.hasFocus()
        self.state_value.setText(shortened(state))
        self.state_value.setAccessibleName(state)
        if not own and answer.state != self.state_edit.text():
            self.state_edit.setText(answer.state or "")
            self.state_edit.setCursorPosition(0)
        self._show_editing(editing=editing, own=own)

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read, but not edited."""
        self.source.setEnabled(not read_only)
        self.state_link.setEnabled(not read_only)
        self._ways.setVisible(not read_only)
        self.method.setVisible(read_only)
        self.state_edit.setReadOnly(read_only)

    def set_name_width(self, width: int) -> None:
        """Give the first column another width, in pixels."""
        for row in (self.source_row, self.method_row, self.state_row):
            row.set_name_width(width)

    def _show_sources(self, source: AnswerSource) -> None:
        choices: tuple[tuple[str, str], ...] = (
            (AnswerSource.CORRECT.value, translate("RedirectDesk", "As a correct site")),
            (AnswerSource.PASTED.value, translate("RedirectDesk", "Paste what came back")),
        )
        if source is AnswerSource.CHANGED:
            words = translate("RedirectDesk", "With your changes")
            choices = (*choices, (AnswerSource.CHANGED.value, words))
        self.source.show_choices(choices, source.value)
        self.source_row.row.set_least(self.source, self.source.whole_width)

    def _show_editing(self, *, editing: bool, own: bool) -> None:
        self.state_edit.setVisible(editing)
        self.state_value.setVisible(not editing)
        self.state_note.setText(
            translate("RedirectDesk", "this login's")
            if own
            else translate("RedirectDesk", "not this login's")
        )
        link = (
            translate("RedirectDesk", "This login's")
            if editing
            else translate("RedirectDesk", "Change")
        )
        self.state_link.show_text(link)
        said = (
            translate("RedirectDesk", "Send this login's state")
            if editing
            else translate("RedirectDesk", "Change state")
        )
        self.state_link.setAccessibleName(said)
        self.state_edit.setAccessibleDescription(self.state_note.text())

    def _on_method(self) -> None:
        method = "POST" if self.post.isChecked() else "GET"
        if method != self._answer.method:
            self.edited.emit(replace(self._answer, method="POST" if method == "POST" else "GET"))

    def _on_state(self, text: str) -> None:
        own = self._desk.away.suspension.state if self._desk is not None else ""
        self.edited.emit(replace(self._answer, state=None if text == own else text))

    def _on_state_link(self) -> None:
        if self._desk is None:
            return
        if self.state_edit.isVisibleTo(self):
            self.state_link.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_editing(editing=False, own=True)
            if self._answer.state is not None:
                self.edited.emit(replace(self._answer, state=None))
            return
        self.state_edit.setText(self._desk.away.suspension.state)
        self._show_editing(editing=True, own=True)
        self.state_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state_edit.selectAll()

    def _fit(self) -> None:
        self.source_row.row.set_least(self.source, self.source.whole_width)
        self._column.setSpacing(self._theme.px(4))
        self._ways.row.setSpacing(self._theme.px(16))
