"""Edits of an answer at the redirect desk: each gives a new answer."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.desk import FOLDED_CLAIMS, Answer, Desk, reply_of
from loginwright_designer.simulation.scenario_members import UnusableText
from loginwright_runtime.errors import ScenarioError
from loginwright_runtime.login.requests import RedirectReturn
from loginwright_runtime.simulation import resume_request
from loginwright_runtime.tokens.strict_jwt import Unreadable, read_unverified

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

translate = QCoreApplication.translate

_TIMES = ("iat", "exp")


class AnswerSource(StrEnum):
    """Where an answer is from."""

    CORRECT = "correct"
    CHANGED = "changed"
    PASTED = "pasted"


def answer_source(answer: Answer, desk: Desk) -> AnswerSource:
    """Return where an answer is from, as far as it shows.

    A correct site sends a token where the handler validates one.
    """
    if answer.token is not None:
        return AnswerSource.PASTED
    lacks_token = desk.validates and answer.parameter is None
    is_correct = answer.is_correct and not lacks_token
    return AnswerSource.CORRECT if is_correct else AnswerSource.CHANGED


def as_correct_site(answer: Answer, desk: Desk) -> Answer:
    """Return the answer with all that a correct site would send, its own claims kept."""
    parameter = answer.parameter or (desk.parameter if desk.validates else None)
    secret = answer.secret or desk.signing_secret
    return replace(answer, state=None, token=None, changed={}, parameter=parameter, secret=secret)


def correct_claims(answer: Answer, desk: Desk) -> JsonObject:
    """Return the folded claims as a correct site sends them; empty where no token can be made."""
    if answer.parameter is None:
        return {}
    correct = replace(as_correct_site(answer, desk), claims=(), fields=())
    try:
        request = resume_request(reply_of(correct, desk), desk.away)
    except ScenarioError:
        return {}
    assert isinstance(request, RedirectReturn)
    token = {**request.request.query, **request.request.body}.get(answer.parameter)
    payload = read_unverified(token).payload if isinstance(token, str) else {}
    if isinstance(payload, Unreadable):
        return {}
    return {name: payload[name] for name in FOLDED_CLAIMS if name in payload}


def with_folded(answer: Answer, name: str, text: str, correct: JsonValue) -> Answer:
    """Return the answer with another value of a folded claim.

    Args:
        answer: As it is.
        name: Of the claim.
        text: As it was typed; empty leaves the claim out.
        correct: What a correct site sends.
    """
    value = _typed(name, text)
    others = {key: one for key, one in answer.changed.items() if key != name}
    same = value == correct and type(value) is type(correct)
    return replace(answer, changed=others if same else {**others, name: value})


def json_value(text: str) -> JsonValue:
    """Return a value that was typed as JSON.

    Raises:
        UnusableText: It is no JSON; the message says where.
    """
    try:
        value: JsonValue = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        words = translate(
            "RedirectDesk", "This is no JSON. Line {line}, column {column}: {reason}."
        )
        reason = error.msg.partition(":")[0]
        raise UnusableText(
            words.format(line=error.lineno, column=error.colno, reason=reason)
        ) from None
    return value


def _typed(name: str, text: str) -> JsonValue:
    plain = text.strip()
    if not plain:
        return None
    if name not in _TIMES:
        return text
    try:
        number: JsonValue = orjson.loads(plain)
    except orjson.JSONDecodeError:
        return text
    usable = isinstance(number, int | float) and not isinstance(number, bool)
    return number if usable else text
