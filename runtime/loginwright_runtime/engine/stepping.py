"""Decides where a debugged login stops, and asks the debugger how to go on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from loginwright_runtime.debugging.protocol import (
    ActionBreakpoint,
    Breakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
    Pause,
    Resume,
    StopKind,
)
from loginwright_runtime.engine.stops import Stop, StoppedByDebuggerError

if TYPE_CHECKING:
    from loginwright_runtime.debugging.protocol import Debugger, Meaning
    from loginwright_runtime.tracing.recorder import RunRecorder

_MEANINGS: dict[str, Meaning] = {
    "idToken.setCustomClaim": "claim_set",
    "accessToken.setCustomClaim": "claim_set",
    "access.deny": "denied",
    "validation.error": "denied",
    "session.revoke": "denied",
    "refreshToken.revoke": "denied",
    "user.setUserMetadata": "metadata_changed",
    "user.setAppMetadata": "metadata_changed",
    "transaction.setMetadata": "metadata_changed",
    "multifactor.enable": "mfa_asked",
    "authentication.challengeWith": "mfa_asked",
    "authentication.challengeWithAny": "mfa_asked",
    "authentication.enrollWith": "mfa_asked",
    "authentication.enrollWithAny": "mfa_asked",
}
_PLACES: dict[StopKind, str] = {
    "before_handler": "before",
    "after_handler": "after",
    "before_leaving": "leaving",
}


_INSIDE: frozenset[StopKind] = frozenset({"call", "line", "exception", "pause"})
STOPPED = "The login was stopped in the debugger."


class Stepping:
    """Steps one leg of a login for a debugger.

    Args:
        debugger: Who decides.
        recorder: The login's book, shown at every pause.
    """

    def __init__(self, debugger: Debugger, recorder: RunRecorder) -> None:
        self._debugger = debugger
        self._recorder = recorder
        self._resume = debugger.first()
        self._from: StopKind = "before_handler"
        self._event = b"{}"
        self.pause_wanted = False
        self.in_code = False

    @property
    def resume(self) -> Resume:
        """How the login goes on from its last pause."""
        return self._resume

    def replace_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Let another whole set hold from now on."""
        self._resume = replace(self._resume, breakpoints=breakpoints)

    async def at(self, stop: Stop, event: bytes | None = None) -> bytes | None:
        """Pause at ``stop`` if the step or a breakpoint says so.

        Args:
            stop: Where the login stands.
            event: The event of the handler about to run, JSON without secrets.

        Returns:
            The event as edited while paused, or None when it was not.

        Raises:
            StoppedByDebuggerError: The login was ended.
        """
        if event is not None:
            self._event = event
        reasons = self.reasons(stop)
        if not reasons and not self._steps_to(stop):
            return None
        await self.pause_at(
            Pause(
                kind=stop.kind,
                action_id=stop.action,
                handler=stop.handler,
                method=stop.method,
                line=stop.line,
                file=stop.file,
                event=self._event,
                record=self._recorder.record,
                reasons=reasons,
            )
        )
        if stop.kind == "before_handler" and self._resume.event is not None:
            self._event = self._resume.event
            return self._resume.event
        return None

    def stops_at(self, stop: Stop) -> bool:
        """Tell whether ``at`` would pause."""
        return bool(self.reasons(stop)) or self._steps_to(stop)

    def reasons(self, stop: Stop) -> tuple[Breakpoint, ...]:
        """Return the breakpoints that match a stop."""
        return tuple(
            point
            for point in self._resume.breakpoints
            if not (self.in_code and isinstance(point, LineBreakpoint)) and _matches(point, stop)
        )

    async def pause_at(self, pause: Pause) -> None:
        """Show a pause, and remember how to go on.

        Raises:
            StoppedByDebuggerError: The login was ended.
        """
        self.pause_wanted = False
        self._from = pause.kind
        self._resume = await self._debugger.paused(pause)
        if self._resume.level == "end":
            raise StoppedByDebuggerError(STOPPED)

    @property
    def event(self) -> bytes:
        """The event of the handler that runs, JSON without secrets."""
        return self._event

    def _steps_to(self, stop: Stop) -> bool:
        if self.pause_wanted:
            return True
        is_call = stop.kind == "call"
        if is_call and self.in_code and self._resume.unit == "line":
            return False
        match self._resume:
            case Resume(level="into"):
                return stop.kind != "after_handler"
            case Resume(level="over"):
                return stop.kind != "after_handler" and (not is_call or self._from in _INSIDE)
            case Resume(level="out"):
                return not is_call
            case _:
                return False


def _matches(point: Breakpoint, stop: Stop) -> bool:
    match point:
        case ActionBreakpoint(action_id, place):
            return stop.action == action_id and _PLACES.get(stop.kind) == place
        case MeaningBreakpoint(meaning):
            return stop.kind == "call" and _MEANINGS.get(stop.method or "") == meaning
        case LineBreakpoint():
            return _calls_from(point, stop)
        case ExceptionBreakpoint():
            return False
        case _:
            assert_never(point)


def _calls_from(point: LineBreakpoint, stop: Stop) -> bool:
    """Tell whether a call was made from a line: as near as a stop can come without its code."""
    return (
        stop.kind == "call"
        and point.enabled
        and point.log_message is None
        and point.line == stop.line
        and point.file == stop.file
        and point.action_id in (None, stop.action)
    )
