"""Rules about the order of the actions in a flow."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from loginwright_runtime.validation.expressions import SILENCE
from loginwright_runtime.validation.rule import Finding, Rule
from loginwright_runtime.validation.values import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedAction, CheckedFlow
    from loginwright_runtime.validation.facts import ApiCall

_SEND = "redirect.sendUserTo"
_ASKING = (
    "authentication.challengeWith",
    "authentication.challengeWithAny",
    "authentication.enrollWith",
    "authentication.enrollWithAny",
)
_DENYING = ("access.deny", "session.revoke", "validation.error")
_MAX_ASKED = 4


def _at(action: CheckedAction, call: ApiCall, message: str, remedy: str | None = None) -> Finding:
    return Finding(message, action.facts.file, call.line, call.column, remedy=remedy)


def _quoted(action: CheckedAction) -> str:
    return f'"{action.action.name}"'


def _redirect_before_deny(flow: CheckedFlow) -> Iterator[Finding]:
    for index, action in enumerate(flow.enabled):
        sent = action.calls(_SEND)
        later = (
            (other, call)
            for other in flow.enabled[index + 1 :]
            for call in other.calls(*_DENYING)
            if _judges_the_user(call)
        )
        found = next(later, None) if sent else None
        if found is not None:
            other, call = found
            yield _at(
                action,
                sent[0],
                f"{_quoted(action)} sends the user away before {_quoted(other)} can deny the login "
                f"({other.facts.file}:{call.line}).",
                f"Move {_quoted(other)} before {_quoted(action)}.",
            )


def _judges_the_user(call: ApiCall) -> bool:
    """A denial at the first run of an action that is not one for silent logins only."""
    silent = any(not guard.sources.isdisjoint(SILENCE) for guard in call.guards)
    return call.handler != "onContinuePostLogin" and not silent


def _asks_for_mfa(action: CheckedAction) -> tuple[ApiCall, ...]:
    return tuple(
        call
        for call in action.calls(*_ASKING, "multifactor.enable")
        if call.method != "multifactor.enable" or literal(call.argument(0)) != "none"
    )


def _mfa_after_redirect(flow: CheckedFlow) -> Iterator[Finding]:
    for earlier, later in combinations(flow.enabled, 2):
        asked = _asks_for_mfa(later)
        if earlier.calls(_SEND) and asked:
            yield _at(
                later,
                asked[0],
                f"{_quoted(earlier)} sends the user away before {_quoted(later)} asks for MFA.",
                f"Move {_quoted(later)} before {_quoted(earlier)}; a redirect comes last.",
            )
    for action in flow.enabled:
        yield from _mfa_beside_redirect(action)


def _mfa_beside_redirect(action: CheckedAction) -> Iterator[Finding]:
    asked, sent = _asks_for_mfa(action), action.calls(_SEND)
    for first, second in ((asked, sent), (sent, asked)):
        for call in second:
            before = action.facts.before(call)
            if any(other in first for other in before):
                yield _at(
                    action,
                    call,
                    "A redirect and MFA are asked for in one action.",
                    "Ask for MFA in an action of its own, before the one that redirects.",
                )


def _several_redirects(flow: CheckedFlow) -> Iterator[Finding]:
    redirecting = [action for action in flow.enabled if action.calls(_SEND)]
    for action in redirecting[1:]:
        message = f"The user is sent away here after {_quoted(redirecting[0])} did already."
        yield _at(action, action.calls(_SEND)[0], message)
    for action in redirecting:
        for call in action.calls(_SEND):
            before = action.facts.before(call)
            if any(other.method == _SEND and other.line != call.line for other in before):
                message = "The action has asked for a redirect already; the last one counts."
                yield _at(action, call, message, "Return after the first redirect.")


def _too_many_asked(flow: CheckedFlow) -> Iterator[Finding]:
    asked = [
        (action, call)
        for action in flow.enabled
        for call in action.calls(*_ASKING)
        if not call.guards
    ]
    for action, call in asked[_MAX_ASKED : _MAX_ASKED + 1]:
        message = f"This is MFA command number {_MAX_ASKED + 1} of the flow; the login fails here."
        yield _at(action, call, message)


RULES = (
    Rule(
        "redirect-before-deny",
        "An action that redirects before a later action may deny: the user leaves, does what is "
        "asked there, and is turned away all the same.",
        "Move the action that denies before the one that redirects.",
        _redirect_before_deny,
    ),
    Rule(
        "mfa-after-redirect",
        "MFA asked for after a redirect, or in the same action: somebody who is sent away first "
        "can avoid it (reference §1.5).",
        "Ask for MFA in an earlier action; the one that redirects comes last.",
        _mfa_after_redirect,
    ),
    Rule(
        "several-redirects",
        "More than one action that redirects, or one that asks twice on the same way. The platform "
        "speaks of a single redirect, the last of its flow (reference §8 row 9).",
        "Let one action redirect, or make sure that each is needed.",
        _several_redirects,
    ),
    Rule(
        "too-many-mfa-commands",
        "More than four challenges and enrolments that no condition guards; the fifth fails the "
        "login (reference §1.5).",
        "Ask for several factors in one call with additionalFactors.",
        _too_many_asked,
    ),
)
