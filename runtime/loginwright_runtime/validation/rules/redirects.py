"""Rules about where people are sent and whether they can come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.transaction.redirect_target import (
    RedirectTarget,
    TargetRefused,
    redirect_target,
)
from loginwright_runtime.validation.facts import ApiCall, SourceFacts, host_sources, literal_host
from loginwright_runtime.validation.rule import Finding, Rule
from loginwright_runtime.validation.values import RecordValue, TextValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedFlow

_SEND = "redirect.sendUserTo"
_REQUEST = (
    "request.query",
    "request.body",
    "request.language",
    "request.user_agent",
    "prompt.fields",
    "transaction.login_hint",
    "transaction.state",
)


def _at(facts: SourceFacts, call: ApiCall, message: str) -> Finding:
    return Finding(message, facts.file, call.line, call.column)


def _without_continue(flow: CheckedFlow) -> Iterator[Finding]:
    for action in flow.actions:
        facts = action.facts
        if facts.exports_unseen or facts.unread or facts.exports("onContinuePostLogin"):
            continue
        for call in facts.calls(_SEND, "prompt.render")[:1]:
            message = (
                f"{call.method} suspends the login and no onContinuePostLogin goes on with it."
            )
            yield _at(facts, call, message)


def _from_request(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(_SEND):
        checked = frozenset[str]().union(*(guard.checked for guard in call.guards))
        for source in sorted(host_sources(call.argument(0)) - checked):
            if source.startswith(_REQUEST):
                message = (
                    f"event.{source}, which anybody can write, decides where the user is sent."
                )
                yield _at(facts, call, message)
                break


def _target(call: ApiCall) -> RedirectTarget | TargetRefused | None:
    """Judge a target as the call will, as far as its URL is literal."""
    url = call.argument(0)
    if not isinstance(url, TextValue) or not isinstance(url.parts[0], str):
        return None
    relative = url.parts[0].startswith("/") and len(url.parts[0]) > 1
    if len(url.parts) > 1 and literal_host(url) is None and not relative:
        return None
    text = "".join(part if isinstance(part, str) else "x" for part in url.parts)
    return redirect_target(text, {})


def _refused(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(_SEND):
        target = _target(call)
        if isinstance(target, TargetRefused):
            yield _at(facts, call, f"sendUserTo throws for this URL. {target.message}")


def _insecure(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(_SEND):
        target = _target(call)
        if isinstance(target, RedirectTarget) and target.insecure:
            message = f"The user is sent to {target.host} over http, where anybody can listen."
            yield _at(facts, call, message)


def _own_state(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(_SEND):
        target, query = _target(call), call.option(1, "query")
        in_url = isinstance(target, RedirectTarget) and target.replaced_state
        if in_url or (isinstance(query, RecordValue) and "state" in query.members):
            yield _at(facts, call, "The state given here is replaced by the login's own.")


def _without_query(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(_SEND):
        options = call.argument(1)
        if isinstance(options, RecordValue) and options.complete and _lacks_query(options):
            names = ", ".join(options.members)
            yield _at(facts, call, f"The options have no query, so {names} is not sent.")


def _lacks_query(options: RecordValue) -> bool:
    return bool(options.members) and "query" not in options.members


RULES = (
    Rule(
        "redirect-without-continue",
        "An action that redirects or shows a form and exports no `onContinuePostLogin`; the login "
        "fails when the user comes back.",
        "Export onContinuePostLogin, even if it does nothing.",
        _without_continue,
    ),
    Rule(
        "redirect-target-from-request",
        "A redirect whose host comes from what a browser sent and is compared with nothing.",
        "Compare it with a list of hosts you know, or write the host into the code.",
        _from_request,
    ),
    Rule(
        "redirect-refused",
        "A literal URL for which `sendUserTo` throws: relative, not http(s), or with user info.",
        'Write an absolute URL that begins with "https://".',
        _refused,
    ),
    Rule(
        "insecure-redirect",
        "A redirect over plain http to anything but this machine.",
        "Use https.",
        _insecure,
    ),
    Rule(
        "state-in-redirect",
        "A `state` of the action's own in a redirect; the engine's replaces it.",
        "Give the parameter another name.",
        _own_state,
    ),
    Rule(
        "redirect-query-missing",
        "Options of `sendUserTo` that are not put under `query`, so they are not sent.",
        "Write { query: { … } }.",
        _without_query,
    ),
)
