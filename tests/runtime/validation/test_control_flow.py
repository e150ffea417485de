"""Whether a way through the code ends in a denial, an error or a suspension."""

from __future__ import annotations

import pytest

from loginwright_runtime.hosts.node_command import find_node
from loginwright_runtime.validation.control_flow import Ways
from loginwright_runtime.validation.javascript import read_javascript
from loginwright_runtime.validation.syntax_tree import Assign, Evaluate, Function, Name, Statement

DENY = "api.access.deny('no');"

CLOSING = [
    DENY,
    f"f(); {DENY}",
    f"return {DENY}",
    f"await {DENY}",
    f"const done = {DENY}",
    "throw new Error('no');",
    "api.session.revoke('no');",
    "api.validation.error('a', 'b');",
    "access.deny('no');",
    "api.authentication.challengeWith({ type: 'otp' });",
    f"if (a) {{ {DENY} }} else {{ throw 1; }}",
    f"if (a) {{ {DENY} }} {DENY}",
    f"if (a) f(); else g(); {DENY}",
    f"a ? api.access.deny('x') : {DENY}",
    f"switch (a) {{ case 1: {DENY} break; default: throw 1; }}",
    f"switch (a) {{ case 1: case 2: f(); default: {DENY} }}",
    f"switch (a) {{ case 1: {DENY} }} {DENY}",
    f"for (const x of y) {{ f(x); break; }} {DENY}",
    f"for (const x of y) {{ {DENY} }} {DENY}",
    f"try {{ f(); }} catch {{ g(); }} {DENY}",
    f"try {{ {DENY} }} catch {{ {DENY} }}",
    f"try {{ {DENY} }} finally {{ f(); }}",
    f"try {{ f(); }} finally {{ {DENY} }}",
    f"try {{ return; }} finally {{ {DENY} }}",
    "refuse();",
    "return refuse();",
]

OPEN = [
    "",
    "f();",
    "return;",
    f"return; {DENY}",
    f"if (a) {{ {DENY} }}",
    f"if (a) {{ return; }} {DENY}",
    f"if (a) {{ {DENY} }} else {{ f(); }}",
    f"a && {DENY}",
    "a ? api.access.deny('x') : f();",
    f"switch (a) {{ case 1: {DENY} }}",
    f"switch (a) {{ case 1: {DENY} break; default: f(); }}",
    f"switch (a) {{ case 1: f(); break; default: {DENY} }}",
    f"switch (a) {{ case 1: return; default: {DENY} }} {DENY}",
    f"for (const x of y) {{ {DENY} }}",
    f"for (const x of y) {{ return; }} {DENY}",
    f"try {{ {DENY} }} catch {{ f(); }}",
    f"try {{ return; }} catch {{ {DENY} }} {DENY}",
    f"const later = () => {DENY}",
    "unknown();",
    "deeper();",
    "api.access.allow('yes');",
    "endless();",
]

FUNCTIONS = (
    f"function refuse() {{ if (a) {{ {DENY} }} else {{ throw 1; }} }}"
    f"function deeper() {{ if (a) {DENY} }}"
    "function endless() { endless(); }"
)


@pytest.fixture(scope="module")
def trees() -> dict[str, tuple[Statement, ...]]:
    texts = [*CLOSING, *OPEN, FUNCTIONS]
    sources = {text: f"async () => {{ {text} }}".encode() for text in texts}
    answer = read_javascript(sources, find_node())
    return {text: _body(answer.sources[text].tree) for text in texts}


def _body(tree: tuple[Statement, ...] | None) -> tuple[Statement, ...]:
    assert tree is not None
    (statement,) = tree
    assert isinstance(statement, Evaluate)
    assert isinstance(statement.expression, Function)
    return statement.expression.body


def _named(tree: tuple[Statement, ...]) -> dict[str, Function]:
    named: dict[str, Function] = {}
    for statement in tree:
        match statement:
            case Evaluate(expression=Assign(target=Name(name=name), value=Function() as function)):
                named[name] = function
            case _:
                pass
    return named


@pytest.mark.parametrize("text", CLOSING)
def test_this_always_closes(trees: dict[str, tuple[Statement, ...]], text: str) -> None:
    assert Ways(_named(trees[FUNCTIONS]).get).close([trees[text]])


@pytest.mark.parametrize("text", OPEN)
def test_this_may_go_on_or_leave(trees: dict[str, tuple[Statement, ...]], text: str) -> None:
    assert not Ways(_named(trees[FUNCTIONS]).get).close([trees[text]])


def test_what_comes_after_a_block_counts(trees: dict[str, tuple[Statement, ...]]) -> None:
    assert Ways(_named(trees[FUNCTIONS]).get).close([trees["f();"], trees[DENY]])
    assert not Ways(_named(trees[FUNCTIONS]).get).close([trees["return;"], trees[DENY]])
