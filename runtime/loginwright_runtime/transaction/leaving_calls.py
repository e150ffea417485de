"""Calls after which the login leaves: redirects, forms, challenges, owed MFA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.api.factors import PROVIDERS, factors_of, has_unknown_factor
from loginwright_runtime.transaction.call_meaning import Maker, Meaning, switch_of, throws
from loginwright_runtime.transaction.effects import (
    FactorAsked,
    FormRendered,
    LoginBroken,
    MfaEnabled,
    UserSentAway,
)
from loginwright_runtime.transaction.limits import MAX_FORM_FIELDS, json_size
from loginwright_runtime.transaction.redirect_target import TargetRefused, redirect_target

if TYPE_CHECKING:
    from typing import Literal

    from loginwright_runtime.api.arguments import Call
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.transaction.call_meaning import CallContext


def multifactor(call: Call, _context: CallContext) -> Meaning:
    """``multifactor.enable``: an unknown provider still owes MFA, else a typo would skip it."""
    provider = call.arg(0)
    remember, notes = switch_of(call, "allowRememberBrowser")
    of_provider, more = _object_option(call, "providerOptions")
    options: JsonObject = {} if remember is None else {"allowRememberBrowser": remember}
    if of_provider:
        options["providerOptions"] = of_provider
    if isinstance(provider, str) and provider in PROVIDERS:
        return Meaning((MfaEnabled(provider, options),), (*notes, *more))
    note = "multifactor.enable: the provider is unknown; MFA is owed with provider 'any'."
    return Meaning((MfaEnabled("any", options),), (_left_out(note), *notes, *more))


def factors(kind: Literal["challenge", "enrollment"]) -> Maker:
    """``authentication.challengeWith*`` and ``enrollWith*``."""

    def make(call: Call, _context: CallContext) -> Meaning:
        effect = FactorAsked(kind, factors_of(call))
        if not has_unknown_factor(call) and effect.factors:
            return Meaning((effect,))
        name = call.method.name
        note = f"{name}: a factor is unknown and was ignored."
        if not effect.factors:
            note = f"{name} names no usable factor; the login will fail."
        return Meaning((effect,), (_left_out(note),))

    return make


def send_user_to(call: Call, context: CallContext) -> Meaning:
    """``redirect.sendUserTo`` (reference §2.2, security.md 15)."""
    url = call.arg(0)
    if not isinstance(url, str):
        return throws("redirect.sendUserTo takes an absolute URL as a string.", "TypeError")
    query, warnings = _object_option(call, "query")
    odd = [repr(key) for key, one in query.items() if isinstance(one, dict | list)]
    if odd:
        names = ", ".join(odd)
        note = f"query {names} is no text and went out as JavaScript writes it."
        warnings.append(("query-not-text", f"redirect.sendUserTo: {note}"))
    target = redirect_target(url, query, context.redirect_hosts)
    if isinstance(target, TargetRefused):
        return throws(target.message, "TypeError")
    if target.replaced_state:
        warnings.append(("state-replaced", "The redirect's own `state` was replaced."))
    if target.insecure:
        note = f"The redirect to {target.host} goes over plain http."
        warnings.append(("insecure-redirect", note))
    return Meaning((UserSentAway(target.url),), tuple(warnings))


def render(call: Call, _context: CallContext) -> Meaning:
    """``prompt.render`` (reference §1.5, §4.2)."""
    fields, field_notes = _object_option(call, "fields")
    variables, variable_notes = _object_option(call, "vars")
    warnings = (*field_notes, *variable_notes)
    if json_size(fields) > MAX_FORM_FIELDS:
        broken = LoginBroken("The fields of a form must not be larger than 24 kB.")
        return Meaning((broken,), warnings)
    return Meaning((FormRendered(call.text(0), fields, variables),), warnings)


def _object_option(call: Call, name: str) -> tuple[JsonObject, list[tuple[str, str]]]:
    """Return an option that must be an object; ``{}`` and a warning where it is none."""
    value = call.options(1).get(name)
    if isinstance(value, dict):
        return value, []
    if value is None:
        return {}, []
    return {}, [_left_out(f"{call.method.name}: {name} must be an object; it was ignored.")]


def _left_out(note: str) -> tuple[str, str]:
    return "argument-ignored", note
