"""Rules about the modules that code uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.validation.module_files import (
    OwnModule,
    Package,
    is_installed,
    own_modules,
    packages,
)
from loginwright_runtime.validation.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from loginwright_runtime.validation.checked_flow import CheckedFlow
    from loginwright_runtime.validation.facts import SourceFacts


def _missing_packages(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for package in packages(facts, flow.flow, flow.analysis.node_modules):
            use = package.use
            if use.optional or is_installed(facts, package, flow.flow.packages):
                continue
            message = f"The code needs the package {package.name}, which is not installed."
            remedy = _own_in_python(facts, package.name, flow.flow.files)
            if remedy is not None:
                message = f"Modules of the flow are imported from lib only, {package.name} too."
            yield Finding(
                message,
                facts.file,
                use.line,
                use.column,
                remedy=remedy or _remedy(facts, package),
            )


def _own_in_python(facts: SourceFacts, name: str, files: Collection[str]) -> str | None:
    """Return what to do about a file of the flow that Python is asked for as for a package."""
    if facts.language != "python":
        return None
    beside = f"{facts.file.rpartition('/')[0]}/{name}.py"
    if f"lib/{name}.py" in files or f"lib/{name}/__init__.py" in files:
        return f"Write: from lib import {name}."
    if beside in files:
        return f"Move {beside} to lib/{name}.py, and write: from lib import {name}."
    return None


def _remedy(facts: SourceFacts, package: Package) -> str:
    name = package.name
    if facts.language == "python":
        return (
            f"Run pip install {name} where the flow runs, or put a module of yours in "
            f"lib/{name}.py and write: from lib import {name}."
        )
    ours = f", or put a module of yours in lib/{name}.js" if package.use.name == name else ""
    return f"Run npm install {name} in the flow folder{ours}."


def _missing_modules(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for module in own_modules(facts, flow.flow, flow.analysis.node_modules):
            use = module.use
            if module.file is None and not use.optional:
                yield _missing(flow, facts, module)


def _in_lib(facts: SourceFacts) -> bool:
    return facts.file.startswith("lib/")


def _missing(flow: CheckedFlow, facts: SourceFacts, module: OwnModule) -> Finding:
    use = module.use
    message, remedy = f"The flow has no file for the module {use.name}.", None
    if facts.language == "python" and use.name.startswith(".") and not _in_lib(facts):
        message = "An action is no package, so it cannot import what stands beside it."
        remedy = "Put the module under lib/, and import it from there: from lib import NAME."
    if module.name is not None:
        users = (one.action.id for one in flow.actions if facts in one.reached)
        needed = ", ".join(f'"{user}"' for user in users) or facts.file
        verb = "need" if "," in needed else "needs"
        message = f"{needed} {verb} the module {module.name}, which the flow does not have."
        remedy = f"Put its code in lib/{module.name}.js."
    return Finding(message, facts.file, use.line, use.column, remedy=remedy)


def _required_es_modules(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for module in own_modules(facts, flow.flow, flow.analysis.node_modules):
            use = module.use
            if not use.required or use.optional or not (module.file or "").endswith(".mjs"):
                continue
            yield Finding(
                f"require() cannot load {module.file}, which is an ES module.",
                facts.file,
                use.line,
                use.column,
                remedy=f"Write await import('{use.name}') in an async function.",
            )


RULES = (
    Rule(
        "missing-package",
        "A required package that is neither a module of Node or Python nor installed. What stands "
        "in a `try` may be missing.",
        "Install the package: npm install in the flow folder, or pip install for Python.",
        _missing_packages,
    ),
    Rule(
        "missing-module",
        "A module of the flow's own, `./…`, `actions:NAME` or Python's `lib`, that has no file.",
        "Put the module under lib/, or correct its path.",
        _missing_modules,
    ),
    Rule(
        "required-es-module",
        "A file of the flow that ends in `.mjs`, loaded by `require()`, which throws "
        "`ERR_REQUIRE_ESM`.",
        "Load it with await import() in an async function.",
        _required_es_modules,
    ),
)
