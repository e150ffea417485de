"""Cleans and judges what a browser sent, at start and at a return (security.md 16, 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.errors import Problem, RequestError

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.login.requests import HttpRequest

MAX_BYTES = 64 * 1024
MAX_KEYS = 100
NEVER_SHOWN = frozenset(
    {
        "password",
        "client_secret",
        "client_assertion",
        "refresh_token",
        "code_verifier",
        "assertion",
        "subject_token",
        "actor_token",
        "mfa_token",
        "otp",
    }
)
"""Parameters of a first request that reach no action, store or trace."""

_ONCE = ("state", "session_token")


def without_credentials(request: HttpRequest) -> HttpRequest:
    """Return a first request without parameters that no action may see."""
    if NEVER_SHOWN.isdisjoint(request.query) and NEVER_SHOWN.isdisjoint(request.body):
        return request
    return request.model_copy(
        update={
            name: {key: value for key, value in values.items() if key not in NEVER_SHOWN}
            for name, values in (("query", request.query), ("body", request.body))
        }
    )


def cleaned(request: HttpRequest) -> HttpRequest | str:
    """Return the request without ``__proto__`` at any depth, or why it is malformed."""
    dangerous = False
    for name, values in (("query", request.query), ("body", request.body)):
        if not values:
            continue
        try:
            text, keys = orjson.dumps(values), _count_keys(values)
        except (TypeError, RecursionError, ValueError):
            return f"The {name} cannot be read as JSON."
        if len(text) > MAX_BYTES:
            return f"The {name} is larger than 64 kB."
        if keys > MAX_KEYS:
            return f"The {name} has more than {MAX_KEYS} keys."
        dangerous = dangerous or b"__proto__" in text
    if not dangerous:
        return request
    return request.model_copy(
        update={"query": _without_proto(request.query), "body": _without_proto(request.body)}
    )


def return_problem(request: HttpRequest, state: str) -> str | None:
    """Judge the parameters of a return; None when they are consistent."""
    for name in _ONCE:
        if isinstance(request.query.get(name), list) or isinstance(request.body.get(name), list):
            return f"The parameter {name} is repeated."
    for key in request.query.keys() & request.body.keys():
        if request.query[key] != request.body[key]:
            return f"The parameter {key} differs between query and body."
    for values in (request.query, request.body):
        if values.get("state", state) != state:
            return "The request carries another state."
    return None


def checked_hostname(
    request: HttpRequest, hostnames: frozenset[str], *, before: str | None = None
) -> HttpRequest:
    """Return the request with a hostname the engine serves, in small letters.

    It stands in tokens (security.md 16), so that no browser may decide how it is spelled.

    Args:
        request: Its hostname may be missing where the engine serves only one.
        hostnames: Those the engine serves.
        before: The hostname the login began on, for a return.

    Raises:
        RequestError: The hostname is not served, or is missing and several are.
    """
    hostname = request.hostname or before
    if hostname is None and len(hostnames) == 1:
        hostname = next(iter(hostnames))
    if hostname is None:
        message = "The request has no hostname, and this engine serves several or none."
        raise RequestError(_hostname_problem(message, "Give HttpRequest its hostname."))
    hostname = hostname.lower()
    if hostname not in hostnames:
        message = "The request's hostname is not one that this engine serves."
        remedy = "Add it to FlowEngine(hostnames={…}) if it is yours."
        raise RequestError(_hostname_problem(message, remedy))
    if hostname == request.hostname:
        return request
    return request.model_copy(update={"hostname": hostname})


def _hostname_problem(message: str, remedy: str) -> Problem:
    return Problem(
        rule="unknown-hostname",
        severity="error",
        message=message,
        remedy=remedy,
        path="$.request.hostname",
    )


def _count_keys(value: JsonValue) -> int:
    if isinstance(value, dict):
        return len(value) + sum(_count_keys(member) for member in value.values())
    if isinstance(value, list):
        return sum(_count_keys(item) for item in value)
    return 0


def _without_proto(values: JsonObject) -> JsonObject:
    return {key: _clean(value) for key, value in values.items() if key != "__proto__"}


def _clean(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return _without_proto(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
