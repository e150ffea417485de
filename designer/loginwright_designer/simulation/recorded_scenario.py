"""Makes a scenario of a login that ran: its own while it is known, else what its record tells."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.recorded_login import RecordedEnd, ending_of
from loginwright_runtime.login.default_event import default_event
from loginwright_runtime.simulation import FactorReply, FormReply, RedirectReply, Scenario
from loginwright_runtime.tracing import redacted
from loginwright_runtime.tracing.masking import MASK
from loginwright_runtime.tracing.record import CallMade, CameBack, HandlerBegan, RunRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.simulation import AnyReply

translate = QCoreApplication.translate

_CONTINUE = "onContinuePostLogin"
_ENGINES_OWN = frozenset({("secrets",), ("transaction", "id"), ("transaction", "metadata")})
_PLACE = frozenset({("request", "geoip", "latitude"), ("request", "geoip", "longitude")})
"""Numbers that a redacted record holds as 0."""
_FILLED_IN = frozenset({"state", "sub", "iss", "iat", "exp"})
_DEFAULT_PARAMETER = "session_token"


def scenario_of_login(
    scenario: Scenario, record: RunRecord, answers: Sequence[AnyReply] | None = None
) -> Scenario:
    """Return the scenario of a login of this window: what it ran, and how it ended.

    Args:
        scenario: What it began with.
        record: What happened.
        answers: What was sent, in order; None: what the scenario says.
    """
    resume = scenario.resume if answers is None else tuple(answers)
    named = scenario.model_copy(update={"resume": resume})
    return _expecting(named, record)


def scenario_of_record(record: RunRecord, name: str, flow: Flow | None = None) -> Scenario:
    """Return a scenario that goes the way a record went; redacted first (security.md 25).

    What the record does not tell any more is as in the default login: who logged in, from which
    address. Answers keep their shape; a value that was hidden is ``***``. Because a login may end
    otherwise for want of what was hidden, nothing is expected of it.

    Args:
        record: What happened.
        name: What to call the scenario.
        flow: What ran; its declared secrets sign the answers. None: the answers carry no token.
    """
    shown = redacted(record)
    first = next((one for one in shown.entries if isinstance(one, HandlerBegan)), None)
    event = {} if first is None else _difference(_event(shown, first), default_event())
    began = shown.entries[0].at if shown.entries else 0.0
    return Scenario(
        name=name or translate("Recorded", "Recorded login"),
        now=_moment(began),
        event=event,
        resume=tuple(_replies(shown, flow)),
    )


def _expecting(scenario: Scenario, record: RunRecord) -> Scenario:
    status = ending_of(record)
    told = {
        RecordedEnd.ALLOWED: "allowed",
        RecordedEnd.DENIED: "denied",
        RecordedEnd.FAILED: "failed",
        RecordedEnd.AWAY: "suspended",
    }
    expect: JsonObject | None = None if status not in told else {"status": told[status]}
    same = scenario.expect is not None and scenario.expect.get("status") == told.get(status)
    return scenario if same else scenario.model_copy(update={"expect": expect})


def _moment(seconds: float) -> str:
    moment = datetime.fromtimestamp(max(seconds, 0.0), UTC).replace(microsecond=0)
    return moment.isoformat().replace("+00:00", "Z")


def _event(record: RunRecord, began: HandlerBegan) -> JsonObject:
    seen: JsonValue = orjson.loads(record.events[began.event])
    return seen if isinstance(seen, dict) else {}


def _difference(
    seen: JsonObject, default: JsonObject, place: tuple[str, ...] = ()
) -> dict[str, JsonValue]:
    """Return the merge patch (RFC 7396) from the default event, without what is hidden."""
    found: dict[str, JsonValue] = {}
    for key, value in seen.items():
        here, usual = (*place, key), default.get(key)
        if here in _ENGINES_OWN or (here in _PLACE and value == 0) or _hides(value, usual):
            continue
        if isinstance(value, dict) and isinstance(usual, dict):
            below = _difference(value, usual, here)
            if below:
                found[key] = below
        elif key not in default or value != usual:
            found[key] = value
    for key in default:
        if key not in seen and (*place, key) not in _ENGINES_OWN:
            found[key] = None
    return found


def _hides(value: JsonValue, usual: JsonValue) -> bool:
    """Tell whether something in a value is hidden; of objects the rest is compared one by one."""
    if isinstance(value, dict):
        return not isinstance(usual, dict) and any(_hides(one, None) for one in value.values())
    if isinstance(value, list):
        return any(_hides(one, None) for one in value)
    return isinstance(value, str) and MASK in value


def _replies(record: RunRecord, flow: Flow | None) -> Iterator[AnyReply]:
    for index, entry in enumerate(record.entries):
        if not isinstance(entry, CameBack):
            continue
        match entry.kind:
            case "redirect":
                yield _redirect_reply(record, index, entry, flow)
            case "form":
                prompt = _part_of(record, index, "prompt")
                yield FormReply(fields=_fields(prompt.get("fields")))
            case "challenge" | "enrollment":
                factor, passed = entry.detail.get("factor"), entry.detail.get("passed")
                named = factor if isinstance(factor, str) and factor else "otp"
                yield FactorReply(factor=named, passed=passed is True)


def _redirect_reply(
    record: RunRecord, index: int, came: CameBack, flow: Flow | None
) -> RedirectReply:
    request = _part_of(record, index, "request")
    method = "POST" if came.detail.get("method") == "POST" else "GET"
    query, body = _fields(request.get("query")), _fields(request.get("body"))
    check = _check_of(record, index)
    if check is not None and check.threw is None:
        parameter, token = _parameter(check), _token(check, came.action, flow)
        sent = body if method == "POST" else query
        sent.pop(parameter, None)
        if token is not None:
            sent[parameter] = token
    return RedirectReply(method=method, query=query if method == "GET" else {}, body=body)


def _part_of(record: RunRecord, index: int, name: str) -> JsonObject:
    """Return a part of the event that the handler saw with which the login went on."""
    for entry in record.entries[index + 1 :]:
        if isinstance(entry, HandlerBegan):
            part = _event(record, entry).get(name)
            return part if isinstance(part, dict) else {}
    return {}


def _check_of(record: RunRecord, index: int) -> CallMade | None:
    for entry in record.entries[index + 1 :]:
        if isinstance(entry, CallMade) and entry.method == "redirect.validateToken":
            return entry
        if isinstance(entry, CameBack):
            return None
    return None


def _parameter(check: CallMade) -> str:
    options = check.args[0] if check.args else None
    named = options.get("tokenParameterName") if isinstance(options, dict) else None
    return named if isinstance(named, str) else _DEFAULT_PARAMETER


def _token(check: CallMade, action_id: str | None, flow: Flow | None) -> JsonObject | None:
    actions = () if flow is None else flow.actions
    action = next((one for one in actions if one.id == action_id), None)
    if action is None or not action.secrets:
        return None
    payload = check.result if isinstance(check.result, dict) else {}
    claims: JsonObject = {key: one for key, one in payload.items() if key not in _FILLED_IN}
    return {"$token": {"secret": action.secrets[0], "claims": claims}}


def _fields(value: JsonValue) -> dict[str, JsonValue]:
    """Return what a browser sent, without the state, which is another one each time."""
    return {} if not isinstance(value, dict) else {k: v for k, v in value.items() if k != "state"}
