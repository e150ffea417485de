"""A rule: what it is called, what it finds, what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from loginwright_runtime.errors import Problem
from loginwright_runtime.validation.checked_flow import CheckedFlow

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule applies.

    Attributes:
        message: What is wrong there, one sentence.
        file: Path below the flow folder, or None.
        line: From 1, or None.
        column: From 1, or None.
        path: JSON path in ``flow.json``, or None.
        remedy: What to do about it here; None takes the rule's own.
        severity: None takes the rule's own.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None
    remedy: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of ``validate``.

    Attributes:
        id: Stable name, as problems carry it.
        what: What it marks, a sentence for ``docs/rules.md``.
        remedy: What to do about it, one sentence.
        check: Finds the places.
        severity: ``error`` stops a run (contract.md, "Command line").
    """

    id: str
    what: str
    remedy: str
    check: Callable[[CheckedFlow], Iterable[Finding]]
    severity: Severity = "warning"

    def problems(self, flow: CheckedFlow) -> Iterator[Problem]:
        """Return a problem for each place, each place once."""
        for finding in dict.fromkeys(self.check(flow)):
            yield Problem(
                self.id,
                finding.severity or self.severity,
                finding.message,
                finding.remedy or self.remedy,
                finding.file,
                finding.line,
                finding.column,
                finding.path,
            )
