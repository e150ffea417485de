"""Drills: wrong answers sent to copies of a login that is away, and what became of each."""

from __future__ import annotations

import asyncio
import base64
import copy
import secrets as random
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson

from loginwright_designer.simulation.desk import Answer, Desk, reply_of
from loginwright_designer.simulation.login_driver import built_engine
from loginwright_designer.simulation.login_inputs import LoginInputs, ReadSecrets
from loginwright_runtime.errors import RequestError
from loginwright_runtime.login.requests import BindBrowser, RedirectReturn
from loginwright_runtime.simulation import (
    Away,
    LoginOutcome,
    SimulationSettings,
    SimulationStores,
    resume_request,
)

if TYPE_CHECKING:
    from collections.abc import Callable

AFTER_AN_HOUR_SECONDS = 3601


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
    TWICE = "the same answer twice"
    DOUBLE_CLICK = "a double click"
    GET_FOR_POST = "GET for POST, or the other way round"
    AFTER_AN_HOUR = "after an hour"
    NEVER = "never"


class Verdict(StrEnum):
    """How the flow did."""

    REFUSED = "Refused, as it should be"
    ACCEPTED = "Accepted: this action does not check it"
    AS_THE_PLATFORM = "As on the platform"
    NOT_APPLICABLE = "Not applicable"


@dataclass(frozen=True, slots=True)
class DrillResult:
    """A row of the table.

    Attributes:
        drill: What was sent.
        verdict: How the flow did.
        words: The engine's own sentence, or why the drill does not apply.
        outcome: Of what was sent last; None where nothing was.
    """

    drill: Drill
    verdict: Verdict
    words: str
    outcome: LoginOutcome | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What a drill sends.

    Attributes:
        request: To every copy.
        after_seconds: How much later.
        times: How often.
        at_once: All at the same time.
    """

    request: RedirectReturn = field(repr=False)
    after_seconds: float = 0.0
    times: int = 1
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class DrillBench:
    """A copy of a login that is away; every drill gets a copy of its own.

    Attributes:
        inputs: What the login began with.
        settings: How it is run.
        secrets: Values read when it began.
        stores: Copied when the bench was made.
        away: Where it waits.
    """

    inputs: LoginInputs
    settings: SimulationSettings
    secrets: ReadSecrets
    stores: SimulationStores = field(repr=False)
    away: Away

    async def run(self, drill: Drill, correct: Answer, desk: Desk) -> DrillResult:
        """Run one drill.

        Args:
            drill: Which one.
            correct: The answer that a correct site sends, which the drill spoils.
            desk: Of the same login.

        Raises:
            ScenarioError: The correct answer itself cannot be made.
        """
        if drill is Drill.NEVER:
            words = "The login stays away until it expires; nothing was written."
            return DrillResult(drill, Verdict.AS_THE_PLATFORM, words)
        spoiled = _spoiled(drill, correct, desk)
        if isinstance(spoiled, str):
            return DrillResult(drill, Verdict.NOT_APPLICABLE, spoiled)
        try:
            outcomes = await self._sent(spoiled)
        except RequestError as error:
            return DrillResult(drill, Verdict.REFUSED, error.problems[0].message)
        return _judged(drill, outcomes)

    async def _sent(self, attempt: _Attempt) -> list[LoginOutcome]:
        stores = copy.deepcopy(self.stores)
        now = self.away.now + attempt.after_seconds
        async with built_engine(self.inputs, self.settings, self.secrets, stores) as engine:
            if attempt.at_once:
                sent = [engine.resume(attempt.request, now=now) for _ in range(attempt.times)]
                return list(await asyncio.gather(*sent))
            return [await engine.resume(attempt.request, now=now) for _ in range(attempt.times)]


def _judged(drill: Drill, outcomes: list[LoginOutcome]) -> DrillResult:
    refused = [one for one in outcomes if one.status in ("failed", "denied")]
    last = refused[-1] if refused else outcomes[-1]
    words = last.error.description if last.error is not None else f"The login was {last.status}."
    if drill is Drill.GET_FOR_POST:
        return DrillResult(drill, Verdict.AS_THE_PLATFORM, words, last)
    accepted_once = len(outcomes) - len(refused) <= (1 if len(outcomes) > 1 else 0)
    verdict = Verdict.REFUSED if accepted_once else Verdict.ACCEPTED
    return DrillResult(drill, verdict, words, last)


def _spoiled(drill: Drill, correct: Answer, desk: Desk) -> _Attempt | str:
    """Return what a drill sends, or why it does not apply."""
    if drill in _OF_TOKENS:
        if correct.parameter is None:
            return "This action asks for no token."
        return _with_token(drill, correct, desk)
    right = _request(correct, desk)
    members = right.request
    match drill:
        case Drill.WRONG_URL_STATE:
            return _Attempt(replace(right, state=random.token_urlsafe(32)))
        case Drill.OTHER_BROWSER:
            return _Attempt(replace(right, browser=BindBrowser(random.token_urlsafe(32))))
        case Drill.OTHER_HOSTNAME:
            elsewhere = members.model_copy(update={"hostname": "elsewhere.invalid"})
            return _Attempt(replace(right, request=elsewhere))
        case Drill.TWICE:
            return _Attempt(right, times=2)
        case Drill.DOUBLE_CLICK:
            return _Attempt(right, times=2, at_once=True)
        case Drill.GET_FOR_POST:
            other = replace(correct, method="GET" if correct.method == "POST" else "POST")
            return _Attempt(_request(other, desk))
        case _:
            return _Attempt(right, after_seconds=AFTER_AN_HOUR_SECONDS)


def _with_token(drill: Drill, correct: Answer, desk: Desk) -> _Attempt | str:
    sent = desk.sent.token
    match drill:
        case Drill.NO_TOKEN:
            return _Attempt(_request(replace(correct, parameter=None), desk))
        case Drill.ECHOED if sent is None:
            return "No token was sent out."
        case Drill.ECHOED if sent is not None:
            return _Attempt(_request(replace(correct, token=sent.value), desk))
        case Drill.OTHER_SUB | Drill.OTHER_STATE | Drill.EXPIRED:
            return _Attempt(_request(replace(correct, changed=_wrong_claim(drill, desk)), desk))
        case Drill.WRONG_SECRET:
            known = {name: random.token_urlsafe(32) for name in desk.away.secrets}
            other = replace(desk, away=replace(desk.away, secrets=known))
            return _Attempt(_request(correct, other))
        case _:
            token = _FORGERS[drill](_token_of(correct, desk))
            return _Attempt(_request(replace(correct, token=token), desk))


def _wrong_claim(drill: Drill, desk: Desk) -> dict[str, str | int | float | bool | None]:
    match drill:
        case Drill.OTHER_SUB:
            return {"sub": f"{desk.away.user_id}-another"}
        case Drill.OTHER_STATE:
            return {"state": random.token_urlsafe(32)}
        case _:
            return {"exp": int(desk.away.now) - 1}


def _request(answer: Answer, desk: Desk) -> RedirectReturn:
    request = resume_request(reply_of(answer, desk), desk.away)
    assert isinstance(request, RedirectReturn)
    return request


def _token_of(answer: Answer, desk: Desk) -> str:
    request = _request(answer, desk).request
    return str({**request.query, **request.body}[answer.parameter or ""])


def _unsigned(token: str) -> str:
    header = _part(orjson.dumps({"alg": "none", "typ": "JWT"}))
    return f"{header}.{token.split('.')[1]}."


def _altered(token: str) -> str:
    header, payload, signature = token.split(".")
    claims = orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    claims["altered"] = True
    return f"{header}.{_part(orjson.dumps(claims))}.{signature}"


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
