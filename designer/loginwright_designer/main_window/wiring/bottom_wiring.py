"""Joins steps, console and problems to the login and the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.document.problem_fixes import fix_name, problem_fix
from loginwright_designer.simulation import states
from loginwright_designer.simulation.source_place import SourcePlace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.panels.bottom.bottom_area import BottomArea
    from loginwright_designer.panels.bottom.bottom_signals import SourcePlace as BottomPlace
    from loginwright_designer.panels.bottom.bottom_signals import StepChoice
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate


class BottomWiring(QObject):
    """Shows what happened and what is wrong; leads to the places concerned."""

    place_opened = Signal(object)  # SourcePlace
    problem_opened = Signal(object)  # Problem: one without a place in an action's code
    refused = Signal(object)  # EditRefused

    def __init__(
        self, session: FlowSession, area: BottomArea, parent: QObject | None = None
    ) -> None:
        """Show the session's login and problems.

        Args:
            session: The open flow.
            area: Steps, console and problems.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self._area = area
        login, document = session.login, session.document
        login.state_changed.connect(self._show)
        login.record_grown.connect(self._show)
        login.login_ended.connect(self._show)
        document.problems_changed.connect(self._show_problems)
        area.steps.step_chosen.connect(self._on_step_chosen)
        area.console.place_opened.connect(self._on_place_opened)
        area.problems.problem_opened.connect(self.open_problem)
        area.problems.fix_requested.connect(self._on_fix_requested)
        self._show()
        self._show_problems()

    def next_problem(self) -> None:
        """Go to the next problem and its place (F8)."""
        problem = self._area.problems.next_problem()
        if problem is not None:
            self.open_problem(problem)

    def open_problem(self, problem: Problem) -> None:
        """Show the place of a problem."""
        actions = self._session.document.draft.flow.actions
        action = next((one for one in actions if one.code == problem.file), None)
        if action is None:
            self.problem_opened.emit(problem)
        else:
            self.place_opened.emit(SourcePlace(action.id, problem.line))

    def _names(self) -> Mapping[str, str]:
        inputs = self._session.login.inputs
        flow = self._session.document.draft.flow if inputs is None else inputs.flow
        return {action.id: action.name for action in flow.actions}

    def _show(self, _: object = None) -> None:
        login = self._session.login
        state = login.state
        now = state.now if isinstance(state, states.Past) else state
        self._area.show_steps(
            login.steps,
            state.step if isinstance(state, states.Past) else None,
            paused=isinstance(now, states.Paused),
            away=self._away_words(now),
            begun=not isinstance(now, states.Idle),
        )
        self._area.console.show_record(login.record, login.position, self._names())
        self._area.set_past(isinstance(state, states.Past))

    def _away_words(self, now: states.NowState) -> str | None:
        """Return what stands below the time away; None while the login is not away."""
        if not isinstance(now, states.Away):
            return None
        if self._session.login.clock_is_fixed:
            return translate("Steps", "login clock fixed")
        return states.minutes(now.seconds or 0)

    def _show_problems(self, _: object = None) -> None:
        document = self._session.document
        draft = document.draft
        self._area.problems.show_problems(
            document.problems.problems, draft.flow, lambda problem: fix_name(draft, problem)
        )

    def _on_step_chosen(self, choice: StepChoice) -> None:
        login = self._session.login
        if choice.now:
            login.back_to_now()
        else:
            login.look_at(choice.step)

    def _on_place_opened(self, place: BottomPlace) -> None:
        self.place_opened.emit(SourcePlace(place.action, place.line))

    def _on_fix_requested(self, problem: Problem) -> None:
        fix = problem_fix(self._session.document.draft, problem)
        if fix is not None:
            refused = self._session.document.apply(fix.edit)
            if refused is not None:
                self.refused.emit(refused)
