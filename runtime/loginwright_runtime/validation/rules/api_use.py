"""Rules about calls of the api that do not do what they say."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.api.names import python_method
from loginwright_runtime.transaction.limits import profile_key_problem
from loginwright_runtime.validation.rule import Finding, Rule
from loginwright_runtime.validation.values import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedFlow
    from loginwright_runtime.validation.facts import ApiCall

_KINDS = {"user.setAppMetadata": "app_metadata", "user.setUserMetadata": "user_metadata"}


def _deny_arguments(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls("access.deny"):
        if len(call.arguments) > 1:
            message = f"deny takes a reason; the other {len(call.arguments) - 1} are ignored."
            yield Finding(message, facts.file, call.line, call.column)


def _unknown_methods(flow: CheckedFlow) -> Iterator[Finding]:
    added = frozenset[str]().union(*(facts.api_additions for facts in flow.sources))
    for facts in flow.sources:
        for call in facts.api_calls:
            known = call.method in METHODS and not call.foreign
            if known or _is_expected(call, added):
                continue
            near = difflib.get_close_matches(call.method, METHODS, n=1, cutoff=0.7)
            python = facts.language == "python"
            called = python_method(call.method) if python and not call.foreign else call.method
            meant = python_method(near[0]) if near and python else "".join(near)
            yield Finding(
                f"The api has no method {called}; the call throws.",
                facts.file,
                call.line,
                call.column,
                remedy=f"Did you mean {meant}?" if meant else None,
            )


def _is_expected(call: ApiCall, added: frozenset[str]) -> bool:
    """Tell whether the code itself makes the method, or asks for it before it calls it."""
    names = _beginnings(call.method)
    unsure = names - _ALWAYS_THERE
    guarded = {f"api.{name}" for name in unsure}
    return (
        not added.isdisjoint(names)
        or not unsure.isdisjoint(call.asked)
        or any(not guard.sources.isdisjoint(guarded) for guard in call.guards)
    )


def _beginnings(method: str) -> frozenset[str]:
    parts = method.split(".")
    return frozenset(".".join(parts[:count]) for count in range(1, len(parts) + 1))


_ALWAYS_THERE = frozenset[str]().union(*(_beginnings(method) for method in METHODS))


def _metadata_keys(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(*_KINDS):
        key = literal(call.argument(0))
        kind = _KINDS[call.method]
        if key is not None and profile_key_problem(kind, key) is not None:
            message = f'The {kind} key "{key}" is not allowed, so nothing is written.'
            yield Finding(message, facts.file, call.line, call.column)


RULES = (
    Rule(
        "deny-two-arguments",
        "`access.deny` with more than one argument; the first is the reason (reference §1.3).",
        "Put everything into one reason.",
        _deny_arguments,
    ),
    Rule(
        "unknown-api-method",
        "A call of an api method that does not exist.",
        "Use a method of the api; docs/api-support.md lists them.",
        _unknown_methods,
    ),
    Rule(
        "metadata-key-refused",
        "A metadata key that the platform does not allow: with a dot or dollar sign, or a reserved "
        "name (reference §4.4).",
        "Use another key.",
        _metadata_keys,
    ),
)
