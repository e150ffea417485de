"""Rules about the modules that code uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.validation.module_files import is_installed, own_modules, packages
from loginwright_runtime.validation.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedFlow


def _missing_packages(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for package in packages(facts, flow.analysis.node_modules):
            use = package.use
            if use.optional or is_installed(facts, package, flow.flow.packages):
                continue
            python = facts.language == "python"
            remedy = f"Run pip install {package.name} where the flow runs." if python else None
            yield Finding(
                f"The code needs the package {package.name}, which is not installed.",
                facts.file,
                use.line,
                use.column,
                remedy=remedy or f"Run npm install {package.name} in the flow folder.",
            )


def _missing_modules(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        for module in own_modules(facts, flow.flow.files):
            use = module.use
            if module.file is None and not use.optional:
                message = f"The flow has no file for the module {use.name}."
                yield Finding(message, facts.file, use.line, use.column)


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
        "A module of the flow's own, `./…` or Python's `lib`, that has no file.",
        "Put the module under lib/, or correct its path.",
        _missing_modules,
    ),
)
