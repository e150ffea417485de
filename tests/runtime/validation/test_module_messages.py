"""What validate says of modules that are not there."""

from __future__ import annotations

import pytest

from checked_code import Code, flow_of, on_execute
from loginwright_runtime.validation import validate


def test_missing_module_names_module_actions_and_remedy() -> None:
    flow = flow_of(
        on_execute("  require('../lib/x');", "First"),
        on_execute("  require('../lib/x');", "Second"),
        files={"lib/x.js": "require('actions:Our Mail');"},
    )
    (problem,) = (one for one in validate(flow) if one.rule == "missing-module")
    assert (problem.file, problem.line) == ("lib/x.js", 1)
    assert problem.message == (
        '"first", "second" need the module Our Mail, which the flow does not have.'
    )
    assert problem.remedy == "Put its code in lib/Our Mail.js."


def test_missing_package_may_also_be_a_module_of_ones_own() -> None:
    (problem,) = (
        one
        for one in validate(flow_of(on_execute("  require('shared');")))
        if one.rule == "missing-package"
    )
    assert "npm install shared" in problem.remedy
    assert "lib/shared.js" in problem.remedy


def test_required_es_module_is_named_with_what_to_write_instead() -> None:
    flow = flow_of(
        on_execute("  const x = require('actions:x.mjs');"),
        files={"lib/x.mjs": "export default 1;"},
    )
    (problem,) = validate(flow)
    assert (problem.rule, problem.severity) == ("required-es-module", "warning")
    assert (problem.file, problem.line) == ("actions/action.js", 2)
    assert problem.message == "require() cannot load lib/x.mjs, which is an ES module."
    assert problem.remedy == "Write await import('actions:x.mjs') in an async function."


@pytest.mark.parametrize(
    ("statement", "file", "remedy"),
    [
        (
            "import shared",
            "actions/shared.py",
            "Move actions/shared.py to lib/shared.py, and write: from lib import shared.",
        ),
        ("from shared import x", "lib/shared.py", "Write: from lib import shared."),
        ("import shared.part", "lib/shared/__init__.py", "Write: from lib import shared."),
    ],
)
def test_python_module_of_the_flow_is_not_taken_for_a_package_that_can_be_installed(
    statement: str, file: str, remedy: str
) -> None:
    handler = f"{statement}\nasync def on_execute_post_login(event, api): pass\n"
    flow = flow_of(Code(handler, language="python"), files={file: ""})
    (problem,) = validate(flow)
    assert (problem.rule, problem.line, problem.remedy) == ("missing-package", 1, remedy)
    assert problem.message == "Modules of the flow are imported from lib only, shared too."


def test_missing_python_package_may_also_be_a_module_of_ones_own() -> None:
    handler = "import shared\nasync def on_execute_post_login(event, api): pass\n"
    (problem,) = validate(flow_of(Code(handler, language="python")))
    assert "pip install shared" in problem.remedy
    assert "lib/shared.py" in problem.remedy


@pytest.mark.parametrize("statement", ["from . import shared", "from .shared import x"])
def test_relative_import_of_an_action_says_where_modules_stand(statement: str) -> None:
    handler = f"{statement}\nasync def on_execute_post_login(event, api): pass\n"
    flow = flow_of(Code(handler, language="python"), files={"actions/shared.py": ""})
    (problem,) = validate(flow)
    assert (problem.rule, problem.line) == ("missing-module", 1)
    assert "is no package" in problem.message
    assert "from lib import" in problem.remedy
