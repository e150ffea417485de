"""Every rule marks what it is meant to mark and lets pass what is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.validation import RULES, validate
from rule_cases import (
    api_use,
    claims,
    comparisons,
    language,
    modules,
    order,
    redirects,
    secrets,
    silence,
)

if TYPE_CHECKING:
    from rule_cases.case import Case

CASES = (
    *language.CASES,
    *modules.CASES,
    *secrets.CASES,
    *redirects.CASES,
    *silence.CASES,
    *claims.CASES,
    *comparisons.CASES,
    *order.CASES,
    *api_use.CASES,
)


@pytest.mark.parametrize("case", [case for case in CASES if case.places], ids=str)
def test_a_rule_marks(case: Case) -> None:
    assert _places(case) == sorted(case.places)


@pytest.mark.parametrize("case", [case for case in CASES if not case.places], ids=str)
def test_a_rule_lets_pass(case: Case) -> None:
    assert _places(case) == []


def _places(case: Case) -> list[str]:
    problems = [problem for problem in validate(case.flow) if problem.rule == case.rule]
    return sorted(f"{problem.file}:{problem.line}" for problem in problems)


def test_each_rule_has_code_that_it_marks_and_code_that_it_lets_pass() -> None:
    rules = {rule.id for rule in RULES}
    assert {case.rule for case in CASES if case.places} == rules
    assert {case.rule for case in CASES if not case.places} == rules
