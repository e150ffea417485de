"""The redirect desk's answer: what the other site sends back, right the first time (desktop.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from loginwright_designer.simulation.sent_out import Sent, sent_at, sent_out
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.login.requests import RedirectReturn
from loginwright_runtime.simulation import Away, RedirectReply, resume_request
from loginwright_runtime.simulation.replies import TOKEN
from loginwright_runtime.tokens.redirect_tokens import RedirectTokenReport, check_redirect_token
from loginwright_runtime.validation.facts import DEFAULT_TOKEN_PARAMETER, SourceFacts
from loginwright_runtime.validation.values import EventValue

if TYPE_CHECKING:
    from loginwright_runtime.tracing import RunRecord

Method: TypeAlias = Literal["GET", "POST"]
FOLDED_CLAIMS = ("state", "sub", "iss", "iat", "exp")
"""Claims filled in by the desk and folded into one line until somebody changes one."""

_CONTINUE = "onContinuePostLogin"


@dataclass(frozen=True, slots=True)
class AnswerField:
    """A claim or another field of an answer.

    Attributes:
        name: Its name.
        value: Its value; as in a scenario, ``{"$sent": "name"}`` echoes what was sent.
        read_at: Lines at which the handler reads it.
    """

    name: str
    value: JsonValue = field(default="", repr=False)
    read_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk would send.

    Attributes:
        method: How the browser comes back.
        parameter: Which one holds the reply token; None sends no token.
        secret: Name of the secret that signs it.
        claims: The site's own claims.
        changed: Claims of ``FOLDED_CLAIMS`` that are not what a correct site sends; None leaves
            one out.
        fields: Other parameters.
        state: Sent instead of this login's; None sends this login's.
        token: Sent as it is instead of a token made here.
    """

    method: Method = "GET"
    parameter: str | None = None
    secret: str | None = None
    claims: tuple[AnswerField, ...] = ()
    changed: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], repr=False)
    fields: tuple[AnswerField, ...] = ()
    state: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @property
    def is_correct(self) -> bool:
        """Whether state and folded claims are what a correct site sends."""
        return self.state is None and self.token is None and not self.changed


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the desk knows of a login that is away.

    Attributes:
        away: Where it waits.
        sent: What went out.
        facts: Of the code that goes on; None where it cannot be read.
    """

    away: Away
    sent: Sent
    facts: SourceFacts | None = None

    @classmethod
    def of(cls, away: Away, record: RunRecord | None, facts: SourceFacts | None) -> Desk:
        """Lay the desk for a login."""
        return cls(away, sent_out(away, record), facts)

    def at(self, now: float) -> Desk:
        """Return the desk as it is at another time: tokens grow old on it."""
        return replace(self, away=replace(self.away, now=now), sent=sent_at(self.sent, now))

    @property
    def validates(self) -> bool:
        """Whether the handler calls ``validateToken``."""
        calls = self.facts.calls("redirect.validateToken") if self.facts is not None else ()
        return any(call.handler in (_CONTINUE, None) for call in calls)

    @property
    def parameter(self) -> str:
        """The parameter in which the handler looks for the reply token."""
        names = self.facts.token_parameters if self.facts is not None else ()
        return names[0] if names else DEFAULT_TOKEN_PARAMETER

    @property
    def signing_secret(self) -> str | None:
        """The secret that signed the token sent out, else the only one there is."""
        sent = self.sent.token
        if sent is not None and sent.token is not None and sent.token.secret is not None:
            return sent.token.secret
        names = list(self.away.secrets)
        return names[0] if len(names) == 1 else None

    @property
    def checking_secret(self) -> str | None:
        """The secret that the handler checks with, where its code says so."""
        calls = self.facts.calls("redirect.validateToken") if self.facts is not None else ()
        for call in calls:
            match call.option(0, "secret"):
                case EventValue(path=("secrets", str(name))) if name in self.away.secrets:
                    return name
                case _:
                    pass
        return self.signing_secret


def default_answer(
    desk: Desk, reply: RedirectReply | None = None, last: Answer | None = None
) -> Answer:
    """Return the answer that makes the first Send right.

    Args:
        desk: The login.
        reply: The scenario's answer to this suspension, whose values go first.
        last: What was sent here last, whose values go next.
    """
    proposed = _proposed(desk)
    if reply is not None:
        return _merged(proposed, _answer_of(reply, proposed))
    return proposed if last is None else _merged(proposed, last)


def reply_of(answer: Answer, desk: Desk) -> RedirectReply:
    """Return an answer as a scenario holds it; ``$token`` is made when it is sent."""
    values: JsonObject = {one.name: one.value for one in answer.fields}
    if answer.parameter is not None:
        values[answer.parameter] = _token_value(answer, desk)
    if answer.state is not None:
        values["state"] = answer.state
    if answer.method == "POST":
        return RedirectReply(method="POST", body=values)
    return RedirectReply(method="GET", query=values)


def live_checks(answer: Answer, desk: Desk) -> RedirectTokenReport | None:
    """Judge an answer as ``validateToken`` would, before it is sent.

    Returns:
        None where the handler calls no ``validateToken``, or no secret is known to judge with.

    Raises:
        ScenarioError: The answer cannot be made; names where.
    """
    secret = desk.checking_secret
    if not desk.validates or secret is None:
        return None
    request = resume_request(reply_of(answer, desk), desk.away)
    assert isinstance(request, RedirectReturn)
    values = {**request.request.query, **request.request.body}
    token = values.get(desk.parameter)
    return check_redirect_token(
        token=token if isinstance(token, str) else None,
        parameter=desk.parameter,
        secret=desk.away.secrets[secret],
        state=desk.away.suspension.state,
        user_id=desk.away.user_id,
        now=desk.away.now,
    )


def _proposed(desk: Desk) -> Answer:
    """Return what the code asks for, without values."""
    claims = _read_fields(desk, "token")
    if not (desk.validates or claims):
        fields = _read_fields(desk, "query", "body")
        method: Method = "POST" if _read_fields(desk, "body") else "GET"
        return Answer(method, fields=fields)
    return Answer(
        "POST" if desk.validates else "GET",
        desk.parameter,
        desk.signing_secret,
        claims,
        fields=tuple(
            one for one in _read_fields(desk, "query", "body") if one.name != desk.parameter
        ),
    )


def _read_fields(desk: Desk, *sources: str) -> tuple[AnswerField, ...]:
    """Return the members of a reply that the code reads, each with its lines."""
    lines: dict[str, list[int]] = {}
    for read in desk.facts.reply_reads if desk.facts is not None else ():
        folded = read.source == "token" and read.name in FOLDED_CLAIMS
        if read.source in sources and not folded and read.name != "state":
            lines.setdefault(read.name, []).append(read.line)
    return tuple(AnswerField(name, "", tuple(at)) for name, at in lines.items())


def _answer_of(reply: RedirectReply, proposed: Answer) -> Answer:
    """Read a scenario's answer; what is no token made by its site is a field like any other."""
    values = {**reply.query, **reply.body}
    parameter = next((name for name, value in values.items() if _is_token(value)), None)
    described = _token_options(values.get(parameter or ""))
    own = described.get("claims")
    claims = own if isinstance(own, dict) else {}
    secret = described.get("secret")
    state = values.get("state", reply.state)
    return Answer(
        reply.method,
        parameter,
        secret if isinstance(secret, str) else proposed.secret,
        tuple(AnswerField(name, one) for name, one in claims.items() if name not in FOLDED_CLAIMS),
        {name: one for name, one in claims.items() if name in FOLDED_CLAIMS},
        tuple(
            AnswerField(name, one)
            for name, one in values.items()
            if name not in (parameter, "state")
        ),
        state if isinstance(state, str) else None,
    )


def _is_token(value: JsonValue) -> bool:
    return isinstance(value, dict) and set(value) == {TOKEN}


def _token_options(value: JsonValue) -> JsonObject:
    options = value.get(TOKEN) if isinstance(value, dict) else None
    return options if isinstance(options, dict) else {}


def _merged(proposed: Answer, given: Answer) -> Answer:
    """Return the given answer with the lines of what the code reads, and its other fields."""
    return Answer(
        given.method,
        given.parameter,
        given.secret,
        _with_lines(proposed.claims, given.claims) if given.parameter is not None else (),
        given.changed,
        _with_lines(proposed.fields, given.fields),
        given.state,
        given.token,
    )


def _with_lines(
    proposed: tuple[AnswerField, ...], given: tuple[AnswerField, ...]
) -> tuple[AnswerField, ...]:
    """Return the given fields with the lines that read them; what nobody gave is not sent."""
    lines = {one.name: one.read_at for one in proposed}
    return tuple(AnswerField(one.name, one.value, lines.get(one.name, ())) for one in given)


def _token_value(answer: Answer, desk: Desk) -> JsonValue:
    if answer.token is not None:
        return answer.token
    claims: JsonObject = {one.name: one.value for one in answer.claims}
    made: JsonObject = {"secret": answer.secret, "claims": {**claims, **answer.changed}}
    sent = desk.sent.token
    if sent is not None and sent.name != DEFAULT_TOKEN_PARAMETER:
        made["parameter"] = sent.name
    return {TOKEN: made}
