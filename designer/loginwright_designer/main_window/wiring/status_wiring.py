"""Joins top bar, past bar, outcome bar, coach line, status bar and title to what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.main_window.wiring.status_words import status_words
from loginwright_designer.panels.bars.bar_signals import OutcomeOffer
from loginwright_designer.simulation import states
from loginwright_designer.simulation.outcome_words import application_name, outcome_words
from loginwright_designer.simulation.states import controls, status_text
from loginwright_designer.simulation.stop_words import came_back_words
from loginwright_runtime.login.default_event import default_event
from loginwright_runtime.tracing.record import CameBack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.document.document_changes import HistoryChange
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.code_tabs import CodePlace
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.main_window.wiring.views import Views
    from loginwright_designer.panels.bars.bar_signals import OfferChoice, ScenarioTally
    from loginwright_designer.simulation.login_signals import LoginEnd
    from loginwright_designer.simulation.outcome_words import OutcomeWords

translate = QCoreApplication.translate


class StatusWiring(QObject):
    """Says what is going on, wherever the window says it."""

    offer_taken = Signal(object)  # OutcomeOffer
    coached = Signal()  # the first login was led to its end

    def __init__(
        self, session: FlowSession, views: Views, window: MainWindow, parent: QObject | None = None
    ) -> None:
        """Show the session's state.

        Args:
            session: The open flow.
            views: The bars.
            window: Top bar and title.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._views = views
        self._window = window
        self._place: CodePlace | None = None
        self._scenarios: ScenarioTally | None = None
        self._exported = ""
        self._end: LoginEnd | None = None
        self._words: OutcomeWords | None = None
        self._spoken = ""
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._tell)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._tell_status)
        self._was_past = False
        self._coached = 3
        login, document = session.login, session.document
        login.state_changed.connect(self._on_state_changed)
        login.record_grown.connect(self._show)
        login.login_ended.connect(self._on_login_ended)
        document.problems_changed.connect(self._show)
        document.draft_changed.connect(self._show)
        document.saved_state_changed.connect(self._show)
        document.history_changed.connect(self._on_history_changed)
        views.past_bar.back_to_now.connect(login.back_to_now)
        views.outcome_bar.offer_chosen.connect(self._on_offer_chosen)
        window.show_history("", "")
        self._show()
        self._tell()

    @property
    def outcome(self) -> OutcomeWords | None:
        """What came of the last login, in words; None until then."""
        return self._words

    def coach(self) -> None:
        """Say in one line how the first login goes, and follow it."""
        self._coached = 0
        self._views.coach.show_progress(0)
        self._views.coach.show()

    def show_place(self, place: CodePlace | None) -> None:
        """Say where the cursor is, once whatever moves it is done."""
        if place != self._place:
            self._place = place
            self._show()

    def show_scenarios(self, tally: ScenarioTally | None) -> None:
        """Say how the scenarios stand."""
        self._scenarios = tally
        self._show()

    def show_exported(self, text: str) -> None:
        """Say what is known of the last export."""
        self._exported = text
        self._show()

    def _on_state_changed(self, _: object) -> None:
        state = self._session.login.state
        if not isinstance(state, states.Past) and self._was_past:
            self._views.status.clear_message()  # what was said of the past is over
        self._was_past = isinstance(state, states.Past)
        if isinstance(state, states.Away) and state.seconds is not None:
            self._tick.start()
        else:
            self._tick.stop()
        if isinstance(state, states.Running):
            self._end, self._words = None, None
        self._coach(state)
        self._show()
        self._say(state)

    def _on_login_ended(self, end: LoginEnd) -> None:
        self._end = end
        names = {action.id: action.name for action in end.inputs.flow.actions}
        event = end.inputs.scenario.event or {}
        self._words = outcome_words(
            end.outcome,
            names,
            application_name(event) or application_name(default_event()),
            record=end.record,
            error="" if end.error is None else str(end.error),
        )
        self._show()
        announce(self._window, self._words.spoken)

    def _on_offer_chosen(self, chosen: OfferChoice) -> None:
        self.offer_taken.emit(chosen.offer)

    def _on_history_changed(self, change: HistoryChange) -> None:
        self._window.show_history(change.undo_name or "", change.redo_name or "")

    def _say(self, state: states.LoginState) -> None:
        """Say pauses; the strip says what is past, the desk that the login is away."""
        text = status_text(state)
        if isinstance(state, states.Paused) and text != self._spoken:
            came = self._came_back() if state.line is None else ""
            announce(self._window, f"{came} {text}".strip())
        self._spoken = text

    def _came_back(self) -> str:
        """Return how the login has just come back, "Came back by POST."; else nothing."""
        record = self._session.login.record
        last = record.entries[-1] if record is not None and record.entries else None
        return came_back_words(record) if isinstance(last, CameBack) else ""

    def _coach(self, state: states.LoginState) -> None:
        """Follow the three parts of the first login (walkthroughs A1, A3 and A6)."""
        if self._coached == 3:
            return
        match state:
            case states.Away():
                self._coached = max(self._coached, 1)
            case states.Paused() if self._coached == 1:
                self._coached = 2
            case states.Finished() if self._coached >= 1:
                self._coached = 3
            case _:
                pass
        self._views.coach.show_progress(self._coached)
        if self._coached == 3:
            self.coached.emit()

    def _show(self, _: object = None) -> None:
        """Let keys and buttons follow at once, and what is said once a turn of the loop."""
        self._window.show_controls(controls(self._session.login.state))
        if not self._due.isActive():
            self._due.start()

    def _tell(self) -> None:
        session = self._session
        login, document = session.login, session.document
        state = login.state
        saved = document.saved_state
        self._window.show_flow(document.draft.flow.name, not saved.is_saved, kind_text(state))
        self._window.set_past(isinstance(state, states.Past))
        self._show_bars(state)
        self._tell_status()

    def _tell_status(self) -> None:
        session = self._session
        self._views.status.show_status(
            status_words(
                session.login,
                session.document.problems.problems,
                place=self._place,
                scenarios=self._scenarios,
                exported=self._exported,
            )
        )

    def _show_bars(self, state: states.LoginState) -> None:
        past, outcome = self._views.past_bar, self._views.outcome_bar
        if isinstance(state, states.Past):
            past.show_step(state.step, state.steps)
        past.setVisible(isinstance(state, states.Past))
        over = isinstance(state, states.Finished | states.Failed) and self._words is not None
        if over and self._words is not None:
            outcome.show_outcome(self._words, stale=self._is_stale(), reasons=self._reasons())
        outcome.setVisible(over)

    def _is_stale(self) -> bool:
        inputs = self._session.inputs()
        return inputs is not None and self._session.login.edited_since(inputs).anything

    def _reasons(self) -> Mapping[OutcomeOffer, str]:
        """Return why offers cannot be taken, for those that cannot."""
        reasons: dict[OutcomeOffer, str] = {}
        if self._end is None or self._end.outcome is None or self._end.outcome.claims is None:
            why = translate("Status", "No token was issued in this login.")
            reasons[OutcomeOffer.SEE_CLAIMS] = why
        if self._session.login.drill_bench() is None:
            why = translate("Status", "This login was not sent away.")
            reasons[OutcomeOffer.BROKEN_REPLY] = why
        if self._session.scenario is None:
            why = translate("Status", "This login is no scenario yet. Save it as one first.")
            reasons[OutcomeOffer.KEEP_AS_EXPECTED] = why
        return reasons


def kind_text(state: states.LoginState) -> str:
    """Return what stands beside the flow's name: "Post-login · away", "Post-login (past)"."""
    match state:
        case states.Past():
            return translate("Status", "Post-login (past)")
        case states.Idle():
            return ""
        case states.Running():
            return translate("Status", "Post-login · running")
        case states.Paused():
            return translate("Status", "Post-login · paused")
        case states.Away():
            return translate("Status", "Post-login · away")
        case states.Finished(status="allowed"):
            return translate("Status", "Post-login · allowed")
        case states.Finished():
            return translate("Status", "Post-login · denied")
        case states.Failed(stopped=True):
            return translate("Status", "Post-login · stopped")
        case states.Failed():
            return translate("Status", "Post-login · failed")
