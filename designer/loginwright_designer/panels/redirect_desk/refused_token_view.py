"""A refused reply token explained: the platform's message, seven rows, the cause, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import IconLabel, MarkLabel, SaidLabel, text_label
from loginwright_designer.controls.layout_parts import empty
from loginwright_designer.panels.redirect_desk.difference_text import DifferenceText
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.char_differences import char_differences
from loginwright_designer.simulation.desk_words import check_word
from loginwright_designer.simulation.visible_text import visible
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from loginwright_designer.simulation.refusal import Refusal
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.tracing.record import TokenCheck

translate = QCoreApplication.translate

LEAST_CELL = 128
CHECK_WIDTH = 136


class RefusedTokenView(QFrame):
    """Why a token was refused, checkable against the token.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    correct_reply_wanted = Signal()  # send what a correct site sends instead
    site_code_wanted = Signal()  # code that answers rightly

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "surface")
        self.setAccessibleName(translate("RedirectDesk", "A refused token"))
        self.message = text_label("", TextStyle.BODY_STRONG, wrap=True, selectable=True)
        self._head = RowWidget(theme.px(8))
        self._head.row.add(MarkLabel(theme, State.FAILED, 18))
        self._head.row.add(self.message, grows=True, least=theme.px(160))
        self.cause = SaidLabel("", TextStyle.BODY, selectable=True)
        self.consequence = text_label("", TextStyle.BODY, Role.TEXT_SECONDARY, wrap=True)
        self.table = QVBoxLayout()
        self.titles: TitleRow | None = None
        self.rows: list[CheckRow] = []
        self.correct_button = Button(
            theme, translate("RedirectDesk", "Send a correct reply instead"), kind="outlined"
        )
        self.correct_button.clicked.connect(self.correct_reply_wanted)
        self.code_button = Button(
            theme, translate("RedirectDesk", "Code for the site"), icon="code"
        )
        self.code_button.clicked.connect(self.site_code_wanted)
        self._buttons = RowWidget(theme.px(8))
        self._buttons.row.add(self.correct_button)
        self._buttons.row.add(self.code_button)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._head)
        self._column.addWidget(self.cause)
        self._column.addLayout(self.table)
        self._column.addWidget(self.consequence)
        self._column.addWidget(self._buttons)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_refusal(self, refusal: Refusal) -> None:
        """Explain a refusal."""
        self.message.setText(visible(refusal.message))
        self.message.setAccessibleName(visible(refusal.message))
        self.cause.setText(visible(refusal.cause or ""))
        self.cause.setVisible(bool(refusal.cause))
        self.consequence.setText(visible(refusal.consequence))
        self.consequence.setVisible(bool(refusal.consequence))
        empty(self.table)
        self.titles = TitleRow(self._theme)
        self.table.addWidget(self.titles)
        self.rows = [CheckRow(self._theme, check) for check in refusal.checks]
        for row in self.rows:
            self.table.addWidget(row)

    def show_offers(self, *, correct: bool) -> None:
        """Offer to send a correct reply instead, or not."""
        self.correct_button.setVisible(correct)

    def first_offer(self) -> Button:
        """Return the first button that is offered."""
        return self.code_button if self.correct_button.isHidden() else self.correct_button

    def _fit(self) -> None:
        side = self._theme.px(16)
        self._column.setContentsMargins(side, self._theme.px(12), side, self._theme.px(12))
        self._column.setSpacing(self._theme.px(8))
        self.table.setSpacing(self._theme.px(4))


class TitleRow(RowWidget):
    """What stands above the columns of the checks, as wide as they are at every zoom.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme.px(8), hangs=True, parent=parent)
        self._theme = theme
        words = (
            translate("RedirectDesk", "Check"),
            translate("RedirectDesk", "Expected"),
            translate("RedirectDesk", "Got"),
        )
        self.names = [text_label(one, TextStyle.BODY, Role.TEXT_SECONDARY) for one in words]
        self.row.add(self.names[0])
        for label in self.names[1:]:
            self.row.add(label, grows=True, least=theme.px(LEAST_CELL))
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _fit(self) -> None:
        self.row.setSpacing(self._theme.px(8))
        self.names[0].setFixedWidth(self._theme.px(CHECK_WIDTH))
        for label in self.names[1:]:
            self.row.set_least(label, self._theme.px(LEAST_CELL))
        self.setMinimumHeight(self._theme.px(24))


class CheckRow(RowWidget):
    """A check: what was expected and what came, its differences marked by character.

    Args:
        theme: The colours.
        check: The row.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, check: TokenCheck, parent: QWidget | None = None) -> None:
        super().__init__(theme.px(8), hangs=True, parent=parent)
        self._theme = theme
        self.check = check
        found = char_differences(check.expected, check.got)
        marks = not check.passed
        plain = char_differences(check.expected, check.expected).expected
        got = found.got if marks else char_differences(check.got, check.got).got
        self.expected = DifferenceText(
            theme, found.expected if marks else plain, Role.SUCCESS_TINT, Role.SUCCESS
        )
        self.got = DifferenceText(theme, got, Role.DANGER_TINT, Role.DANGER)
        self._name = _CheckName(theme, check)
        self.row.add(self._name)
        least = theme.px(LEAST_CELL)
        self.row.add(self.expected, grows=True, least=least)
        self.row.add(self.got, grows=True, least=least)
        self.setAccessibleName(self.spoken)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        text = translate("RedirectDesk", "{check}, {state}: expected {expected}, got {got}")
        return text.format(
            check=check_word(self.check.check),
            state=self._name.state,
            expected=self.check.expected,
            got=self.check.got,
        )

    def _fit(self) -> None:
        self.row.setSpacing(self._theme.px(8))
        self._name.setFixedWidth(self._theme.px(CHECK_WIDTH))
        for cell in (self.expected, self.got):
            self.row.set_least(cell, self._theme.px(LEAST_CELL))
        self.setMinimumHeight(self._theme.px(24))


class _CheckName(RowWidget):
    """A check's mark and word, and whether the platform would have come to it."""

    def __init__(self, theme: Theme, check: TokenCheck) -> None:
        super().__init__(theme.px(4))
        icon, role = ("check", Role.SUCCESS) if check.passed else ("x", Role.DANGER)
        passes, fails = translate("RedirectDesk", "passes"), translate("RedirectDesk", "fails")
        self.state = passes if check.passed else fails
        words = check_word(check.check)
        shown = role if check.reached else Role.TEXT_MUTED
        self.row.add(IconLabel(theme, icon, shown, 16, STATE_STROKE))
        strong = not check.passed and check.reached
        style = TextStyle.BODY_STRONG if strong else TextStyle.BODY
        self.row.add(text_label(words, style, None if check.reached else Role.TEXT_MUTED))
        if not check.reached:
            missed = translate("RedirectDesk", "not reached")
            self.state = f"{self.state}, {missed}"
            self.row.add(text_label(missed, TextStyle.SECONDARY, Role.TEXT_MUTED))
        self.setAccessibleName(f"{words}: {self.state}")
