"""``loginwright export``: packs a flow into the bundle that a server runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.cli.exit_status import OK
from loginwright_runtime.cli.output_file import refuse_missing_folder, write_output
from loginwright_runtime.cli.sound_code import refuse_broken_code
from loginwright_runtime.errors import BadInputError, Problem, ScenarioError
from loginwright_runtime.flow.bundle import export_bundle, open_bundle
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.flow.manifest import MANIFEST
from loginwright_runtime.simulation import list_scenarios

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import ExportArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen

_OWN = frozenset(
    [
        "flow.json",
        "actions",
        "lib",
        "scenarios",
        "node_modules",
        "package.json",
        "package-lock.json",
    ]
)
"""What a flow folder holds (contract.md, "Flow folder")."""


def execute(arguments: ExportArguments, screen: Screen, _early: EarlyWorker) -> int:
    """Write the bundle, and tell what went into it."""
    refuse_missing_folder(arguments.output, "bundle")
    _refuse_own_file(arguments)
    flow = load_flow(arguments.flow)
    refuse_broken_code(flow)
    scenarios = _scenarios(Path(arguments.flow)) if arguments.with_scenarios else None
    data = export_bundle(flow, scenarios=scenarios)
    manifest = open_bundle(data, Path(arguments.output).name).manifest
    write_output(arguments.output, data, "bundle")
    if screen.json:
        screen.document(
            {
                "file": arguments.output,
                "version": manifest.version,
                "size": len(data),
                "secrets": list(manifest.secrets),
                "members": sorted([*manifest.members, MANIFEST]),
            }
        )
        return OK
    screen.line((arguments.output, "strong"), (f"  {len(data):,} bytes", "dim"))
    screen.line(("    version  ", "dim"), (manifest.version, "plain"))
    screen.line(("    members  ", "dim"), (str(len(manifest.members) + 1), "plain"))
    needed = ", ".join(manifest.secrets) or "none"
    screen.line(("    secrets the server has to have  ", "dim"), (needed, "plain"))
    return OK


def _refuse_own_file(arguments: ExportArguments) -> None:
    """Refuse to put the bundle in the place of what it is made of; BadInputError."""
    folder, output = (Path(os.path.realpath(path)) for path in (arguments.flow, arguments.output))
    if not output.is_relative_to(folder) or not folder.is_dir():
        return
    below = output.relative_to(folder).parts
    if below[:1] and below[0] in _OWN:
        message = "The bundle would stand among the files that it is made of."
        remedy = "Name a file outside of the flow, such as NAME.loginflow."
        raise BadInputError(Problem("unwritable-file", "error", message, remedy, arguments.output))


def _scenarios(flow: Path) -> dict[str, bytes]:
    """Return the scenarios to take along; ScenarioError when one cannot be read."""
    files = list_scenarios(flow)
    problems = [problem for entry in files for problem in entry.problems]
    if problems:
        raise ScenarioError(*problems)
    return {entry.file: entry.content for entry in files}
