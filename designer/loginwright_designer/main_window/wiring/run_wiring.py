"""Joins the run commands to the login: what may begin, what goes on, and what is in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.document.action_obstacles import missing_node, obstacle_of
from loginwright_designer.document.flow_words import unread_title, unread_words
from loginwright_designer.document.secret_desk import MissingSecret
from loginwright_designer.simulation import states
from loginwright_designer.simulation.states import PrimaryCommand, controls
from loginwright_runtime.errors import Problem
from loginwright_runtime.simulation.loading import FOLDER as SCENARIO_FOLDER

if TYPE_CHECKING:
    from loginwright_designer.main_window.wiring.flow_session import FlowSession
    from loginwright_designer.simulation.debug_controller import GoOn
    from loginwright_runtime.debugging import LineBreakpoint
    from loginwright_runtime.flow.model import Flow

translate = QCoreApplication.translate

MISSING_PACKAGE: Final = "missing-package"
"""A warning, as code may do without; a login that needs it would end with "Cannot find module"."""

MISSING_FILE: Final = "missing-file"


@dataclass(frozen=True, slots=True)
class RunRefused:
    """A login does not begin, and nothing has run.

    Attributes:
        message: What is in the way, one sentence.
        remedy: What to do about it, one sentence.
        problem: The one that is in the way, or None.
    """

    message: str
    remedy: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class SecretsNeeded:
    """Values are missing; once they are there, the run goes on as it was asked for.

    Attributes:
        missing: Which.
        go_on: Begins the login.
    """

    missing: tuple[MissingSecret, ...]
    go_on: Callable[[], None] = field(repr=False)


def _stops_a_run(problem: Problem, flow: Flow) -> bool:
    """Tell whether a problem stops every login of a flow, as an error does (contract.md).

    Code that is turned off runs in no login, and a scenario is looked at when it is the one to run.
    A missing file is told of the action that needs it.
    """
    file = problem.file or ""
    enabled = {action.code for action in flow.enabled_actions}
    if problem.rule == MISSING_PACKAGE:
        return file in enabled
    turned_off = {action.code for action in flow.actions} - enabled
    elsewhere = file in turned_off or file.startswith(f"{SCENARIO_FOLDER}/")
    return problem.severity == "error" and problem.rule != MISSING_FILE and not elsewhere


class RunWiring(QObject):
    """Begins logins and moves them on."""

    run_refused = Signal(object)  # RunRefused
    secrets_needed = Signal(object)  # SecretsNeeded
    trust_needed = Signal()  # the folder is a stranger's
    send_requested = Signal()  # F5 while the login is away: go to the desk, send nothing
    run_began = Signal()  # a login begins now

    def __init__(self, session: FlowSession, parent: QObject | None = None) -> None:
        """Wait for commands.

        Args:
            session: The open flow.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._session = session
        self.runs = 0
        self.event_edited: Callable[[], bytes | None] = lambda: None
        self.before_run: Callable[[], None] = lambda: None

    def primary(self) -> None:
        """Do what the one primary button says; while the login is away, send nothing (F5)."""
        login = self._session.login
        button = controls(login.state).primary
        if not button.enabled:
            return
        match button.command:
            case PrimaryCommand.RUN | PrimaryCommand.RUN_AGAIN:
                self.start()
            case PrimaryCommand.PAUSE:
                login.pause_soon()
            case PrimaryCommand.CONTINUE:
                login.continue_(self.event_edited())
            case PrimaryCommand.SEND:
                self.send_requested.emit()
            case PrimaryCommand.BACK_TO_NOW:
                login.back_to_now()

    def start(
        self,
        level: GoOn = "run",
        *,
        on_its_own: bool = False,
        run_to: LineBreakpoint | None = None,
    ) -> None:
        """Begin a login, where nothing is in the way.

        Args:
            level: ``into`` stops before the first action.
            on_its_own: Answer with the scenario's replies, to the end.
            run_to: A line that is stopped at, as by a breakpoint.
        """
        session = self._session
        if not session.may_run:
            self.trust_needed.emit()
            return
        self.before_run()
        refused = self._in_the_way()
        if refused is not None:
            self.run_refused.emit(refused)
            return
        missing = session.secrets.missing(session.document.draft)
        if missing:
            self.secrets_needed.emit(
                SecretsNeeded(
                    missing, lambda: self.start(level, on_its_own=on_its_own, run_to=run_to)
                )
            )
            return
        inputs = session.inputs()
        if inputs is not None:
            self.runs += 1
            self.run_began.emit()
            session.login.start(inputs, level, on_its_own=on_its_own, run_to=run_to)

    def run_to_end(self) -> None:
        """Run to the end with the scenario's answers (Ctrl+F5)."""
        if not self._session.login.back_to_now():
            self.start(on_its_own=True)

    def restart(self) -> None:
        """Begin again with what is on the desk now (Ctrl+Shift+F5)."""
        self.start()

    def over(self) -> None:
        """Step to the next stop on this level (F10); idle, begin and stop at once."""
        self._step(self._session.login.step_over)

    def into(self) -> None:
        """Step one level down (F11); idle, begin and stop at once."""
        self._step(self._session.login.step_into)

    def out(self) -> None:
        """Step one level up (Shift+F11)."""
        if not isinstance(self._session.login.state, states.Idle):
            self._step(self._session.login.step_out)

    def run_to(self, line: LineBreakpoint) -> None:
        """Go on to a line; idle or over, begin and stop there."""
        login = self._session.login
        match login.state:
            case states.Paused():
                login.run_to(line, self.event_edited())
            case states.Past():
                login.back_to_now()
            case states.Idle() | states.Finished() | states.Failed():
                self.start(run_to=line)
            case _:
                pass

    def stop(self) -> None:
        """End the login."""
        self._session.login.stop()

    def back_in_time(self) -> None:
        """Look at the step before (Alt+Left)."""
        login = self._session.login
        shown = self._shown_step()
        if shown > 1:
            login.look_at(shown - 1)

    def forward_in_time(self) -> None:
        """Look at the step after; behind the last one is now (Alt+Right)."""
        login = self._session.login
        if login.position is None:
            return
        if self._shown_step() >= login.steps.total:
            login.back_to_now()
        else:
            login.look_at(self._shown_step() + 1)

    def _shown_step(self) -> int:
        state = self._session.login.state
        return state.step if isinstance(state, states.Past) else self._session.login.steps.total

    def _step(self, go_on: Callable[[bytes | None], None]) -> None:
        if isinstance(self._session.login.state, states.Idle):
            self.start("into")
        else:
            go_on(self.event_edited())

    def _in_the_way(self) -> RunRefused | None:
        """Return what would break the login from inside; a package that is missing, above all."""
        session = self._session
        entry = session.scenario
        if entry is not None and entry.scenario is None:
            message = translate("Run", "The scenario {name} cannot be read.")
            return RunRefused(
                message.format(name=entry.stem),
                translate("Run", "Mend it, or choose another one."),
                next(iter(entry.problems), None),
            )
        flow = session.document.draft.flow
        unread = session.document.folder.unread
        if unread is not None:
            return RunRefused(unread_title(unread), unread_words(unread), unread)
        if not flow.enabled_actions:
            return RunRefused(
                translate("Run", "There is no action to run."),
                translate("Run", "Add one, or turn one on."),
            )
        for problem in session.document.problems.problems:
            if _stops_a_run(problem, flow):
                return RunRefused(problem.message, problem.remedy, problem)
        return self._obstacle()

    def _obstacle(self) -> RunRefused | None:
        """Return what keeps an action from running on this machine."""
        document = self._session.document
        flow, node = document.draft.flow, missing_node()
        for action in flow.enabled_actions:
            obstacle = obstacle_of(flow, action, document.problems.problems, node)
            if obstacle is not None:
                return RunRefused(obstacle.message, obstacle.remedy, obstacle.problem)
        return None
