"""Writes a run record while a login runs; cheap enough to be always on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LineReached,
    LoginEnded,
    LogWritten,
    ProfileWritten,
    RecordEntry,
    RunRecord,
    SuspensionKind,
    TokenCheck,
    TokenChecked,
    TokensIssued,
    WarningRaised,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.api.call import ErrorReply
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


class RunRecorder:
    """The one book of a login: appends entries, hands out the record.

    Args:
        record: What earlier legs recorded; its counter goes on.
        leg: Number of this leg, from 1.
        now: The login's clock, epoch seconds.
    """

    __slots__ = ("_entries", "_events", "_now", "_record", "_seq", "leg")

    def __init__(self, record: RunRecord, leg: int, now: Callable[[], float]) -> None:
        self._record = record
        self._entries: list[RecordEntry] = list(record.entries)
        self._events: list[bytes] = list(record.events)
        self._seq = self._entries[-1].seq if self._entries else 0
        self._now = now
        self.leg = leg

    @property
    def record(self) -> RunRecord:
        """Everything so far, as a value."""
        return RunRecord(
            self._record.transaction_id,
            self._record.flow_name,
            self._record.flow_version,
            tuple(self._entries),
            tuple(self._events),
        )

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    def handler_began(self, action: str, handler: str, event: bytes) -> None:
        """A handler is called with ``event``, JSON without secrets."""
        if not self._events or self._events[-1] != event:
            self._events.append(event)
        index = len(self._events) - 1
        self._entries.append(
            HandlerBegan(self._next(), self._now(), self.leg, action, handler, index)
        )

    def call_made(
        self,
        action: str,
        method: str,
        args: list[JsonValue],
        line: int | None,
        *,
        read: bool = False,
        result: JsonValue = None,
        threw: ErrorReply | None = None,
        evaluated: bool = False,
    ) -> None:
        """An action called the api."""
        self._entries.append(
            CallMade(
                self._next(),
                self._now(),
                self.leg,
                action,
                method,
                args,
                line,
                read,
                result,
                threw,
                evaluated,
            )
        )

    def token_checked(self, action: str, line: int | None, checks: tuple[TokenCheck, ...]) -> None:
        """A redirect token was judged."""
        self._entries.append(
            TokenChecked(self._next(), self._now(), self.leg, action, line, checks)
        )

    def log_written(self, action: str, level: str, text: str, line: int | None) -> None:
        """An action printed a line."""
        self._entries.append(
            LogWritten(self._next(), self._now(), self.leg, action, level, text, line)
        )

    def warning(self, code: str, message: str, action: str | None, line: int | None) -> None:
        """Something odd happened."""
        self._entries.append(
            WarningRaised(self._next(), self._now(), self.leg, action, code, message, line)
        )

    def warned(self, code: str) -> bool:
        """Tell whether this login has been warned about that, in an earlier leg too."""
        return any(isinstance(one, WarningRaised) and one.code == code for one in self._entries)

    def line_reached(
        self,
        action: str,
        place: tuple[str, int],
        function: str,
        depth: int,
        changes: dict[str, str],
        callers: tuple[tuple[str, str, int], ...] = (),
    ) -> None:
        """A line, of the file and number in ``place``, is about to be executed."""
        self._entries.append(
            LineReached(
                self._next(),
                self._now(),
                self.leg,
                action,
                place[0],
                place[1],
                function,
                depth,
                changes,
                callers,
            )
        )

    def handler_ended(
        self,
        action: str,
        handler: str,
        how: Literal["returned", "threw", "timed_out", "host_failed", "missing"],
        duration_ms: float,
    ) -> None:
        """A handler came to its end."""
        self._entries.append(
            HandlerEnded(self._next(), self._now(), self.leg, action, handler, how, duration_ms)
        )

    def left(
        self,
        kind: SuspensionKind,
        action: str | None,
        url: str | None,
        expires_at: float,
        detail: JsonObject,
    ) -> None:
        """The login is suspended."""
        self._entries.append(
            Left(self._next(), self._now(), self.leg, kind, action, url, expires_at, detail)
        )

    def came_back(self, kind: SuspensionKind, action: str | None, detail: JsonObject) -> None:
        """The login goes on: the first entry of a leg after the first."""
        self._entries.append(CameBack(self._next(), self._now(), self.leg, kind, action, detail))

    def profile_written(self, user_metadata: JsonObject, app_metadata: JsonObject) -> None:
        """The profile was written."""
        self._entries.append(
            ProfileWritten(self._next(), self._now(), self.leg, user_metadata, app_metadata)
        )

    def tokens_issued(self, id_token: JsonObject | None, access_token: JsonObject) -> None:
        """The tokens' claims are final."""
        self._entries.append(
            TokensIssued(self._next(), self._now(), self.leg, id_token, access_token)
        )

    def ended(
        self, status: Literal["allowed", "denied", "failed"], error: JsonObject | None
    ) -> None:
        """The login is over."""
        self._entries.append(LoginEnded(self._next(), self._now(), self.leg, status, error))
