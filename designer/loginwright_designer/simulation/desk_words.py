"""What the redirect desk says of a login that is away, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.drills import Drill
from loginwright_designer.simulation.states import minutes
from loginwright_runtime.simulation import parse_moment
from loginwright_runtime.tokens.strict_jwt import Unreadable, read_unverified
from loginwright_runtime.tracing.record import HandlerBegan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.simulation.desk import Desk
    from loginwright_designer.simulation.drills import DrillResult
    from loginwright_designer.simulation.sent_out import SentClaim
    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.simulation import Away
    from loginwright_runtime.tracing import RunRecord

translate = QCoreApplication.translate

_HEAD_CHARACTERS, _TAIL_CHARACTERS = 8, 4


@dataclass(frozen=True, slots=True)
class DeskClock:
    """How late it is for a login that is away.

    Attributes:
        fixed: The moment at which the login's clock stands, "10:00:00"; None while it runs.
        away_seconds: How long the login has been away; of no meaning while the clock is fixed.
        expires_in: Seconds until it ends by itself, on its clock.
        now: The moment that a running clock shows, epoch seconds; None while it stands still.
    """

    fixed: str | None
    away_seconds: int = 0
    expires_in: int = 0
    now: float | None = None

    @classmethod
    def of(cls, away: Away, *, is_fixed: bool, now: float, left_at: float) -> DeskClock:
        """Return what the clock says.

        Args:
            away: Where the login waits.
            is_fixed: Its clock stands still.
            now: The login's clock, epoch seconds.
            left_at: When it left, on the same clock.
        """
        expires_in = max(math.ceil(parse_moment(away.suspension.expires_at) - now), 0)
        if is_fixed:
            return cls(datetime.fromtimestamp(now, UTC).strftime("%H:%M:%S"), 0, expires_in)
        return cls(None, max(math.floor(now - left_at), 0), expires_in, now)

    @property
    def words(self) -> str:
        """What the band says: "Login clock 10:00:00, fixed"."""
        if self.fixed is not None:
            return translate("RedirectDesk", "Login clock {time}, fixed").format(time=self.fixed)
        text = translate("RedirectDesk", "away {time} · login ends in {left}")
        return text.format(time=minutes(self.away_seconds), left=minutes(self.expires_in))

    @property
    def more(self) -> str:
        """What a pointer on it tells."""
        if self.fixed is None:
            return ""
        text = translate("RedirectDesk", "The clock stands still. The login ends in {left} on it.")
        return text.format(left=minutes(self.expires_in))


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """A claim of the token that went out, as its row shows it.

    Attributes:
        value: In words.
        note: Who set it; empty where ``line`` leads to it.
        whole: All that is known, for whoever points at the row.
        line: Of the action's code, or None.
    """

    value: str = field(repr=False)
    note: str
    whole: str = field(repr=False)
    line: int | None = None


def away_title(desk: Desk) -> str:
    """Return who holds the login now: "Away at my-app.example.com"."""
    return translate("RedirectDesk", "Away at {host}").format(host=desk.sent.host)


def waiting_sentence(desk: Desk) -> str:
    """Return what the login waits for."""
    text = translate(
        "RedirectDesk", "The login is saved and waits for its browser at {host}/continue."
    )
    return text.format(host=desk.away.hostname)


def shortened(text: str) -> str:
    """Return the two ends of a long value: ``aOFwEY1h…V1gd``."""
    if len(text) <= _HEAD_CHARACTERS + _TAIL_CHARACTERS + 4:
        return text
    return f"{text[:_HEAD_CHARACTERS]}…{text[-_TAIL_CHARACTERS:]}"


def claim_words(claim: SentClaim) -> ClaimWords:
    """Return a claim that went out as its row shows it."""
    value = value_text(claim.value)
    moment, _, rest = claim.words.partition(", ")
    note = translate("RedirectDesk", "set for you")
    if claim.name == "exp" and rest:
        note = rest.partition(" on ")[0]
    if not claim.from_code:
        whole = f"{value} ({claim.words})" if claim.words else value
        return ClaimWords(moment or value, note, whole)
    source = translate("RedirectDesk", "from your code")
    if claim.line is None:
        return ClaimWords(moment or value, source, f"{value}, {source}")
    place = translate("RedirectDesk", "from your code, line {line}").format(line=claim.line)
    return ClaimWords(moment or value, "", f"{value}, {place}", claim.line)


def value_text(value: JsonValue) -> str:
    """Return a value as a row shows it: a text as it is, all else as JSON."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def decoded_text(token: str) -> str:
    """Return a token's header and payload as indented JSON; what is unreadable says so."""
    read = read_unverified(token)
    parts = (part for part in (read.header, read.payload))
    return "\n".join(
        part.reason
        if isinstance(part, Unreadable)
        else orjson.dumps(part, option=orjson.OPT_INDENT_2).decode()
        for part in parts
    )


def check_word(check: str) -> str:
    """Return a row of ``validateToken`` in one or two words."""
    known = {
        "found": translate("RedirectDesk", "found"),
        "signature": translate("RedirectDesk", "signature"),
        "claims": translate("RedirectDesk", "claims"),
        "type": translate("RedirectDesk", "type"),
        "time": translate("RedirectDesk", "in time"),
    }
    return known.get(check, check)  # state and sub are the names of claims


def next_sentence(not_again: tuple[str, ...]) -> str:
    """Return what runs when the login goes on, and what does not.

    Args:
        not_again: Names of the actions that ran before it left.
    """
    sentence = translate("RedirectDesk", "Next: onContinuePostLogin, with a new event.request.")
    if not not_again:
        return sentence
    again = translate("RedirectDesk", "Will not run again: {names}.")
    return f"{sentence} {again.format(names=', '.join(not_again))}"


def not_run_again(
    record: RunRecord | None, names: Mapping[str, str], action: str | None
) -> tuple[str, ...]:
    """Return the names of the actions that ran before a login left, in their order.

    Args:
        record: What happened so far.
        names: What people call each action, by id.
        action: Id of the one that goes on.
    """
    ran = dict.fromkeys(
        entry.action
        for entry in (record.entries if record is not None else ())
        if isinstance(entry, HandlerBegan) and entry.action != action
    )
    return tuple(names.get(one, one) for one in ran)


def validate_line(desk: Desk) -> int | None:
    """Return the line at which the handler calls ``validateToken``, or None."""
    calls = desk.facts.calls("redirect.validateToken") if desk.facts is not None else ()
    continuing = [call for call in calls if call.handler in ("onContinuePostLogin", None)]
    return continuing[0].line if continuing else None


def drill_sent_words(drill: Drill, desk: Desk) -> str:
    """Return what a drill sends, in words.

    Args:
        drill: Which.
        desk: The login.
    """
    parameter = desk.parameter
    text = {
        Drill.NO_TOKEN: translate("Drills", "the answer without {parameter}"),
        Drill.ECHOED: translate("Drills", "{parameter} as it went out"),
        Drill.WRONG_SECRET: translate("Drills", "{parameter} signed with another secret"),
        Drill.ALG_NONE: translate("Drills", "{parameter} with alg: none and no signature"),
        Drill.CLAIM_ALTERED: translate("Drills", "{parameter} with a claim added after signing"),
        Drill.OTHER_SUB: translate("Drills", "{parameter} about another user"),
        Drill.OTHER_STATE: translate("Drills", "{parameter} with another state in it"),
        Drill.WRONG_URL_STATE: translate("Drills", "the right token, another state beside it"),
        Drill.OTHER_BROWSER: translate("Drills", "the right answer from a second browser"),
        Drill.OTHER_HOSTNAME: translate("Drills", "the right answer to elsewhere.invalid"),
        Drill.EXPIRED: translate("Drills", "{parameter} that ended a second ago"),
        Drill.TWICE: translate("Drills", "the right answer, and again afterwards"),
        Drill.DOUBLE_CLICK: translate("Drills", "the right answer twice at once"),
        Drill.GET_FOR_POST: translate("Drills", "the right answer by the other method"),
        Drill.AFTER_AN_HOUR: translate("Drills", "the right answer an hour later"),
        Drill.NEVER: translate("Drills", "nothing"),
    }[drill]
    return text.format(parameter=parameter)


def drill_outcome_words(result: DrillResult) -> str:
    """Return what came of a drill: the engine's sentence, and who refused where no code did."""
    if not result.refused_by_engine:
        return result.words
    refused = translate("Drills", "{reason} The engine refuses it before code is asked.")
    return refused.format(reason=result.words)
