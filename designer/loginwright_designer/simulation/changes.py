"""The one list of all that a login has asked for, up to a step, and who asked (desktop.md)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_runtime.api.arguments import read_call
from loginwright_runtime.api.call import WorkerCall
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.tracing.record import (
    CallMade,
    HandlerBegan,
    HandlerEnded,
    RecordEntry,
    RunRecord,
    WarningRaised,
)
from loginwright_runtime.transaction.effects import (
    ClaimSet,
    CookieModeSet,
    Denied,
    Effect,
    ExpiryShortened,
    FactorAsked,
    HolderMetadataEvicted,
    HolderMetadataSet,
    LoginBroken,
    MetadataSet,
    MetadataTakenBack,
    MethodRecorded,
    MfaEnabled,
    PrimaryUserSet,
    SamlSet,
    ScopeChanged,
    TransactionMetadataSet,
)
from loginwright_runtime.transaction.effects_of_call import CallContext, meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterator

translate = QCoreApplication.translate

NONE = "none"
_REFUSED = frozenset(
    {
        "claim-restricted",
        "claim-namespace",
        "claim-not-uri",
        "metadata-key-ignored",
        "not-available",
    }
)
"""Warnings that follow a call which asked for nothing in the end."""


class ChangeGroup(StrEnum):
    """What a change concerns; in the order in which they are listed."""

    ACCESS = "Access"
    MULTIFACTOR = "Multifactor"
    PROFILE = "Profile"
    SESSION = "Session"
    TOKENS = "Tokens"


@dataclass(frozen=True, slots=True)
class Change:
    """One row: ``name  before → after  set by action:line``.

    Attributes:
        seq: Of the call that asked for it.
        group: What it concerns.
        name: What changes, in the outcome's own names.
        before: The value before as JSON, or in words; ``none`` where there was none.
        after: The value asked for, likewise.
        action: Id of the action that asked.
        line: Where in its code, where known.
        new: Asked for since the step that was looked at before.
        lost: Its handler broke off, so that nothing comes of it (architecture.md, rule 6).
        effect: What it is made of.
    """

    seq: int
    group: ChangeGroup
    name: str
    before: str = field(repr=False)
    after: str = field(repr=False)
    action: str
    line: int | None
    new: bool = False
    lost: bool = False
    effect: Effect = field(repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class AskedChanges:
    """Every change of a record, in order; folded once, looked at from any step.

    Attributes:
        rows: In the order of the calls.
    """

    rows: tuple[Change, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, record: RunRecord) -> AskedChanges:
        """Fold a record."""
        folding = _Folding(record)
        for entry in record.entries:
            folding.take(entry)
        return cls(tuple(folding.rows))

    def until(self, position: int | None = None, since: int | None = None) -> tuple[Change, ...]:
        """Return what had been asked for at a step, grouped in the groups' order.

        Args:
            position: ``seq`` of the last entry that counts; None takes all.
            since: ``seq`` from which on, exclusively, a row is new; None marks none.
        """
        end = len(self.rows)
        if position is not None:
            end = bisect_right(self.rows, position, key=lambda row: row.seq)
        shown = self.rows[:end]
        if since is not None:
            old = bisect_right(shown, since, key=lambda row: row.seq)
            shown = (*shown[:old], *(replace(row, new=True) for row in shown[old:]))
        order = list(ChangeGroup)
        return tuple(sorted(shown, key=lambda row: order.index(row.group)))

    def later_than(self, position: int) -> tuple[Change, ...]:
        """Return what was asked for after a step, in the order of the calls."""
        return self.rows[bisect_right(self.rows, position, key=lambda row: row.seq) :]


def changes(
    record: RunRecord, position: int | None = None, since: int | None = None
) -> tuple[Change, ...]:
    """Return what a login had asked for at a step; see ``AskedChanges.until``."""
    return AskedChanges.of(record).until(position, since)


def side_words(side: str) -> str:
    """Return one side of a change as people read it; what is not there has a word."""
    return translate("Changes", "none") if side == NONE else side


def json_text(value: JsonValue) -> str:
    """Return a value as a row shows it; null and absence are ``none``."""
    return NONE if value is None else orjson.dumps(value).decode("utf-8")


@dataclass(slots=True)
class _Folding:
    """The list while it is folded."""

    record: RunRecord
    rows: list[Change] = field(default_factory=list[Change])
    event: JsonObject = field(default_factory=dict[str, JsonValue])
    event_index: int = -1
    handler_from: int = 0
    call_from: int = 0
    latest: dict[tuple[ChangeGroup, str], list[str]] = field(
        default_factory=dict[tuple[ChangeGroup, str], list[str]]
    )

    def take(self, entry: RecordEntry) -> None:
        """Add what an entry asked for, or take back what it refuses."""
        match entry:
            case HandlerBegan():
                self._began(entry)
            case CallMade(evaluated=False, threw=None, read=False):
                self.call_from = len(self.rows)
                self._call(entry)
            case CallMade():
                self.call_from = len(self.rows)
            case WarningRaised() if _refuses(entry):
                self._take_back_call()
            case HandlerEnded() if entry.how != "returned":
                self._lose_handler()
            case _:
                pass

    def _began(self, entry: HandlerBegan) -> None:
        self.handler_from = self.call_from = len(self.rows)
        if entry.event == self.event_index or entry.event >= len(self.record.events):
            return
        self.event_index = entry.event
        try:
            event = orjson.loads(self.record.events[entry.event])
        except orjson.JSONDecodeError:
            event = {}
        self.event = event if isinstance(event, dict) else {}

    def _call(self, entry: CallMade) -> None:
        call = read_call(WorkerCall(entry.method, entry.args, entry.line))
        if call is None:
            return
        context = CallContext("any", continuing=True, now=entry.at, refresh_exchange=True)
        for effect in meaning_of(call, context).effects:
            self._add(entry, effect)

    def _add(self, entry: CallMade, effect: Effect) -> None:
        row = _row_of(effect)
        if row is None:
            return
        history = self.latest.setdefault((row.group, row.name), [])
        first = json_text(_inside(self.event, row.path)) if row.path else row.before
        before = history[-1] if history else first
        after = first if isinstance(effect, MetadataTakenBack) else row.after
        history.append(after)
        self.rows.append(
            Change(
                entry.seq,
                row.group,
                row.name,
                before,
                after,
                entry.action,
                entry.line,
                effect=effect,
            )
        )

    def _forget(self, row: Change) -> None:
        history = self.latest.get((row.group, row.name))
        if history:
            history.pop()

    def _take_back_call(self) -> None:
        for row in self.rows[self.call_from :]:
            self._forget(row)
        del self.rows[self.call_from :]

    def _lose_handler(self) -> None:
        for index in range(self.handler_from, len(self.rows)):
            self._forget(self.rows[index])
            self.rows[index] = replace(self.rows[index], lost=True)


def _refuses(warning: WarningRaised) -> bool:
    return warning.code in _REFUSED or warning.message.endswith("the call was ignored.")


@dataclass(frozen=True, slots=True)
class _Row:
    """What an effect changes.

    Attributes:
        before: In words, where the event does not tell it.
        path: Where the event tells it.
    """

    group: ChangeGroup
    name: str
    after: str = field(repr=False)
    before: str = NONE
    path: tuple[str, ...] = ()


def _row_of(effect: Effect) -> _Row | None:
    """Return what an effect changes; sending somebody away changes nothing yet."""
    return (
        _access_row(effect)
        or _second_factor_row(effect)
        or _profile_row(effect)
        or _session_row(effect)
        or _token_row(effect)
    )


def _access_row(effect: Effect) -> _Row | None:
    match effect:
        case Denied():
            return _Row(ChangeGroup.ACCESS, "access", _denied(effect.reason), _allowed())
        case LoginBroken():
            failed = translate("Changes", "failed: {message}").format(message=effect.message)
            return _Row(ChangeGroup.ACCESS, "access", failed, _allowed())
        case _:
            return None


def _allowed() -> str:
    return translate("Changes", "allowed")


def _denied(reason: str | None) -> str:
    if not reason:
        return translate("Changes", "denied")
    return translate("Changes", "denied: {reason}").format(reason=reason)


def _second_factor_row(effect: Effect) -> _Row | None:
    match effect:
        case MfaEnabled():
            text = translate("Changes", "{provider}, at the end").format(provider=effect.provider)
            return _Row(ChangeGroup.MULTIFACTOR, "multifactor", text)
        case FactorAsked():
            a_factor = translate("Changes", "a factor")
            kinds = [str(factor.get("type", a_factor)) for factor in effect.factors]
            return _Row(ChangeGroup.MULTIFACTOR, effect.kind, ", ".join(kinds) or NONE)
        case MethodRecorded():
            return _Row(ChangeGroup.MULTIFACTOR, "authentication.methods", effect.name)
        case _:
            return None


def _profile_row(effect: Effect) -> _Row | None:
    match effect:
        case MetadataSet():
            name = f"{effect.kind}.{effect.key}"
            path = ("user", effect.kind, effect.key)
            return _Row(ChangeGroup.PROFILE, name, json_text(effect.value), path=path)
        case MetadataTakenBack():
            path = ("user", effect.kind, effect.key)
            return _Row(ChangeGroup.PROFILE, f"{effect.kind}.{effect.key}", NONE, path=path)
        case PrimaryUserSet():
            after = json_text(effect.user_id)
            return _Row(ChangeGroup.PROFILE, "primary_user", after, path=("user", "user_id"))
        case _:
            return None


def _session_row(effect: Effect) -> _Row | None:
    match effect:
        case ExpiryShortened():
            which = "idle_expires_at" if effect.idle else "expires_at"
            path: tuple[str, ...] = (effect.holder, which)
            text = json_text(effect.at_ms)
            return _Row(ChangeGroup.SESSION, f"{effect.holder}.{which}", text, path=path)
        case HolderMetadataSet():
            path = (str(effect.holder), "metadata", effect.key)
            text = json_text(effect.value)
            return _Row(ChangeGroup.SESSION, ".".join(path), text, path=path)
        case HolderMetadataEvicted():
            path = (effect.holder, "metadata")
            return _Row(ChangeGroup.SESSION, ".".join(path), NONE, path=path)
        case CookieModeSet():
            return _Row(ChangeGroup.SESSION, "session.cookie.mode", json_text(effect.mode))
        case TransactionMetadataSet():
            path = ("transaction", "metadata", effect.key)
            return _Row(ChangeGroup.SESSION, ".".join(path), json_text(effect.value), path=path)
        case _:
            return None


def _token_row(effect: Effect) -> _Row | None:
    match effect:
        case ClaimSet():
            name = f"{effect.token}.{effect.name}"
            return _Row(ChangeGroup.TOKENS, name, json_text(effect.value))
        case ScopeChanged():
            granted = translate("Changes", "granted")
            after = granted if effect.granted else translate("Changes", "taken away")
            name = translate("Changes", "scope {scope}").format(scope=effect.scope)
            return _Row(ChangeGroup.TOKENS, name, after, translate("Changes", "as asked for"))
        case SamlSet():
            name = f"saml.{effect.setting}" + (f".{effect.attribute}" if effect.attribute else "")
            return _Row(ChangeGroup.TOKENS, name, json_text(effect.value))
        case _:
            return None


def _inside(value: JsonValue, path: tuple[str, ...]) -> JsonValue:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def rows_by_group(rows: tuple[Change, ...]) -> Iterator[tuple[ChangeGroup, tuple[Change, ...]]]:
    """Yield each group that has rows, with them."""
    for group in ChangeGroup:
        of_group = tuple(row for row in rows if row.group is group)
        if of_group:
            yield group, of_group
