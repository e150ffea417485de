"""A login that somebody steps through, as Qt objects see it: states, signals, commands."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from loginwright_designer.simulation import states
from loginwright_designer.simulation.debug_controller import DebugController, Detachable, GoOn
from loginwright_designer.simulation.drills import DrillBench
from loginwright_designer.simulation.login_driver import LoginDriver
from loginwright_designer.simulation.login_inputs import (
    EditedSince,
    LoginInputs,
    ReadSecrets,
    edited_since,
)
from loginwright_designer.simulation.login_signals import (
    AnswerRefusal,
    LoginEnd,
    RecordGrowth,
    StateChange,
)
from loginwright_designer.simulation.steps import Steps, steps
from loginwright_designer.simulation.stop_words import ANSWERED_BY, ended_state, place_of
from loginwright_runtime.errors import LoginwrightError
from loginwright_runtime.tracing import record_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.debugging import Breakpoint, Pause
    from loginwright_runtime.login.requests import ResumeRequest
    from loginwright_runtime.simulation import AnyReply, Away, LoginOutcome, SimulationSettings
    from loginwright_runtime.tracing import RunRecord

LONG_RUN_MS = 300
_GROWTH_MS = 16


class SimulatedLogin(QObject):
    """One login at a time, on the event loop that Qt runs on; owns one asyncio task.

    In the past every command but ``stop`` first of all returns to now, and does nothing else.
    """

    state_changed = Signal(object)
    """A ``StateChange``."""
    record_grown = Signal(object)
    """A ``RecordGrowth``."""
    login_ended = Signal(object)
    """A ``LoginEnd``."""
    answer_refused = Signal(object)
    """An ``AnswerRefusal``."""

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
        self._now: states.NowState = states.Idle()
        self._past: int | None = None
        self._inputs: LoginInputs | None = None
        self._record: RunRecord | None = None
        self._steps = Steps()
        self._outcome: LoginOutcome | None = None
        self._driver: LoginDriver | None = None
        self._controller: DebugController | None = None
        self._task: asyncio.Task[LoginOutcome] | None = None
        self._listener = Detachable()
        self._steps_of: RunRecord | None = None
        self._breakpoints: tuple[Breakpoint, ...] = ()
        self._long = QTimer(self)
        self._long.setSingleShot(True)
        self._long.setInterval(LONG_RUN_MS)
        self._long.timeout.connect(self._on_long)
        self._growth = QTimer(self)
        self._growth.setSingleShot(True)
        self._growth.setInterval(_GROWTH_MS)
        self._growth.timeout.connect(self._on_growth)

    @property
    def state(self) -> states.LoginState:
        """What the login is doing, with the past laid over it where somebody looks at it."""
        if self._past is None:
            return self._now
        return states.Past(self._now, self._past, self.steps.total)

    @property
    def record(self) -> RunRecord | None:
        """All that happened so far; None before the first start."""
        return self._record

    @property
    def steps(self) -> Steps:
        """The record as a strip, folded when it is asked for."""
        record = self._record
        if record is not None and self._steps_of is not record:
            self._steps = steps(record, self._names())
            self._steps_of = record
        return self._steps

    @property
    def position(self) -> int | None:
        """``seq`` up to which views show the record; None is now."""
        cell = None if self._past is None else self.steps.numbered(self._past)
        return None if cell is None else cell.until

    @property
    def inputs(self) -> LoginInputs | None:
        """What the login began with."""
        return self._inputs

    @property
    def outcome(self) -> LoginOutcome | None:
        """What came of it; None until then."""
        return self._outcome

    @property
    def pause(self) -> Pause | None:
        """Where the debugger has stopped it, with the event as its action sees it, or None."""
        return self._controller.pause if self._controller is not None else None

    @property
    def away(self) -> Away | None:
        """Where it waits for an answer, with all that the other site knows, or None."""
        return self._driver.away if self._driver is not None else None

    def drill_bench(self) -> DrillBench | None:
        """Return a copy of the login that is away, for drills; None while it is not away."""
        driver = self._driver
        if driver is None or driver.away is None:
            return None
        stores = driver.stores_copied()
        return DrillBench(driver.inputs, self.settings, driver.secrets, stores, driver.away)

    @property
    def clock_is_fixed(self) -> bool:
        """Whether the login's clock stands still."""
        return self._driver is not None and self._driver.clock_is_fixed

    def edited_since(self, now: LoginInputs) -> EditedSince:
        """Return what was edited since the login began."""
        return EditedSince() if self._inputs is None else edited_since(self._inputs, now)

    async def secrets_edited_since(self) -> bool:
        """Tell whether the values of secrets are others than those the login began with."""
        if self._driver is None or self._inputs is None:
            return False
        current = await ReadSecrets.of(self._inputs.flow, self.settings.secrets)
        return current != self._driver.secrets

    def set_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Stop at these from now on."""
        self._breakpoints = breakpoints
        if self._controller is not None:
            self._controller.breakpoints = breakpoints

    def start(self, inputs: LoginInputs, level: GoOn = "run", *, on_its_own: bool = False) -> None:
        """Begin a login; one that has begun before is given up.

        Args:
            inputs: What to run.
            level: ``into`` stops before the first action.
            on_its_own: Answer with the scenario's replies, to the end.
        """
        before = self._task
        if before is not None:
            before.cancel()
        self._past = None
        self._growth.stop()
        self._inputs, self._record, self._outcome = inputs, None, None
        self._steps, self._steps_of = Steps(), None
        self._listener.listener = None
        self._listener = Detachable(self)
        self._controller = DebugController(self._listener, level, self._breakpoints)
        self._driver = None
        self._set_state(states.Running())
        run = self._run(inputs, self._controller, before, on_its_own=on_its_own)
        self._task = self._loop.create_task(run)
        self._task.add_done_callback(self._done)

    def restart(self, level: GoOn = "run") -> None:
        """Begin again with the same inputs."""
        if self._inputs is not None:
            self.start(self._inputs, level)

    def continue_(self, event: bytes | None = None) -> None:
        """Go on to the next breakpoint."""
        self._go_on("run", event)

    def step_over(self, event: bytes | None = None) -> None:
        """Go on to the next stop on this level."""
        self._go_on("over", event)

    def step_into(self, event: bytes | None = None) -> None:
        """Go on to the next stop one level down."""
        self._go_on("into", event)

    def step_out(self, event: bytes | None = None) -> None:
        """Go on to the next stop one level up."""
        self._go_on("out", event)

    def pause_soon(self) -> None:
        """Stop at the next place where that can be done."""
        if self.back_to_now() or not isinstance(self._now, states.Running):
            return
        if self._controller is not None:
            self._controller.pausing = True
            self._set_state(replace(self._now, pausing=True))

    def answer(self, reply: AnyReply | ResumeRequest, *, run: bool = False) -> None:
        """Answer for the other site, and stop before the handler that goes on.

        Args:
            reply: As the desk or a scenario has it, or as a real browser brought it.
            run: Do not stop there (Ctrl+Shift+Enter).
        """
        if self.back_to_now() or self._driver is None or self._controller is None:
            return
        if self._driver.answer(reply):
            self._controller.go_on("run" if run else "into")
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
        """Give up the login and wait until all of it is gone."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        self._long.stop()
        self._growth.stop()

    def look_at(self, step: int) -> bool:
        """Look at a recorded step; False where there is no such step."""
        if self.steps.numbered(step) is None:
            return False
        self._past = step
        self.state_changed.emit(StateChange(self.state))
        return True

    def back_to_now(self) -> bool:
        """Return from the past; False where nobody was there."""
        if self._past is None:
            return False
        self._past = None
        self.state_changed.emit(StateChange(self.state))
        return True

    def _go_on(self, level: GoOn, event: bytes | None) -> None:
        if self.back_to_now() or self._controller is None or self.pause is None:
            return
        paused = self.pause
        self._controller.go_on(level, event)
        self._set_state(states.Running(self._name(paused.action_id)))

    async def _run(
        self,
        inputs: LoginInputs,
        controller: DebugController,
        before: asyncio.Task[LoginOutcome] | None,
        *,
        on_its_own: bool,
    ) -> LoginOutcome:
        if before is not None:
            await asyncio.wait([before])
        secrets = await ReadSecrets.of(inputs.flow, self.settings.secrets)
        self._driver = LoginDriver(
            inputs,
            self.settings,
            secrets,
            controller,
            self._went_away,
            self._was_refused,
            on_its_own,
        )
        return await self._driver.to_the_end()

    def _done(self, task: asyncio.Task[LoginOutcome]) -> None:
        """Whatever ended the login, say so; a fault of our own goes to the crash hook as well."""
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, LoginwrightError):
            report = {"message": "A simulated login broke off.", "exception": error, "task": task}
            task.get_loop().call_exception_handler(report)
        if task is not self._task or self._inputs is None:
            return
        outcome = None if task.cancelled() or error is not None else task.result()
        if self._driver is not None:
            self._driver.away = None
        self._outcome = outcome
        if outcome is not None:
            self._grow(record_of(outcome))
        self._set_state(ended_state(outcome, error, self.steps, self._names()))
        shown = error if isinstance(error, LoginwrightError) else None
        self.login_ended.emit(LoginEnd(self._inputs, self._record, outcome, shown))

    def passed(self, pause: Pause) -> None:
        """The login came by a stop that nobody asked for."""
        name = self._name(pause.action_id)
        self._record = pause.record
        if not self._growth.isActive():
            self._growth.start()
        if isinstance(self._now, states.Running) and self._now.action != name:
            self._set_state(replace(self._now, action=name))

    def stopped(self, pause: Pause) -> None:
        """The login stands still."""
        self._grow(pause.record)
        self._set_state(
            states.Paused(
                self._name(pause.action_id),
                place_of(pause, self._names()),
                pause.action_id,
                pause.handler,
                pause.line,
            )
        )

    def _went_away(self, away: Away, record: RunRecord) -> None:
        self._grow(record)
        self._show_away(away)

    def _show_away(self, away: Away) -> None:
        kind = away.suspension.kind
        host = away.site if kind == "redirect" else ANSWERED_BY[kind]
        seconds = None if self.clock_is_fixed else 0
        self._set_state(states.Away(host, seconds, kind))

    def _was_refused(self, why: LoginOutcome | LoginwrightError) -> None:
        told = AnswerRefusal(error=why) if isinstance(why, LoginwrightError) else AnswerRefusal(why)
        self.answer_refused.emit(told)

    def _on_growth(self) -> None:
        if self._record is not None:
            self.record_grown.emit(RecordGrowth(self._record))

    def _grow(self, record: RunRecord) -> None:
        self._growth.stop()
        self._record = record
        self.record_grown.emit(RecordGrowth(record))

    def _set_state(self, state: states.NowState) -> None:
        if state == self._now:
            return
        starts = isinstance(state, states.Running) and not isinstance(self._now, states.Running)
        self._now = state
        if starts:
            self._long.start()
        elif not isinstance(state, states.Running):
            self._long.stop()
        self.state_changed.emit(StateChange(self.state))

    def _on_long(self) -> None:
        if isinstance(self._now, states.Running):
            self._set_state(replace(self._now, long=True))

    def _names(self) -> Mapping[str, str]:
        if self._inputs is None:
            return {}
        return {action.id: action.name for action in self._inputs.flow.actions}

    def _name(self, action: str | None) -> str | None:
        return None if action is None else self._names().get(action, action)
