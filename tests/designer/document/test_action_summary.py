"""The inspector tells what an action needs and may do before it has ever run."""

from __future__ import annotations

import pytest

from designer_drafts import done, sample_draft
from loginwright_designer.document.action_deeds import deeds_of
from loginwright_designer.document.action_summary import (
    ActionSummary,
    ActionSurroundings,
    ScenarioReach,
    action_summary,
)
from loginwright_designer.document.draft import EditRefused
from loginwright_designer.document.flow_edits import change_setting
from loginwright_designer.document.flow_words import (
    actions_words,
    flow_summary,
)
from loginwright_designer.document.secret_facts import secret_facts
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.validation.analysis import analyse_sources

DRAFT = sample_draft()
AROUND = ActionSurroundings()


@pytest.fixture(scope="module")
def summaries() -> dict[str, ActionSummary]:
    """Every action of the sample."""
    facts = analyse_sources(DRAFT.flow)
    return {
        action.id: action_summary(DRAFT.flow, action, facts[action.code], AROUND)
        for action in DRAFT.flow.actions
    }


def of_code(code: str, suffix: str = "js", **around: object) -> ActionSummary:
    """The summary of an action with this code."""
    action = Action(
        id="a",
        name="A",
        code=f"actions/a.{suffix}",
        language="javascript" if suffix == "js" else "python",
    )
    flow = Flow(name="F", version="v", actions=(action,), files={action.code: code.encode()})
    facts = analyse_sources(flow)[action.code]
    return action_summary(flow, action, facts, ActionSurroundings(**around))  # type: ignore[arg-type]  # keywords of a test


def handler(body: str) -> str:
    """A JavaScript action."""
    return f"exports.onExecutePostLogin = async (event, api) => {{\n{body}\n}};\n"


def test_each_deed_of_the_sample_has_its_line(summaries: dict[str, ActionSummary]) -> None:
    said = {
        name: [(deed.text, deed.line) for deed in summary.deeds]
        for name, summary in summaries.items()
    }
    assert said == {
        "block-weekends": [("Deny: My SPA is closed at the weekend.", 16)],
        "require-mfa-in-na": [("Ask for MFA at the end: any", 8)],
        "ask-favourite-colour": [
            ("Leave for my-app.example.com", 21),
            ("Set user_metadata.favorite_color", 38),
        ],
        "add-roles-to-tokens": [
            ("Set …/roles in the ID token", 11),
            ("Set …/roles in the access token", 12),
        ],
    }


def test_a_secret_says_where_it_is_read_and_whether_it_has_a_value() -> None:
    action = DRAFT.flow.actions[2]
    facts = analyse_sources(DRAFT.flow)[action.code]
    known = {"MY_SHARED_SECRET": secret_facts("x" * 43, b"key")}
    around = ActionSurroundings(secrets=known, secret_note="Sample value, not stored")
    (use,) = action_summary(DRAFT.flow, action, facts, around).secrets
    assert (use.words, use.note) == (
        "set · 43 characters",
        "Sample value, not stored · lines 13, 35",
    )
    (missing,) = action_summary(DRAFT.flow, action, facts, AROUND).secrets
    assert (missing.state, missing.words) == ("missing", "missing")


def test_a_secret_that_is_only_read_is_told_as_undeclared() -> None:
    (use,) = of_code(handler("  console.log(event.secrets.KEY);")).secrets
    assert (use.name, use.state, use.lines) == ("KEY", "undeclared", (2,))


def test_the_same_deed_on_two_lines_is_told_once() -> None:
    deeds = of_code(handler('  api.access.deny("No.");\n  api.access.deny("No.");')).deeds
    assert [(deed.text, deed.line, deed.more_lines) for deed in deeds] == [("Deny: No.", 2, (3,))]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("api.access.deny(why)", "Deny the login"),
        ('api.session.revoke("x")', "Revoke the session and deny"),
        ("api.user.setAppMetadata(key, 1)", "Set keys of app_metadata"),
        ('api.multifactor.enable("none")', "Take back MFA at the end"),
        ('api.accessToken.addScope("a:b")', "Add the scope a:b"),
        ("api.session.setExpiresAt(1)", "End the session sooner"),
        ("api.redirect.sendUserTo(why)", "Leave for a site that the code works out"),
        ('api.prompt.render("f")', "Show a form"),
        ('api.samlResponse.setIssuer("i")', "Change the SAML response"),
        ('api.transaction.setMetadata("k", "v")', "Call api.transaction.setMetadata"),
    ],
)
def test_calls_are_told_in_words(call: str, words: str) -> None:
    body = handler(f"  const why = event.x, key = event.y;\n  {call};")
    assert [deed.text for deed in of_code(body).deeds] == [words]


def test_reads_are_no_deeds() -> None:
    code = handler("  api.redirect.canRedirect();")
    assert of_code(code).deeds == ()


def test_a_missing_package_is_told_with_its_line() -> None:
    (package,) = of_code(handler('  const axios = require("axios");')).packages
    assert (package.name, package.present, package.line) == ("axios", False, 2)


def test_problems_are_those_of_the_code_and_of_its_entry() -> None:
    own = Problem("r", "warning", "m", "", "actions/a.js", 1)
    entry = Problem("r", "error", "m", "", "flow.json", path="$.actions[0].id")
    other = Problem("r", "error", "m", "", "flow.json", path="$.actions[10].id")
    summary = of_code(handler(""), problems=(own, entry, other), reach=ScenarioReach(1, 2))
    assert summary.problems == (own, entry)
    assert summary.reach == ScenarioReach(1, 2)


def test_code_that_is_still_being_read_has_no_deeds_yet() -> None:
    summary = action_summary(DRAFT.flow, DRAFT.flow.actions[0], None, AROUND)
    assert not summary.read
    assert summary.deeds == ()


def test_a_python_action_does_what_its_code_says() -> None:
    code = "async def on_execute_post_login(event, api):\n    api.access.deny('No.')\n"
    assert [deed.text for deed in of_code(code, "py").deeds] == ["Deny: No."]


def test_a_flow_tells_its_settings_limits_and_needs() -> None:
    summary = flow_summary(DRAFT.flow)
    assert [(one.name, one.chosen.text) for one in summary.settings] == [
        ("custom_claims", "URLs and URNs only"),
        ("profile_writes", "Once, at the end"),
    ]
    assert summary.limits[0].value == "4 of 20"
    assert [(one.name, one.present, one.actions) for one in summary.secrets] == [
        ("MY_SHARED_SECRET", False, ("Ask favourite colour",))
    ]
    assert actions_words(DRAFT.flow) == "4 of 20 actions"


def test_one_setting_is_one_edit() -> None:
    edit = done(change_setting(DRAFT, "profile_writes", "each-leg"))
    assert edit.after.flow.settings.profile_writes == "each-leg"
    assert edit.after.flow.settings.custom_claims == "uri"
    assert done(change_setting(DRAFT, "name", "Other")).after.flow.name == "Other"


@pytest.mark.parametrize(("name", "value"), [("profile_writes", "never"), ("colour", "red")])
def test_a_setting_that_is_not_there_is_refused(name: str, value: str) -> None:
    assert isinstance(change_setting(DRAFT, name, value), EditRefused)


def test_code_without_calls_does_nothing() -> None:
    facts = analyse_sources(DRAFT.flow)["actions/block-weekends.js"]
    assert len(deeds_of(facts)) == 1
