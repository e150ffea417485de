"""Gathers facts while a source is walked, each of them once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from loginwright_runtime.extension_points import HandlerName
from loginwright_runtime.flow.model import Language
from loginwright_runtime.validation.event_names import platform_path
from loginwright_runtime.validation.facts import (
    ApiCall,
    ClockRead,
    EventRead,
    Handler,
    ReplyRead,
    ReplySource,
    SecretRead,
    SecretsHandedOn,
    TextCheck,
    TextCheckKind,
)
from loginwright_runtime.validation.values import (
    EXPORTS,
    MODULE,
    SECRETS,
    EventValue,
    ReplyValue,
    Value,
)

if TYPE_CHECKING:
    from loginwright_runtime.validation.trail import Trail

Place: TypeAlias = tuple[int, int]

_MAX_CALLS = 1_000
_REPLY_PATHS: dict[tuple[str, ...], ReplySource] = {
    ("request", "query"): "query",
    ("request", "body"): "body",
}
_WITHOUT_MEANING = frozenset({"length", "hasOwnProperty"})


class TooMuchCodeError(Exception):
    """The walk of one source has taken too long or found too much."""


@dataclass(slots=True)
class Collected:
    """Everything found so far; dictionaries keep the order and drop repetitions."""

    calls: list[ApiCall] = field(default_factory=list[ApiCall])
    handlers: dict[HandlerName, tuple[Handler, Value]] = field(
        default_factory=dict[HandlerName, tuple[Handler, Value]]
    )
    event_reads: dict[EventRead, None] = field(default_factory=dict[EventRead, None])
    reply_reads: dict[ReplyRead, None] = field(default_factory=dict[ReplyRead, None])
    secret_reads: dict[SecretRead, None] = field(default_factory=dict[SecretRead, None])
    secrets_handed_on: dict[SecretsHandedOn, None] = field(
        default_factory=dict[SecretsHandedOn, None]
    )
    text_checks: dict[TextCheck, None] = field(default_factory=dict[TextCheck, None])
    clock_reads: dict[ClockRead, None] = field(default_factory=dict[ClockRead, None])
    api_additions: set[str] = field(default_factory=set[str])
    exports_unseen: bool = False
    exports_function: bool = False
    secrets_unseen: bool = False
    language: Language = "javascript"
    _calls_at: dict[Place, list[int]] = field(default_factory=dict[Place, list[int]])

    def read(self, value: Value, place: Place, trail: Trail) -> None:
        """Note that a part of the event, or of a site's reply, is read."""
        match value:
            case EventValue(path=path) if path[:1] == SECRETS.path:
                self._read_secret(path, place)
            case EventValue(path=path) if path:
                self._read_event(path, place, trail)
            case ReplyValue(path=path) if path:
                self.reply_reads[ReplyRead(path[0], *place, "token")] = None
            case _:
                pass

    def _read_secret(self, path: tuple[str, ...], place: Place) -> None:
        if len(path) == 1:
            self.secrets_unseen = True
            self.secrets_handed_on[SecretsHandedOn(*place)] = None
        else:
            self.secret_reads[SecretRead(path[1], *place)] = None

    def _read_event(self, path: tuple[str, ...], place: Place, trail: Trail) -> None:
        if self.language == "python":
            path = platform_path(path)
        if path[-1] in _WITHOUT_MEANING:
            path = path[:-1]
        self.event_reads[EventRead(".".join(path), *place, trail.handler)] = None
        source = _REPLY_PATHS.get(path[:2])
        if source is not None and len(path) > 2:
            self.reply_reads[ReplyRead(path[2], *place, source)] = None

    def escaped(self, value: Value, place: Place) -> None:
        """Note that a value goes where the code cannot be followed."""
        if value == SECRETS:
            self._read_secret(SECRETS.path, place)
        elif value == EventValue():
            self.secrets_unseen = True
        elif value in (EXPORTS, MODULE):
            self.exports_unseen = True

    def call(
        self,
        method: str,
        place: Place,
        arguments: tuple[Value, ...],
        trail: Trail,
        *,
        foreign: bool = False,
        asked: tuple[str, ...] = (),
    ) -> None:
        """Note a call of the api; from here on it lies before what follows."""
        call = ApiCall(
            method, *place, trail.handler, arguments, trail.guards, trail.earlier, foreign, asked
        )
        index = self._place_of(call)
        if index is None:
            index = len(self.calls)
            self.calls.append(call)
            if index >= _MAX_CALLS:
                raise TooMuchCodeError
        trail.earlier |= {index}

    def _place_of(self, call: ApiCall) -> int | None:
        """Return where the same call stands already; a loop or a helper may make it again."""
        same_place = self._calls_at.setdefault((call.line, call.column), [])
        for index in same_place:
            known = self.calls[index]
            if replace(call, earlier=known.earlier) == known:
                self.calls[index] = replace(known, earlier=known.earlier | call.earlier)
                return index
        same_place.append(len(self.calls))
        return None

    def checks_text(self, kind: TextCheckKind, text: str, place: Place) -> None:
        """Note a test of an e-mail address."""
        self.text_checks[TextCheck(kind, text, *place)] = None
