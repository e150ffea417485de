"""What validate says of modules that are not there."""

from __future__ import annotations

from checked_code import flow_of, on_execute
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
