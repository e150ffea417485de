"""The desk's right half: the answer that comes back, as the other site would give it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.rows import SectionTitle, Separator
from loginwright_designer.panels.redirect_desk.answer_head import AnswerHead
from loginwright_designer.panels.redirect_desk.desk_row import name_width
from loginwright_designer.panels.redirect_desk.desk_title import DeskTitle
from loginwright_designer.panels.redirect_desk.field_list import FieldList
from loginwright_designer.panels.redirect_desk.paste_field import PasteField
from loginwright_designer.panels.redirect_desk.token_part import TokenPart
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.answer_edits import AnswerSource, as_correct_site
from loginwright_designer.simulation.desk import Answer, Desk
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class AnswerView(QWidget):
    """What is to come back, ready to be edited.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    edited = Signal(object)  # Answer: another one
    line_opened = Signal(int)  # a line of the handler
    paste_opened = Signal()  # the field for pasting is there now
    unusable_changed = Signal()  # what is typed can or cannot be sent now

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer = Answer()
        self._correct = Answer()
        self._desk: Desk | None = None
        self.title = DeskTitle(
            theme,
            translate("RedirectDesk", "Coming back"),
            translate("RedirectDesk", "you are the site"),
        )
        self.head = AnswerHead(theme)
        self.paste = PasteField(theme)
        self.paste.hide()
        self.token = TokenPart(theme)
        self.fields = FieldList(theme, translate("RedirectDesk", "Add field"))
        self.none = text_label(
            translate("RedirectDesk", "None"), TextStyle.BODY, Role.TEXT_SECONDARY
        )
        end = RowWidget(theme.px(8), push_last=True)
        end.row.add(self.none)
        end.row.add(self.fields.add_button)
        self._column = QVBoxLayout(self)
        self._others = SectionTitle(
            translate("RedirectDesk", "Other fields"), translate("RedirectDesk", "beside the token")
        )
        answer: tuple[QWidget, ...] = (self.title, self.head, self.paste, Separator(), self.token)
        for widget in (*answer, Separator(), self._others, self.fields, end):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._connect()
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def answer(self) -> Answer:
        """What would be sent."""
        return self._answer

    @property
    def problem(self) -> str:
        """Why it cannot be sent as it stands; empty where it can."""
        return self.token.problem or self.fields.problem

    def show_answer(self, answer: Answer, desk: Desk) -> None:
        """Show an answer to a login."""
        if self._desk is None or self._desk.away.suspension != desk.away.suspension:
            self.paste.empty()
            self.paste.hide()
        self._desk = desk
        self.paste.show_desk(desk)
        self._show(answer)

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read, but not edited."""
        self.head.set_read_only(read_only)
        self.token.set_read_only(read_only)
        self.fields.set_read_only(read_only)
        self.paste.text.setReadOnly(read_only)

    def open_paste(self) -> None:
        """Offer a field for what came back."""
        self.paste.open()
        self._show(self._answer)
        self.paste_opened.emit()

    def send_correct(self) -> None:
        """Turn the answer into one that a correct site sends, its own claims kept."""
        if self._desk is None:
            return
        self.paste.hide()
        base = self._correct if self._answer.token is not None else self._answer
        self._take(as_correct_site(base, self._desk))

    def first_empty(self) -> QWidget | None:
        """Return the first field with nothing in it, else the first claim's, else None."""
        rows = (*self.token.claims.rows, *self.fields.rows)
        shown = [row for row in rows if row.isVisibleTo(self)]
        unfilled = next((row for row in shown if row.is_empty), None)
        if unfilled is not None:
            return unfilled.edit if unfilled.name_edit is None else unfilled.name_edit
        return shown[0].edit if shown else None

    def _connect(self) -> None:
        self.head.edited.connect(self._take)
        self.head.source_chosen.connect(self._on_source)
        self.token.edited.connect(self._take)
        self.token.line_opened.connect(self.line_opened)
        self.fields.edited.connect(self._on_fields)
        self.fields.line_opened.connect(self.line_opened)
        self.paste.answer_read.connect(self._take)
        self.paste.closed.connect(self._on_paste_closed)

    def _show(self, answer: Answer) -> None:
        assert self._desk is not None, "shown with a desk"
        self._answer = answer
        if answer.token is None and answer.parameter is not None:
            self._correct = answer
        self.head.show_answer(answer, self._desk, pasting=self.paste.isVisibleTo(self))
        self.token.show_answer(answer, self._desk)
        self.fields.show_fields(answer.fields)
        self.fields.setVisible(bool(self.fields.rows))
        self.none.setVisible(not self.fields.rows)
        self._fit_names()

    def _take(self, answer: Answer) -> None:
        changed = answer != self._answer
        self._show(answer)
        if changed:
            self.edited.emit(answer)
        else:
            self.unusable_changed.emit()

    def _on_source(self, key: str) -> None:
        match AnswerSource(key):
            case AnswerSource.CORRECT:
                self.send_correct()
            case AnswerSource.PASTED:
                self.open_paste()
            case AnswerSource.CHANGED:
                pass

    def _on_paste_closed(self) -> None:
        self.paste.hide()
        self._show(self._answer)
        self.head.source.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_fields(self) -> None:
        self._take(replace(self._answer, fields=self.fields.fields))

    def _fit_names(self) -> None:
        width = name_width(self._theme, (*self.token.names(), *self.fields.names))
        for part in (self.token, self.fields):
            part.set_name_width(width)
        self.head.set_name_width(name_width(self._theme, ()))

    def _fit(self) -> None:
        side = self._theme.px(16)
        self._column.setContentsMargins(side, self._theme.px(8), side, side)
        self._column.setSpacing(self._theme.px(8))
        self._others.setMinimumHeight(self._theme.px(28))
        self._fit_names()
