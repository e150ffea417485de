"""The reply token of an answer: made here from its claims, or sent as it came."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import IconLabel, text_label
from loginwright_designer.controls.layout_parts import empty
from loginwright_designer.controls.rows import SectionTitle
from loginwright_designer.panels.redirect_desk.choice_box import ChoiceBox
from loginwright_designer.panels.redirect_desk.desk_row import LEAST_VALUE, DeskRow, name_width
from loginwright_designer.panels.redirect_desk.field_list import FieldList
from loginwright_designer.panels.redirect_desk.folded_claims import FoldedClaims
from loginwright_designer.panels.redirect_desk.row_link import RowLink
from loginwright_designer.panels.redirect_desk.value_row import value_edit
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.answer_edits import correct_claims
from loginwright_designer.simulation.desk import Answer, Desk
from loginwright_designer.simulation.desk_words import shortened, value_text
from loginwright_designer.simulation.sent_out import signing_secret
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.tinted_icons import STATE_STROKE
from loginwright_runtime.tokens.strict_jwt import Unreadable, read_unverified

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class TokenPart(QWidget):
    """The reply token.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    edited = Signal(object)  # Answer: with another token
    line_opened = Signal(int)  # the line that reads a claim

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer = Answer()
        self._desk: Desk | None = None
        self._read_only = False
        self.title = SectionTitle(translate("RedirectDesk", "Reply token"))
        self.parameter_link = RowLink(theme, "", kind="link")
        self.parameter_link.clicked.connect(self._on_parameter)
        self.title.add_widget(self.parameter_link)
        self.parameter_row = DeskRow(theme, translate("RedirectDesk", "Parameter"))
        self.parameter = value_edit(translate("RedirectDesk", "Parameter of the reply token"))
        self.parameter.textEdited.connect(self._on_parameter_text)
        self.parameter_row.row.add(self.parameter, grows=True, least=theme.px(LEAST_VALUE))
        self.parameter_row.hide()
        self.signed_row = DeskRow(theme, translate("RedirectDesk", "Signed with"))
        self.secret = ChoiceBox(translate("RedirectDesk", "Signed with"), code=True)
        self.secret.activated.connect(self._on_secret)
        self.signed_row.row.add(self.secret, grows=True)
        self.claims = FieldList(theme, translate("RedirectDesk", "Add claim"))
        self.claims.edited.connect(self._on_claims)
        self.claims.line_opened.connect(self.line_opened)
        self.folded = FoldedClaims(theme)
        self.folded.edited.connect(self.edited)
        self._came = QVBoxLayout()
        self.none_link = Button(theme, "", kind="link")
        self.none_link.clicked.connect(self._on_none)
        self._offers = RowWidget(theme.px(8), push_last=True)
        self._offers.row.add(self.claims.add_button)
        self._offers.row.add(self.none_link)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.parameter_row, self.signed_row, self.claims, self.folded):
            self._column.addWidget(widget)
        self._column.addLayout(self._came)
        self._column.addWidget(self._offers)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def problem(self) -> str:
        """Why the claims cannot be sent; empty where they can."""
        return self.claims.problem if self.secret.isVisibleTo(self) else ""

    def show_answer(self, answer: Answer, desk: Desk) -> None:
        """Show the token of an answer."""
        came_before = self._answer.token
        self._answer, self._desk = answer, desk
        makes = answer.parameter is not None and answer.token is None
        parameter = answer.parameter or ""
        self.parameter_link.setVisible(answer.parameter is not None)
        words = translate("RedirectDesk", "in {parameter}").format(parameter=parameter)
        self.parameter_link.show_text(visible_line(words))
        name = translate("RedirectDesk", "Reply token {where}: change the parameter")
        self.parameter_link.setAccessibleName(name.format(where=visible_line(words)))
        if not self.parameter.hasFocus():
            self.parameter.setText(parameter)
        if answer.parameter is None:
            self.parameter_row.hide()
        for widget in (self.signed_row, self.claims, self.folded, self.claims.add_button):
            widget.setVisible(makes)
        if makes:
            self._show_made(answer, desk)
        self._show_none_link(answer)
        if answer.token != came_before:
            empty(self._came)
            if answer.token is not None:
                self._show_came(answer.token, desk)

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read, but not edited."""
        self._read_only = read_only
        self.parameter_link.setEnabled(not read_only)
        self.parameter.setReadOnly(read_only)
        self.secret.setEnabled(not read_only)
        self.none_link.setEnabled(not read_only)
        self.claims.set_read_only(read_only)
        self.folded.set_read_only(read_only)

    def names(self) -> tuple[str, ...]:
        """Return what stands in the first column."""
        return self.claims.names

    def set_name_width(self, width: int) -> None:
        """Give the column of the claims' names another width, in pixels."""
        own = name_width(self._theme, ())
        self.parameter_row.set_name_width(own)
        self.signed_row.set_name_width(own)
        self.claims.set_name_width(width)
        self.folded.set_name_width(width)

    def _show_made(self, answer: Answer, desk: Desk) -> None:
        names = tuple((name, name) for name in desk.away.secrets)
        if answer.secret is None:
            names = (*names, ("", translate("RedirectDesk", "No secret known here")))
        self.secret.show_choices(names, answer.secret or "")
        self.signed_row.row.set_least(self.secret, self.secret.whole_width)
        self.claims.show_fields(answer.claims)
        self.claims.setVisible(bool(self.claims.rows))
        self.folded.show_answer(answer, correct_claims(answer, desk))

    def _show_none_link(self, answer: Answer) -> None:
        if answer.token is not None:
            words = translate("RedirectDesk", "Make one instead")
        elif answer.parameter is None:
            words = translate("RedirectDesk", "None is sent. Add a token")
        else:
            words = translate("RedirectDesk", "Send no token")
        self.none_link.show_text(words)

    def _show_came(self, token: str, desk: Desk) -> None:
        """Show a token that is sent as it is, and who signed it."""
        row = self._came_row(translate("RedirectDesk", "as it came"), shortened(token), token)
        signed = signing_secret(token, desk.away.secrets)
        icon, role = "x", Role.DANGER
        words = translate("RedirectDesk", "signed with no secret known here")
        if signed is not None:
            icon, role = "circle-check", Role.SUCCESS
            words = translate("RedirectDesk", "signed with {name}").format(name=signed)
        by = RowWidget(self._theme.px(4))
        by.row.add(IconLabel(self._theme, icon, role, 16, STATE_STROKE))
        by.row.add(text_label(words, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True))
        row.row.add(by)
        payload = read_unverified(token).payload
        if not isinstance(payload, Unreadable):
            for name, value in payload.items():
                self._came_row(name, value_text(value), "")

    def _came_row(self, name: str, value: str, whole: str) -> DeskRow:
        row = DeskRow(self._theme, visible_line(name), code=True)
        row.set_name_width(name_width(self._theme, self.names()))
        row.add_value(visible_line(value), whole=visible_line(whole))
        self._came.addWidget(row)
        return row

    def _on_secret(self) -> None:
        self.edited.emit(replace(self._answer, secret=self.secret.chosen or None))

    def _on_claims(self) -> None:
        self.edited.emit(replace(self._answer, claims=self.claims.fields))

    def _on_parameter(self) -> None:
        self.parameter_row.setVisible(not self.parameter_row.isVisibleTo(self))
        if self.parameter_row.isVisibleTo(self):
            self.parameter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_parameter_text(self, text: str) -> None:
        if text.strip():
            self.edited.emit(replace(self._answer, parameter=text.strip()))

    def _on_none(self) -> None:
        if self._desk is None:
            return
        if self._answer.token is not None:
            self.edited.emit(replace(self._answer, token=None))
        elif self._answer.parameter is None:
            desk = self._desk
            secret = self._answer.secret or desk.signing_secret
            self.edited.emit(replace(self._answer, parameter=desk.parameter, secret=secret))
        else:
            self.edited.emit(replace(self._answer, parameter=None))

    def _fit(self) -> None:
        self.signed_row.row.set_least(self.secret, self.secret.whole_width)
        self._column.setSpacing(self._theme.px(4))
        self._came.setSpacing(self._theme.px(4))
        self.title.setMinimumHeight(self._theme.px(28))
