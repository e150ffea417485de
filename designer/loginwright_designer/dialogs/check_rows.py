"""The rows of *Ready*: a mark, what was found, and what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, MarkLabel, text_label
from loginwright_designer.document.export_checks import CheckMark, Offer, ReadyCheck, Weight
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

STATES: Mapping[CheckMark, State] = {
    CheckMark.OK: State.AS_EXPECTED,
    CheckMark.HINT: State.HINT,
    CheckMark.WARNING: State.WARNING,
    CheckMark.ERROR: State.ERROR,
    CheckMark.DIFFERS: State.DIFFERS,
    CheckMark.STALE: State.STALE,
}


def offer_words(offer: Offer) -> str:
    """Return what the link of an offer says."""
    words = {
        Offer.SHOW_PROBLEMS: translate("ExportSheet", "Show problems"),
        Offer.SHOW_DIFFERENCES: translate("ExportSheet", "Show difference"),
        Offer.RUN_SCENARIOS: translate("ExportSheet", "Run"),
        Offer.SHOW_SECRETS: translate("ExportSheet", "Show secrets"),
    }
    return words[offer]


class CheckRow(QWidget):
    """One check.

    Args:
        theme: The colours.
        check: What was found.
        parent: Qt's owner.
    """

    offer_pressed = Signal(object)  # Offer

    def __init__(self, theme: Theme, check: ReadyCheck, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = check
        self.setAccessibleName(f"{check.text}. {check.note}".removesuffix(". "))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        long = bool(check.note) and check.weight is Weight.BLOCKS
        place = Qt.AlignmentFlag.AlignTop if long else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(MarkLabel(theme, STATES[check.mark]), 0, place)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(ElidedLabel(check.text))
        words.addLayout(line)
        if long:
            note = text_label(
                check.note, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True, selectable=False
            )
            words.addWidget(note)
            line.addStretch(1)
        else:
            line.addWidget(ElidedLabel(check.note, TextStyle.SECONDARY, Role.TEXT_SECONDARY), 1)
        row.addLayout(words, 1)
        self.button: Button | None = None
        if check.offer is not None:
            self.button = Button(theme, offer_words(check.offer), kind="link")
            self.button.setAccessibleName(f"{check.text}: {offer_words(check.offer)}")
            self.button.clicked.connect(self._on_clicked)
            row.addWidget(self.button, 0, place)
        self.setMinimumHeight(theme.px(32))

    def _on_clicked(self) -> None:
        self.offer_pressed.emit(self.check.offer)


class CheckRows(QWidget):
    """All checks, in order.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    offer_pressed = Signal(object)  # Offer

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._checks: tuple[ReadyCheck, ...] = ()
        self._shown: list[CheckRow] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        theme.theme_changed.connect(self._rebuild)

    @property
    def rows(self) -> tuple[CheckRow, ...]:
        """The rows as they are shown."""
        return tuple(self._shown)

    def show_checks(self, checks: tuple[ReadyCheck, ...]) -> None:
        """Show other checks; the keyboard stays on the link it is on."""
        if checks != self._checks:
            self._checks = checks
            self._rebuild()

    def first_unmet(self) -> QWidget | None:
        """Return the link of the first check that is in the way, None when none has one."""
        weights = (Weight.BLOCKS, Weight.ASKS)
        unmet = (row.button for row in self._shown if row.check.weight in weights)
        return next((button for button in unmet if button is not None), None)

    def _rebuild(self) -> None:
        focused = next(
            (row.check.offer for row in self._shown if row.button and row.button.hasFocus()), None
        )
        for row in self._shown:
            row.hide()
            row.deleteLater()
        self._shown = [CheckRow(self._theme, check, self) for check in self._checks]
        self._rows.setSpacing(0)
        for row in self._shown:
            self._rows.addWidget(row)
            row.offer_pressed.connect(self.offer_pressed)
            row.show()
            if focused is not None and row.check.offer is focused and row.button is not None:
                row.button.setFocus(Qt.FocusReason.OtherFocusReason)
