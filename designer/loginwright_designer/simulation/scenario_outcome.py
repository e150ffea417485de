"""Reads a scenario's run: how it ends in words, and what each action did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.scenario_results import ActionFact, ActionGlyph, Ending
from loginwright_runtime.tracing.record import CallMade, HandlerBegan, HandlerEnded, Left
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loginwright_runtime.simulation import Difference, LoginOutcome
    from loginwright_runtime.tracing.record import RunRecord
    from loginwright_runtime.transaction.outcome import ErrorInfo

translate = QCoreApplication.translate

_MFA_METHODS = frozenset(
    {
        "multifactor.enable",
        "authentication.challengeWith",
        "authentication.challengeWithAny",
        "authentication.enrollWith",
        "authentication.enrollWithAny",
    }
)
_LEAVING = frozenset({"redirect.sendUserTo", "prompt.render"})
_DENYING = frozenset({"access.deny", "validation.error"})


def ending_of(outcome: LoginOutcome) -> Ending:
    """Return how a login ended, as a kind."""
    match outcome:
        case Allowed():
            return Ending.ALLOWED
        case Denied():
            return Ending.DENIED
        case Failed():
            return Ending.FAILED
        case Suspended():
            return Ending.AWAY
        case _:
            assert_never(outcome)


def ends_as(outcome: LoginOutcome, names: Mapping[str, str]) -> str:
    """Return how a login ended, in words.

    Args:
        outcome: What came of it.
        names: Of the actions, by id.

    Returns:
        "Allowed, 2 claims, 1 key", "Denied by Block weekends, line 10", "Away at a form".
    """
    match outcome:
        case Allowed():
            return ", ".join((translate("Scenarios", "Allowed"), *_set_by(outcome)))
        case Denied():
            by = translate("Scenarios", "Denied by {name}")
            return _placed(by, translate("Scenarios", "Denied"), outcome.error, names)
        case Failed():
            where = translate("Scenarios", "Failed in {name}")
            return _placed(where, _failed_word(outcome), outcome.error, names)
        case Suspended():
            return _away_words(outcome)
        case _:
            assert_never(outcome)


def _set_by(outcome: Allowed) -> list[str]:
    parts: list[str] = []
    if outcome.multifactor is not None:
        parts.append(translate("Scenarios", "MFA asked"))
    if outcome.claims is not None:
        claims = len(outcome.claims.id_token) + len(outcome.claims.access_token)
        one, many = translate("Scenarios", "1 claim"), translate("Scenarios", "{count} claims")
        parts += _number(claims, one, many)
    written = outcome.profile_update
    if written is not None:
        keys = len(written.user_metadata) + len(written.app_metadata)
        one, many = translate("Scenarios", "1 key"), translate("Scenarios", "{count} keys")
        parts += _number(keys, one, many)
    return parts


def _number(number: int, one: str, many: str) -> list[str]:
    if not number:
        return []
    return [one if number == 1 else many.format(count=number)]


def _failed_word(outcome: Failed) -> str:
    code = outcome.error.code if outcome.error is not None else ""
    return translate("Scenarios", "Failed: {code}").format(code=code)


def _placed(by_name: str, without: str, error: ErrorInfo | None, names: Mapping[str, str]) -> str:
    if error is None or error.action is None:
        return without
    text = by_name.format(name=names.get(error.action, error.action))
    if error.line is None:
        return text
    return translate("Scenarios", "{text}, line {line}").format(text=text, line=error.line)


def _away_words(outcome: Suspended) -> str:
    waits = outcome.suspension
    if waits is None:
        return translate("Scenarios", "Away")
    match waits.kind:
        case "redirect":
            host = urlsplit(waits.url or "").hostname or ""
            return translate("Scenarios", "Away at {host}").format(host=host)
        case "form":
            return translate("Scenarios", "Away at a form")
        case "challenge":
            return translate("Scenarios", "Waits for the second factor")
        case "enrollment":
            return translate("Scenarios", "Waits for an enrolment")
        case _:
            assert_never(waits.kind)


@dataclass(slots=True)
class _Seen:
    """What an action did; written only while a record is read."""

    reached: bool = False
    did: list[ActionGlyph] = field(default_factory=list[ActionGlyph])

    def add(self, glyph: ActionGlyph) -> None:
        if glyph not in self.did:
            self.did.append(glyph)

    def glyphs(self) -> tuple[ActionGlyph, ...]:
        if self.did:
            return tuple(self.did)
        return (ActionGlyph.RAN if self.reached else ActionGlyph.NOT_REACHED,)


def action_facts(
    record: RunRecord, outcome: LoginOutcome, action_ids: Sequence[str]
) -> tuple[ActionFact, ...]:
    """Return what each action of a flow did in a login.

    Args:
        record: What happened.
        outcome: What came of it; says who denied and where it failed.
        action_ids: The actions in the order of the flow, those that are turned off left out.
    """
    seen = {action_id: _Seen() for action_id in action_ids}
    for entry in record.entries:
        match entry:
            case HandlerBegan() if entry.action in seen:
                seen[entry.action].reached = True
            case CallMade() if entry.action in seen:
                _take_call(seen[entry.action], entry)
            case Left(action=str(action), kind="redirect" | "form") if action in seen:
                seen[action].add(ActionGlyph.AWAY)
            case HandlerEnded() if entry.action in seen and entry.how != "returned":
                seen[entry.action].add(ActionGlyph.FAILED)
            case _:
                pass
    _take_end(seen, outcome)
    return tuple(ActionFact(action_id, one.glyphs()) for action_id, one in seen.items())


def _take_call(seen: _Seen, call: CallMade) -> None:
    if call.read or call.evaluated or call.threw is not None:
        return
    if call.method in _MFA_METHODS:
        seen.add(ActionGlyph.MFA)
    elif call.method not in _LEAVING | _DENYING:
        seen.add(ActionGlyph.SET)


def _take_end(seen: dict[str, _Seen], outcome: LoginOutcome) -> None:
    """A denial or a failure stands alone: what the action did before it does not count."""
    error = outcome.error
    if error is None or error.action not in seen:
        return
    last = ActionGlyph.DENIED if isinstance(outcome, Denied) else ActionGlyph.FAILED
    seen[error.action].did = [last]


def duration_of(record: RunRecord) -> float:
    """Return how long the actions took, in milliseconds; starting workers does not count."""
    ends = (entry for entry in record.entries if isinstance(entry, HandlerEnded))
    return sum(entry.duration_ms for entry in ends)


def difference_words(differences: Sequence[Difference]) -> str:
    """Return differences as a cell says them: "same", "allowed → denied", "3 differences"."""
    if not differences:
        return translate("Scenarios", "same")
    status = next((one for one in differences if one.path == "$.status"), None)
    if status is not None:
        return f"{status.expected} → {status.got}"
    if len(differences) == 1:
        return differences[0].path.removeprefix("$.")
    return translate("Scenarios", "{count} differences").format(count=len(differences))
