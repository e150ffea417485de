"""The rule about logins nobody can be sent away from (security.md 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.validation.facts import SUSPENDING
from loginwright_runtime.validation.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedFlow


def _skipped(flow: CheckedFlow) -> Iterator[Finding]:
    for facts, call in flow.calls(*SUSPENDING):
        for guard in call.guards:
            if not guard.closed:
                yield Finding(
                    f"{call.method} is skipped by a test in line {guard.line}, and the login then "
                    "goes on without it.",
                    facts.file,
                    call.line,
                    call.column,
                )
                break


RULES = (
    Rule(
        "redirect-skipped-when-silent",
        "A redirect, form, challenge or enrolment reached only under `canRedirect()` or a test of "
        "protocol or prompt whose other way neither denies, throws nor asks for another. A session "
        "is no proof that the user ever passed it, so such a test is a way round it.",
        "Deny on the other way, or leave the test out: then a login that cannot leave fails.",
        _skipped,
    ),
)
