"""Makes a scenario of a recorded login: the same login, its answers, and what came of it.

What its scenario said stays. All else is redacted: no token, no state, no secret, and of a trace
nothing personal (security.md 25).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from loginwright_designer.document.kept_expectation import expectable, kept_expectation
from loginwright_designer.simulation.calendar_moment import calendar_moment
from loginwright_designer.simulation.known_event import known_event
from loginwright_designer.simulation.recorded_replies import recorded_replies
from loginwright_runtime.simulation import Scenario
from loginwright_runtime.tracing import redacted
from loginwright_runtime.tracing.masking import MASK
from loginwright_runtime.tracing.record import HandlerBegan, LoginEnded
from loginwright_runtime.tracing.redaction_rules import PERSONAL_CLAIMS

if TYPE_CHECKING:
    from loginwright_designer.simulation.login_inputs import LoginInputs
    from loginwright_designer.simulation.recorded_logins import RecordedLogin
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.simulation import LoginOutcome
    from loginwright_runtime.tracing import RunRecord

_SECRET_SEEN = "secret-in-output"  # noqa: S105 - a warning's code


def scenario_of_login(login: RecordedLogin) -> Scenario:
    """Return a scenario that runs a recorded login again, as far as it is known.

    Args:
        login: From the desk, or from a trace.
    """
    if login.inputs is not None:
        return _of_inputs(login, login.inputs)
    record = redacted(login.record)
    members: JsonObject = {"name": login.scenario or login.word, "event": _first_event(record)}
    scenario = Scenario.model_validate(members)
    return _with(scenario, now=_began(record), resume=recorded_replies(record), login=login)


def _of_inputs(login: RecordedLogin, inputs: LoginInputs) -> Scenario:
    own = inputs.scenario
    secrets = {action.id: action.secrets for action in inputs.flow.enabled_actions}
    resume = recorded_replies(login.record, own.resume, secrets)
    return _with(own, now=own.now or _began(login.record), resume=resume, login=login)


def _with(
    scenario: Scenario, *, now: str | None, resume: tuple[object, ...], login: RecordedLogin
) -> Scenario:
    """Return a scenario with clock, answers and expectation; what says nothing is left out."""
    members: dict[str, object] = {"now": now, "resume": resume, "expect": _expectation(login)}
    said = {name: value for name, value in members.items() if value}
    unsaid = members.keys() - said.keys()
    kept = {
        name: getattr(scenario, name)
        for name in scenario.model_fields_set
        if name not in unsaid and name not in said
    }
    return Scenario.model_validate({**kept, **said})


def _first_event(record: RunRecord) -> JsonObject:
    for entry in record.entries:
        if isinstance(entry, HandlerBegan) and entry.event < len(record.events):
            event: JsonValue = orjson.loads(record.events[entry.event])
            return known_event(event) if isinstance(event, dict) else {}
    return {}


def _began(record: RunRecord) -> str | None:
    """Return the login's clock at its first step, so that it runs again as it did."""
    moment = calendar_moment(record.entries[0].at) if record.entries else None
    if moment is None:
        return None
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _expectation(login: RecordedLogin) -> JsonObject | None:
    if login.outcome is not None:
        return _of_outcome(login.outcome)
    last = login.record.entries[-1] if login.record.entries else None
    if not isinstance(last, LoginEnded):
        return None
    expect: JsonObject = {"status": last.status}
    error = {
        name: value
        for name, value in (last.error or {}).items()
        if name in ("code", "action", "kind") and isinstance(value, str) and MASK not in value
    }
    return {**expect, "error": {**error}} if error else expect


def _of_outcome(outcome: LoginOutcome) -> JsonObject:
    came: JsonObject = outcome.model_dump(mode="json")
    claims = came.get("claims")
    if isinstance(claims, dict):
        came["claims"] = {name: _nobodys(value) for name, value in claims.items()}
    paths = expectable(came)
    if any(warning.code == _SECRET_SEEN for warning in outcome.warnings):
        paths = tuple(path for path in paths if path in ("$.status", "$.error.code"))
    return kept_expectation(None, came, paths)


def _nobodys(claims: JsonValue) -> JsonValue:
    """Return claims without those that say who the user is."""
    if not isinstance(claims, dict):
        return claims
    return {name: value for name, value in claims.items() if name not in PERSONAL_CLAIMS}
