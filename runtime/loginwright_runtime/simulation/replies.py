"""Turns a scenario's answers into what an engine takes: ``$token``, ``$sent``, state and kind."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never
from urllib.parse import parse_qsl, urlsplit

import orjson
from pydantic import ValidationError

from loginwright_runtime.errors import Problem, ScenarioError
from loginwright_runtime.flow.json_places import Place, json_path
from loginwright_runtime.login.fault_words import fault_in_words
from loginwright_runtime.login.requests import (
    Browser,
    ChallengeResult,
    EnrollmentResult,
    FormResult,
    HttpRequest,
    NoBrowser,
    RedirectReturn,
    ResumeRequest,
)
from loginwright_runtime.simulation.model import (
    AnyReply,
    FactorReply,
    FormReply,
    RedirectReply,
    Scenario,
)
from loginwright_runtime.tokens.shared_secret import UnusableSecret, read_secret
from loginwright_runtime.tokens.strict_jwt import read_unverified
from loginwright_runtime.transaction.outcome import SuspensionInfo

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

TOKEN = "$token"  # noqa: S105 - a key in scenarios, no password
SENT = "$sent"
DEFAULT_PARAMETER = "session_token"
REPLY_LIFETIME_SECONDS = 900
_TOKEN_KEYS = frozenset({"secret", "claims", "parameter"})


@dataclass(frozen=True, slots=True)
class Away:
    """What the site that a login was sent to knows, and what the desk fills in for it.

    Attributes:
        suspension: Where the login waits.
        user_id: Whose login it is.
        hostname: Host that the login runs on.
        now: The login's clock, epoch seconds.
        secrets: Values of the secrets that the site shares, by name.
        browser: The browser that comes back.
        place: Where the answer stands in its scenario, for problems.
        file: The scenario's file, for problems.
    """

    suspension: SuspensionInfo = field(repr=False)
    user_id: str = field(repr=False)
    hostname: str
    now: float
    secrets: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    browser: Browser = field(default_factory=NoBrowser, repr=False)
    place: Place = ("resume", 0)
    file: str | None = None

    @property
    def sent(self) -> dict[str, str]:
        """Parameters of the URL that the browser was sent to."""
        return dict(parse_qsl(urlsplit(self.suspension.url or "").query, keep_blank_values=True))

    @property
    def site(self) -> str:
        """Host of the site that the browser was sent to."""
        return urlsplit(self.suspension.url or "").hostname or self.hostname

    def fault(self, place: Place, message: str, remedy: str) -> ScenarioError:
        """Return the error for an answer that cannot be made."""
        path = json_path((*self.place, *place))
        return ScenarioError(
            Problem("invalid-reply", "error", message, remedy, self.file, path=path)
        )


def resume_request(reply: AnyReply, away: Away) -> ResumeRequest:
    """Return what an answer sends.

    Args:
        reply: From the scenario. It is sent as it is, also where another kind is waited for: the
            engine's refusal is then what comes of it.
        away: Where the login waits.

    Raises:
        ScenarioError: A ``$token`` or ``$sent`` cannot be made; names its JSON path.
    """
    state = away.suspension.state if reply.state is None else reply.state
    match reply:
        case RedirectReply():
            return _redirect_return(reply, state, away)
        case FormReply():
            fields = _resolved_object(reply.fields, state, away, ("fields",))
            more = _resolved_object(reply.vars, state, away, ("vars",))
            return FormResult(state, fields, more, browser=away.browser)
        case FactorReply() if away.suspension.kind == "enrollment":
            return EnrollmentResult(state, reply.factor, reply.passed, reply.method)
        case FactorReply():
            return ChallengeResult(state, reply.factor, reply.passed, reply.method)
        case _:
            assert_never(reply)


def _redirect_return(reply: RedirectReply, state: str, away: Away) -> RedirectReturn:
    """Return a redirect's return; the state stands in the body of a POST, else in the query."""
    given = _own_state(reply)
    if given is not None:
        state = given
    query = _resolved_object(reply.query, state, away, ("query",))
    body = _resolved_object(reply.body, state, away, ("body",))
    if "state" not in query and "state" not in body:
        (body if reply.method == "POST" else query)["state"] = state
    members: JsonObject = {**reply.request, "method": reply.method, "query": query, "body": body}
    try:
        request = HttpRequest.model_validate(members)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)[0]
        reason, remedy = fault_in_words(found)
        message = f"The request cannot be used: {reason}."
        raise away.fault(("request", *found["loc"]), message, remedy) from None
    return RedirectReturn(state, request, away.browser)


def _own_state(reply: RedirectReply) -> str | None:
    for values in (reply.query, reply.body):
        state = values.get("state")
        if isinstance(state, str):
            return state
    return None


def _resolved_object(values: JsonObject, state: str, away: Away, place: Place) -> JsonObject:
    return {key: _resolved(value, state, away, (*place, key)) for key, value in values.items()}


def _resolved(value: JsonValue, state: str, away: Away, place: Place) -> JsonValue:
    if isinstance(value, list):
        return [_resolved(item, state, away, (*place, index)) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if set(value) == {TOKEN}:
        return _minted(value[TOKEN], state, away, (*place, TOKEN))
    if set(value) == {SENT}:
        return _echoed(value[SENT], away, (*place, SENT))
    return _resolved_object(value, state, away, place)


def _echoed(name: JsonValue, away: Away, place: Place) -> str:
    sent = away.sent
    if isinstance(name, str) and name in sent:
        return sent[name]
    known = ", ".join(sent) or "none"
    message = f"No parameter called {name!r} was sent out."
    raise away.fault(place, message, f"Name one that was: {known}.")


def _minted(options: JsonValue, state: str, away: Away, place: Place) -> str:
    """Mint what the site would send (reference §2.3): HS256, with the claims the protocol asks."""
    if not isinstance(options, dict) or not options.keys() <= _TOKEN_KEYS:
        message = "A token is described by secret, claims and parameter."
        raise away.fault(place, message, 'Write {"secret": "NAME", "claims": {}}.')
    own = options.get("claims", {})
    if not isinstance(own, dict):
        raise away.fault((*place, "claims"), "The claims are no object.", "Write { … }.")
    secret = read_secret(_secret(options.get("secret"), away, (*place, "secret")))
    if isinstance(secret, UnusableSecret):
        message = f"The token cannot be signed: {secret.reason}."
        raise away.fault((*place, "secret"), message, "Give the secret another value.")
    claims = {**_claims_of_site(options.get("parameter"), state, away, place), **own}
    payload = {name: value for name, value in claims.items() if value is not None}
    return secret.sign(orjson.dumps(payload))


def _secret(secret: JsonValue, away: Away, place: Place) -> str:
    match secret:
        case str() if secret in away.secrets:
            return away.secrets[secret]
        case str():
            message = f"The secret {secret!r} that the reply is signed with has no value."
            raise away.fault(place, message, "Name a secret that an action declares.")
        case {"value": str(value), **rest} if not rest:
            return value
        case _:
            message = "The secret is neither a name nor a value."
            raise away.fault(place, message, 'Write "NAME" or {"value": "…"}.')


def _claims_of_site(parameter: JsonValue, state: str, away: Away, place: Place) -> JsonObject:
    """Return the claims that a correct site sets: itself, the user it was told of, the state."""
    if parameter is not None and not isinstance(parameter, str):
        raise away.fault((*place, "parameter"), "The parameter is no text.", "Write its name.")
    issued_at = math.floor(away.now)
    return {
        "iss": away.site,
        "sub": _subject_sent(parameter, away) or away.user_id,
        "iat": issued_at,
        "exp": issued_at + REPLY_LIFETIME_SECONDS,
        "state": state,
    }


def _subject_sent(parameter: str | None, away: Away) -> str | None:
    """Return ``sub`` of the token that was sent out in ``parameter``, where there is one."""
    token = away.sent.get(parameter or DEFAULT_PARAMETER)
    payload = read_unverified(token).payload if token is not None else None
    subject = payload.get("sub") if isinstance(payload, dict) else None
    return subject if isinstance(subject, str) else None


def secret_names(scenario: Scenario) -> frozenset[str]:
    """Return the names of all secrets that a scenario's replies are signed with."""
    return frozenset(
        name
        for reply in scenario.resume
        for values in _values_of(reply)
        for name in _names_in(values)
    )


def _values_of(reply: AnyReply) -> tuple[JsonObject, ...]:
    match reply:
        case RedirectReply():
            return reply.query, reply.body
        case FormReply():
            return reply.fields, reply.vars
        case FactorReply():
            return ()
        case _:
            assert_never(reply)


def _names_in(value: JsonValue) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _names_in(item)
    elif isinstance(value, dict):
        options = value.get(TOKEN)
        if len(value) == 1 and isinstance(options, dict):
            secret = options.get("secret")
            if isinstance(secret, str):
                yield secret
            return
        for member in value.values():
            yield from _names_in(member)
