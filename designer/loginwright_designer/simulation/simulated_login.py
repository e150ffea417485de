"""A login that somebody steps through, as Qt objects see it: states, signals, commands."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_designer.simulation import states
from loginwright_designer.simulation.debug_controller import (
    DebugController,
    Detachable,
    GoOn,
    Move,
)
from loginwright_designer.simulation.drills import DrillBench
from loginwright_designer.simulation.kept_suspension import KeptSuspension
from loginwright_designer.simulation.login_driver import LoginDriver
from loginwright_designer.simulation.login_inputs import (
    LoginInputs,
    ReadSecrets,
)
from loginwright_designer.simulation.login_signals import (
    AnswerRefusal,
    LoginEnd,
)
from loginwright_designer.simulation.record_view import RecordView
from loginwright_designer.simulation.shown_login import ShownLogin
from loginwright_designer.simulation.spare_host import SpareHost
from loginwright_designer.simulation.stop_words import answered_by, ended_state, place_of
from loginwright_runtime.errors import LoginwrightError
from loginwright_runtime.login.requests import ResumeRequest
from loginwright_runtime.simulation import AnyReply
from loginwright_runtime.tracing import record_of

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from loginwright_runtime.debugging import Breakpoint, LineBreakpoint, Pause
    from loginwright_runtime.simulation import Away, LoginOutcome, SimulationSettings
    from loginwright_runtime.tracing import RunRecord


@dataclass(frozen=True, slots=True)
class LoginStart:
    """How a login begins.

    Attributes:
        inputs: What runs.
        on_its_own: Answer with the scenario's replies, to the end.
        kept: Where it goes on; None begins with the first action.
        answer: Given there at once.
    """

    inputs: LoginInputs
    on_its_own: bool = False
    kept: KeptSuspension | None = None
    answer: AnyReply | ResumeRequest | None = None


class SimulatedLogin(ShownLogin):
    """One login at a time, on the event loop that Qt runs on; owns one asyncio task.

    With ``record_lines`` the next login writes every line into its record, which is slow.

    In the past every command but ``stop`` first of all returns to now, and does nothing else.
    """

    def __init__(
        self,
        settings: SimulationSettings,
        loop: asyncio.AbstractEventLoop,
        parent: QObject | None = None,
    ) -> None:
        """Wait for ``start``.

        Args:
            settings: How logins are run; the debugger in it is not used.
            loop: The one that Qt runs on.
            parent: Owns this object.
        """
        super().__init__(parent)
        self.settings = settings
        self._loop = loop
        self._driver: LoginDriver | None = None
        self._controller: DebugController | None = None
        self._task: asyncio.Task[LoginOutcome] | None = None
        self._listener = Detachable()
        self._given_up: set[asyncio.Task[LoginOutcome]] = set()
        self._hosts = SpareHost(loop)
        self._runs = 0
        self._closed = False
        self.record_lines = False
        self._breakpoints: tuple[Breakpoint, ...] = ()

    @property
    @override
    def state(self) -> states.LoginState:
        """What the login is doing; how long it has been away is counted when it is asked for."""
        state, away = super().state, self.away
        return state if away is None else states.counted(state, self.now() - away.now)

    @property
    def run_number(self) -> int:
        """How many logins were begun here, this one included; 0 before the first."""
        return self._runs

    @property
    def kept(self) -> KeptSuspension | None:
        """The login as it last went away to a site, also after its end; None if it never did."""
        return self._driver.kept if self._driver is not None else None

    @property
    def pause(self) -> Pause | None:
        """Where the debugger has stopped it, with the event as its action sees it, or None."""
        return self._controller.pause if self._controller is not None else None

    @property
    def away(self) -> Away | None:
        """Where it waits for an answer, with all that the other site knows, or None."""
        return self._driver.away if self._driver is not None else None

    def drill_bench(self) -> DrillBench | None:
        """Return a copy of the login as it last went away, for drills; None if it never did."""
        kept = self.kept
        if kept is None:
            return None
        away = self.away
        if away is None or away.suspension != kept.away.suspension:
            away = kept.away
        return DrillBench(kept.inputs, self.settings, kept.secrets, kept.stores_copied(), away)

    def now(self) -> float:
        """Return the time on the login's clock, epoch seconds; outside of one the real time."""
        return time.time() if self._driver is None else self._driver.now()

    @property
    def clock_is_fixed(self) -> bool:
        """Whether the login's clock stands still."""
        return self._driver is not None and self._driver.clock_is_fixed

    def set_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Stop at these from now on."""
        self._breakpoints = breakpoints
        if self._controller is not None:
            self._controller.set_breakpoints(breakpoints)

    def start(
        self,
        inputs: LoginInputs,
        level: GoOn = "run",
        *,
        on_its_own: bool = False,
        run_to: LineBreakpoint | None = None,
    ) -> None:
        """Begin a login; one that has begun before is given up.

        Args:
            inputs: What to run.
            level: ``into`` stops before the first action.
            on_its_own: Answer with the scenario's replies, to the end.
            run_to: A line that is stopped at, as by a breakpoint.
        """
        self._begin(LoginStart(inputs, on_its_own=on_its_own), Move(level, run_to=run_to))

    def answer_again(self, reply: AnyReply | ResumeRequest, *, run: bool = False) -> bool:
        """Begin a login where the last one went away, with another answer; False if none did.

        It goes on from a copy: no action that ran before runs again.

        Args:
            reply: As ``answer`` takes it.
            run: Do not stop before the handler that goes on.
        """
        kept = self.kept
        if kept is None or self._closed:
            return False
        move = Move("run" if run else "into")
        self._begin(LoginStart(kept.inputs, kept=kept, answer=reply), move)
        return True

    def show_record(
        self, inputs: LoginInputs, record: RunRecord, outcome: LoginOutcome | None = None
    ) -> None:
        """Show a login that is over; it can be looked at step by step, and nothing runs.

        Args:
            inputs: What it began with.
            record: All that happened.
            outcome: What came of it; None where it was stopped.
        """
        self._give_up()
        self._driver = self._controller = None
        self._view = RecordView(inputs)
        self._view.record, self._outcome = record, outcome
        self._now = states.Idle()
        self._grow(record)
        self._set_state(ended_state(outcome, None, self.steps, self._view.names))
        self.login_ended.emit(LoginEnd(inputs, record, outcome))

    def _give_up(self) -> asyncio.Task[LoginOutcome] | None:
        """Cancel what runs, and listen to it no more; return it, so that it can be awaited."""
        before, self._task = self._task, None
        if before is not None:
            before.cancel()
            self._given_up.add(before)
            before.add_done_callback(self._given_up.discard)
        self._growth.stop()
        self._listener.listener = None
        return before

    def _begin(self, start: LoginStart, move: Move) -> None:
        if self._closed:
            return
        before = self._give_up()
        self._runs += 1
        self._view, self._outcome = RecordView(start.inputs), None
        self._listener = Detachable(self)
        self._controller = DebugController(self._listener, move, self._breakpoints)
        self._driver = None
        self._set_state(states.Running())
        self._task = self._loop.create_task(self._run(start, self._controller, before))
        self._task.add_done_callback(self._done)

    def restart(self, level: GoOn = "run") -> None:
        """Begin again with the same inputs."""
        if self._view.inputs is not None:
            self.start(self._view.inputs, level)

    def continue_(self, event: bytes | None = None) -> None:
        """Go on to the next breakpoint."""
        self._go_on(Move("run", event))

    def run_to(self, line: LineBreakpoint, event: bytes | None = None) -> None:
        """Go on to a line, or to a breakpoint before it."""
        self._go_on(Move("run", event, line))

    def step_over(self, event: bytes | None = None) -> None:
        """Go on to the next stop on this level."""
        self._go_on(Move("over", event))

    def step_into(self, event: bytes | None = None) -> None:
        """Go on to the next stop one level down."""
        self._go_on(Move("into", event))

    def step_out(self, event: bytes | None = None) -> None:
        """Go on to the next stop one level up."""
        self._go_on(Move("out", event))

    def pause_soon(self) -> None:
        """Stop wherever the login is, in the middle of its code too."""
        if self.back_to_now() or not isinstance(self._now, states.Running):
            return
        if self._controller is not None:
            self._set_state(replace(self._now, pausing=True))
            self._controller.pause_soon()

    def answer(self, reply: AnyReply | ResumeRequest, *, run: bool = False) -> None:
        """Answer for the other site, and stop before the handler that goes on.

        Args:
            reply: As the desk or a scenario has it, or as a real browser brought it.
            run: Do not stop there (Ctrl+Shift+Enter).
        """
        if self.back_to_now() or self._driver is None or self._controller is None:
            return
        if self._driver.answer(reply):
            self._controller.go_on(Move("run" if run else "into"))
            self._set_state(states.Running())

    def wait(self, seconds: float) -> None:
        """Let time pass for a login that is away."""
        if self._driver is not None and self._driver.away is not None:
            self._driver.wait(seconds)
            self._show_away(self._driver.away)

    def stop(self) -> None:
        """End the login; its record stays. Whatever an action is doing, this returns at once."""
        if self._task is None or self._task.done():
            return
        if self.pause is not None and self._controller is not None:
            self._controller.end()
        else:
            self._task.cancel()

    async def close(self) -> None:
        """Give up the login and wait until all of it is gone; none begins any more."""
        self._closed = True
        self._give_up()
        if self._given_up:
            await asyncio.wait(self._given_up)
        await self._hosts.close()
        self._long.stop()
        self._growth.stop()

    def _go_on(self, move: Move) -> None:
        if self.back_to_now() or self._controller is None or self.pause is None:
            return
        paused = self.pause
        self._controller.go_on(move)
        self._set_state(states.Running(self._view.name(paused.action_id)))

    async def _run(
        self,
        start: LoginStart,
        controller: DebugController,
        before: asyncio.Task[LoginOutcome] | None,
    ) -> LoginOutcome:
        if before is not None:
            await asyncio.wait([before])
        kept = start.kept
        if kept is not None:
            secrets = kept.secrets
        else:
            secrets = await ReadSecrets.of(start.inputs.flow, self.settings.secrets)
        self._driver = LoginDriver(
            start.inputs,
            self.settings,
            secrets,
            controller,
            self._went_away,
            self._was_refused,
            start.on_its_own,
            start.answer,
            kept,
            self.record_lines,
            hosts=self._hosts,
        )
        outcome = await self._driver.to_the_end()
        self._hosts.prepare_soon(start.inputs, self.settings)
        return outcome

    def _done(self, task: asyncio.Task[LoginOutcome]) -> None:
        """Whatever ended the login, say so; a fault of our own goes to the crash hook as well."""
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, LoginwrightError):
            report = {"message": "A simulated login broke off.", "exception": error, "task": task}
            task.get_loop().call_exception_handler(report)
        inputs = self._view.inputs
        if task is not self._task or inputs is None:
            return
        outcome = None if task.cancelled() or error is not None else task.result()
        if self._driver is not None:
            self._driver.away = None
        if self._controller is not None:
            self._controller.is_over()
        self._outcome = outcome
        if outcome is not None:
            self._grow(record_of(outcome))
        self._set_state(ended_state(outcome, error, self.steps, self._view.names))
        shown = error if isinstance(error, LoginwrightError) else None
        self.login_ended.emit(LoginEnd(inputs, self._view.record, outcome, shown))

    def passed(self, pause: Pause) -> None:
        """The login came by a stop that nobody asked for."""
        name = self._view.name(pause.action_id)
        self._view.record = pause.record
        if not self._growth.isActive():
            self._growth.start()
        if isinstance(self._now, states.Running) and self._now.action != name:
            self._set_state(replace(self._now, action=name))

    def stopped(self, pause: Pause) -> None:
        """The login stands still."""
        self._grow(pause.record)
        self._set_state(
            states.Paused(
                self._view.name(pause.action_id),
                place_of(pause, self._view.names, self._view.sources),
                pause.action_id,
                pause.handler,
                pause.line,
                pause.file,
            )
        )

    def _went_away(self, away: Away, record: RunRecord) -> None:
        self._grow(record)
        self._show_away(away)

    def _show_away(self, away: Away) -> None:
        kind = away.suspension.kind
        host = away.site if kind == "redirect" else answered_by(kind)
        seconds = None if self.clock_is_fixed else 0
        self._set_state(states.Away(host, seconds, kind))

    def _was_refused(self, why: LoginOutcome | LoginwrightError) -> None:
        told = AnswerRefusal(error=why) if isinstance(why, LoginwrightError) else AnswerRefusal(why)
        self.answer_refused.emit(told)
