"""A fix takes its problem away in one undoable edit, and is offered only where that is safe."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from designer_drafts import done, sample_draft
from loginwright_designer.document.action_edits import declare_secret
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.draft_check import check_draft
from loginwright_designer.document.folder import ReadFolder, read_folder
from loginwright_designer.document.problem_fixes import fix_name, problem_fix
from loginwright_designer.document.scenario_edits import add_scenario, rename_scenario
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.sample_files import sample

if TYPE_CHECKING:
    from loginwright_designer.document.draft import Draft

BLOCK = "actions/block-weekends.js"
READS_SECRET = b"""
exports.onExecutePostLogin = async (event, api) => {
  if (event.secrets.API_KEY === 'x') { api.access.deny('closed'); }
};
"""
ENDS_WITH = b"""
exports.onExecutePostLogin = async (event, api) => {
  if (!event.user.email.endsWith('example.com')) { api.access.deny('not ours'); }
};
"""


@pytest.fixture(scope="module")
def folder() -> ReadFolder:
    """The sample's folder."""
    found = read_folder(sample("customer-login"))
    assert isinstance(found, ReadFolder)
    return found


def problems(draft: Draft, folder: ReadFolder) -> dict[str, Problem]:
    """What is wrong with a draft, by rule."""
    return {problem.rule: problem for problem in check_draft(draft, folder).problems}


def with_code(code: bytes) -> Draft:
    """The sample, its first action with other code."""
    return done(change_code(sample_draft(), BLOCK, code)).after


@pytest.mark.parametrize(
    ("draft", "rule", "name"),
    [
        (with_code(READS_SECRET), "undeclared-secret", "Declare API_KEY"),
        (
            done(declare_secret(sample_draft(), "block-weekends", "OLD_KEY")).after,
            "unused-secret",
            "Undeclare OLD_KEY",
        ),
        (with_code(ENDS_WITH), "email-suffix-without-at", "Compare with @example.com"),
    ],
)
def test_fix_takes_its_problem_away(draft: Draft, rule: str, name: str, folder: ReadFolder) -> None:
    found = problems(draft, folder)
    fix = problem_fix(draft, found[rule])
    assert fix is not None
    assert fix.name == fix.edit.name == name
    assert fix.edit.before is draft
    assert rule not in problems(fix.edit.after, folder)


def test_scenario_of_the_same_name_gets_a_number(folder: ReadFolder) -> None:
    draft = sample_draft()
    first = next(one for one in draft.scenarios if one.scenario is not None)
    assert first.scenario is not None
    twice = done(add_scenario(draft, first.scenario)).after
    copy = next(one.file for one in twice.scenarios if draft.scenario(one.file) is None)
    twice = done(rename_scenario(twice, copy, first.scenario.name)).after
    problem = problems(twice, folder)["duplicate-scenario-name"]
    fix = problem_fix(twice, problem)
    assert fix is not None
    assert fix.name == f"Rename to {first.scenario.name} 2"
    assert "duplicate-scenario-name" not in problems(fix.edit.after, folder)


def test_problem_of_an_earlier_draft_has_no_fix_any_more(folder: ReadFolder) -> None:
    draft = with_code(READS_SECRET)
    problem = problems(draft, folder)["undeclared-secret"]
    assert fix_name(sample_draft(), problem) == ""
    unused = Problem(
        "unused-secret", "warning", "…", "…", "flow.json", path="$.actions[9].secrets[0]"
    )
    assert fix_name(draft, unused) == ""


def test_line_with_two_comparisons_is_left_to_its_author(folder: ReadFolder) -> None:
    two = ENDS_WITH.replace(
        b"!event.user.email.endsWith('example.com')",
        b"event.user.email.endsWith('a.example') || event.user.email.endsWith('b.example')",
    )
    draft = with_code(two)
    problem = problems(draft, folder)["email-suffix-without-at"]
    assert fix_name(draft, problem) == ""
    assert fix_name(draft, replace(problem, line=99)) == ""


def test_what_needs_a_decision_has_no_fix() -> None:
    problem = Problem("redirect-without-continue", "warning", "…", "…", BLOCK, 1)
    assert fix_name(sample_draft(), problem) == ""
