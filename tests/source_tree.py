"""Reads the project's own files, for tests that hold them to its rules."""

from __future__ import annotations

import ast
import os
import re
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

_CODE = {".py", ".mjs", ".cjs", ".js"}
_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Imported:
    """One import of a module.

    Attributes:
        module: Its name; of ``from a import b``, ``a.b``.
        line: Where it stands.
        dots: How many of them stand before the name.
        for_types: Whether it stands under ``if TYPE_CHECKING``.
    """

    module: str
    line: int
    dots: int
    for_types: bool


@cache
def project_files() -> tuple[Path, ...]:
    """Every file of the checkout that .gitignore does not name; git itself is not needed."""
    patterns = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    ignored = [".git", *(pattern.rstrip("/") for pattern in patterns)]

    def kept(names: list[str]) -> list[str]:
        return [name for name in names if not any(fnmatch(name, pattern) for pattern in ignored)]

    files: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = kept(folders)
        files += [Path(folder, name) for name in kept(names)]
    return tuple(sorted(files))


def source_files() -> tuple[Path, ...]:
    """The files with code of both packages."""
    return tuple(
        file
        for file in project_files()
        if place(file).startswith(("runtime/", "designer/")) and file.suffix in _CODE
    )


def python_files() -> tuple[Path, ...]:
    """The files with Python code of both packages."""
    return tuple(file for file in source_files() if file.suffix == ".py")


def place(file: Path) -> str:
    """The file's path from the checkout's root, with slashes."""
    return file.relative_to(ROOT).as_posix()


def syntax(file: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imports(file: Path) -> Iterator[Imported]:
    """Every import of the file, those within functions too."""
    tree = syntax(file)
    for_types = {id(node) for node in _type_checking_parts(tree)}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules, dots = [name.name for name in names], 0
            case ast.ImportFrom(module=module, names=names, level=dots):
                modules = [f"{module}.{name.name}" if module else name.name for name in names]
            case _:
                continue
        for name in modules:
            yield Imported(name, node.lineno, dots, id(node) in for_types)


def _type_checking_parts(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body):
                for statement in body:
                    yield from ast.walk(statement)
            case _:
                pass


def defined_names(file: Path) -> Iterator[tuple[str, int]]:
    """The names of the file's classes and functions, with their lines."""
    for node in ast.walk(syntax(file)):
        if isinstance(node, _DEFINITIONS):
            yield node.name, node.lineno


def words(name: str) -> frozenset[str]:
    """The words of a name in snake_case or CamelCase, in lower case."""
    return frozenset(word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name))
