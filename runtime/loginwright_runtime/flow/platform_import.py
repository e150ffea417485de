"""A flow made of what the platform's deployment tool exported."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.action_names import slug, unique_id
from loginwright_runtime.flow.fresh_folder import check_target, write_fresh
from loginwright_runtime.flow.member_names import name_fault
from loginwright_runtime.flow.model import Action, Flow, FlowSettings
from loginwright_runtime.flow.platform_export import ExportedCode, read_platform_export
from loginwright_runtime.flow.secret_names import is_secret_name
from loginwright_runtime.flow.version import UNKNOWN_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from loginwright_runtime.flow.platform_export import BoundAction, PlatformExport

# contract.md, "Flow folder": what an import from the platform sets.
_SETTINGS = FlowSettings(custom_claims="any", profile_writes="each-leg")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the export that is not in the flow, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedFlow:
    """A flow made of an export.

    Attributes:
        flow: As it was read from its folder.
        packages: npm packages that it needs, and their versions; nothing is installed.
        left_out: What somebody might look for in the flow.
        problems: Warnings about what could not be taken as it was.
    """

    flow: Flow
    packages: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]


def import_flow(path: Path, *, name: str, export: Path) -> ImportedFlow:
    """Make a flow folder of the post-login part of an export, in the platform's order.

    Code is copied byte for byte; modules go to ``lib/``, packages into ``package.json``. Values of
    secrets are not taken, also where the export holds some.

    Args:
        path: The folder; it must not exist or be empty.
        name: What people call the flow.
        export: Folder that the platform's deployment tool has written.

    Raises:
        FlowError: The folder is not empty, or the export cannot be used; nothing is written then.
    """
    check_target(path)
    read = read_platform_export(export)
    if not read.bound:
        message = "No exported action runs at the trigger post-login."
        remedy = "Bind the actions to it and export again, or give their files one by one."
        raise FlowError(Problem("empty-flow", "error", message, remedy, str(export)))
    used = _used_modules(read)
    packages, clashes = _packages([*(one.exported for one in read.bound), *used])
    files = {_module_file(module): module.code for module in used}
    actions: list[Action] = []
    for one in read.bound:
        action = _action(one, used, {action.id for action in actions})
        actions.append(action)
        files[action.code] = one.exported.code
    if packages:
        files["package.json"] = _package_json(packages)
    draft = Flow(
        name=name, settings=_SETTINGS, actions=tuple(actions), files=files, version=UNKNOWN_VERSION
    )
    return ImportedFlow(
        flow=write_fresh(path, draft, {}),
        packages=packages,
        left_out=tuple(_left_out(read, used)),
        problems=(*clashes, *_unwritable_secrets(read, used)),
    )


def _action(one: BoundAction, modules: Iterable[ExportedCode], taken: set[str]) -> Action:
    action_id = unique_id(slug(one.exported.name), taken)
    names = list(one.exported.secrets)
    for module in _required(one.exported.code, modules):
        names.extend(module.secrets)
    return Action(
        id=action_id,
        name=one.shown,
        code=f"actions/{action_id}.js",
        language="javascript",
        secrets=tuple(name for name in dict.fromkeys(names) if is_secret_name(name)),
    )


# --- Modules ----------------------------------------------------------------------------------


def _used_modules(read: PlatformExport) -> list[ExportedCode]:
    """Return the modules that the flow's actions require, directly or through each other."""
    used: dict[str, ExportedCode] = {}
    for one in read.bound:
        for module in _required(one.exported.code, read.modules):
            used[module.name] = module
    return list(used.values())


def _required(code: bytes, modules: Iterable[ExportedCode]) -> list[ExportedCode]:
    """Return the modules that a piece of code names, and those that they name in turn."""
    waiting = [code]
    found: dict[str, ExportedCode] = {}
    while waiting:
        text = waiting.pop().decode("utf-8", "replace")
        for module in modules:
            if module.name not in found and _names(text, module.name):
                found[module.name] = module
                waiting.append(module.code)
    return list(found.values())


def _names(text: str, module: str) -> bool:
    """Whether code says the name of a module as ``require`` and ``import`` want it."""
    return re.search(rf"""(["'`])(?:actions:)?{re.escape(module)}\1""", text) is not None


def _module_file(module: ExportedCode) -> str:
    """Return where ``require('actions:NAME')`` looks for the module (docs/semantics.md)."""
    plain = f"{module.name}.js"
    is_plain = "/" not in plain and not plain.startswith(".") and name_fault(plain) is None
    return f"lib/{plain}" if is_plain else f"lib/{slug(module.name)}.js"


# --- Packages ---------------------------------------------------------------------------------


def _packages(exported: Iterable[ExportedCode]) -> tuple[dict[str, str], list[Problem]]:
    """Return one version of each package, and warnings where two were asked for."""
    packages: dict[str, str] = {}
    first: dict[str, str] = {}
    clashes: list[Problem] = []
    for one in exported:
        for package, version in one.packages.items():
            if packages.setdefault(package, version) == version:
                first.setdefault(package, one.name)
                continue
            message = (
                f"{first[package]} depends on {package} {packages[package]} and {one.name} on "
                f"{version}; a flow has one of each, and {packages[package]} was taken."
            )
            remedy = "Change it in package.json if the other is the one to have."
            clashes.append(Problem("package-version", "warning", message, remedy, "package.json"))
    return dict(sorted(packages.items())), clashes


def _package_json(packages: Mapping[str, str]) -> bytes:
    manifest = {"private": True, "dependencies": packages}
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


# --- What is told -----------------------------------------------------------------------------


def _left_out(read: PlatformExport, used: Iterable[ExportedCode]) -> Iterator[LeftOut]:
    for name in read.missing:
        yield LeftOut(name, "runs on the platform, but its code is not exported")
    for name in read.idle:
        yield LeftOut(name, "is bound to no trigger")
    names = {module.name for module in used}
    for module in read.modules:
        if module.name not in names:
            yield LeftOut(module.name, "is a module that no action of the flow requires")


def _unwritable_secrets(read: PlatformExport, used: Iterable[ExportedCode]) -> Iterator[Problem]:
    for one in [*(bound.exported for bound in read.bound), *used]:
        for name in one.secrets:
            if not is_secret_name(name):
                message = f"A secret of {one.name} has a name that a flow cannot declare."
                remedy = "Use letters, digits, _ and -, in the code and in flow.json."
                yield Problem("undeclared-secret", "warning", message, remedy, "flow.json")
