"""The live strip: what ``validateToken`` would say of an answer before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import IconLabel, text_label
from loginwright_designer.controls.layout_parts import empty
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.desk_words import check_word
from loginwright_designer.simulation.live_verdict import LiveVerdict
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.tracing.record import TokenCheck

translate = QCoreApplication.translate


class VerdictStrip(QFrame):
    """The verdict, its seven ticks, and what runs next.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    line_opened = Signal(int)  # the line of validateToken

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._verdict = LiveVerdict()
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self._mark = IconLabel(theme, "circle-check", size=16, stroke=STATE_STROKE)
        self.title = text_label("", TextStyle.BODY_STRONG, wrap=True)
        self.link = Button(theme, "", kind="link")
        self.link.clicked.connect(self._on_link)
        head = RowWidget(theme.px(8))
        head.row.add(self._mark)
        head.row.add(self.title, grows=True, least=theme.px(160))
        head.row.add(self.link)
        self._head = head
        self.checks = RowWidget(theme.px(16))
        self.message = text_label("", TextStyle.SECONDARY, wrap=True, selectable=True)
        self.next = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self._below = QVBoxLayout()
        for widget in (self.checks, self.message, self.next):
            self._below.addWidget(widget)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(head)
        self._rows.addLayout(self._below)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_next(self, sentence: str) -> None:
        """Say what runs when the login goes on."""
        self.next.setText(sentence)

    def show_verdict(self, verdict: LiveVerdict) -> None:
        """Show another verdict."""
        if verdict == self._verdict and self.title.text():
            return
        before, self._verdict = self._verdict.checks, verdict
        icon, role = "circle-check", Role.SUCCESS
        if verdict.unmade:
            icon, role = "triangle-alert", Role.DANGER
        elif verdict.checks and not verdict.accepted:
            icon, role = "circle-x", Role.DANGER
        elif not verdict.checks:
            icon, role = "info", Role.TEXT_SECONDARY
        self._mark.show_icon(icon, role)
        self.title.setText(verdict.title)
        self.message.setText(visible_line(verdict.message))
        self.message.setVisible(bool(verdict.message))
        self.link.setVisible(verdict.line is not None)
        if verdict.line is not None:
            self.link.show_text(translate("RedirectDesk", "line {n}").format(n=verdict.line))
            name = translate("RedirectDesk", "validateToken, line {n}")
            self.link.setAccessibleName(name.format(n=verdict.line))
        self.checks.setVisible(bool(verdict.checks))
        if _looks(before) != _looks(verdict.checks):
            empty(self.checks.row)
            for row in verdict.checks:
                self.checks.row.add(_CheckItem(self._theme, row))
            self.updateGeometry()

    def _on_link(self) -> None:
        if self._verdict.line is not None:
            self.line_opened.emit(self._verdict.line)

    def _fit(self) -> None:
        side, theme = self._theme.px(16), self._theme
        self._rows.setContentsMargins(side, theme.px(4), side, theme.px(8))
        self._rows.setSpacing(theme.px(2))
        self._below.setContentsMargins(theme.px(24), 0, 0, 0)
        self._below.setSpacing(theme.px(4))
        self._head.row.setSpacing(theme.px(8))
        self.checks.row.setSpacing(theme.px(12))


def _looks(checks: tuple[TokenCheck, ...]) -> tuple[tuple[str, bool, bool], ...]:
    """Return all of the rows that the strip shows."""
    return tuple((row.check, row.passed, row.reached) for row in checks)


class _CheckItem(QWidget):
    """A tick or a cross, and the check's word."""

    def __init__(self, theme: Theme, row: TokenCheck) -> None:
        super().__init__()
        icon, role = ("check", Role.SUCCESS) if row.passed else ("x", Role.DANGER)
        words = check_word(row.check)
        said = (
            translate("RedirectDesk", "{check}: passes")
            if row.passed
            else translate("RedirectDesk", "{check}: fails")
        ).format(check=words)
        if not row.reached:
            role = Role.TEXT_MUTED
            said = translate("RedirectDesk", "{check}, not reached").format(check=said)
        self.setAccessibleName(said)
        self.setToolTip(said)
        label = text_label(words, TextStyle.SECONDARY, None if row.reached else Role.TEXT_MUTED)
        label.setAccessibleName(said)
        cells = QHBoxLayout(self)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(theme.px(4))
        cells.addWidget(IconLabel(theme, icon, role, 16, STATE_STROKE))
        cells.addWidget(label)
