"""Rules about custom claims (reference §4.3, security.md 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.transaction.claims import ClaimRefusal, refusal
from loginwright_runtime.validation.facts import ApiCall, literal_host
from loginwright_runtime.validation.rule import Finding, Rule
from loginwright_runtime.validation.values import TextValue, Value, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedAction, CheckedFlow

_SET = ("idToken.setCustomClaim", "accessToken.setCustomClaim")
_TOKENS = {"idToken.setCustomClaim": "ID token", "accessToken.setCustomClaim": "access token"}
_ANOTHER_NAME = 'Use another name, such as "https://my-app.example.com/…".'
_AS_URI = (
    'Name it like "https://my-app.example.com/…", or set settings.custom_claims to "any" in '
    "flow.json."
)


def _refused(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(*_SET):
        name = _name(call.argument(0))
        refused = None if name is None else refusal(name, flow.flow.settings.custom_claims)
        if refused is not None:
            yield Finding(
                _message(name or "", refused),
                facts.file,
                call.line,
                call.column,
                remedy=_AS_URI if refused.code == "claim-not-uri" else _ANOTHER_NAME,
            )


def _name(value: Value) -> str | None:
    """Return a claim's name as far as its judgement needs it; ``…`` stands for the rest."""
    if literal(value) is not None:
        return literal(value)
    if not isinstance(value, TextValue) or not isinstance(value.parts[0], str):
        return None
    if value.parts[0].lower().startswith(("http:", "https:")) and literal_host(value) is None:
        return None
    return "".join(part if isinstance(part, str) else "…" for part in value.parts)


def _message(name: str, refused: ClaimRefusal) -> str:
    match refused.code:
        case "claim-restricted":
            return f'The claim "{name}" is restricted and is left out of the token.'
        case "claim-namespace":
            return f'The claim "{name}" lies in a namespace no action may use and is left out.'
        case "claim-not-uri":
            return f'The claim "{name}" is not a URI and is left out of the token.'


def _twice(flow: CheckedFlow) -> Iterator[Finding]:
    first: dict[tuple[str, str], CheckedAction] = {}
    for action in flow.enabled:
        seen: set[tuple[str, str]] = set()
        for call in action.calls(*_SET):
            name = literal(call.argument(0))
            if name is None:
                continue
            claim = (call.method, name)
            by = first.setdefault(claim, action)
            if by is not action and claim not in seen:
                yield _set_again(action, call, name, f'"{by.action.name}" sets')
            elif by is action and _surely_again(action, call):
                yield _set_again(action, call, name, "the code above sets")
            seen.add(claim)


def _surely_again(action: CheckedAction, call: ApiCall) -> bool:
    """Tell whether the same claim has been set before, unconditionally, in the same handler."""
    return not call.guards and any(
        earlier.method == call.method
        and literal(earlier.argument(0)) == literal(call.argument(0))
        and not earlier.guards
        for earlier in action.facts.before(call)
    )


def _set_again(action: CheckedAction, call: ApiCall, name: str, by: str) -> Finding:
    message = f'{by} the claim "{name}" of the {_TOKENS[call.method]} too; this one replaces it.'
    return Finding(message[0].upper() + message[1:], action.facts.file, call.line, call.column)


RULES = (
    Rule(
        "claim-refused",
        "A claim name that will be left out of the token: restricted, in a namespace no action may "
        "use, or (with `custom_claims` `uri`) no URI.",
        "Use a name that is a URL of your own.",
        _refused,
    ),
    Rule(
        "claim-set-twice",
        "A claim of the same token that two actions set, or one action for certain twice.",
        "Set it in one place, or give it another name.",
        _twice,
    ),
)
