"""``loginwright new``: a flow folder that runs at once, or one around what exists already."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.cli.exit_status import OK
from loginwright_runtime.cli.trusted_folders import trust
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.new import create_flow
from loginwright_runtime.flow.platform_export import is_export
from loginwright_runtime.flow.platform_import import LeftOut, import_flow
from loginwright_runtime.flow.sample_files import template_or_sample
from loginwright_runtime.validation import SourceSecrets, source_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loginwright_runtime.cli.arguments import NewArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.flow.model import Language
    from loginwright_runtime.login.json_values import JsonObject


@dataclass(frozen=True, slots=True)
class _Made:
    """A flow folder that was made, and what to say about it."""

    flow: Flow
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...] = ()
    packages: tuple[str, ...] = ()

    @property
    def secrets(self) -> list[str]:
        return sorted({name for action in self.flow.actions for name in action.secrets})


def execute(arguments: NewArguments, screen: Screen, _early: EarlyWorker) -> int:
    """Make the folder, and tell what is in it and what to do next."""
    path = Path(arguments.dir)
    exports = [Path(file) for file in arguments.from_ if is_export(Path(file))]
    made = _of_export(arguments, path, exports[0]) if exports else _of_files(arguments, path)
    trust(path)
    if screen.json:
        screen.document(_json(arguments.dir, made))
    else:
        _show(arguments.dir, made, screen)
    return OK


def _of_files(arguments: NewArguments, path: Path) -> _Made:
    base = template_or_sample(arguments.template) if arguments.template is not None else None
    found: dict[bytes, SourceSecrets] = {}

    def names_of(language: Language, code: bytes) -> Sequence[str]:
        found[code] = source_secrets(code, language)
        return found[code].names

    flow = create_flow(
        path,
        name=_name(path),
        template=base,
        code_files=[Path(file) for file in arguments.from_],
        secrets=names_of,
    )
    return _Made(flow, tuple(_not_told(flow, found)))


def _of_export(arguments: NewArguments, path: Path, export: Path) -> _Made:
    if len(arguments.from_) > 1 or arguments.template is not None:
        message = "An export of a tenant is a whole flow."
        remedy = "Give it alone, without other files and without --template."
        raise FlowError(Problem("unknown-export", "error", message, remedy, str(export)))
    imported = import_flow(path, name=_name(path), export=export)
    packages = tuple(f"{name} {version}" for name, version in imported.packages.items())
    return _Made(imported.flow, imported.problems, imported.left_out, packages)


def _json(folder: str, made: _Made) -> JsonObject:
    return {
        "flow": folder,
        "name": made.flow.name,
        "version": made.flow.version,
        "actions": [action.id for action in made.flow.actions],
        "secrets": [*made.secrets],
        "packages": [*made.packages],
        "left_out": [{"name": one.name, "reason": one.reason} for one in made.left_out],
        "problems": [dict(problem.to_json()) for problem in made.problems],
    }


def _show(folder: str, made: _Made, screen: Screen) -> None:
    screen.line((folder, "strong"), (f"  {made.flow.name}", "dim"))
    for action in made.flow.actions:
        screen.line((f"    {action.code}", "plain"), (f"  {action.name}", "dim"))
    for one in made.left_out:
        screen.line(("    left out: ", "dim"), (one.name, "plain"), (f"  {one.reason}", "dim"))
    if made.secrets:
        screen.line(("    needs the secrets  ", "dim"), (", ".join(made.secrets), "plain"))
    if made.packages:
        screen.line(("    needs the packages  ", "dim"), (", ".join(made.packages), "plain"))
        screen.line((f"Install them with: npm install --prefix {folder}", "dim"))
    screen.line((f"Run it with: loginwright run {folder}", "dim"))
    screen.finish()
    screen.problems(made.problems)


def _name(path: Path) -> str:
    stem = os.path.basename(os.path.realpath(path)).replace("-", " ").replace("_", " ").strip()
    return f"{stem[:1].upper()}{stem[1:]}" or "Flow"


def _not_told(flow: Flow, found: Mapping[bytes, SourceSecrets]) -> Iterator[Problem]:
    """Say of each action which of its secrets could not be found, and so are not declared."""
    for action in flow.actions:
        secrets = found.get(flow.files[action.code], SourceSecrets(()))
        remedy = f'Add the other names that it reads to the secrets of "{action.id}" in flow.json.'
        if secrets.unread is not None:
            message = f"Not all secrets of this action could be found: {secrets.unread}."
            yield Problem("undeclared-secret", "warning", message, remedy, action.code)
        elif secrets.handed_on:
            place = secrets.handed_on[0]
            message = (
                "Not all secrets of this action could be found: event.secrets goes elsewhere as a "
                "whole here, or a name is computed."
            )
            yield Problem(
                "undeclared-secret",
                "warning",
                message,
                remedy,
                action.code,
                place.line,
                place.column,
            )
