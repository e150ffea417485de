"""What *Changes* shows of a login at a step: the rows, what is later, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.changes import Change, ChangeGroup
from loginwright_designer.simulation.event_scope import read_event
from loginwright_designer.simulation.variables import value_text
from loginwright_runtime.tracing.record import (
    CameBack,
    HandlerBegan,
    Left,
    LoginEnded,
    ProfileWritten,
    RecordEntry,
)
from loginwright_runtime.transaction.effects import MetadataSet, MetadataTakenBack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.simulation.changes import AskedChanges
    from loginwright_designer.simulation.steps import Steps
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.tracing.record import RunRecord

translate = QCoreApplication.translate

Standing = Literal["going", "away", "allowed", "denied", "failed"]
_KEPT_OF_A_STATE = 8, 4
_LONGEST_LIST_OF_STEPS = 6


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    """A member of the outcome, by the contract's name.

    Attributes:
        name: ``status``.
        value: As it is shown; a state is shortened.
    """

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangeList:
    """All that *Changes* shows.

    Attributes:
        rows: What had been asked for, in the groups' order.
        names: What people call each action, by id.
        standing: How the login stood.
        facts: The outcome so far; empty while the login goes on, and where it was allowed.
        profile: The metadata as they were after the write, as JSON; empty before it.
        pending: What becomes of rows of the profile that are not written; empty where none are.
        later: How many changes were asked for after the step shown.
        later_steps: In which steps; no more of them than are told.
        step: Number of the step shown; None is now.
        compared: Whether there was a stop before this one, since which rows are new.
    """

    rows: tuple[Change, ...] = field(default=(), repr=False)
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    standing: Standing = "going"
    facts: tuple[OutcomeFact, ...] = ()
    profile: str = field(default="", repr=False)
    pending: str = ""
    later: int = 0
    later_steps: tuple[int, ...] = ()
    step: int | None = None
    compared: bool = False

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def new_rows(self) -> tuple[Change, ...]:
        """What was asked for since the last stop."""
        return tuple(row for row in self.rows if row.new)

    @property
    def has_ended(self) -> bool:
        """Whether no more will be asked for."""
        return self.standing in ("allowed", "denied", "failed")


@dataclass(frozen=True, slots=True)
class ChangesAt:
    """Which step a list is of.

    Attributes:
        position: ``seq`` of the last entry that counts; None is now.
        since: ``seq`` from which on, exclusively, a row is new; None marks none.
        profile_writes: The flow's setting, for when what is pending is written.
    """

    position: int | None = None
    since: int | None = None
    profile_writes: Literal["end", "each-leg"] = "end"


def change_list(
    record: RunRecord,
    asked: AskedChanges,
    strip: Steps,
    names: Mapping[str, str],
    at: ChangesAt | None = None,
) -> ChangeList:
    """Return what *Changes* shows.

    Args:
        record: The login so far.
        asked: Its changes, folded.
        strip: Its steps, for their numbers.
        names: What people call each action, by id.
        at: Which step; None is now.
    """
    at = at or ChangesAt()
    rows = asked.until(at.position, at.since)
    entries = [one for one in record.entries if at.position is None or one.seq <= at.position]
    later = () if at.position is None else asked.later_than(at.position)
    cell = None if at.position is None else strip.at(at.position)
    standing = standing_of(entries)
    return ChangeList(
        rows=rows,
        names=names,
        standing=standing,
        facts=tuple(outcome_facts(entries, standing)),
        profile=_profile(record, entries),
        pending=_pending(rows, entries, standing, at.profile_writes),
        later=len(later),
        later_steps=_numbers(later, strip),
        step=None if cell is None else cell.number,
        compared=at.since is not None,
    )


def standing_of(entries: Sequence[RecordEntry]) -> Standing:
    """Return how a login stands after these entries."""
    for entry in reversed(entries):
        match entry:
            case LoginEnded(status=status):
                return status
            case Left():
                return "away"
            case CameBack() | HandlerBegan():
                return "going"
            case _:
                pass
    return "going"


def outcome_facts(entries: Sequence[RecordEntry], standing: Standing) -> list[OutcomeFact]:
    """Return the outcome so far by the contract's names; what nobody asked for is ``null``."""
    match standing:
        case "away":
            return _away_facts(entries)
        case "denied" | "failed":
            return _error_facts(entries, standing)
        case _:
            return []


def later_words(shown: ChangeList) -> str:
    """Return what was asked for later: "3 were asked for later, in steps 14, 17 and 18."."""
    if not shown.later:
        return translate("Changes", "None were asked for later either.")
    steps = [str(number) for number in shown.later_steps]
    if len(steps) == 1:
        text = translate("Changes", "{count} asked for later, in step {steps}.")
    else:
        text = translate("Changes", "{count} were asked for later, in steps {steps}.")
    count = translate("Changes", "1 was") if shown.later == 1 else str(shown.later)
    return text.format(count=count, steps=_listed(steps))


def shortened(text: str) -> str:
    """Return the beginning and the end of a random text: ``aOFwEY1h…V1gd``."""
    first, last = _KEPT_OF_A_STATE
    return text if len(text) <= first + last + 1 else f"{text[:first]}…{text[-last:]}"


def _numbers(rows: Sequence[Change], strip: Steps) -> tuple[int, ...]:
    """Return the numbers of the steps of some changes, as many as are told and one more."""
    numbers: dict[int, None] = {}
    for row in rows:
        cell = strip.at(row.seq)
        if cell is not None:
            numbers[cell.number] = None
        if len(numbers) > _LONGEST_LIST_OF_STEPS:
            break
    return tuple(numbers)


def _listed(words: list[str]) -> str:
    if len(words) > _LONGEST_LIST_OF_STEPS:
        words = [*words[: _LONGEST_LIST_OF_STEPS - 1], translate("Changes", "more")]
    if len(words) < 2:
        return "".join(words)
    both = translate("Changes", "{first} and {last}")
    return both.format(first=", ".join(words[:-1]), last=words[-1])


def _away_facts(entries: Sequence[RecordEntry]) -> list[OutcomeFact]:
    left = next(entry for entry in reversed(entries) if isinstance(entry, Left))
    facts = [
        OutcomeFact("status", "suspended"),
        OutcomeFact("kind", left.kind),
        OutcomeFact("action", left.action or "null"),
    ]
    state = _state_of(left.url)
    if state:
        facts.append(OutcomeFact("state", shortened(state)))
    return [
        *facts,
        OutcomeFact("expires_at", _iso(left.expires_at)),
        OutcomeFact("profile_update", _written_before(entries)),
        OutcomeFact("tokens", "null"),
    ]


def _error_facts(
    entries: Sequence[RecordEntry], standing: Literal["denied", "failed"]
) -> list[OutcomeFact]:
    ended = next(entry for entry in reversed(entries) if isinstance(entry, LoginEnded))
    error = ended.error or {}
    facts = [OutcomeFact("status", standing)]
    for name in ("code", "kind", "action", "line", "description"):
        value = error.get(name)
        if value is not None:
            facts.append(OutcomeFact(name, value if isinstance(value, str) else value_text(value)))
    return [
        *facts,
        OutcomeFact("profile_update", _written_before(entries)),
        OutcomeFact("tokens", "null"),
    ]


def _written_before(entries: Sequence[RecordEntry]) -> str:
    keys = 0
    for entry in entries:
        if isinstance(entry, ProfileWritten):
            keys += len(entry.user_metadata) + len(entry.app_metadata)
    if not keys:
        return "null"
    return (
        translate("Changes", "1 key")
        if keys == 1
        else translate("Changes", "{count} keys").format(count=keys)
    )


def _state_of(url: str | None) -> str:
    try:
        query = urlsplit(url or "").query
    except ValueError:
        return ""
    return parse_qs(query).get("state", [""])[0]


def _iso(seconds: float) -> str:
    try:
        at = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return str(seconds)
    return at.isoformat().replace("+00:00", "Z")


def _profile(record: RunRecord, entries: Sequence[RecordEntry]) -> str:
    """Return the metadata after the last write, those kinds that were written."""
    kinds: dict[str, JsonValue] = {}
    began: HandlerBegan | None = None
    for entry in entries:
        match entry:
            case HandlerBegan():
                began = entry
            case ProfileWritten():
                event = _event_of(record, began)
                for kind, keys in (
                    ("user_metadata", entry.user_metadata),
                    ("app_metadata", entry.app_metadata),
                ):
                    if keys:
                        kinds[kind] = _after(kinds.get(kind), event, kind, keys)
            case _:
                pass
    return value_text(kinds, pretty=True) if kinds else ""


def _event_of(record: RunRecord, began: HandlerBegan | None) -> JsonObject:
    known = began is not None and 0 <= began.event < len(record.events)
    return read_event(record.events[began.event]) if known and began is not None else {}


def _after(known: JsonValue, event: JsonObject, kind: str, keys: JsonObject) -> JsonValue:
    user = event.get("user")
    seen = user.get(kind) if isinstance(user, dict) else None
    first = known if isinstance(known, dict) else seen if isinstance(seen, dict) else {}
    merged = {**first, **keys}
    return {key: value for key, value in merged.items() if value is not None}


def _pending(
    rows: Sequence[Change],
    entries: Sequence[RecordEntry],
    standing: Standing,
    writes: Literal["end", "each-leg"],
) -> str:
    last = max((one.seq for one in entries if isinstance(one, ProfileWritten)), default=0)
    waiting = [
        row
        for row in rows
        if row.group is ChangeGroup.PROFILE
        and isinstance(row.effect, MetadataSet | MetadataTakenBack)
        and not row.lost
        and row.seq > last
    ]
    if waiting and standing == "failed":
        return translate("Changes", "Not written to the profile: the login failed.")
    if not waiting or standing in ("allowed", "denied"):
        return ""
    if writes == "each-leg":
        return translate(
            "Changes", "Pending: written to the profile before the login leaves, or at the end."
        )
    return translate("Changes", "Pending: written to the profile at the end.")
