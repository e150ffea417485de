"""Rules about calls that do not go together in one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.validation.facts import (
    DENYING,
    METADATA_WRITES,
    ApiCall,
    SourceFacts,
)
from loginwright_runtime.validation.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedFlow

_SEND = "redirect.sendUserTo"
_RENDER = "prompt.render"
_PRIMARY = "authentication.setPrimaryUser"


def _at(facts: SourceFacts, call: ApiCall, message: str) -> Finding:
    return Finding(message, facts.file, call.line, call.column)


def _earlier(facts: SourceFacts, call: ApiCall, *methods: str) -> ApiCall | None:
    """Return a call of some methods that may have been made before, the nearest."""
    for other in reversed(facts.before(call)):
        if other.method in methods and other is not call:
            return other
    return None


def _write_after_redirect(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(*METADATA_WRITES):
        left = _earlier(facts, call, _SEND, _RENDER)
        if left is not None:
            yield _at(
                facts,
                call,
                f"This happens before the user leaves (line {left.line}), not when they are back.",
            )


def _primary_with_metadata(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for call in facts.calls(*METADATA_WRITES):
            linked = _earlier(facts, call, _PRIMARY)
            if linked is not None:
                yield _at(facts, call, _lost(linked))
        for call in facts.calls(_PRIMARY):
            written = _earlier(facts, call, *METADATA_WRITES)
            if written is not None:
                yield _at(facts, written, _lost(call))


def _lost(linked: ApiCall) -> str:
    return f"The action also changes the primary user (line {linked.line}), so this is lost."


def _form_and_redirect(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(_SEND, _RENDER):
        other = _earlier(facts, call, _RENDER if call.method == _SEND else _SEND)
        if other is not None:
            asked = "a form" if call.method == _SEND else "a redirect"
            message = f"The action has asked for {asked} already (line {other.line})."
            yield _at(facts, call, message)


def _several_forms(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(_RENDER):
        other = _earlier(facts, call, _RENDER)
        if other is not None and other.line != call.line:
            yield _at(facts, call, f"The action has asked for a form already (line {other.line}).")


def _redirect_and_deny(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(_SEND, *DENYING):
        others = DENYING if call.method == _SEND else {_SEND}
        other = _earlier(facts, call, *others)
        if other is not None and other.guards == call.guards:
            message = f"The login is denied and redirected at once (line {other.line})."
            yield _at(facts, call, message)


RULES = (
    Rule(
        "write-after-redirect",
        "Metadata set after `sendUserTo` or `prompt.render` on the same way. Neither ends the "
        "handler: what follows still runs, before the user has seen the other site.",
        "Move it into onContinuePostLogin, or above the redirect if it is meant so.",
        _write_after_redirect,
    ),
    Rule(
        "primary-user-with-metadata",
        "`setPrimaryUser` together with metadata in one action; the metadata are lost "
        "(reference §2).",
        "Set the metadata in a later action.",
        _primary_with_metadata,
    ),
    Rule(
        "redirect-and-form",
        "A redirect and a form on the same way through one action, which the platform forbids "
        "(reference §1.5).",
        "Return after the first, redirect in onContinuePostLogin, or put each into an action of "
        "its own.",
        _form_and_redirect,
    ),
    Rule(
        "several-forms",
        "A second form on the same way through one action; an action can show one "
        "(reference §1.5).",
        "Put each form into an action of its own.",
        _several_forms,
    ),
    Rule(
        "redirect-and-deny",
        "A denial and a redirect on the same way: the denial wins and nobody is sent anywhere.",
        "Deny or redirect, not both; return after the first.",
        _redirect_and_deny,
    ),
)
