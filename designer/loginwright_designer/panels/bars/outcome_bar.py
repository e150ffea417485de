"""The outcome bar: how a login ended, what the application receives, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import ElidedLabel, IconLabel
from loginwright_designer.controls.passing_menus import open_menu_below
from loginwright_designer.panels.bars.bar_signals import OfferChoice, OutcomeOffer
from loginwright_designer.panels.bars.sentence_label import SentenceLabel
from loginwright_designer.simulation.outcome_words import OutcomeState, OutcomeWords
from loginwright_designer.theme.marks import MARKS, Mark, State
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_edge_bar
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.theme.theme import Theme

HEIGHT = 48
EDGE = 3
LEAST_SENTENCE = 240
TWO_LINES = 0.56
"""Of the width of a sentence, for the halves are not alike."""

translate = QCoreApplication.translate

STALE = Mark(MARKS[State.STALE].icon, MARKS[State.STALE].role, Role.SURFACE_MUTED)
LOOKS = {
    OutcomeState.ALLOWED: MARKS[State.RAN],
    OutcomeState.DENIED: MARKS[State.DENIED],
    OutcomeState.FAILED: MARKS[State.FAILED],
    OutcomeState.STOPPED: Mark("square", Role.TEXT_SECONDARY, Role.SURFACE_MUTED),
}
"""Shape, colour and ground of each ending."""
ICONS = {
    OutcomeOffer.SEE_CLAIMS: "badge-check",
    OutcomeOffer.BROKEN_REPLY: "flask-conical",
    OutcomeOffer.OWN_ACTION: "plus",
    OutcomeOffer.KEEP_AS_EXPECTED: "flag",
    OutcomeOffer.SAVE_AS_SCENARIO: "file-plus",
    OutcomeOffer.COPY_AS_JSON: "copy",
}
IN_MENU = (
    OutcomeOffer.KEEP_AS_EXPECTED,
    OutcomeOffer.SAVE_AS_SCENARIO,
    OutcomeOffer.COPY_AS_JSON,
)


def offer_words(offer: OutcomeOffer) -> str:
    """Return what an offer is called."""
    match offer:
        case OutcomeOffer.SEE_CLAIMS:
            return translate("Outcome", "See who set each claim")
        case OutcomeOffer.BROKEN_REPLY:
            return translate("Outcome", "Try a broken reply")
        case OutcomeOffer.OWN_ACTION:
            return translate("Outcome", "Start with your own action")
        case OutcomeOffer.KEEP_AS_EXPECTED:
            return translate("Outcome", "Keep as expected")
        case OutcomeOffer.SAVE_AS_SCENARIO:
            return translate("Outcome", "Save as scenario")
        case OutcomeOffer.COPY_AS_JSON:
            return translate("Outcome", "Copy as JSON")


class OutcomeBar(QFrame):
    """Icon, word, one sentence, three offers; the others are in a menu.

    Where the window is narrow, offers move into the menu before the sentence is cut.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner of this widget.
    """

    offer_chosen = Signal(OfferChoice)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = STALE
        self._reasons: dict[OutcomeOffer, str] = {}
        self._mark = IconLabel(theme, STALE.icon, STALE.role, 18, STATE_STROKE)
        self.word = ElidedLabel("", TextStyle.TITLE)
        self.sentence = SentenceLabel(theme)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addWidget(self.word)
        self._row.addWidget(self.sentence, 1)
        self.offers: dict[OutcomeOffer, Button] = {}
        for offer in OutcomeOffer:
            if offer not in IN_MENU:
                self.offers[offer] = self._button(offer)
                self._row.addWidget(self.offers[offer])
        more = translate("Outcome", "More to do with this outcome")
        self.more = IconButton(theme, "ellipsis", more, kind="step")
        self.more.clicked.connect(self._on_more_asked)
        self._row.addWidget(self.more)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_outcome(
        self,
        words: OutcomeWords,
        *,
        stale: bool = False,
        reasons: Mapping[OutcomeOffer, str] | None = None,
    ) -> None:
        """Show how a login ended.

        Args:
            words: As ``outcome_words`` returns them.
            stale: Flow, code or scenario were edited since.
            reasons: Why an offer cannot be taken, for those that cannot.
        """
        self._look = STALE if stale else LOOKS[words.state]
        self._reasons = dict(reasons or {})
        self._mark.show_icon(self._look.icon, self._look.role)
        self.word.setText(words.word)
        before = translate("Outcome", "before your last edit")
        self.sentence.setText(f"{before} · {words.sentence}" if stale else words.sentence)
        self.setAccessibleName(f"{words.spoken} ({before})" if stale else words.spoken)
        for offer, button in self.offers.items():
            reason = self._reasons.get(offer, "")
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
        self._make_room()
        self.update()

    def menu(self) -> QMenu:
        """Return the menu behind the ellipsis: what has no button at this width."""
        menu = QMenu(self)
        hidden = [offer for offer, button in self.offers.items() if button.isHidden()]
        for offer in (*hidden, *IN_MENU):
            icon = self._theme.icons.icon(ICONS[offer])
            action = menu.addAction(icon, offer_words(offer))
            reason = self._reasons.get(offer, "")
            action.setEnabled(not reason)
            action.setToolTip(reason)
            action.triggered.connect(lambda _, chosen=offer: self._choose(chosen))
            if offer in hidden and offer is hidden[-1]:
                menu.addSeparator()
        menu.setToolTipsVisible(True)
        return menu

    def _button(self, offer: OutcomeOffer) -> Button:
        button = Button(self._theme, offer_words(offer), icon=ICONS[offer])
        button.clicked.connect(lambda: self._choose(offer))
        return button

    def _choose(self, offer: OutcomeOffer) -> None:
        self.offer_chosen.emit(OfferChoice(offer))

    def _on_more_asked(self) -> None:
        open_menu_below(self.menu(), self.more)

    def _make_room(self) -> None:
        """Hide offers until the sentence has the room it needs to be read.

        Those that cannot be taken go first, until all of it is read in two lines; then the last.
        """
        theme = self._theme
        wanted = min(self.sentence.sizeHint().width(), theme.px(LEAST_SENTENCE))
        in_two_lines = max(wanted, round(self.sentence.sizeHint().width() * TWO_LINES))
        spacing = self._row.spacing()
        taken = theme.px(16) * 2 + self._mark.sizeHint().width() + self.more.width()
        taken += self.word.sizeHint().width() + wanted + 4 * spacing
        room = self.width() - taken
        for button in sorted(self.offers.values(), key=lambda one: not one.isEnabled()):
            room -= button.sizeHint().width() + spacing
            button.setVisible(room >= (0 if button.isEnabled() else in_two_lines - wanted))

    def _fit(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(HEIGHT))
        self._row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self._row.setSpacing(theme.px(8))
        self._make_room()
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self._theme.px(HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._look.tint))
        paint_edge_bar(painter, QRectF(self.rect()), self._theme, self._look.role, EDGE)
        painter.end()
