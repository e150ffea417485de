"""The redirect desk: a page on which somebody answers a login for the site it was sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.rows import PastFrame
from loginwright_designer.panels.redirect_desk.answer_view import AnswerView
from loginwright_designer.panels.redirect_desk.desk_band import DeskBand
from loginwright_designer.panels.redirect_desk.desk_footer import DeskFooter
from loginwright_designer.panels.redirect_desk.desk_layout import DeskLayout, DeskParts
from loginwright_designer.panels.redirect_desk.desk_signals import AnswerSent
from loginwright_designer.panels.redirect_desk.drill_table import DrillTable
from loginwright_designer.panels.redirect_desk.refused_token_view import RefusedTokenView
from loginwright_designer.panels.redirect_desk.sent_view import SentView
from loginwright_designer.panels.redirect_desk.tab_order import go_on
from loginwright_designer.panels.redirect_desk.verdict_strip import VerdictStrip
from loginwright_designer.simulation.desk_words import (
    away_title,
    next_sentence,
    waiting_sentence,
)
from loginwright_designer.simulation.live_verdict import LiveVerdict
from loginwright_designer.simulation.site_code import site_code
from loginwright_designer.simulation.source_place import SourcePlace

if TYPE_CHECKING:
    from loginwright_designer.simulation.desk import Answer, Desk
    from loginwright_designer.simulation.desk_words import DeskClock
    from loginwright_designer.simulation.drills import Drill, DrillResult
    from loginwright_designer.simulation.refusal import Refusal
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class RedirectDesk(PastFrame):
    """The desk of one suspension.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    answer_sent = Signal(object)  # AnswerSent: the login is to go on with it
    answer_changed = Signal(object)  # Answer: as it stands now
    wait_requested = Signal(object)  # WaitWish: time passes on the login's clock
    real_site_requested = Signal()  # a browser is to open what was sent out
    paste_requested = Signal()  # the field for what came back was opened
    drill_requested = Signal(object)  # DrillWish: run one drill, or all
    drill_opened = Signal(object)  # DrillResult: its run is to be looked at
    drill_saved = Signal(object)  # DrillResult: it is to be kept as a scenario
    drills_cancelled = Signal()  # no further drill is to run
    place_opened = Signal(object)  # SourcePlace: a line of the action
    copied = Signal(str)  # what is on the clipboard now, in words
    correct_reply_wanted = Signal()  # instead of the answer that was refused

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._page = QFrame()
        super().__init__(theme, self._page, parent)
        self._theme = theme
        self._desk: Desk | None = None
        self._answered = ""
        self._is_again = False
        self._was_read_only = False
        self._real_site: QWidget | None = None
        self._page.setProperty("ground", "surface")
        self.setAccessibleName(translate("RedirectDesk", "Redirect desk"))
        self.band = DeskBand(theme)
        self.refusal = RefusedTokenView(theme)
        self.refusal.hide()
        self.sent = SentView(theme)
        self.answer_view = AnswerView(theme)
        self.drills = DrillTable(theme)
        self.drills.hide()
        self.strip = VerdictStrip(theme)
        self.footer = DeskFooter(theme)
        self._bar_box = QWidget()
        self._bars = QVBoxLayout(self._bar_box)
        self._bars.setContentsMargins(0, 0, 0, 0)
        self._bars.setSpacing(0)
        self._layout = DeskLayout(
            theme,
            self._page,
            DeskParts(
                self.band,
                self._bar_box,
                self.refusal,
                self.sent,
                self.answer_view,
                self.drills,
                self.strip,
                self.footer,
            ),
        )
        self._connect()
        self._arrange()
        theme.theme_changed.connect(self._arrange)

    @property
    def answer(self) -> Answer:
        """What would be sent."""
        return self.answer_view.answer

    @property
    def desk(self) -> Desk | None:
        """The login that is shown."""
        return self._desk

    @property
    def is_read_only(self) -> bool:
        """Whether the answer can only be read: it was sent, or this is the past."""
        return bool(self._answered) or self.is_past

    def show_desk(
        self,
        desk: Desk,
        answer: Answer,
        clock: DeskClock,
        not_run_again: tuple[str, ...] = (),
    ) -> None:
        """Lay the desk.

        Args:
            desk: The login that is away.
            answer: What is proposed.
            clock: How late it is for the login.
            not_run_again: Names of the actions that ran before it left.
        """
        self._desk, self._answered, self._is_again = desk, "", False
        self.refusal.hide()
        self.band.show_away(away_title(desk), waiting_sentence(desk))
        self.show_clock(clock)
        self.sent.show_desk(desk)
        self.drills.show_desk(desk)
        self.answer_view.show_answer(answer, desk)
        self.strip.show_next(next_sentence(not_run_again))
        self._show_verdict()
        self._show_state()
        self._arrange()

    def show_clock(self, clock: DeskClock) -> None:
        """Show how late it is for the login."""
        self.band.show_clock(clock)
        if clock.now is not None and self._desk is not None and self.sent.desk is not None:
            self._desk = self._desk.at(clock.now)
            self.sent.show_time(self._desk)
            self._show_verdict()

    def show_login(self, desk: Desk) -> None:
        """Show the same login after its clock was moved; what is typed stays."""
        self._desk = desk
        self.sent.show_desk(desk)
        self.drills.show_desk(desk)
        self.answer_view.show_answer(self.answer, desk)
        self._show_verdict()

    def show_drills(self, results: tuple[DrillResult, ...], running: Drill | None = None) -> None:
        """Show drills and what came of them; see ``DrillTable.show_results``."""
        was_hidden, had_results = self.drills.isHidden(), self.drills.results
        self.drills.show_results(results, running)
        self.drills.setVisible(bool(results) or running is not None)
        ended = running is None and results != had_results
        if not self.drills.isHidden() and (was_hidden or ended):
            QTimer.singleShot(0, self, self._bring_drills)

    def _bring_drills(self) -> None:
        """Scroll to the drills, once they have their place."""
        self._layout.bring_to_top(self.drills)

    def show_refusal(self, refusal: Refusal) -> None:
        """Explain why the token that was sent was refused, above the answer."""
        self.refusal.show_refusal(refusal)
        self.refusal.show()
        QTimer.singleShot(0, self, self._bring_refusal)

    def _bring_refusal(self) -> None:
        """Scroll to the platform's message, once it has its place."""
        self._layout.bring_to_top(self.refusal)

    def set_answered(self, text: str) -> None:
        """Say that the login has gone on; the answer can only be read from now on.

        Args:
            text: What came of it, "Came back by POST."; empty: it is away again.
        """
        self._answered, self._is_again = text, False
        if self._desk is not None:
            title = away_title(self._desk)
            if text:
                host = translate("RedirectDesk", "Was away at {host}")
                self.band.show_answered(host.format(host=self._desk.sent.host), text)
            else:
                self.band.show_away(title, waiting_sentence(self._desk))
        self._show_state()

    def answer_again(self) -> None:
        """Let another answer be given, to the login as it was when it was away."""
        self._answered, self._is_again = "", True
        if self._desk is not None:
            host = translate("RedirectDesk", "Was away at {host}")
            words = translate(
                "RedirectDesk", "Another answer begins a new run from here; the last one stays."
            )
            self.band.show_answered(host.format(host=self._desk.sent.host), words)
        self.refusal.hide()
        self.send_correct()
        self._show_state()

    @override
    def set_past(self, past: bool) -> None:
        super().set_past(past)
        self._show_state()

    def focus_first(self) -> None:
        """Give the keyboard to the first empty field, else the first claim, else Send.

        Where a refusal is told, it is what its reader comes for.
        """
        if not self.refusal.isHidden():
            self.refusal.first_offer().setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._bring_refusal)
            return
        wanted = None if self.is_read_only else self.answer_view.first_empty()
        if wanted is None:
            wanted = self.footer.send if self.footer.send.isEnabled() else self.footer.code
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(wanted, QLineEdit):
            wanted.selectAll()
        QTimer.singleShot(0, self, self._bring_focused)

    def _bring_focused(self) -> None:
        """Scroll to what has the keyboard, once everything has its place."""
        focused = self.focusWidget()
        if focused is not None and self._layout.scroll.isAncestorOf(focused):
            self._layout.bring(focused)

    def send(self, *, run: bool = False) -> None:
        """Send the answer, if it can be sent.

        Args:
            run: Do not stop before the handler that goes on.
        """
        if self.footer.send.isEnabled():
            self.answer_sent.emit(AnswerSent(self.answer, run))

    def send_correct(self) -> None:
        """Turn the answer into one that a correct site sends."""
        self.answer_view.send_correct()

    def show_real_site(self, bar: QWidget) -> None:
        """Show what opens the real site, above the answer; one at a time."""
        if self._real_site is not None:
            self._real_site.deleteLater()
        self._real_site = bar
        self._bars.addWidget(bar)
        self._arrange()

    def take_over(self, other: RedirectDesk) -> None:
        """Show what was typed on another desk of the same login."""
        if self._desk is not None:
            self.answer_view.show_answer(other.answer, self._desk)
            self._show_verdict()

    def open_paste(self) -> None:
        """Offer a field for what came back."""
        self.answer_view.open_paste()
        self._layout.scroll.ensureWidgetVisible(self.answer_view.paste)

    def open_code_menu(self) -> None:
        """Offer code for the site."""
        self.footer.open_code_menu()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = Qt.KeyboardModifier.ControlModifier
        shift = Qt.KeyboardModifier.ShiftModifier
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and held in (control, control | shift):
            self.send(run=bool(held & shift))
            return
        super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool, /) -> bool:
        """Go round as drawn, Send last."""
        now = self.focusWidget()
        moved = go_on(self, now if now is not None and now.hasFocus() else None, forward=next)
        focused = self.focusWidget()
        if moved and focused is not None and self._layout.scroll.isAncestorOf(focused):
            self._layout.scroll.ensureWidgetVisible(focused)
        return moved

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _connect(self) -> None:
        self.band.wait_requested.connect(self.wait_requested)
        self.sent.place_opened.connect(self.place_opened)
        self.sent.copied.connect(self.copied)
        self.answer_view.edited.connect(self._on_edited)
        self.answer_view.line_opened.connect(self._on_line)
        self.answer_view.paste_opened.connect(self.paste_requested)
        self.answer_view.unusable_changed.connect(self._show_state)
        self.strip.line_opened.connect(self._on_line)
        self.refusal.correct_reply_wanted.connect(self.correct_reply_wanted)
        self.refusal.site_code_wanted.connect(self.open_code_menu)
        self.drills.refusal.site_code_wanted.connect(self.open_code_menu)
        self.drills.drill_opened.connect(self.drill_opened)
        self.drills.drill_saved.connect(self.drill_saved)
        self.drills.drills_cancelled.connect(self.drills_cancelled)
        self.drills.refusal_shown.connect(self._on_refusal_shown)
        self.footer.real_site.clicked.connect(self.real_site_requested)
        self.footer.paste.clicked.connect(self.open_paste)
        self.footer.code_requested.connect(self._on_code)
        self.footer.drill_requested.connect(self.drill_requested)
        self.footer.send.clicked.connect(lambda: self.send())

    def _on_edited(self, answer: Answer) -> None:
        self._show_verdict()
        self._show_state()
        self.answer_changed.emit(answer)

    def _on_line(self, line: int) -> None:
        action = self._desk.away.suspension.action if self._desk is not None else None
        if action is not None:
            self.place_opened.emit(SourcePlace(action, line))

    def _on_code(self, kind: str) -> None:
        if self._desk is None:
            return
        code = site_code(self.answer, self._desk)
        texts = {
            "html": (code.html, translate("RedirectDesk", "HTML form")),
            "node": (code.node, translate("RedirectDesk", "Code for Node")),
            "python": (code.python, translate("RedirectDesk", "Code for Python")),
        }
        text, what = texts[kind]
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(what)

    def _on_refusal_shown(self) -> None:
        self._layout.bring(self.drills.refusal)

    def _show_verdict(self) -> None:
        assert self._desk is not None, "shown with a desk"
        self.strip.show_verdict(LiveVerdict.of(self.answer, self._desk))
        self.footer.show_code(token=self.answer.parameter is not None)

    def _show_state(self) -> None:
        read_only = self.is_read_only
        if read_only != self._was_read_only:
            self._was_read_only = read_only
            self.answer_view.set_read_only(read_only)
        self.band.set_waits(not (read_only or self._is_again))
        self.footer.paste.setEnabled(not read_only)
        self.footer.real_site.setEnabled(not read_only)
        reason = self.answer_view.problem
        if self.is_past:
            reason = translate("RedirectDesk", "You are looking at the past.")
        elif self._answered:
            reason = translate("RedirectDesk", "The login has gone on.")
        self.footer.show_send(enabled=not (read_only or reason), reason=reason)

    def _arrange(self) -> None:
        self._layout.arrange(self.width(), self.height())
