"""Tells what the modules that a source uses are: files of the flow, packages, or the language's."""

from __future__ import annotations

import importlib.util
import posixpath
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.validation.facts import ModuleUse, SourceFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_ENDINGS = ("", ".js", ".json", "/package.json", "/index.js", "/index.json")
_LIB = "lib"
_INSTALLED = "node_modules"
_OWN_MODULE_PREFIX = "actions:"


@dataclass(frozen=True, slots=True)
class OwnModule:
    """A module of the flow itself.

    Attributes:
        use: Where it is used.
        file: Its path below the flow folder, or None when there is no such file.
    """

    use: ModuleUse
    file: str | None


@dataclass(frozen=True, slots=True)
class Package:
    """A package from outside; ``name`` without version and inner path."""

    use: ModuleUse
    name: str


def own_modules(facts: SourceFacts, files: Collection[str]) -> Iterator[OwnModule]:
    """Return the flow's own modules that a source uses.

    JavaScript: paths seen from the source, with the endings that a worker tries. Python: ``lib``
    and what is below it (contract.md, "Flow folder").
    """
    for use in facts.modules:
        if facts.language == "python":
            if use.name.partition(".")[0] == _LIB or use.name.startswith("."):
                yield from _python_modules(facts, use, files)
        elif use.name.startswith((".", "/")):
            yield OwnModule(use, _javascript_file(facts.file, use.name, files))
        elif use.name.startswith(_OWN_MODULE_PREFIX):
            yield OwnModule(use, None)


def packages(facts: SourceFacts, node_modules: Collection[str]) -> Iterator[Package]:
    """Return the packages that a source uses, the language's own modules left out.

    Args:
        facts: Of the source.
        node_modules: What Node brings along.
    """
    for use in facts.modules:
        if use.name.startswith((".", "/", _OWN_MODULE_PREFIX)):
            continue
        if facts.language == "python":
            top = use.name.partition(".")[0]
            if top not in (_LIB, "loginwright_runtime") and top not in sys.stdlib_module_names:
                yield Package(use, top)
        elif not use.name.startswith("node:") and use.name not in node_modules:
            yield Package(use, _package_name(use.name))


def is_installed(facts: SourceFacts, package: Package, folder: Path | None) -> bool:
    """Tell whether a worker would find a package; nothing is imported.

    Args:
        facts: Of the source that uses it.
        package: Which.
        folder: The folder that holds ``node_modules``, or None.
    """
    if facts.language == "javascript":
        return folder is not None and (folder / _INSTALLED / package.name).exists()
    try:
        return importlib.util.find_spec(package.name) is not None
    except (ImportError, ValueError):
        return True


def _package_name(specifier: str) -> str:
    """``@scope/name@1.2.3/part`` is ``@scope/name``."""
    parts = specifier.split("/")
    count = 2 if specifier.startswith("@") else 1
    name = "/".join(parts[:count])
    at = name.find("@", 1)
    return name if at < 0 else name[:at]


def _javascript_file(source: str, specifier: str, files: Collection[str]) -> str | None:
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(source), specifier))
    for ending in _ENDINGS:
        if wanted + ending in files:
            return wanted + ending
    return None


def _python_modules(
    facts: SourceFacts, use: ModuleUse, files: Collection[str]
) -> Iterator[OwnModule]:
    name = _absolute(use.name, facts.file)
    submodules = [_python_file(_absolute(one, facts.file), files) for one in use.names]
    found = _python_file(name, files)
    whole = _is_folder(name, files) and not (use.names and None in submodules)
    if found is not None or not whole:
        yield OwnModule(use, found)
    for submodule in submodules:
        if submodule is not None:
            yield OwnModule(use, submodule)


def _absolute(name: str, file: str) -> str:
    """Return a module's full name; only modules below ``lib`` have a package to start from."""
    dots = len(name) - len(name.lstrip("."))
    if dots == 0 or not file.startswith(f"{_LIB}/"):
        return name
    around = posixpath.dirname(file).split("/")
    kept = around[: len(around) - dots + 1]
    return ".".join((*kept, name[dots:])).rstrip(".")


def _python_file(name: str, files: Collection[str]) -> str | None:
    stem = name.replace(".", "/")
    for path in (f"{stem}/__init__.py", f"{stem}.py"):
        if path in files:
            return path
    return None


def _is_folder(name: str, files: Collection[str]) -> bool:
    stem = name.replace(".", "/") + "/"
    return any(file.startswith(stem) for file in files)
