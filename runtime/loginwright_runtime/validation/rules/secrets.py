"""Rules about the secrets that an action declares, reads, or writes into its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.validation.rule import Finding, Rule
from loginwright_runtime.validation.secret_shapes import secret_kind
from loginwright_runtime.validation.values import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedFlow
    from loginwright_runtime.validation.facts import SecretKind, SourceFacts

_LOOKS: dict[SecretKind, str] = {
    "private key": "This text holds a private key.",
    "JSON Web Token": "This text looks like a JSON Web Token.",
    "access key": "This text looks like the access key of a service.",
    "password in a URL": "This URL carries a password.",
    "secret": "This text looks like a secret.",
}


def _undeclared(flow: CheckedFlow) -> Iterator[Finding]:
    for action in flow.actions:
        name, told = action.action.id, set(action.action.secrets)
        for facts in action.reached:
            for read in facts.secret_reads:
                if read.name in told:
                    continue
                told.add(read.name)
                is_python = facts.language == "python"
                then = "it is not in event.secrets" if is_python else "it reads undefined"
                yield Finding(
                    f'"{name}" does not declare the secret {read.name}, so {then}.',
                    facts.file,
                    read.line,
                    read.column,
                    remedy=f'Add "{read.name}" to the secrets of "{name}" in flow.json.',
                )


def _not_told(flow: CheckedFlow) -> Iterator[Finding]:
    """Actions that declare nothing, and read what nobody can tell before they run."""
    for action in flow.actions:
        name = action.action.id
        if action.action.secrets or any(facts.secret_reads for facts in action.reached):
            continue
        for facts in action.reached:
            for place in facts.secrets_handed_on[:1]:
                yield Finding(
                    f'"{name}" declares no secrets, and reads some whose names cannot be told: '
                    "event.secrets goes elsewhere as a whole, or a name is computed.",
                    facts.file,
                    place.line,
                    place.column,
                    remedy=f'Add the names that are read there to the secrets of "{name}" in '
                    "flow.json.",
                )


def _unused(flow: CheckedFlow) -> Iterator[Finding]:
    for action in flow.actions:
        if any(_may_read_more(facts) for facts in action.reached):
            continue
        read = {one.name for facts in action.reached for one in facts.secret_reads}
        for index, name in enumerate(action.action.secrets):
            if name not in read:
                yield Finding(
                    f'Action "{action.action.id}" declares the secret {name} and does not read it.',
                    "flow.json",
                    path=f"$.actions[{action.index}].secrets[{index}]",
                )


def _may_read_more(facts: SourceFacts) -> bool:
    return facts.secrets_unseen or facts.fault is not None or facts.unread is not None


def _in_code(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for found in facts.secret_likes:
            yield Finding(_LOOKS[found.kind], facts.file, found.line, found.column)
    for facts, call in flow.calls("redirect.encodeToken", "redirect.validateToken"):
        text = literal(call.option(0, "secret"))
        if text is not None and secret_kind(text, "secret") is None:
            message = "The secret of a redirect stands in the code."
            yield Finding(message, facts.file, call.line, call.column)


RULES = (
    Rule(
        "undeclared-secret",
        "A secret that the code reads and the action does not declare; it reads `undefined`, and "
        "is missing in Python. Also an action that declares none, and hands on `event.secrets` or "
        "computes a name.",
        "Add its name to the action's secrets in flow.json.",
        lambda flow: (*_undeclared(flow), *_not_told(flow)),
    ),
    Rule(
        "unused-secret",
        "A declared secret that no code of the action reads; without a value for it the flow does "
        "not run.",
        "Remove the name from flow.json, or read it.",
        _unused,
    ),
    Rule(
        "secret-in-code",
        "A literal that looks like a secret: a private key, a JSON Web Token, a known access key, "
        "a password in a URL, random text, or a text given to a name such as `apiKey`. The text "
        "is never shown.",
        "Declare a secret, read it from event.secrets, and replace the one that stood here.",
        _in_code,
    ),
)
