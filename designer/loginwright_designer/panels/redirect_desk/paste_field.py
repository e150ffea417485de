"""A field for what came back from the real site: an address, a form's body or a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import text_label
from loginwright_designer.panels.redirect_desk.desk_title import DeskTitle
from loginwright_designer.simulation.pasted_reply import PasteRefused, pasted_answer
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.simulation.desk import Desk
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_LINES = 4


class PasteField(QWidget):
    """Reads what was pasted as it stands, and says what is wrong with it.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    answer_read = Signal(object)  # Answer: what the text says
    closed = Signal()  # it is not needed any more

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk: Desk | None = None
        words = translate("RedirectDesk", "Paste an address, a form's body or a token")
        self.title = DeskTitle(theme, "", "")
        self.title.text.hide()
        self.title.note.setText(words)
        self.close_button = Button(theme, translate("RedirectDesk", "Close"), kind="link")
        self.close_button.setAccessibleName(translate("RedirectDesk", "Close the paste field"))
        self.close_button.clicked.connect(self.closed)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(words)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("https://…/continue?state=…&session_token=…")
        self.text.textChanged.connect(self._on_text)
        self.title.row.add(self.close_button)
        self.reason = text_label("", TextStyle.SECONDARY, Role.DANGER, wrap=True)
        self.reason.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.text)
        self._column.addWidget(self.reason)
        self._column.addWidget(self.title)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_desk(self, desk: Desk) -> None:
        """Read what is pasted as an answer to this login."""
        self._desk = desk

    def open(self) -> None:
        """Wait for a text."""
        self.show()
        self.text.selectAll()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def empty(self) -> None:
        """Forget the text."""
        blocked = self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(blocked)
        self.reason.hide()

    def _on_text(self) -> None:
        text = self.text.toPlainText()
        if self._desk is None or not text.strip():
            self.reason.hide()
            return
        read = pasted_answer(text, self._desk)
        if isinstance(read, PasteRefused):
            self.reason.setText(read.reason)
            self.reason.show()
            self.text.setAccessibleDescription(read.reason)
            return
        self.reason.hide()
        self.text.setAccessibleDescription("")
        self.answer_read.emit(read)

    def _fit(self) -> None:
        self.text.setFont(self._theme.font(TextStyle.VALUE))
        lines = self._theme.fonts.metrics(TextStyle.VALUE).lineSpacing() * _LINES
        self.text.setFixedHeight(int(lines) + self._theme.px(14))
        self.text.setMinimumWidth(self._theme.px(120))
        self._column.setSpacing(self._theme.px(4))
