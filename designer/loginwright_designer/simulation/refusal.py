"""A reply token that ``validateToken`` refused, folded from a login's record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.refused_token import cause_of_refusal
from loginwright_runtime.tracing.record import CallMade, HandlerBegan, TokenCheck, TokenChecked
from loginwright_runtime.transaction.outcome import Denied, Failed

if TYPE_CHECKING:
    from loginwright_designer.simulation.desk import Desk
    from loginwright_runtime.simulation import LoginOutcome
    from loginwright_runtime.tracing import RunRecord

translate = QCoreApplication.translate

_VALIDATE = "redirect.validateToken"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is told of a token that was refused.

    Attributes:
        message: The platform's own.
        checks: The seven rows in order.
        cause: One sentence or two, where known.
        consequence: What the login did.
    """

    message: str = field(repr=False)
    checks: tuple[TokenCheck, ...] = field(repr=False)
    cause: str | None = field(default=None, repr=False)
    consequence: str = field(default="", repr=False)


def refusal_of(
    record: RunRecord | None, outcome: LoginOutcome | None, desk: Desk
) -> Refusal | None:
    """Return the refusal of the last reply token of a login; None where it was not refused.

    Args:
        record: What happened, to the end of the login or so far.
        outcome: What came of it; None while it goes on.
        desk: Where it waited.
    """
    entries = record.entries if record is not None else ()
    found = next((at for at in range(len(entries) - 1, -1, -1) if _judged(entries[at])), None)
    if record is None or found is None:
        return None
    judged = entries[found]
    assert isinstance(judged, TokenChecked)
    if all(row.passed for row in judged.checks):
        return None
    call = next((one for one in reversed(entries[:found]) if _validates(one)), None)
    threw = call.threw if isinstance(call, CallMade) else None
    message = threw.message if threw is not None else ""
    cause = cause_of_refusal(_token_that_came(record, found, desk), judged.checks, desk)
    return Refusal(message, judged.checks, cause, consequence(outcome))


def consequence(outcome: LoginOutcome | None) -> str:
    """Return what a login did after a refusal, in a sentence; empty while it goes on."""
    match outcome:
        case Failed():
            code = outcome.error.code if outcome.error is not None else ""
            text = translate("RedirectDesk", "With that, the login failed with {code}.")
            return text.format(code=code)
        case Denied():
            code = outcome.error.code if outcome.error is not None else ""
            text = translate("RedirectDesk", "With that, the action denied the login with {code}.")
            return text.format(code=code)
        case None:
            return ""
        case _:
            return translate("RedirectDesk", "The login went on all the same.")


def _judged(entry: object) -> bool:
    return isinstance(entry, TokenChecked)


def _validates(entry: object) -> bool:
    return isinstance(entry, CallMade) and entry.method == _VALIDATE


def _token_that_came(record: RunRecord, before: int, desk: Desk) -> str | None:
    """Return what the handler found in its parameter."""
    began = next(
        (one for one in reversed(record.entries[:before]) if isinstance(one, HandlerBegan)), None
    )
    if began is None or not 0 <= began.event < len(record.events):
        return None
    request = orjson.loads(record.events[began.event]).get("request")
    if not isinstance(request, dict):
        return None
    for source in ("body", "query"):
        values = request.get(source)
        token = values.get(desk.parameter) if isinstance(values, dict) else None
        if isinstance(token, str):
            return token
    return None
