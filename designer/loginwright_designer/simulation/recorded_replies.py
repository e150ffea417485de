"""Reads from a record what other sites answered, as a scenario says it.

No token and no state of a login is kept: a token becomes what mints the next one. Claims that say
who somebody is stay only where the scenario had them already (security.md 25).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import orjson

from loginwright_designer.simulation.desk import FOLDED_CLAIMS
from loginwright_runtime.engine.browser_input import NEVER_SHOWN
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.simulation import AnyReply, FactorReply, FormReply, RedirectReply
from loginwright_runtime.simulation.replies import REPLY_LIFETIME_SECONDS, SENT, TOKEN
from loginwright_runtime.tokens.strict_jwt import Unreadable, read_unverified
from loginwright_runtime.tracing.masking import MASK
from loginwright_runtime.tracing.record import (
    CameBack,
    HandlerBegan,
    Left,
    RunRecord,
    TokenChecked,
)
from loginwright_runtime.tracing.redaction_rules import PERSONAL_CLAIMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ANOTHER_SECRET = "a-secret-that-nobody-shares-with-us"  # noqa: S105 - stands for a wrong one
ANOTHER_STATE = "the-state-of-another-login"
ANOTHER_SUBJECT = "auth0|somebody-else"
_CLOCK_TOLERANCE = 2.0


@dataclass(frozen=True, slots=True)
class _Return:
    """One return of a login, and what is known around it."""

    left: Left
    came: CameBack
    event: JsonObject = field(repr=False)
    signed_right: bool = True

    @property
    def sent(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.left.url or "").query, keep_blank_values=True))

    @property
    def seconds(self) -> float:
        """How long the login was away by its own clock, in whole seconds."""
        return float(max(round(self.came.at - self.left.at), 0))


def recorded_replies(
    record: RunRecord,
    own: Sequence[AnyReply] = (),
    secrets: Mapping[str, Sequence[str]] | None = None,
) -> tuple[AnyReply, ...]:
    """Return the answers of a login, in order, as far as they can be known.

    Args:
        record: What happened.
        own: Answers of the scenario it began with; one that says the same is taken as it is.
        secrets: Names of the secrets each action declares, by its id.
    """
    replies: list[AnyReply] = []
    for number, back in enumerate(_returns(record)):
        before = own[number] if number < len(own) else None
        declared = (secrets or {}).get(back.left.action or "", ())
        replies.append(_reply(back, before, declared))
    return tuple(replies)


def _returns(record: RunRecord) -> Iterator[_Return]:
    left: Left | None = None
    for index, entry in enumerate(record.entries):
        if isinstance(entry, Left):
            left = entry
        elif isinstance(entry, CameBack) and left is not None:
            event, right = _after(record, index)
            yield _Return(left, entry, event, right)
            left = None


def _after(record: RunRecord, index: int) -> tuple[JsonObject, bool]:
    """Return the event that the next handler saw, and whether a token's signature was right."""
    event: JsonObject | None = None
    for entry in record.entries[index + 1 :]:
        if isinstance(entry, HandlerBegan):
            if event is not None:
                break
            event = _event(record, entry.event)
        elif isinstance(entry, TokenChecked):
            failed = any(row.check == "signature" and not row.passed for row in entry.checks)
            return event or {}, not failed
        elif isinstance(entry, CameBack):
            break
    return event or {}, True


def _event(record: RunRecord, index: int) -> JsonObject:
    try:
        value: JsonValue = orjson.loads(record.events[index])
    except (IndexError, orjson.JSONDecodeError):
        return {}
    return value if isinstance(value, dict) else {}


def _reply(back: _Return, own: AnyReply | None, declared: Sequence[str]) -> AnyReply:
    match back.came.kind:
        case "redirect":
            return _redirect_reply(back, own, declared)
        case "form":
            return own if isinstance(own, FormReply) else _form_reply(back)
        case _:
            return _factor_reply(back, own)


def _factor_reply(back: _Return, own: AnyReply | None) -> AnyReply:
    factor, passed = back.came.detail.get("factor"), back.came.detail.get("passed")
    factor = factor if isinstance(factor, str) and factor else "otp"
    if isinstance(own, FactorReply) and (own.factor, own.passed) == (factor, passed is True):
        return own
    return FactorReply(factor=factor, passed=passed is True, after_seconds=back.seconds)


def _form_reply(back: _Return) -> AnyReply:
    prompt = back.event.get("prompt")
    brought = prompt if isinstance(prompt, dict) else {}
    fields, more = (_known(brought.get(name)) for name in ("fields", "vars"))
    return FormReply(fields=fields, vars=more, after_seconds=back.seconds)


def _redirect_reply(back: _Return, own: AnyReply | None, declared: Sequence[str]) -> AnyReply:
    before = own if isinstance(own, RedirectReply) else None
    request = back.event.get("request")
    brought = request if isinstance(request, dict) else {}
    method = "POST" if back.came.detail.get("method") == "POST" else "GET"
    said = {
        name: _parameters(brought.get(name), back, before, declared) for name in ("query", "body")
    }
    if before is not None and before.method == method:
        same = (before.query, before.body) == (said["query"], said["body"])
        if same or not brought:
            return before
    return RedirectReply(
        method="POST" if method == "POST" else "GET",
        query=said["query"],
        body=said["body"],
        after_seconds=back.seconds,
    )


def _parameters(
    values: JsonValue, back: _Return, own: RedirectReply | None, declared: Sequence[str]
) -> JsonObject:
    parameters: JsonObject = {}
    for name, value in _known(values).items():
        if name == "state":
            continue
        said = _parameter(value, back, _own_token(own, name), declared)
        if said is not None:
            parameters[name] = said
    return parameters


def _own_token(own: RedirectReply | None, name: str) -> JsonObject:
    for values in (own.query, own.body) if own is not None else ():
        value = values.get(name)
        options = value.get(TOKEN) if isinstance(value, dict) else None
        if isinstance(options, dict):
            return options
    return {}


def _parameter(
    value: JsonValue, back: _Return, own: JsonObject, declared: Sequence[str]
) -> JsonValue:
    """Return a parameter as a scenario says it; None where it cannot be said."""
    if not isinstance(value, str):
        return value
    for name, sent in back.sent.items():
        if sent == value:
            return {SENT: name}
    payload = read_unverified(value).payload
    if isinstance(payload, Unreadable):
        return value
    secret = _secret(back, own, declared)
    if secret is None:
        return None
    minted: JsonObject = {"secret": secret, "claims": _claims(payload, back, own)}
    if "parameter" in own:
        minted["parameter"] = own["parameter"]
    return {TOKEN: minted}


def _secret(back: _Return, own: JsonObject, declared: Sequence[str]) -> JsonValue:
    known = own.get("secret")
    if not back.signed_right:
        return known if isinstance(known, dict) else {"value": ANOTHER_SECRET}
    if isinstance(known, str):
        return known
    return declared[0] if len(declared) == 1 else None


def _claims(payload: JsonObject, back: _Return, own: JsonObject) -> JsonObject:
    given = own.get("claims")
    before = given if isinstance(given, dict) else {}
    claims: JsonObject = {
        name: value
        for name, value in payload.items()
        if name not in FOLDED_CLAIMS and (name not in PERSONAL_CLAIMS or before.get(name) == value)
    }
    for name in FOLDED_CLAIMS:
        if name in before and before[name] == payload.get(name):
            claims[name] = before[name]
        elif name not in payload:
            claims[name] = None
        elif not _is_as_filled_in(name, payload[name], back):
            claims[name] = _instead(name, payload[name])
    return claims


def _is_as_filled_in(name: str, value: JsonValue, back: _Return) -> bool:
    """Tell whether a claim is what a correct site sets, so that it need not be said."""
    match name:
        case "state":
            return value == back.sent.get("state")
        case "sub":
            return value in _subjects(back)
        case "iss":
            return value == (urlsplit(back.left.url or "").hostname or "")
        case _:
            lifetime = REPLY_LIFETIME_SECONDS if name == "exp" else 0
            if not isinstance(value, int | float) or isinstance(value, bool):
                return False
            return abs(value - back.came.at - lifetime) <= _CLOCK_TOLERANCE


def _subjects(back: _Return) -> tuple[JsonValue, ...]:
    user = back.event.get("user")
    known: list[JsonValue] = [user.get("user_id")] if isinstance(user, dict) else []
    for sent in back.sent.values():
        payload = read_unverified(sent).payload
        if isinstance(payload, dict):
            known.append(payload.get("sub"))
    return tuple(one for one in known if one is not None)


def _instead(name: str, value: JsonValue) -> JsonValue:
    """Return what stands for a claim of another login or another user."""
    if name == "state" and isinstance(value, str):
        return ANOTHER_STATE
    return ANOTHER_SUBJECT if name == "sub" and isinstance(value, str) else value


def _known(values: JsonValue) -> JsonObject:
    """Return the parameters that are neither masked nor a credential."""
    if not isinstance(values, dict):
        return {}
    return {
        name: value
        for name, value in values.items()
        if name not in NEVER_SHOWN and MASK not in orjson.dumps(value).decode()
    }
