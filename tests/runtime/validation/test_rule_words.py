"""What a rule says, and what it tells to do, fits the code that it marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checked_code import Code, flow_of, on_execute, on_execute_in_python
from loginwright_runtime.validation import validate

if TYPE_CHECKING:
    from loginwright_runtime.errors import Problem


def the_problem(rule: str, *codes: Code, files: dict[str, str] | None = None) -> Problem:
    """Return the only problem that a rule has with these actions."""
    (problem,) = (one for one in validate(flow_of(*codes, files=files)) if one.rule == rule)
    return problem


@pytest.mark.parametrize(
    ("name", "words", "remedy"),
    [
        ("sub", 'The claim "sub" is restricted and is left out of the token.', "another name"),
        (
            "https://x.auth0.com/role",
            (
                'The claim "https://x.auth0.com/role" lies in a namespace no action may use and '
                "is left out."
            ),
            "another name",
        ),
        ("role", 'The claim "role" is not a URI and is left out of the token.', "custom_claims"),
    ],
)
def test_a_refused_claim_is_told_with_its_own_reason(name: str, words: str, remedy: str) -> None:
    code = on_execute(f"  api.idToken.setCustomClaim('{name}', 1);")
    problem = the_problem("claim-refused", code)
    assert problem.message == words
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("code", "then"),
    [
        (on_execute("  f(event.secrets.KEY);"), "it reads undefined"),
        (on_execute_in_python("f(event.secrets['KEY'])"), "it is not in event.secrets"),
    ],
)
def test_an_undeclared_secret_reads_nothing_in_the_words_of_its_language(
    code: Code, then: str
) -> None:
    problem = the_problem("undeclared-secret", code)
    assert problem.message == f'"action" does not declare the secret KEY, so {then}.'
    assert problem.remedy == 'Add "KEY" to the secrets of "action" in flow.json.'


def test_an_unused_secret_is_shown_where_it_is_declared() -> None:
    first, second = (on_execute("  f(event.secrets.A);", name, ("A",)) for name in ("One", "Two"))
    unused = on_execute("  f(event.secrets.A);", "Three", ("A", "OLD"))
    problem = the_problem("unused-secret", first, second, unused)
    assert (problem.file, problem.path) == ("flow.json", "$.actions[2].secrets[1]")


def test_a_missing_handler_of_python_is_called_by_pythons_name() -> None:
    problem = the_problem("no-handler", Code("x = 1\n", language="python"))
    assert problem.remedy == "Define on_execute_post_login(event, api)."
    problem = the_problem("no-handler", Code("exports.x = 1;\n"))
    assert "exports.onExecutePostLogin = async" in problem.remedy


@pytest.mark.parametrize(("enabled", "severity"), [(True, "error"), (False, "warning")])
def test_json_that_only_a_disabled_action_requires_is_a_warning(
    enabled: bool, severity: str
) -> None:
    reading = Code(on_execute("  require('../lib/list.json');").text, "Reads", enabled=enabled)
    problem = the_problem(
        "syntax-error", on_execute("  f();", "First"), reading, files={"lib/list.json": "[1,"}
    )
    assert (problem.file, problem.line, problem.severity) == ("lib/list.json", 1, severity)


def test_only_the_actions_that_reach_a_missing_module_are_named() -> None:
    problem = the_problem(
        "missing-module",
        on_execute("  require('actions:Our Mail');", "First"),
        on_execute("  f();", "Second"),
    )
    assert problem.message == ('"first" needs the module Our Mail, which the flow does not have.')


def test_who_redirects_too_early_is_told_which_action_to_move_where() -> None:
    problem = the_problem(
        "redirect-before-deny",
        on_execute("  api.redirect.sendUserTo('https://a.example.com');", "Ask"),
        on_execute("\n  if (event.user.name) api.access.deny('no');", "Judge"),
    )
    assert problem.message == (
        '"Ask" sends the user away before "Judge" can deny the login (actions/judge.js:3).'
    )
    assert problem.remedy == 'Move "Judge" before "Ask".'


def test_surplus_arguments_of_a_denial_are_counted() -> None:
    problem = the_problem("deny-two-arguments", on_execute("  api.access.deny('a', 'b', 'c');"))
    assert problem.message == "deny takes a reason; the other 2 are ignored."
