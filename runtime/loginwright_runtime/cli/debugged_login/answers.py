"""Reads the answer that somebody types for a suspended login."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import orjson
from pydantic import TypeAdapter, ValidationError

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.event_paths import json_or_text
from loginwright_runtime.simulation.model import AnyReply, RedirectReply
from loginwright_runtime.simulation.replies import DEFAULT_PARAMETER, TOKEN
from loginwright_runtime.tokens.shared_secret import UnusableSecret, read_secret
from loginwright_runtime.tokens.strict_jwt import Unreadable, read_unverified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.simulation import Away

_REPLIES: TypeAdapter[AnyReply] = TypeAdapter(AnyReply)
_PAIR = re.compile(r"[^=\s{]+=")
HOW = {
    "redirect": "answer K=V… (POST), answer get K=V…, answer token CLAIM=V…",
    "form": "answer FIELD=V…",
    "challenge": "answer passed=true, or answer factor=otp passed=false",
    "enrollment": "answer passed=true, or answer factor=otp passed=false",
}
"""How each kind of suspension is answered."""


def typed_answer(text: str, away: Away, scenario_reply: AnyReply | None) -> AnyReply | None:
    """Return the answer in a text; None is the scenario's own.

    ``K=V…`` are what comes back: members of a POST, fields of a form, ``factor`` and ``passed`` of
    a challenge. After ``get`` they are a query; after ``token`` claims of a token that the site
    signs with the shared secret. ``{…}`` is a whole answer, as scenarios have it.

    Args:
        text: What was typed after ``answer``.
        away: Where the login waits.
        scenario_reply: The scenario's next answer.

    Raises:
        RefusedError: It cannot be understood.
    """
    text = text.strip()
    if not text:
        return None
    if text.startswith("{"):
        return _reply(_object(text))
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise RefusedError(f"This cannot be read: {error}.") from None
    kind = away.suspension.kind
    if kind == "redirect":
        return _redirect(words, away, scenario_reply)
    values = _pairs(words, kind, texts=kind == "form")
    if kind == "form":
        return _reply({"fields": values})
    factors = away.suspension.factors
    return _reply({"factor": factors[0] if factors else "otp", **values})


def is_answer(text: str) -> bool:
    """Tell whether a text at a suspension is an answer, and no question about the event."""
    first = text.strip().partition(" ")[0]
    return (
        first in ("answer", "get", "token")
        or text.lstrip().startswith("{")
        or bool(_PAIR.match(text.strip()))
    )


def _redirect(words: Sequence[str], away: Away, scenario_reply: AnyReply | None) -> AnyReply:
    how = words[0] if words[0] in ("get", "token") else "post"
    values = _pairs(words if how == "post" else words[1:], "redirect", texts=how != "token")
    if how == "get":
        return _reply({"method": "GET", "query": values})
    if how == "post":
        return _reply({"method": "POST", "body": values})
    parameter, secret = _token_of_site(away, scenario_reply)
    token: JsonValue = {TOKEN: {"secret": secret, "claims": values, "parameter": parameter}}
    return _reply({"method": "POST", "body": {parameter: token}})


def _token_of_site(away: Away, scenario_reply: AnyReply | None) -> tuple[str, JsonValue]:
    """Return the parameter and the secret of a token that comes back.

    Those of the scenario's answer; else those of the token that was sent out.
    """
    if isinstance(scenario_reply, RedirectReply):
        for name, value in (*scenario_reply.body.items(), *scenario_reply.query.items()):
            match value:
                case {"$token": {"secret": secret}}:
                    return name, secret
                case _:
                    pass
    for name, value in away.sent.items():
        for secret, known in away.secrets.items():
            if _signed_with(value, known):
                return name, secret
    if len(away.secrets) == 1:
        return DEFAULT_PARAMETER, next(iter(away.secrets))
    raise RefusedError(
        "No token was sent out, so that it is not known which secret the site shares. Write "
        f'answer {{"body": {{"{DEFAULT_PARAMETER}": {{"{TOKEN}": {{"secret": "NAME"}}}}}}}}.'
    )


def _signed_with(token: str, secret: str) -> bool:
    if isinstance(read_unverified(token), Unreadable):
        return False
    key = read_secret(secret)
    return not isinstance(key, UnusableSecret) and key.verifies(token)


def _pairs(words: Sequence[str], kind: str, *, texts: bool) -> JsonObject:
    """Return ``K=V`` as an object; what a browser sends is text, unless it is JSON by its look."""
    values: JsonObject = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key:
            raise RefusedError(f"{word!r} is no K=V. Write {HOW[kind]}.")
        values[key] = value if texts and not value.startswith(("{", "[")) else json_or_text(value)
    return values


def _object(text: str) -> JsonObject:
    try:
        value: JsonValue = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RefusedError(f"This is no JSON: {error}.") from None
    if not isinstance(value, dict):
        raise RefusedError("This is no JSON object.")
    return value


def _reply(members: JsonObject) -> AnyReply:
    try:
        return _REPLIES.validate_python(members)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(step) for step in found["loc"][1:])
        raise RefusedError(f"This is no answer: {place} {found['msg']}.") from None
