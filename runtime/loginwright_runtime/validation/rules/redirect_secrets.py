"""Rules about the secrets that sign redirects (security.md 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.validation.rule import Finding, Rule
from loginwright_runtime.validation.values import EventValue, Value, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedAction, CheckedFlow
    from loginwright_runtime.validation.facts import ApiCall

_ENOUGH_BYTES = 32
_TOKEN_METHODS = ("redirect.encodeToken", "redirect.validateToken")


def _weak(flow: CheckedFlow) -> Iterator[Finding]:
    for action in flow.actions:
        for call in action.calls(*_TOKEN_METHODS):
            secret = _known(call.option(0, "secret"), flow, action)
            if secret is not None and len(secret.encode()) < _ENOUGH_BYTES:
                yield Finding(
                    f"The secret of this redirect has {len(secret.encode())} bytes; HS256 asks "
                    f"for {_ENOUGH_BYTES}.",
                    action.facts.file,
                    call.line,
                    call.column,
                )


def _known(secret: Value, flow: CheckedFlow, action: CheckedAction) -> str | None:
    match secret:
        case EventValue(path=("secrets", name)):
            return flow.secrets.get(action.action.id, {}).get(name)
        case _:
            return literal(secret)


def _shared(flow: CheckedFlow) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for action in flow.enabled:
        for call in action.calls("redirect.sendUserTo"):
            secret, host = _signing_secret(action, call), call.redirect_host
            if secret is None or host is None:
                continue
            known = first.setdefault(secret, host)
            if known != host:
                yield Finding(
                    f"The secret {secret} signs redirects to {known} and to {host}; either site "
                    "can make the other's answer.",
                    action.facts.file,
                    call.line,
                    call.column,
                )


def _signing_secret(action: CheckedAction, call: ApiCall) -> str | None:
    """Return the secret of the token sent along, or the only one that the action signs with."""
    if call.redirect_secret is not None:
        return call.redirect_secret
    names: set[str] = set()
    for encoded in action.calls("redirect.encodeToken"):
        match encoded.option(0, "secret"):
            case EventValue(path=("secrets", name)):
                names.add(name)
            case _:
                return None
    return names.pop() if len(names) == 1 else None


RULES = (
    Rule(
        "weak-redirect-secret",
        "A redirect's secret of less than 32 bytes, literal or known by its value (RFC 7518 "
        "section 3.2).",
        "Use a random secret of 32 bytes or more, at both sides.",
        _weak,
    ),
    Rule(
        "secret-shared-by-redirects",
        "One secret used by redirects to different hosts.",
        "Give each site a secret of its own.",
        _shared,
    ),
)
