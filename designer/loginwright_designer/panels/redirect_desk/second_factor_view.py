"""The page that answers for a second factor, an enrolment or a form (desktop.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, text_label
from loginwright_designer.controls.layout_parts import empty
from loginwright_designer.controls.rows import PastFrame, Separator
from loginwright_designer.panels.redirect_desk.desk_band import DeskBand
from loginwright_designer.panels.redirect_desk.desk_row import LEAST_VALUE, DeskRow, name_width
from loginwright_designer.panels.redirect_desk.desk_title import DeskTitle
from loginwright_designer.panels.redirect_desk.form_fields import FormFields
from loginwright_designer.panels.redirect_desk.question_signals import ReplyGiven
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.factor_words import factor_words
from loginwright_designer.simulation.second_factor_desk import (
    Question,
    factor_reply,
    form_reply,
)
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from loginwright_designer.simulation.desk_words import DeskClock
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.simulation import AnyReply

translate = QCoreApplication.translate

SEND_KEY = "Ctrl+Enter"


class SecondFactorDesk(QWidget):
    """Who is asked for what, and the buttons that answer.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    reply_given = Signal(object)  # ReplyGiven: answer for the person who is asked
    wait_requested = Signal(object)  # WaitWish: this long, on the login's clock
    place_opened = Signal(object)  # SourcePlace: a link to the action's code was pressed

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._question: Question | None = None
        self._editable = True
        self.setAccessibleName(translate("SecondFactorDesk", "Second factor"))
        self.band = DeskBand(theme)
        self.band.wait_requested.connect(self.wait_requested)
        self._title = DeskTitle(theme, "", translate("SecondFactorDesk", "you are the user"))
        self._asked = QVBoxLayout()
        self._group = QButtonGroup(self)
        self._factors = QVBoxLayout()
        fields, host = (
            translate("SecondFactorDesk", "Fields"),
            translate("SecondFactorDesk", "Variables"),
        )
        self.fields = FormFields(theme, fields, translate("SecondFactorDesk", "from the browser"))
        self.variables = FormFields(theme, host, translate("SecondFactorDesk", "from the host"))
        for form in (self.fields, self.variables):
            form.line_opened.connect(self._on_line)
        self._hint = text_label(
            translate("SecondFactorDesk", "true, 3 and {} are sent as JSON, all else as text."),
            TextStyle.SECONDARY,
            Role.TEXT_SECONDARY,
            wrap=True,
        )
        self._next = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self.failed = Button(theme, translate("SecondFactorDesk", "Failed"), icon="x")
        self.passed = Button(theme, translate("SecondFactorDesk", "Passed"), icon="check")
        self.failed.clicked.connect(lambda: self._answer(passed=False))
        self.passed.clicked.connect(lambda: self._answer(passed=True))
        self._buttons = RowWidget(theme.px(8), push_last=True)
        self._buttons.row.add(self.failed)
        self._buttons.row.add(self.passed)
        self._lay_out()
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_question(self, question: Question) -> None:
        """Show what a login that is away asks, ready to be answered."""
        self._question = question
        self.band.show_away(question.title, visible_line(question.sentence))
        self.band.set_waits(True)
        is_form = question.kind == "form"
        self._title.text.setText(
            translate("SecondFactorDesk", "Form")
            if is_form
            else translate("SecondFactorDesk", "Factor")
        )
        self._show_asked(question)
        self._show_factors(question)
        self.fields.show_fields(question.fields, question.variables)
        self.variables.show_fields(question.variables, question.fields)
        self.fields.setVisible(is_form)
        self.variables.setVisible(is_form)
        self._hint.setVisible(is_form)
        self._next.setText(question.next_sentence)
        self._show_buttons(question)
        self._set_editable(True)

    def show_clock(self, clock: DeskClock) -> None:
        """Show how late it is for the login."""
        self.band.show_clock(clock)

    def show_answered(self, sentence: str) -> None:
        """Stay readable once the login has gone on.

        Args:
            sentence: What became of it: "Passed by otp."
        """
        if self._question is not None:
            self.band.show_answered(translate("SecondFactorDesk", "Answered"), sentence)
            self.band.set_waits(False)
            self._set_editable(False)

    def set_past(self, past: bool) -> None:
        """Say that this is how it was, or that it is now."""
        self._frame.set_past(past)
        self._set_editable(self._editable and not past, keep=True)

    def focus_first(self) -> None:
        """Put the keyboard on the first empty field, else on the proposed answer."""
        empty = (field for field in self._all_fields() if not field.text())
        first = next(empty, None)
        wanted = first if first is not None else self._proposed_button()
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self, *, run: bool = False) -> None:
        """Give the proposed answer (Ctrl+Enter); nothing where it cannot be given."""
        if self._question is not None and self.passed.isEnabled():
            self._answer(passed=self._question.passed, run=run)

    def reply(self, *, passed: bool = True) -> AnyReply:
        """Return the answer as it stands here."""
        if self._question is not None and self._question.kind == "form":
            return form_reply(self.fields.fields(), self.variables.fields())
        chosen = self._group.checkedButton()
        factor = str(chosen.property("factor")) if chosen is not None else ""
        return factor_reply(factor, passed=passed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Ctrl+Enter; Esc does nothing here."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send(run=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        content = QFrame()
        content.setProperty("ground", "surface")
        self._column = QVBoxLayout(content)
        self._column.addWidget(self._title)
        self._column.addLayout(self._asked)
        self._column.addLayout(self._factors)
        self._column.addWidget(self.fields)
        self._column.addWidget(self.variables)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        self._column.addWidget(Separator())
        self._column.addWidget(self._next)
        self._column.addWidget(self._buttons)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QFrame()
        whole.setProperty("ground", "surface")
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.band)
        rows.addWidget(content, 1)
        scroll.setWidget(whole)
        self._frame = PastFrame(self._theme, scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    def _show_asked(self, question: Question) -> None:
        """Say who asks, with the way to the call."""
        empty(self._asked)
        row = DeskRow(self._theme, translate("SecondFactorDesk", "Asked by"))
        row.set_name_width(name_width(self._theme, ()))
        row.add_value(visible_line(question.asked_by), code=False)
        place = question.place
        if place is not None:
            text = translate("SecondFactorDesk", "line {line}").format(line=place.line)
            name = translate("SecondFactorDesk", "Asked at line {line}").format(line=place.line)
            link = row.add_link(text, name)
            link.clicked.connect(lambda: self.place_opened.emit(place))
        self._asked.addWidget(row)

    def _show_factors(self, question: Question) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
        empty(self._factors)
        for factor in question.factors:
            words = factor_words(factor)
            button = QRadioButton(visible_line(words))
            button.setProperty("factor", factor)
            button.setChecked(factor == question.factor)
            self._group.addButton(button)
            row = RowWidget(self._theme.px(8))
            row.row.add(button)
            if words != factor:
                code = ElidedLabel(factor, TextStyle.VALUE, Role.TEXT_SECONDARY)
                row.row.add(code, grows=True, least=self._theme.px(LEAST_VALUE))
                button.setAccessibleDescription(factor)
            self._factors.addWidget(row)
            QWidget.setTabOrder(button, self.failed)
        QWidget.setTabOrder(self.failed, self.passed)

    def _show_buttons(self, question: Question) -> None:
        is_form = question.kind == "form"
        self.failed.setVisible(not is_form)
        failed, passed = _answers(question)
        proposes = question.passed or is_form
        self.passed.show_text(passed, SEND_KEY if proposes else "")
        self.passed.show_icon("send" if is_form else "check")
        self.passed.show_kind("outlined" if proposes else "")
        self.failed.show_text(failed, "" if proposes else SEND_KEY)
        self.failed.show_kind("" if proposes else "outlined")

    def _set_editable(self, editable: bool, *, keep: bool = False) -> None:
        if not keep:
            self._editable = editable
        for widget in (self.failed, self.passed, *self._group.buttons()):
            widget.setEnabled(editable)
        self.fields.set_editable(editable)
        self.variables.set_editable(editable)

    def _all_fields(self) -> tuple[QLineEdit, ...]:
        if self._question is None or self._question.kind != "form":
            return ()
        return (*self.fields.values(), *self.variables.values())

    def _proposed_button(self) -> Button:
        refused = self._question is not None and not self._question.passed
        return self.failed if refused and not self.failed.isHidden() else self.passed

    def _answer(self, *, passed: bool, run: bool = False) -> None:
        self.reply_given.emit(ReplyGiven(self.reply(passed=passed), run))

    def _on_line(self, line: int) -> None:
        action_id = self._question.action_id if self._question is not None else None
        if action_id is not None:
            self.place_opened.emit(SourcePlace(action_id, line))

    def _fit(self) -> None:
        side, gap = self._theme.px(16), self._theme.px(8)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(gap)
        self._factors.setSpacing(self._theme.px(4))
        self._buttons.row.setSpacing(gap)


def _answers(question: Question) -> tuple[str, str]:
    """Return what the two buttons say; a form has only the second."""
    match question.kind:
        case "form":
            return "", translate("SecondFactorDesk", "Send")
        case "enrollment":
            not_enrolled = translate("SecondFactorDesk", "Not enrolled")
            return not_enrolled, translate("SecondFactorDesk", "Enrolled")
        case _:
            failed = translate("SecondFactorDesk", "Failed")
            return failed, translate("SecondFactorDesk", "Passed")
