"""A login's record as views ask for it: its steps, folded once, and the step that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.simulation.past_lines import past_frame
from loginwright_designer.simulation.steps import Steps, steps
from loginwright_runtime.tracing.record import LineReached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.simulation.login_inputs import LoginInputs
    from loginwright_designer.simulation.past_lines import PastFrame
    from loginwright_runtime.tracing import RunRecord


class RecordView:
    """What happened so far, and where somebody looks.

    Attributes:
        inputs: What the login began with; None before the first one.
        record: All that happened; None before the first step.
        past: Number of the step that is looked at; None is now.
    """

    def __init__(self, inputs: LoginInputs | None = None) -> None:
        """Begin without a record."""
        self.inputs = inputs
        self.record: RunRecord | None = None
        self.past: int | None = None
        self._steps = Steps()
        self._steps_of: RunRecord | None = None
        self._frame: PastFrame | None = None
        self._has_lines = False
        self._frame_of: tuple[RunRecord | None, int | None] = (None, None)

    @property
    def steps(self) -> Steps:
        """The record as a strip, folded when it is asked for."""
        if self.record is not None and self._steps_of is not self.record:
            self._steps = steps(self.record, self.names)
            self._steps_of = self.record
        return self._steps

    @property
    def position(self) -> int | None:
        """``seq`` up to which views show the record; None is now."""
        cell = None if self.past is None else self.steps.numbered(self.past)
        return None if cell is None else cell.until

    @property
    def frame(self) -> PastFrame | None:
        """The function that was running at the step that is looked at, as it was recorded."""
        place = (self.record, self.position)
        if self._frame_of[0] is not place[0]:
            entries = () if self.record is None else self.record.entries
            self._has_lines = any(isinstance(entry, LineReached) for entry in entries)
        if self._frame_of[0] is not place[0] or self._frame_of[1] != place[1]:
            known = self.record if self._has_lines else None
            self._frame = None if known is None else past_frame(known, self.position)
            self._frame_of = place
        return self._frame

    @property
    def names(self) -> Mapping[str, str]:
        """What people call each action, by id."""
        if self.inputs is None:
            return {}
        return {action.id: action.name for action in self.inputs.flow.actions}

    @property
    def sources(self) -> Mapping[str, str]:
        """The file of each action's code, by id."""
        if self.inputs is None:
            return {}
        return {action.id: action.code for action in self.inputs.flow.actions}

    def name(self, action: str | None) -> str | None:
        """Return what people call an action."""
        return None if action is None else self.names.get(action, action)
