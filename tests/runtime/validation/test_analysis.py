"""Analysing a flow again takes over what has not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checked_code import Code, facts_of, flow_of, on_execute, on_execute_in_python
from loginwright_runtime.validation import (
    analyse,
    analyse_sources,
    flow_problems,
    secrets_read,
    source_secrets,
)
from loginwright_runtime.validation import analysis as analysis_module

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Language

SCRIPT = on_execute("  event.secrets.A;", "Script")
SNAKE = on_execute_in_python("event.secrets['B']", "Snake")


def test_every_source_of_the_flow_has_facts() -> None:
    flow = flow_of(SCRIPT, SNAKE, files={"lib/x.js": "", "lib/y.py": "", "lib/z.json": "{}"})
    facts = analyse_sources(flow)
    assert set(facts) == {"actions/script.js", "actions/snake.py", "lib/x.js", "lib/y.py"}
    assert facts["actions/snake.py"].language == "python"


def test_a_source_that_has_not_changed_is_not_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = analyse(flow_of(SCRIPT, SNAKE))
    monkeypatch.setattr(analysis_module, "find_node", lambda: "/nowhere/node")
    after = analyse(flow_of(SCRIPT, Code("# changed", "Snake", "python")), known=before)
    assert after.sources["actions/script.js"] is before.sources["actions/script.js"]
    assert after.sources["actions/snake.py"].handlers == ()
    assert after.node_modules == before.node_modules


def test_a_source_that_changed_its_language_is_read_again() -> None:
    before = analyse(flow_of(SCRIPT))
    flow = flow_of(SCRIPT)
    action = flow.actions[0].model_copy(update={"language": "python"})
    after = analyse(flow.model_copy(update={"actions": (action,)}), known=before)
    assert after.sources["actions/script.js"].fault is not None


def test_problems_can_be_told_from_facts_alone() -> None:
    flow = flow_of(on_execute("  require('crypto'); require('axios');"))
    analysis = analyse(flow)
    again = analyse(flow, known=analysis)
    assert flow_problems(flow, again) == flow_problems(flow, analysis)
    assert [problem.rule for problem in flow_problems(flow, again)] == ["missing-package"]


def test_the_secrets_of_code_are_told_for_a_new_flow() -> None:
    assert secrets_read(b"f(event.secrets.X);", "javascript") == ()
    assert secrets_read(
        b"exports.onExecutePostLogin = async (event, api) => {\n"
        b"  f(event.secrets.B, event.secrets.A); f(event.secrets.B);\n};",
        "javascript",
    ) == ("B", "A")
    assert secrets_read(b"def on_execute_post_login(e, a):\n    e.secrets.A", "python") == ("A",)
    assert secrets_read(b"let 1", "javascript") == ()


def test_where_secrets_go_as_a_whole_is_told_for_a_new_flow() -> None:
    code = on_execute("  const { A } = event.secrets;\n  connect(event.secrets);\n").text
    told = source_secrets(code.encode(), "javascript")
    assert (told.names, told.unread) == (("A",), None)
    assert [place.line for place in told.handed_on] == [3]


def test_code_that_could_not_be_read_is_not_said_to_read_no_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(analysis_module, "find_node", lambda: None)
    assert source_secrets(b"1", "javascript").unread == "there is no Node to read it with"


def test_a_very_large_module_is_compiled_and_not_followed() -> None:
    large = "x(1);\n" * 80_000
    flow = flow_of(SCRIPT, files={"lib/large.js": large, "lib/broken.js": f"{large}let 1;"})
    facts = analyse_sources(flow)
    assert facts["lib/large.js"].unread == "there is more code than can be followed"
    assert facts["lib/broken.js"].fault is not None
    assert facts["actions/script.js"].unread is None


def test_actions_are_followed_before_the_modules_where_there_is_too_much_of_all() -> None:
    module = f"//{'x' * 399_998}".encode()
    modules = {f"actions/{number}.js": module for number in range(10)}
    flow = flow_of(SCRIPT)
    facts = analyse_sources(flow.model_copy(update={"files": {**modules, **flow.files}}))
    assert facts["actions/script.js"].unread is None
    unread = [file for file in modules if facts[file].unread is not None]
    assert unread == ["actions/9.js"]


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_code_is_followed_as_deep_as_people_write_and_no_deeper(language: Language) -> None:
    handler = on_execute if language == "javascript" else on_execute_in_python
    deep, too_deep = (
        facts_of(handler(f"  x = {'[' * depth}event.secrets.A{']' * depth};"))
        for depth in (90, 130)
    )
    assert ([read.name for read in deep.secret_reads], deep.unread) == (["A"], None)
    assert too_deep.unread is not None
    assert too_deep.fault is None


@pytest.mark.parametrize(
    "body",
    [
        "a" + "?.()" * 200,
        "if (!api.redirect.canRedirect()) return;\n" * 2400,
        "if (api.redirect.canRedirect()) { f(); }\n" * 2400,
        "if (event.user.name) return; api.access.deny('no');\n" * 1800,
        "api.access.deny('no');\n" * 4000,
        "x = () => (y = () => (z = () => f(x, y, z)));\n" * 1500,
    ],
    ids=["optional calls", "early returns", "tests", "guarded calls", "calls", "functions"],
)
def test_code_that_is_made_to_take_long_does_not(body: str) -> None:
    assert len(body) < 100_000
    facts = analyse_sources(flow_of(on_execute(body, "Long")))
    assert facts["actions/long.js"].fault is None
