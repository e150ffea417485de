"""The pages and types that are written from the method table are the ones that are committed."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

from loginwright_runtime.api import documentation, python_types
from loginwright_runtime.api.documentation import api_support
from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.api.names import python_method, snake_case
from source_tree import ROOT

PAGE = ROOT / "docs" / "api-support.md"
TYPES = Path(python_types.__file__)


def test_the_page_of_the_api_is_the_one_the_table_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == api_support()


def test_the_python_types_are_the_ones_the_table_writes() -> None:
    assert TYPES.read_text(encoding="utf-8") == documentation.python_types()


def test_the_written_types_need_no_formatter() -> None:
    ruff = Path(sys.executable).with_name("ruff")
    formatted = subprocess.run(
        [ruff, "format", "--stdin-filename", TYPES, "-"],
        input=documentation.python_types(),
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    assert formatted.stdout == documentation.python_types()


def test_run_as_a_program_it_writes_both_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["documentation", str(tmp_path)])
    runpy.run_path(documentation.__file__, run_name="__main__")
    written = {file.relative_to(tmp_path) for file in tmp_path.rglob("*.*")}
    assert written == {PAGE.relative_to(ROOT), TYPES.relative_to(ROOT)}
    for file in written:
        assert (tmp_path / file).read_bytes() == (ROOT / file).read_bytes()


def test_the_page_has_a_row_for_every_method_and_no_cell_too_many() -> None:
    rows = [line for line in api_support().splitlines() if line.startswith("| `api.")]
    assert [row.split("`")[1] for row in rows] == [f"api.{name}" for name in METHODS]
    assert {row.count(" | ") for row in rows} == {4}


def test_the_types_offer_every_method_under_its_python_name() -> None:
    members = get_type_hints(python_types.PostLoginAPI)
    for name in METHODS:
        namespace, _, method = python_method(name).partition(".")
        assert callable(getattr(members[namespace], method)), name
    assert set(members) == {python_method(name).partition(".")[0] for name in METHODS}


@pytest.mark.parametrize("name", METHODS)
def test_a_typed_method_takes_options_as_keywords_and_no_others(name: str) -> None:
    method = METHODS[name]
    namespace, _, python_name = name.partition(".")
    owner = f"{namespace[0].upper()}{namespace[1:]}Api"
    tree = ast.parse(documentation.python_types())
    definition = next(
        item
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == owner
        for item in node.body
        if isinstance(item, ast.FunctionDef) and item.name == snake_case(python_name)
    )
    positional = [one.name for one in method.parameters if one.name != method.options]
    taken = definition.args
    assert [one.arg for one in taken.args] == ["self", *map(snake_case, positional)]
    assert [one.arg for one in taken.kwonlyargs] == list(map(snake_case, method.option_names))
    assert (ast.get_docstring(definition) or "").endswith(".")
