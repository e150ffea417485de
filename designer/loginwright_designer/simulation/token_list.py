"""What *Tokens* shows of a login: both tokens decoded, who set each claim, what was left out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.change_list import Standing
from loginwright_designer.simulation.changes import NONE, AskedChanges, json_text
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_runtime.tracing.record import RunRecord, TokensIssued

if TYPE_CHECKING:
    from loginwright_designer.simulation.issued_tokens import IssuedTokens, TokenClaim
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.transaction.outcome import Tokens

translate = QCoreApplication.translate

TokenName: TypeAlias = Literal["id_token", "access_token"]


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim as a row shows it.

    Attributes:
        name: Its name.
        value: Its value as JSON.
        set_by: Who set it, in words: "Add roles to tokens : 8", "the engine".
        place: Where in an action's code; None: the engine did.
        replaced: What it replaced, in words; empty for the engine's own.
    """

    name: str
    value: str = field(repr=False)
    set_by: str
    place: SourcePlace | None = None
    replaced: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ShownToken:
    """A token as it is shown.

    Attributes:
        key: Which one.
        title: "ID token".
        claims: Those that actions set first.
        ends: "ends 20:00:00, in 10 h"; empty where the token does not say.
        header: ``alg RS256 · kid dev-…``; empty where it was not signed here.
        text: The signed token; empty where there is none, as in a recorded login.
        claims_json: All claims as JSON.
    """

    key: TokenName
    title: str
    claims: tuple[ShownClaim, ...] = ()
    ends: str = ""
    header: str = ""
    text: str = field(default="", repr=False)
    claims_json: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LeftOutWords:
    """Something that an action asked for and no token carries.

    Attributes:
        code: The warning's stable code.
        message: Why.
        set_by: Who asked, in words; empty where nobody knows.
        place: Where in its code, where known.
    """

    code: str
    message: str
    set_by: str = ""
    place: SourcePlace | None = None


@dataclass(frozen=True, slots=True)
class TokenList:
    """All that *Tokens* shows.

    Attributes:
        issued: Whether the login got that far.
        tokens: Those that were issued.
        left_out: In the order of the warnings.
        no_id_token: The login got that far and asked for no ID token.
        standing: How the login stands at the step shown.
    """

    issued: bool = False
    tokens: tuple[ShownToken, ...] = ()
    left_out: tuple[LeftOutWords, ...] = ()
    no_id_token: bool = False
    standing: Standing = "going"


def token_list(
    record: RunRecord,
    found: IssuedTokens,
    asked: AskedChanges,
    names: Mapping[str, str],
    signed: Tokens | None = None,
    standing: Standing = "going",
) -> TokenList:
    """Return what *Tokens* shows.

    Args:
        record: The login, whose clock tells how long tokens still live.
        found: Its tokens at the step shown.
        asked: Its changes, which tell what a claim replaced.
        names: What people call each action, by id.
        signed: The tokens as the application receives them; None where they are not at hand.
        standing: How the login stands at the step shown.
    """
    words = _Words(names, {row.seq: row.before for row in asked.rows})
    left_out = tuple(
        LeftOutWords(
            one.code,
            one.message,
            "" if one.action is None else place_words(names, one.action, one.line),
            None if one.action is None else SourcePlace(one.action, one.line),
        )
        for one in found.left_out
    )
    if not found.issued:
        return TokenList(left_out=left_out, standing=standing)
    issued = next((one for one in record.entries if isinstance(one, TokensIssued)), None)
    now = 0.0 if issued is None else issued.at
    shown = []
    if found.id_token is not None:
        text = "" if signed is None else signed.id_token or ""
        title = translate("Tokens", "ID token")
        shown.append(words.token("id_token", title, found.id_token, now, text))
    text = "" if signed is None else signed.access_token
    title = translate("Tokens", "Access token")
    shown.append(words.token("access_token", title, found.access_token, now, text))
    return TokenList(True, tuple(shown), left_out, found.id_token is None)


def place_words(names: Mapping[str, str], action: str, line: int | None) -> str:
    """Return a place as a link says it: "Add roles to tokens : 8"."""
    name = names.get(action, action)
    return name if line is None else f"{name} : {line}"


def end_words(end: float, now: float) -> str:
    """Return when a token ends: "ends 20:00:00, in 10 h", with the day where it is another one."""
    try:
        at, today = datetime.fromtimestamp(end, UTC), datetime.fromtimestamp(now, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    clock = f"{at:%H:%M:%S}"
    if at.date() != today.date():
        clock = f"{at.day} {_month(at.month)} {clock}"
    if end <= now:
        return translate("Tokens", "ended {at}").format(at=clock)
    text = translate("Tokens", "ends {at}, in {duration}")
    return text.format(at=clock, duration=duration_words(end - now))


def duration_words(seconds: float) -> str:
    """Return a duration in its largest whole unit: ``45 s``, ``15 min``, ``10 h``, ``30 d``."""
    whole = round(seconds)
    if whole < 120:
        return translate("Tokens", "{count} s").format(count=whole)
    if whole < 7_200:
        return translate("Tokens", "{count} min").format(count=whole // 60)
    if whole < 172_800:
        return translate("Tokens", "{count} h").format(count=whole // 3_600)
    return translate("Tokens", "{count} d").format(count=whole // 86_400)


def header_words(token: str) -> str:
    """Return what a signed token's header says; empty where it cannot be read."""
    header = _decoded(token.partition(".")[0])
    said = [f"{name} {header[name]}" for name in ("alg", "kid", "typ") if name in header]
    return " · ".join(said)


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts claims into words.

    Attributes:
        names: What people call each action.
        before: What the calls replaced, by their ``seq``.
    """

    names: Mapping[str, str]
    before: Mapping[int, str]

    def token(
        self, key: TokenName, title: str, claims: tuple[TokenClaim, ...], now: float, text: str
    ) -> ShownToken:
        values: JsonObject = {claim.name: claim.value for claim in claims}
        end = values.get("exp")
        timed = isinstance(end, int | float) and not isinstance(end, bool)
        return ShownToken(
            key=key,
            title=title,
            claims=tuple(self.claim(claim, key) for claim in claims),
            ends=end_words(float(end), now) if timed and isinstance(end, int | float) else "",
            header=header_words(text),
            text=text,
            claims_json=orjson.dumps(values, option=orjson.OPT_INDENT_2).decode("utf-8"),
        )

    def claim(self, claim: TokenClaim, key: TokenName) -> ShownClaim:
        value = _json(claim.value)
        if claim.action is None:
            return ShownClaim(claim.name, value, translate("Tokens", "the engine"))
        return ShownClaim(
            claim.name,
            value,
            place_words(self.names, claim.action, claim.line),
            SourcePlace(claim.action, claim.line),
            self.replaced(claim),
        )

    def replaced(self, claim: TokenClaim) -> str:
        before = NONE if claim.seq is None else self.before.get(claim.seq, NONE)
        if before == NONE:
            return translate("Tokens", "replaced nothing")
        return translate("Tokens", "replaced {value}").format(value=before)


def _json(value: JsonValue) -> str:
    return "null" if value is None else json_text(value)


def _decoded(part: str) -> JsonObject:
    try:
        text = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        value = orjson.loads(text)
    except (binascii.Error, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _month(number: int) -> str:
    months = (
        translate("Tokens", "Jan"),
        translate("Tokens", "Feb"),
        translate("Tokens", "Mar"),
        translate("Tokens", "Apr"),
        translate("Tokens", "May"),
        translate("Tokens", "Jun"),
        translate("Tokens", "Jul"),
        translate("Tokens", "Aug"),
        translate("Tokens", "Sep"),
        translate("Tokens", "Oct"),
        translate("Tokens", "Nov"),
        translate("Tokens", "Dec"),
    )
    return months[number - 1]
