"""The desk's left half: what went out with the browser, read only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel
from loginwright_designer.controls.layout_parts import empty
from loginwright_designer.controls.rows import SectionTitle, Separator
from loginwright_designer.panels.redirect_desk.desk_row import DeskRow, name_width
from loginwright_designer.panels.redirect_desk.desk_title import DeskTitle
from loginwright_designer.panels.redirect_desk.row_link import RowLink
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.desk_words import claim_words, decoded_text, shortened
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.simulation.visible_text import visible, visible_line
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.simulation.desk import Desk
    from loginwright_designer.simulation.desk_words import ClaimWords
    from loginwright_designer.simulation.sent_out import SentClaim, SentParameter, SentToken
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_LINES = 14


@dataclass(frozen=True, slots=True)
class _ToldClaim:
    """A claim's row whose words change as time passes."""

    row: DeskRow
    value: ElidedLabel
    note: QLabel

    def tell(self, words: ClaimWords) -> None:
        self.value.setAccessibleName(visible_line(words.whole))
        self.row.setToolTip(visible(words.whole))
        self.note.setText(words.note)


class SentView(QWidget):
    """What went out: the address in parts, and the token read.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    place_opened = Signal(object)  # SourcePlace: the line that set a claim
    copied = Signal(str)  # what is on the clipboard now, in words

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk: Desk | None = None
        self.title = DeskTitle(
            theme, translate("RedirectDesk", "Sent out"), translate("RedirectDesk", "read only")
        )
        self._parts = QVBoxLayout()
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(self.title)
        self._rows.addLayout(self._parts)
        self._rows.addStretch(1)
        self._decoded: QPlainTextEdit | None = None
        self._decode: Button | None = None
        self._named: list[DeskRow] = []
        self._told: dict[str, _ToldClaim] = {}
        self._fit()
        theme.theme_changed.connect(self._on_theme_changed)

    @property
    def desk(self) -> Desk | None:
        """The login that is shown; None before any."""
        return self._desk

    def show_time(self, desk: Desk) -> None:
        """Show the same login later: how long its token is still good for."""
        self._desk = desk
        sent = desk.sent.token
        for claim in sent.token.claims if sent is not None and sent.token is not None else ():
            told = self._told.get(claim.name)
            if told is not None:
                told.tell(claim_words(claim))

    def show_desk(self, desk: Desk) -> None:
        """Show what went out with a login."""
        same = self._desk is not None and self._desk.sent == desk.sent
        self._desk = desk
        if not same:
            self._build(desk)

    def _build(self, desk: Desk) -> None:
        empty(self._parts)
        self._named, self._decoded, self._decode = [], None, None
        self._told = {}
        self._add_address(desk)
        for parameter in desk.sent.parameters:
            self._add_parameter(parameter)
        sent = desk.sent.token
        if sent is not None and sent.token is not None:
            self._add_token(sent, sent.token)
        self._fit()

    def _add_address(self, desk: Desk) -> None:
        row = RowWidget(self._theme.px(8))
        address = DeskRow(self._theme, visible_line(desk.sent.address), code=True)
        address.name.setAccessibleDescription(translate("RedirectDesk", "Address"))
        row.row.add(address.name, grows=True, least=self._theme.px(160))
        address.deleteLater()
        copy = RowLink(self._theme, translate("RedirectDesk", "Copy URL"), kind="link")
        copy.clicked.connect(self._on_copy_url)
        row.row.add(copy)
        self._parts.addWidget(row)

    def _add_parameter(self, parameter: SentParameter) -> None:
        row = self._named_row(visible_line(parameter.name))
        value = visible_line(parameter.value)
        row.add_value(shortened(value), whole=value)
        if parameter.by_engine:
            row.add_note(translate("RedirectDesk", "added by engine"))
        if parameter.token is not None:
            self._add_algorithm(row, parameter.token)

    def _add_algorithm(self, row: DeskRow, token: SentToken) -> None:
        """A tick only where the signature verifies with a secret that is known here."""
        if token.secret is not None:
            row.add_icon("circle-check", Role.SUCCESS)
            row.add_note(visible_line(token.algorithm), Role.SUCCESS)
        else:
            row.add_note(visible_line(token.algorithm) or translate("RedirectDesk", "no alg"))

    def _add_token(self, parameter: SentParameter, token: SentToken) -> None:
        note = translate("RedirectDesk", "signed with no secret known here")
        if token.secret is not None:
            note = translate("RedirectDesk", "signed with {name}").format(name=token.secret)
        self._parts.addSpacing(self._theme.px(6))
        self._parts.addWidget(Separator())
        self._parts.addSpacing(self._theme.px(4))
        title = SectionTitle(translate("RedirectDesk", "In the token"), note)
        title.setMinimumHeight(self._theme.px(28))
        self._parts.addWidget(title)
        for claim in sorted(token.claims, key=lambda one: not one.from_code):
            self._add_claim(claim)
        self._parts.addSpacing(self._theme.px(8))
        self._add_buttons(parameter)

    def _add_claim(self, claim: SentClaim) -> None:
        words = claim_words(claim)
        row = self._named_row(visible_line(claim.name))
        row.name.setProperty("text_role", Role.TEXT_SECONDARY.value)
        value = row.add_value(visible_line(words.value), whole=visible_line(words.whole))
        row.setToolTip(visible(words.whole))
        if words.line is None:
            self._told[claim.name] = _ToldClaim(row, value, row.add_note(words.note))
            return
        text = translate("RedirectDesk", "from your code:{line}").format(line=words.line)
        name = translate("RedirectDesk", "{claim}, from your code, line {line}")
        link = row.add_link(text, name.format(claim=claim.name, line=words.line))
        line = words.line
        link.clicked.connect(lambda: self._open(line))

    def _add_buttons(self, parameter: SentParameter) -> None:
        row = RowWidget(self._theme.px(8))
        self._decode = Button(self._theme, translate("RedirectDesk", "Decode as text"))
        self._decode.clicked.connect(lambda: self._on_decode(parameter))
        copy = Button(self._theme, translate("RedirectDesk", "Copy token"), icon="copy")
        copy.clicked.connect(
            lambda: self._copy(parameter.value, translate("RedirectDesk", "Token"))
        )
        row.row.add(self._decode)
        row.row.add(copy)
        self._parts.addWidget(row)

    def _named_row(self, name: str) -> DeskRow:
        row = DeskRow(self._theme, name, code=True)
        self._named.append(row)
        self._parts.addWidget(row)
        return row

    def _on_decode(self, parameter: SentParameter) -> None:
        """Show header and payload as JSON, or put them away again."""
        assert self._decode is not None, "pressed"
        if self._decoded is not None:
            self._decoded.hide()
            self._decoded.deleteLater()
            self._decoded = None
            self._decode.show_text(translate("RedirectDesk", "Decode as text"))
            return
        text = QPlainTextEdit(visible(decoded_text(parameter.value)))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(translate("RedirectDesk", "Token sent out, decoded"))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._decoded = text
        self._decode.show_text(translate("RedirectDesk", "Hide the text"))
        self._parts.addWidget(text)
        self._fit_text()

    def _on_copy_url(self) -> None:
        if self._desk is not None:
            self._copy(self._desk.sent.url, translate("RedirectDesk", "URL"))

    def _copy(self, text: str, what: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(what)

    def _open(self, line: int) -> None:
        action = self._desk.away.suspension.action if self._desk is not None else None
        if action is not None:
            self.place_opened.emit(SourcePlace(action, line))

    def _on_theme_changed(self) -> None:
        """Build the rows anew: their least widths follow the zoom."""
        if self._desk is not None:
            self._build(self._desk)
        self._fit()

    def _fit(self) -> None:
        side = self._theme.px(16)
        self._rows.setContentsMargins(side, self._theme.px(8), side, side)
        self._rows.setSpacing(self._theme.px(4))
        self._parts.setSpacing(self._theme.px(4))
        width = name_width(self._theme, (row.name.whole_text() for row in self._named))
        for row in self._named:
            row.set_name_width(width)
        self._fit_text()

    def _fit_text(self) -> None:
        if self._decoded is not None:
            self._decoded.setFont(self._theme.font(TextStyle.VALUE))
            lines = min(self._decoded.document().blockCount() + 1, _LINES)
            height = self._theme.fonts.metrics(TextStyle.VALUE).lineSpacing() * lines
            self._decoded.setFixedHeight(int(height) + self._theme.px(14))
