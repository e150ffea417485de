"""Joins the redirect desk to the login: opened when it leaves, answered, drilled, left readable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.main_window.wiring.desk_page import DeskPage, desk_key
from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk
from loginwright_designer.panels.redirect_desk.second_factor_view import SecondFactorDesk
from loginwright_designer.simulation import states
from loginwright_designer.simulation.desk import Desk, default_answer, reply_of
from loginwright_designer.simulation.desk_words import DeskClock, not_run_again
from loginwright_designer.simulation.drill_runner import DrillRunner
from loginwright_designer.simulation.drill_scenarios import scenario_of_drill
from loginwright_designer.simulation.refusal import refusal_of
from loginwright_designer.simulation.second_factor_desk import question_of
from loginwright_designer.simulation.steps import steps
from loginwright_designer.simulation.stop_words import came_back_words
from loginwright_runtime.errors import ScenarioError
from loginwright_runtime.simulation import RedirectReply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.panels.redirect_desk.desk_signals import (
        AnswerSent,
        DrillWish,
        WaitWish,
    )
    from loginwright_designer.panels.redirect_desk.question_signals import ReplyGiven
    from loginwright_designer.simulation.desk import Answer
    from loginwright_designer.simulation.drill_runner import DrillProgress
    from loginwright_designer.simulation.drills import Drill, DrillResult
    from loginwright_designer.simulation.login_signals import AnswerRefusal, LoginEnd
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.simulation import AnyReply, Away, Scenario
    from loginwright_runtime.validation.facts import SourceFacts

translate = QCoreApplication.translate

TICK_MS = 1000


class DeskWiring(QObject):
    """Lays a desk for every suspension, and carries what is answered there to the login."""

    place_opened = Signal(object)  # SourcePlace
    scenario_made = Signal(object)  # Scenario: a drill that is to be kept
    real_site_wanted = Signal(object)  # DeskPage: a browser is to open what was sent out
    run_shown = Signal()  # a drill's run is looked at as a login

    def __init__(
        self,
        session: FlowSession,
        window: MainWindow,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        """Wait until the login leaves.

        Args:
            session: The open flow.
            window: Where desks are opened.
            theme: The colours.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._window = window
        self._theme = theme
        self._page: DeskPage | None = None
        self._sent: Answer | None = None
        self._last: dict[str, Answer] = {}
        self._drills = DrillRunner(session.setting.loop, self)
        self._drills.progressed.connect(self._on_drills_progressed)
        self.is_typing: Callable[[], bool] = lambda: False
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_clock)
        login = session.login
        login.state_changed.connect(self._on_state_changed)
        login.login_ended.connect(self._on_login_ended)
        login.answer_refused.connect(self._on_answer_refused)
        window.editor_area.close_requested.connect(self._on_close_requested)

    @property
    def page(self) -> DeskPage | None:
        """The desk of the login's last suspension, open or not."""
        return self._page

    def send(self, *, run: bool = False) -> None:
        """Send what is on the desk (Ctrl+Enter); with ``run`` do not stop behind it."""
        if self._page is not None and isinstance(self._session.login.state, states.Away):
            self._page.view.send(run=run)

    def show(self) -> None:
        """Bring the desk to the front; F5 goes there and sends nothing (desktop.md)."""
        if self._page is None:
            return
        self._open(self._page, front=True)
        self._page.view.focus_first()

    def show_drills(self) -> None:
        """Run every drill on copies of the login as it last went away."""
        if self._page is not None and isinstance(self._page.view, RedirectDesk):
            self._open(self._page, front=True)
            self._run_drills()

    def tell_copied(self, what: str) -> None:
        """Say what is on the clipboard now."""
        text = translate("RedirectDesk", "{what} is on the clipboard.")
        self._window.toasts.show_text(text.format(what=what))

    def reset(self) -> None:
        """A login begins: its desks will be its own."""
        self._drills.forget()
        page, self._page = self._page, None
        if page is not None and not self._window.editor_area.close(page.key):
            page.view.deleteLater()  # its tab was closed before

    async def close(self) -> None:
        """Give up drills, and close the desk."""
        self._tick.stop()
        self.reset()
        await self._drills.close()

    def _on_state_changed(self, _: object) -> None:
        state = self._session.login.state
        past = isinstance(state, states.Past)
        if self._page is not None:
            self._page.view.set_past(past)
        if isinstance(state, states.Away):
            self._on_away()
        elif not isinstance(state, states.Past):
            self._tick.stop()
            self._leave_behind(state)

    def _on_away(self) -> None:
        away = self._session.login.away
        if away is None:
            return
        if not self._session.login.clock_is_fixed:
            self._tick.start()
        if self._page is not None and desk_key(away) == self._page.key:
            self._page.away = away
            self._show_clock()
            return
        if self._page is not None and not self._window.editor_area.has(self._page.key):
            self._page.view.deleteLater()
        self._page = self._laid(away)
        busy = self._is_typing()
        self._open(self._page, front=not busy)
        self._show_clock()
        if busy:
            self._window.editor_area.pulse(self._page.key)
        else:
            self._page.view.focus_first()
        state = self._session.login.state
        untimed = replace(state, seconds=None) if isinstance(state, states.Away) else state
        status = states.status_text(untimed)
        words = translate("RedirectDesk", "{status}. Redirect desk.")
        announce(self._window, words.format(status=status))

    def _laid(self, away: Away) -> DeskPage:
        if away.suspension.kind == "redirect":
            return self._redirect_page(away)
        return self._question_page(away)

    def _redirect_page(self, away: Away) -> DeskPage:
        session = self._session
        record = session.login.record
        desk = Desk.of(away, record, self._facts(away))
        view = RedirectDesk(self._theme)
        page = DeskPage(view, away, away.now, desk)
        action = away.suspension.action
        reply = self._scenario_reply(away)
        answer = default_answer(
            desk, reply if isinstance(reply, RedirectReply) else None, self._last.get(action or "")
        )
        again = not_run_again(record, self._names(), action)
        view.show_desk(desk, answer, self._clock(page), again)
        view.answer_sent.connect(self._on_answer_sent)
        view.wait_requested.connect(self._on_wait)
        view.real_site_requested.connect(self._on_real_site)
        view.drill_requested.connect(self._on_drill_wish)
        view.drill_opened.connect(self._on_drill_opened)
        view.drill_saved.connect(self._on_drill_saved)
        view.drills_cancelled.connect(self._drills.cancel)
        view.place_opened.connect(self.place_opened)
        view.copied.connect(self.tell_copied)
        view.correct_reply_wanted.connect(self._on_correct_reply)
        return page

    def _question_page(self, away: Away) -> DeskPage:
        session = self._session
        view = SecondFactorDesk(self._theme)
        inputs = session.login.inputs
        flow = inputs.flow if inputs is not None else session.document.placed_flow()
        available = None if inputs is None else inputs.scenario.available_factors
        reply = self._scenario_reply(away)
        question = question_of(away, flow, self._facts(away), reply, available)
        if question is not None:
            view.show_question(question)
        view.reply_given.connect(self._on_reply_given)
        view.wait_requested.connect(self._on_wait)
        view.place_opened.connect(self.place_opened)
        return DeskPage(view, away, away.now)

    def _open(self, page: DeskPage, *, front: bool) -> None:
        area = self._window.editor_area
        title = translate("RedirectDesk", "Redirect desk")
        icon = "globe"
        if page.desk is None:
            title, icon = translate("RedirectDesk", "Answer"), "shield-check"
        if not area.has(page.key):
            area.open(page.key, page.view, title, icon, behind=not front)
        elif front:
            area.focus(page.key)
        self._window.open_editor()

    def _leave_behind(self, state: states.NowState) -> None:
        """Keep the desk readable once the login has gone on."""
        page = self._page
        if page is None or isinstance(state, states.Idle):
            return
        over = isinstance(state, states.Finished | states.Failed)
        came = came_back_words(self._session.login.record, over=over)
        if isinstance(page.view, RedirectDesk):
            page.view.set_answered(came)
        else:
            page.view.show_answered(came)

    def _on_login_ended(self, end: LoginEnd) -> None:
        """Explain a token that was refused, on the desk that sent it."""
        page = self._page
        if page is None or page.desk is None or not isinstance(page.view, RedirectDesk):
            return
        refusal = refusal_of(end.record, end.outcome, page.desk)
        if refusal is not None:
            page.view.show_refusal(refusal)
            self._open(page, front=True)

    def _on_answer_refused(self, refusal: AnswerRefusal) -> None:
        """Say why an answer did not move the login on; it is still away."""
        text = ""
        if refusal.error is not None:
            text = str(refusal.error)
        elif refusal.outcome is not None and refusal.outcome.error is not None:
            text = refusal.outcome.error.description
        said = translate(
            "RedirectDesk", "The answer was refused, and the login is still away. {why}"
        )
        self._window.toasts.show_text(said.format(why=text), error=True)

    def _on_answer_sent(self, sent: AnswerSent) -> None:
        page = self._page
        if page is None or page.desk is None:
            return
        try:
            reply = reply_of(sent.answer, page.desk)
        except ScenarioError as error:
            self._window.toasts.show_text(error.problems[0].message, error=True)
            return
        self._last[page.away.suspension.action or ""] = sent.answer
        if self._session.login.away is not None:
            self._session.login.answer(reply, run=sent.run)
        else:
            self._answer_again(reply, run=sent.run)

    def _answer_again(self, reply: AnyReply, *, run: bool = False) -> None:
        """Begin a run from the same suspension, and say so."""
        login = self._session.login
        kept = login.kept
        if kept is None:
            return
        step = steps(kept.record).total
        if login.answer_again(reply, run=run):
            text = translate("RedirectDesk", "Run {number}, same inputs to step {step}")
            told = text.format(number=login.run_number, step=step)
            self._window.toasts.show_text(told)

    def save_answer(self) -> bool:
        """Make a scenario that gives what is on the desk; False where no redirect is answered."""
        page, login = self._page, self._session.login
        kept, inputs = login.kept, login.inputs
        if page is None or page.desk is None or kept is None or inputs is None:
            return False
        if not isinstance(page.view, RedirectDesk) or not isinstance(login.state, states.Away):
            return False
        reply = reply_of(page.view.answer, page.desk)
        scenario = inputs.scenario
        replies = (*scenario.resume[: kept.next_reply], reply)
        self.scenario_made.emit(scenario.model_copy(update={"resume": replies, "expect": None}))
        return True

    def _on_correct_reply(self) -> None:
        """Let another answer be given to the login as it was away (walkthrough B9)."""
        page = self._page
        if page is None or not isinstance(page.view, RedirectDesk):
            return
        page.view.answer_again()
        page.view.focus_first()

    def _on_reply_given(self, given: ReplyGiven) -> None:
        self._session.login.answer(given.reply, run=given.run)

    def _on_wait(self, wish: WaitWish) -> None:
        login = self._session.login
        login.wait(wish.seconds)
        page = self._page
        if page is not None and login.away is not None:
            page.away = login.away
            if isinstance(page.view, RedirectDesk):
                page.desk = Desk.of(login.away, login.record, self._facts(login.away))
                page.view.show_login(page.desk)
            self._show_clock()

    def _on_real_site(self) -> None:
        if self._page is not None:
            self.real_site_wanted.emit(self._page)

    def _on_drill_wish(self, wish: DrillWish) -> None:
        self._run_drills(() if wish.drill is None else (wish.drill,))

    def _run_drills(self, drills: tuple[Drill, ...] = ()) -> None:
        page, bench = self._page, self._session.login.drill_bench()
        if page is not None and page.desk is not None and bench is not None:
            self._drills.run(bench, default_answer(page.desk), page.desk, drills)

    def _on_drills_progressed(self, progress: DrillProgress) -> None:
        page = self._page
        if page is not None and isinstance(page.view, RedirectDesk):
            page.view.show_drills(progress.results, progress.running)
        if progress.error is not None:
            self._window.toasts.show_text(str(progress.error), error=True)

    def _on_drill_opened(self, result: DrillResult) -> None:
        login = self._session.login
        if result.record is not None and login.inputs is not None:
            login.show_record(login.inputs, result.record, result.outcome)
            self.run_shown.emit()

    def _on_drill_saved(self, result: DrillResult) -> None:
        inputs, kept = self._session.login.inputs, self._session.login.kept
        if inputs is None:
            return
        before = 0 if kept is None else kept.next_reply
        scenario: Scenario | None = scenario_of_drill(result, inputs.scenario, before)
        if scenario is not None:
            self.scenario_made.emit(scenario)

    def _clock(self, page: DeskPage) -> DeskClock:
        login = self._session.login
        return DeskClock.of(
            page.away, is_fixed=login.clock_is_fixed, now=login.now(), left_at=page.left_at
        )

    def _show_clock(self) -> None:
        if self._page is not None:
            self._page.view.show_clock(self._clock(self._page))

    def _is_typing(self) -> bool:
        """Whether the user is writing code right now; nothing is to take the keyboard then."""
        return self.is_typing()

    def _facts(self, away: Away) -> SourceFacts | None:
        document = self._session.document
        action = document.draft.action(away.suspension.action or "")
        return None if action is None else document.problems.facts.get(action.code)

    def _scenario_reply(self, away: Away) -> AnyReply | None:
        inputs = self._session.login.inputs
        if inputs is None:
            return None
        number = away.place[1] if len(away.place) > 1 else 0
        replies = inputs.scenario.resume
        return replies[number] if isinstance(number, int) and number < len(replies) else None

    def _names(self) -> Mapping[str, str]:
        inputs = self._session.login.inputs
        flow = self._session.document.draft.flow if inputs is None else inputs.flow
        return {action.id: action.name for action in flow.actions}

    def _on_close_requested(self, key: object) -> None:
        """Close the tab; the login is where it was, and the desk can be opened again."""
        page = self._page
        if page is None or key != page.key:
            return
        fresh = self._laid(page.away)
        fresh.left_at = page.left_at
        if isinstance(page.view, RedirectDesk) and isinstance(fresh.view, RedirectDesk):
            fresh.view.take_over(page.view)
        self._window.editor_area.close(page.key)
        self._page = fresh
