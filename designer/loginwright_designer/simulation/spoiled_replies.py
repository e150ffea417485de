"""Spoils the answer that a correct site sends, once for each drill."""

from __future__ import annotations

import base64
import secrets as random
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.desk import Answer, Desk, reply_of
from loginwright_runtime.login.requests import BindBrowser, RedirectReturn
from loginwright_runtime.simulation import RedirectReply, resume_request
from loginwright_runtime.simulation.replies import SENT, TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.login.json_values import JsonValue

translate = QCoreApplication.translate

AFTER_AN_HOUR_SECONDS = 3601
WRONG_STATE = "A-state-that-no-login-was-ever-given-0000000"
FOREIGN_SECRET = "a-secret-that-this-site-was-never-given"  # noqa: S105 - of nobody


class Drill(StrEnum):
    """What is sent."""

    NO_TOKEN = "no token"  # noqa: S105 - a drill's name
    ECHOED = "the token that was sent out, echoed back"
    WRONG_SECRET = "signed with another secret"  # noqa: S105 - a drill's name
    ALG_NONE = "alg: none"
    CLAIM_ALTERED = "a claim altered afterwards"
    OTHER_SUB = "another user's sub"
    OTHER_STATE = "another login's state in the token"
    WRONG_URL_STATE = "a wrong state in the URL"
    OTHER_BROWSER = "another browser"
    OTHER_HOSTNAME = "another hostname"
    EXPIRED = "an expired token"
    TWICE = "the same reply twice"
    DOUBLE_CLICK = "a double click"
    GET_FOR_POST = "GET for POST, or the other way round"
    AFTER_AN_HOUR = "after an hour"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a drill sends.

    Attributes:
        request: To every copy.
        after_seconds: How much later.
        times: How often.
        at_once: All at the same time.
        reply: The same as a scenario sends it; None where no scenario can.
        unsaved: Why none can; empty where one can.
    """

    request: RedirectReturn = field(repr=False)
    after_seconds: float = 0.0
    times: int = 1
    at_once: bool = False
    reply: RedirectReply | None = field(default=None, repr=False)
    unsaved: str = ""


def spoiled(drill: Drill, correct: Answer, desk: Desk) -> Attempt | str:
    """Return what a drill sends, or in words why it does not apply.

    Args:
        drill: Which one; ``NEVER`` sends nothing and is not for here.
        correct: The answer that a correct site sends.
        desk: Of the login.

    Raises:
        ScenarioError: The correct answer itself cannot be made.
    """
    if drill not in _OF_TOKENS:
        return _of_request(drill, correct, desk)
    if correct.parameter is None:
        return translate("Simulation", "This action asks for no token.")
    match drill:
        case Drill.NO_TOKEN:
            return _attempt(reply_of(replace(correct, parameter=None), desk), desk)
        case Drill.ECHOED:
            return _echoed(correct, desk)
        case Drill.OTHER_SUB | Drill.OTHER_STATE | Drill.EXPIRED:
            changed: dict[str, JsonValue] = {**correct.changed, **_wrong_claim(drill, desk)}
            return _attempt(reply_of(replace(correct, changed=changed), desk), desk)
        case Drill.WRONG_SECRET:
            return _signed_by_another(correct, desk)
        case _:
            return _forged(drill, correct, desk)


def _of_request(drill: Drill, correct: Answer, desk: Desk) -> Attempt:
    reply = reply_of(correct, desk)
    right = _attempt(reply, desk)
    match drill:
        case Drill.WRONG_URL_STATE:
            return _attempt(_in_url(reply), desk)
        case Drill.OTHER_BROWSER:
            browser = BindBrowser(random.token_urlsafe(32))
            unsaved = translate("Simulation", "A scenario has only one browser.")
            return Attempt(replace(right.request, browser=browser), unsaved=unsaved)
        case Drill.OTHER_HOSTNAME:
            elsewhere = reply.model_copy(update={"request": {"hostname": "elsewhere.invalid"}})
            unsaved = translate(
                "Simulation", "The server refuses it before any login is looked for."
            )
            return replace(_attempt(elsewhere, desk), reply=None, unsaved=unsaved)
        case Drill.TWICE:
            twice = reply.model_copy(update={"send_times": 2})
            return replace(right, times=2, reply=twice)
        case Drill.DOUBLE_CLICK:
            unsaved = translate("Simulation", "A scenario sends its answers one after another.")
            return Attempt(right.request, times=2, at_once=True, unsaved=unsaved)
        case Drill.GET_FOR_POST:
            other = replace(correct, method="GET" if correct.method == "POST" else "POST")
            return _attempt(reply_of(other, desk), desk)
        case _:
            seconds = AFTER_AN_HOUR_SECONDS
            late = reply.model_copy(update={"after_seconds": float(seconds)})
            return replace(right, after_seconds=seconds, reply=late)


def _in_url(reply: RedirectReply) -> RedirectReply:
    """Return the reply with a wrong state; what signs the token learns nothing of it."""
    place = "body" if reply.method == "POST" else "query"
    values = reply.body if reply.method == "POST" else reply.query
    return reply.model_copy(update={place: {**values, "state": WRONG_STATE}})


def _echoed(correct: Answer, desk: Desk) -> Attempt | str:
    sent = desk.sent.token
    if sent is None:
        return translate("Simulation", "No token was sent out.")
    reply = reply_of(replace(correct, token=sent.value), desk)
    return replace(_attempt(reply, desk), reply=_with_token(reply, correct, {SENT: sent.name}))


def _signed_by_another(correct: Answer, desk: Desk) -> Attempt | str:
    reply = reply_of(replace(correct, token=None), desk)
    made = {**reply.query, **reply.body}.get(correct.parameter or "")
    options = made.get(TOKEN) if isinstance(made, dict) else None
    if not isinstance(options, dict):
        return translate("Simulation", "No token is made here that could be signed otherwise.")
    foreign: JsonValue = {TOKEN: {**options, "secret": {"value": FOREIGN_SECRET}}}
    return _attempt(_with_token(reply, correct, foreign), desk)


def _forged(drill: Drill, correct: Answer, desk: Desk) -> Attempt:
    request = _attempt(reply_of(correct, desk), desk).request.request
    token = str({**request.query, **request.body}[correct.parameter or ""])
    reply = reply_of(replace(correct, token=_FORGERS[drill](token)), desk)
    kept = _with_token(reply, correct, _without_signature(_FORGERS[drill](token)))
    return replace(_attempt(reply, desk), reply=kept)


def _wrong_claim(drill: Drill, desk: Desk) -> dict[str, JsonValue]:
    match drill:
        case Drill.OTHER_SUB:
            return {"sub": f"{desk.away.user_id}-another"}
        case Drill.OTHER_STATE:
            return {"state": WRONG_STATE}
        case _:
            return {"exp": int(desk.away.now) - 1}


def _attempt(reply: RedirectReply, desk: Desk) -> Attempt:
    request = resume_request(reply, desk.away)
    assert isinstance(request, RedirectReturn)
    return Attempt(request, reply=reply)


def _with_token(reply: RedirectReply, correct: Answer, token: JsonValue) -> RedirectReply:
    """Return the reply with another token in its parameter."""
    place = "body" if reply.method == "POST" else "query"
    values = reply.body if reply.method == "POST" else reply.query
    return reply.model_copy(update={place: {**values, correct.parameter or "": token}})


def _unsigned(token: str) -> str:
    header = _part(orjson.dumps({"alg": "none", "typ": "JWT"}))
    return f"{header}.{token.split('.')[1]}."


def _altered(token: str) -> str:
    header, payload, signature = token.split(".")
    claims = orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    claims["altered"] = True
    return f"{header}.{_part(orjson.dumps(claims))}.{signature}"


def _without_signature(token: str) -> str:
    """Return a forged token for a file: what the shared secret has signed stays out of it."""
    header, payload, signature = token.split(".")
    return f"{header}.{payload}.{_part(bytes(32)) if signature else ''}"


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


_FORGERS: dict[Drill, Callable[[str], str]] = {
    Drill.ALG_NONE: _unsigned,
    Drill.CLAIM_ALTERED: _altered,
}
_OF_TOKENS = frozenset(
    {
        Drill.NO_TOKEN,
        Drill.ECHOED,
        Drill.WRONG_SECRET,
        Drill.ALG_NONE,
        Drill.CLAIM_ALTERED,
        Drill.OTHER_SUB,
        Drill.OTHER_STATE,
        Drill.EXPIRED,
    }
)
