"""A login as views see it: what it does, what happened, and the step that is looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from loginwright_designer.simulation import states
from loginwright_designer.simulation.login_inputs import EditedSince, edited_since
from loginwright_designer.simulation.login_signals import RecordGrowth, StateChange
from loginwright_designer.simulation.record_view import RecordView

if TYPE_CHECKING:
    from loginwright_designer.simulation.login_inputs import LoginInputs
    from loginwright_designer.simulation.past_lines import PastFrame
    from loginwright_designer.simulation.steps import Steps
    from loginwright_runtime.simulation import LoginOutcome
    from loginwright_runtime.tracing import RunRecord

LONG_RUN_MS = 300
_GROWTH_MS = 16
_LONGEST_GROWTH_MS = 1000
_RESTS = 4
"""How long a login goes on unseen, by how long it took to show what had happened before."""


def growth_interval(shown_in_ms: float) -> int:
    """Return in how many milliseconds a growing record is to be shown again.

    A login of thousands of calls goes on while nobody shows it: its time is the leg's, so that
    views that are drawn all the while would let it end as one that took too long.

    Args:
        shown_in_ms: How long it took the last time, until everything was drawn.
    """
    return round(min(max(_GROWTH_MS, _RESTS * shown_in_ms), _LONGEST_GROWTH_MS))


class ShownLogin(QObject):
    """State and record of one login, and the past laid over them; runs nothing."""

    state_changed = Signal(object)
    """A ``StateChange``."""
    record_grown = Signal(object)
    """A ``RecordGrowth``."""
    login_ended = Signal(object)
    """A ``LoginEnd``."""
    answer_refused = Signal(object)
    """An ``AnswerRefusal``."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Show no login yet."""
        super().__init__(parent)
        self._now: states.NowState = states.Idle()
        self._view = RecordView()
        self._outcome: LoginOutcome | None = None
        self._long = QTimer(self)
        self._long.setSingleShot(True)
        self._long.setInterval(LONG_RUN_MS)
        self._long.timeout.connect(self._on_long)
        self._growth = QTimer(self)
        self._growth.setSingleShot(True)
        self._growth.setInterval(_GROWTH_MS)
        self._growth.timeout.connect(self._on_growth)
        self._showing = QElapsedTimer()
        self._drawn = QTimer(self, singleShot=True, interval=0)
        self._drawn.timeout.connect(self._on_drawn)

    @property
    def state(self) -> states.LoginState:
        """What the login is doing, with the past laid over it where somebody looks at it."""
        if self._view.past is None:
            return self._now
        return states.Past(self._now, self._view.past, self.steps.total)

    @property
    def record(self) -> RunRecord | None:
        """All that happened so far; None before the first start."""
        return self._view.record

    @property
    def steps(self) -> Steps:
        """The record as a strip, folded when it is asked for."""
        return self._view.steps

    @property
    def position(self) -> int | None:
        """``seq`` up to which views show the record; None is now."""
        return self._view.position

    @property
    def frame(self) -> PastFrame | None:
        """The function that was running at the step that is looked at; None without its lines."""
        return self._view.frame

    @property
    def inputs(self) -> LoginInputs | None:
        """What the login began with."""
        return self._view.inputs

    @property
    def outcome(self) -> LoginOutcome | None:
        """What came of it; None until then."""
        return self._outcome

    def edited_since(self, now: LoginInputs) -> EditedSince:
        """Return what was edited since the login began."""
        began_with = self._view.inputs
        return EditedSince() if began_with is None else edited_since(began_with, now)

    def look_at(self, step: int) -> bool:
        """Look at a recorded step; False where there is no such step."""
        if self.steps.numbered(step) is None:
            return False
        self._view.past = step
        self.state_changed.emit(StateChange(self.state))
        return True

    def back_to_now(self) -> bool:
        """Return from the past; False where nobody was there."""
        if self._view.past is None:
            return False
        self._view.past = None
        self.state_changed.emit(StateChange(self.state))
        return True

    def _on_growth(self) -> None:
        if self._view.record is not None:
            self._showing.start()
            self.record_grown.emit(RecordGrowth(self._view.record))
            self._drawn.start()

    def _on_drawn(self) -> None:
        self._growth.setInterval(growth_interval(self._showing.nsecsElapsed() / 1_000_000))

    def _grow(self, record: RunRecord) -> None:
        self._growth.stop()
        self._view.record = record
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
