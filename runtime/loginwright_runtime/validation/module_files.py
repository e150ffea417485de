"""Tells what the modules that a source uses are: files of the flow, packages, or the language's."""

from __future__ import annotations

import importlib.util
import posixpath
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.validation.facts import ModuleUse, SourceFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow

_ENDINGS = ("", ".js", ".json", "/package.json", "/index.js", "/index.json")
_LIB = "lib"
_INSTALLED = "node_modules"
_PLATFORM = "actions:"
_URL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PACKAGE_NAME = re.compile(r"(?:@[\w~.-]+/)?[\w~.#-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class OwnModule:
    """A module of the flow itself.

    Attributes:
        use: Where it is used.
        file: Its path below the flow folder, or None when there is no such file.
        name: What the platform calls it (reference §7.7); None for a path.
    """

    use: ModuleUse
    file: str | None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A package from outside; ``name`` without version and inner path."""

    use: ModuleUse
    name: str


def own_modules(
    facts: SourceFacts, flow: Flow, node_modules: Collection[str]
) -> Iterator[OwnModule]:
    """Return the flow's own modules that a source uses.

    JavaScript: paths seen from the source, with the endings that a worker tries, and modules by
    the name the platform gives them, which stand in ``lib`` (reference §7.7). Python: ``lib`` and
    what is below it (contract.md, "Flow folder").

    Args:
        facts: Of the source.
        flow: The flow it stands in.
        node_modules: What Node brings along.
    """
    for use in facts.modules:
        if facts.language == "python":
            if use.name.partition(".")[0] == _LIB or use.name.startswith("."):
                yield from _python_modules(facts, use, flow.files)
        else:
            module = _javascript_module(facts, use, flow, node_modules)
            if isinstance(module, OwnModule):
                yield module


def packages(facts: SourceFacts, flow: Flow, node_modules: Collection[str]) -> Iterator[Package]:
    """Return the packages that a source uses, the language's own modules left out.

    Args:
        facts: Of the source.
        flow: The flow it stands in.
        node_modules: What Node brings along.
    """
    for use in facts.modules:
        if facts.language == "python":
            top = use.name.partition(".")[0]
            if top not in ("", _LIB, "loginwright_runtime") and top not in sys.stdlib_module_names:
                yield Package(use, top)
        else:
            module = _javascript_module(facts, use, flow, node_modules)
            if isinstance(module, Package):
                yield module


def _javascript_module(
    facts: SourceFacts, use: ModuleUse, flow: Flow, node_modules: Collection[str]
) -> OwnModule | Package | None:
    """Return what a specifier means, in the order in which a worker decides it; None is Node's."""
    specifier = use.name
    if specifier.startswith("node:") or specifier in node_modules:
        return None
    if specifier.startswith(_PLATFORM):
        name = specifier.removeprefix(_PLATFORM)
        return OwnModule(use, _platform_file(name, flow.files), name)
    if specifier.startswith((".", "/")) or _URL.match(specifier):
        return OwnModule(use, _javascript_file(facts.file, specifier, flow.files))
    package = Package(use, _package_name(specifier))
    if is_installed(facts, package, flow.packages):
        return package
    plain = package.name + specifier.removeprefix(_written_name(specifier))
    file = _platform_file(plain, flow.files)
    if file is None and _PACKAGE_NAME.fullmatch(package.name):
        return package
    return OwnModule(use, file, plain)


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


def _written_name(specifier: str) -> str:
    """``@scope/name@1.2.3/part`` begins with ``@scope/name@1.2.3``."""
    count = 2 if specifier.startswith("@") else 1
    return "/".join(specifier.split("/")[:count])


def _package_name(specifier: str) -> str:
    """``@scope/name@1.2.3/part`` is ``@scope/name``."""
    name = _written_name(specifier)
    at = name.find("@", 1)
    return name if at < 0 else name[:at]


def _platform_file(name: str, files: Collection[str]) -> str | None:
    """Return the file of a module in ``lib``: by its name, else by what ids are made of."""
    wanted = posixpath.normpath(f"{_LIB}/{name}")
    if not wanted.startswith(f"{_LIB}/"):
        return None
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return _with_ending(wanted, files) or _with_ending(f"{_LIB}/{plain}", files)


def _javascript_file(source: str, specifier: str, files: Collection[str]) -> str | None:
    return _with_ending(
        posixpath.normpath(posixpath.join(posixpath.dirname(source), specifier)), files
    )


def _with_ending(wanted: str, files: Collection[str]) -> str | None:
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
