"""Rules about comparisons that do not say what they seem to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loginwright_runtime.validation.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedFlow
    from loginwright_runtime.validation.facts import TextCheck

_DOMAIN = re.compile(r"[A-Za-z0-9-]+\.[A-Za-z]{2,}")
_END = re.compile(r"(\$|\\Z|\\z)\)*\Z")


def _loose_domains(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for check in facts.text_checks:
            message = _loose(check)
            if message is not None:
                yield Finding(message, facts.file, check.line, check.column)


def _loose(check: TextCheck) -> str | None:
    text = check.text
    match check.kind:
        case "ends":
            if "@" not in text and not text.startswith(".") and _DOMAIN.search(text):
                return f"An address at not{text} ends with {text} too."
        case "contains":
            if _DOMAIN.search(text):
                domain = text.rpartition("@")[2]
                return f"An address at {domain}.example.net contains {text} too."
        case "matches":
            pattern = text.replace("\\.", ".")
            begins = "@" in pattern or pattern.startswith("^")
            if _DOMAIN.search(pattern) and not (begins and _END.search(pattern)):
                return "The pattern also matches addresses at other domains."
    return None


def _local_days(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for read in facts.clock_reads:
            message = f"{read.what} tells the day or hour in UTC, not where the user is."
            yield Finding(message, facts.file, read.line, read.column)


RULES = (
    Rule(
        "email-suffix-without-at",
        "An e-mail address compared with a domain so that other domains pass: `endsWith` without "
        "the `@`, `includes`, or a pattern that is not anchored.",
        'Compare with the @: endsWith("@example.com").',
        _loose_domains,
    ),
    Rule(
        "local-day-in-utc",
        "The weekday, day or hour of the present moment: workers run in UTC, so a Monday in "
        "Auckland is still a Sunday.",
        "Compute it in a named zone: new Date().toLocaleString('en-US', { timeZone: … }).",
        _local_days,
    ),
)
