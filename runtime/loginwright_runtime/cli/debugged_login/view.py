"""A debugged login as somebody looks at it: where it stands, its record, its event, the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.happenings import Ended, Paused, WentAway
from loginwright_runtime.cli.debugged_login.past import Moment, moments, until
from loginwright_runtime.tracing import RunRecord, record_of

if TYPE_CHECKING:
    from loginwright_runtime.cli.debugged_login.login import LoginInputs
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.tracing.masking import Masker

Stand: TypeAlias = Paused | WentAway | Ended


class LoginView:
    """Where a login stands, or where somebody looks in its past.

    Attributes:
        inputs: What runs.
        stand: Where the login stands; of no meaning while it runs.
        past: Index of the moment that is looked at; None is now.
        edited_event: The event of the handler about to run, where it was changed.
    """

    def __init__(self, inputs: LoginInputs) -> None:
        """Look at a login that has not begun."""
        self.inputs = inputs
        self.stand: Stand = Ended()
        self.past: int | None = None
        self.edited_event: JsonObject | None = None
        self._moments: tuple[RunRecord, tuple[Moment, ...]] | None = None

    def stands(self, stand: Stand) -> None:
        """The login stands still somewhere else."""
        self.stand, self.past, self.edited_event = stand, None, None

    @property
    def record(self) -> RunRecord | None:
        """What happened so far; up to where somebody looks, in the past."""
        record, moment = self.whole_record(), self.moment
        return record if record is None or moment is None else until(record, moment)

    def whole_record(self) -> RunRecord | None:
        """Return what happened so far; None where nothing could."""
        match self.stand:
            case Paused(pause):
                return pause.record
            case WentAway(record=record):
                return record
            case Ended(outcome):
                return None if outcome is None else record_of(outcome)

    def moments(self) -> tuple[Moment, ...]:
        """Return every step that has happened."""
        record = self.whole_record()
        if record is None:
            return ()
        if self._moments is None or self._moments[0] is not record:
            self._moments = record, moments(record, self.inputs.flow)
        return self._moments[1]

    @property
    def moment(self) -> Moment | None:
        """The step that somebody looks at in the past; None is now."""
        return None if self.past is None else self.moments()[self.past]

    def name(self, action: str | None) -> str | None:
        """Return what people call an action."""
        names = {one.id: one.name for one in self.inputs.flow.actions}
        return None if action is None else names.get(action, action)

    def code_of(self, action: str | None) -> str | None:
        """Return the file of an action."""
        return next((one.code for one in self.inputs.flow.actions if one.id == action), None)

    def event(self, masker: Masker) -> JsonValue:
        """Return the event as it is, or was; secrets in it are masked.

        Raises:
            RefusedError: No action's event belongs to where somebody looks.
        """
        if self.past is None and self.edited_event is not None:
            return masker.json(self.edited_event)
        event: JsonValue = orjson.loads(self._event_bytes())
        return masker.json(event)

    def editable_event(self) -> JsonObject:
        """Return the event of the handler that is about to run, as it will see it.

        Raises:
            RefusedError: None is.
        """
        if self.past is None and isinstance(self.stand, Paused):
            pause = self.stand.pause
            if pause.kind == "before_handler":
                event: JsonObject = self.edited_event or orjson.loads(pause.event)
                return event
        raise RefusedError("The event can be changed before an action only.")

    def _event_bytes(self) -> bytes:
        if self.past is None and isinstance(self.stand, Paused):
            return self.stand.pause.event
        record, moment = self.whole_record(), self.moment
        events = () if record is None else record.events
        index = len(events) - 1 if moment is None else moment.event
        if index is None or not 0 <= index < len(events):
            raise RefusedError("No action's event belongs to this step.")
        return events[index]
