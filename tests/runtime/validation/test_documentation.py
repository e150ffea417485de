"""docs/rules.md says what the rules say."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.validation import RULES, Rule
from loginwright_runtime.validation.documentation import FOLDER_RULES, rules_page
from source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLOW = ROOT / "runtime" / "loginwright_runtime" / "flow"

OF_WRITING = {"unwritable-file", "empty-flow"}
"""What validate never tells: it neither writes nor imports."""


def test_the_page_is_written_from_the_rules() -> None:
    page = ROOT / "docs" / "rules.md"
    again = "Write it anew: python -m loginwright_runtime.validation.documentation"
    assert page.read_text(encoding="utf-8") == rules_page(), again


def test_rules_have_names_of_their_own() -> None:
    names = [rule.id for rule in RULES]
    assert len(set(names)) == len(names)
    assert not set(names) & set(FOLDER_RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.id))
def test_what_a_rule_says_fits_a_table(rule: Rule) -> None:
    for text in (rule.what, rule.remedy):
        assert text.endswith(".")
        assert "\n" not in text


def test_only_code_that_cannot_run_is_an_error() -> None:
    errors = {rule.id for rule in RULES if rule.severity == "error"}
    assert errors == {"syntax-error", "no-handler"}


def test_the_page_names_what_the_flow_package_tells() -> None:
    told = {rule for file in FLOW.glob("*.py") for rule in _rules_told(file)}
    named = {rule for rule in told if not rule.startswith("bundle-")} - OF_WRITING
    assert named <= {*FOLDER_RULES, *(rule.id for rule in RULES)}


def _rules_told(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        first = node.args[0]
        if name in ("Problem", "report") and isinstance(first, ast.Constant):
            yield str(first.value)
