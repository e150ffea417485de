"""JavaScript is read by a Node that runs none of it and can touch nothing."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.hosts.node_command import find_node
from loginwright_runtime.validation.javascript import read_javascript
from loginwright_runtime.validation.sources import ReadSource, SyntaxFault

if TYPE_CHECKING:
    from pathlib import Path


def read(text: str, file: str = "actions/x.js") -> ReadSource:
    return read_javascript({file: text.encode()}, find_node()).sources[file]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("let a = 1;\n\tlet a = 2;\n", 2, 6),
        ("if (true) {\n", 2, 1),
        ("const s = '/* é😀 */'; 1x\n", 1, 24),
        ("a;\n\n  const r = /(/;\n", 3, 13),
        ("'use strict';\r\nwith (a) {}\r\n", 2, 1),
        ("await f();\n", 1, 1),
        (f"const s = '{'x' * 5000}' oops;\n", 1, 5014),
    ],
)
def test_a_fault_is_told_with_line_and_column(text: str, line: int, column: int) -> None:
    fault = read(text).fault
    assert fault is not None
    assert (fault.line, fault.column) == (line, column)
    assert read(text).tree is None


def test_each_file_has_its_own_fault() -> None:
    sources = {"actions/a.js": b"let 1;", "actions/b.js": b"f();", "lib/c.js": b"}"}
    answer = read_javascript(sources, find_node()).sources
    assert [answer[file].fault is None for file in sources] == [False, True, False]


def test_code_is_compiled_and_never_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    code = f"require('fs').writeFileSync({str(mark)!r}, ''); process.exit(1); while (true) {{}}"
    answer = read(code)
    assert answer.fault is None
    assert answer.tree is not None
    assert not mark.exists()


def test_code_cannot_leave_the_wrapper_it_is_compiled_in() -> None:
    assert read("}); process.exit(7); (function () {").fault is not None
    assert read("*/ process.exit(7) /*").fault is not None


def test_a_text_that_looks_like_the_reader_s_own_protocol_is_only_text() -> None:
    text = 'const s = "\\n{\\"file\\": \\"actions/x.js\\", \\"tree\\": null}\\n";'
    assert read(text).tree is not None


def test_an_es_module_is_read_as_one_by_its_name() -> None:
    assert read("export const a = 1;", "lib/a.mjs").fault is None
    assert read("export const = 1;", "lib/a.mjs").fault == SyntaxFault("Unexpected token", 1, 14)
    assert read("export const a = 1;", "lib/a.js").fault is not None


def test_half_characters_and_broken_utf_8_are_read() -> None:
    assert read("const a = '\\ud800';").tree is not None
    answer = read_javascript({"a.js": b"const a = '\xff';"}, find_node())
    assert answer.sources["a.js"].tree is not None


@pytest.mark.parametrize("text", ["[" * 3000 + "]" * 3000, "f(" * 900 + ")" * 900])
def test_code_that_is_nested_too_deeply_is_read_as_far_as_it_goes(text: str) -> None:
    answer = read(text)
    assert answer.fault is None
    assert answer.unread is not None


def test_node_says_which_modules_it_brings() -> None:
    builtins = read_javascript({"a.js": b""}, find_node()).builtins
    assert {"crypto", "fs/promises"} <= builtins
    assert not any(name.startswith("internal/") for name in builtins)


def test_without_javascript_no_node_is_started() -> None:
    assert read_javascript({}, "/nowhere/node").sources == {}


def test_without_node_the_rules_say_what_they_did_not_see() -> None:
    assert read_javascript({"a.js": b""}, None).sources["a.js"].unread is not None
    reason = read_javascript({"a.js": b""}, "/nowhere/node").sources["a.js"].unread
    assert reason is not None
    assert "cannot be started" in reason


@pytest.mark.parametrize(
    "script",
    [
        "exit 9",
        "echo nonsense",
        "echo '{}'",
        "echo '[]'",
        'echo \'{"builtins": []}\'; echo \'{"file": "b.js"}\'',
        'echo \'{"builtins": []}\'; echo \'{"file": "a.js", "tree": [1], "fault": 1}\'',
        'echo \'{"builtins": []}\'; echo \'{"file": "a.js", "tree": [["?", 1, 1]]}\'',
        "true",
    ],
)
def test_a_node_that_answers_nonsense_costs_only_the_rules(tmp_path: Path, script: str) -> None:
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n")
    node.chmod(stat.S_IRWXU)
    answer = read_javascript({"a.js": b"let a = 1;"}, str(node)).sources["a.js"]
    assert answer.tree is None
    assert answer.unread is not None
