"""The rules of ARCHITECTURE.md that a program can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from source_tree import (
    ROOT,
    defined_names,
    imports,
    place,
    project_files,
    python_files,
    source_files,
    syntax,
    words,
)

MOST_LINES = 400

LONG_FOR_A_REASON = {
    "runtime/loginwright_runtime/api/python_types.py": "Generated from the table of methods.",
    "runtime/loginwright_runtime/extension_points.py": (
        "What an embedder can replace, each protocol beside its values, in one place to read."
    ),
}
"""Files that may be longer than MOST_LINES, each with its reason."""

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
"""Names under which everything can be put, so that nothing is found again."""

WITH_WIDGETS = (
    "app.py",
    "canvas/",
    "code_editor/",
    "controls/",
    "crash_reports.py",
    "dialogs/",
    "main_window/",
    "panels/",
    "serving.py",
)
"""The views, what puts them together, and what tells of a crash."""

QT_WIDGETS = "PySide6.QtWidgets"

WORKERS = "runtime/loginwright_runtime/hosts/workers/"

MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:(?:root|work)/|(?:home|Users)/(?!ada\b)\w)")
"""The home folder or the checkout of whoever wrote the file. Ada is nobody but the tests' user."""

OTHER_WORDS = {
    "job": "a run",
    "jobs": "runs",
    "execution": "a run",
    "executions": "runs",
    "mock": "a scenario, or a fake",
    "mocks": "scenarios, or fakes",
    "fixture": "a scenario",
    "fixtures": "scenarios",
}
"""Words that the vocabulary replaces, and by what."""

NOT_COMMANDS = ("api", "flow", "login", "transaction", "tokens", "stores", "tracing")
"""Packages in which a call, an effect or an edit is meant where somebody writes command."""


def test_modules_import_only_from_lower_layers() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_modules_are_short() -> None:
    lengths = {place(file): len(file.read_bytes().splitlines()) for file in source_files()}
    long = {name: length for name, length in lengths.items() if length > MOST_LINES}
    assert long.keys() == LONG_FOR_A_REASON.keys()


def test_no_module_is_a_drawer() -> None:
    names = [file for file in source_files() if words(file.stem) & DRAWERS]
    folders = [file for file in source_files() if DRAWERS & {*file.relative_to(ROOT).parts[:-1]}]
    assert [place(file) for file in names + folders] == []


def test_packaging_and_resources_shadow_no_library() -> None:
    markers = [*ROOT.glob("packaging/**/__init__.py"), *ROOT.glob("resources/**/__init__.py")]
    assert [place(file) for file in markers] == []


def test_imports_are_absolute() -> None:
    relative = [
        f"{place(file)}:{found.line}"
        for file in python_files()
        for found in imports(file)
        if found.dots
    ]
    assert relative == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [place(file) for file in python_files() if not ast.get_docstring(syntax(file))]
    assert silent == []


def test_no_file_names_a_folder_of_its_author() -> None:
    named = [
        f"{place(file)}:{number}: {line.strip()}"
        for file in project_files()
        for number, line in enumerate(text_of(file).splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]
    assert named == []


def test_only_views_import_widgets() -> None:
    allowed = tuple(f"designer/loginwright_designer/{name}" for name in WITH_WIDGETS)
    elsewhere = [
        f"{place(file)}:{found.line}"
        for file in python_files()
        for found in imports(file)
        if f"{found.module}.".startswith(f"{QT_WIDGETS}.") and not place(file).startswith(allowed)
    ]
    assert elsewhere == []


def test_nobody_asks_a_layout_for_its_items() -> None:
    asking = [
        f"{place(file)}:{node.lineno}"
        for file in source_files()
        if file.suffix == ".py"
        for node in ast.walk(syntax(file))
        if isinstance(node, ast.Attribute) and node.attr == "itemAt"
    ]
    assert asking == [], "see controls/layout_parts.py"


def test_workers_import_only_the_standard_library_and_each_other() -> None:
    foreign = [
        f"{place(file)}:{found.line}: {found.module}"
        for file in python_files()
        if place(file).startswith(WORKERS)
        for found in imports(file)
        if not found.for_types
        and found.module.partition(".")[0] not in sys.stdlib_module_names
        and not found.module.startswith("loginwright_runtime.hosts.workers.")
    ]
    assert foreign == []


def test_names_keep_to_the_vocabulary() -> None:
    strangers = [
        f"{place(file)}:{line}: {name} says {word}; it is {OTHER_WORDS[word]}"
        for file in python_files()
        for name, line in [*defined_names(file), (file.stem, 1)]
        for word in words(name) & OTHER_WORDS.keys()
    ]
    assert strangers == []


def test_calls_effects_and_edits_are_not_called_commands() -> None:
    strangers = [
        f"{place(file)}:{line}: {name}"
        for file in python_files()
        if {*file.relative_to(ROOT).parts} & {*NOT_COMMANDS}
        for name, line in [*defined_names(file), (file.stem, 1)]
        if words(name) & {"command", "commands"}
    ]
    assert strangers == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see /" + "root/.cache", True),
        ("open('/" + "home/grace/flow')", True),
        ("open('/home/ada/flow')", False),
        ("https://example.com/home/start", False),
        ("./work/flow and ~/work/flow", False),
    ],
)
def test_folder_of_an_author_is_recognised(line: str, *, found: bool) -> None:
    assert bool(MACHINE_PATH.search(line)) is found


def text_of(file: Path) -> str:
    """The file's text, or nothing for a picture, a font and the like."""
    content = file.read_bytes()
    return "" if b"\0" in content else content.decode(errors="replace")
