"""Scenario files: listed, found by name, written back."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.errors import Problem, ScenarioError
from loginwright_runtime.flow.action_names import slug
from loginwright_runtime.flow.loading import bundle_bytes
from loginwright_runtime.flow.source_files import MAX_FILE_BYTES, read_scenario_files
from loginwright_runtime.flow.writing import replace_file
from loginwright_runtime.simulation.model import Scenario, scenario_document
from loginwright_runtime.simulation.reading import ScenarioFile, as_people_count, read_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = "scenarios"


def list_scenarios(flow: Path) -> tuple[ScenarioFile, ...]:
    """Return the scenarios of a flow folder or bundle, in their names' order; unusable ones too.

    Raises:
        FlowError: A bundle that cannot be read.
    """
    if flow.is_dir():
        found = read_scenario_files(Path(os.path.realpath(flow)))
        broken = [ScenarioFile(file, None, (problem,)) for file, problem in found.problems.items()]
        read = [read_scenario(data, file) for file, data in found.files.items()]
        return tuple(sorted((*read, *broken), key=lambda entry: as_people_count(entry.file)))
    from loginwright_runtime.flow.bundle import open_bundle  # a folder needs none of it

    members = open_bundle(bundle_bytes(flow), flow.name).scenarios
    return tuple(
        read_scenario(members[file], file) for file in sorted(members, key=as_people_count)
    )


def load_scenario(path: Path) -> ScenarioFile:
    """Read one scenario file from wherever it stands.

    Raises:
        ScenarioError: The file cannot be read at all; what is wrong inside it is in the result.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES)
    except OSError as error:
        message = f"The scenario cannot be read: {error.strerror}."
        remedy = "Name a scenario of the flow, or a scenario file."
        raise ScenarioError(
            Problem("unreadable-file", "error", message, remedy, str(path))
        ) from None
    return read_scenario(data, str(path))


def find_scenario(scenarios: Sequence[ScenarioFile], wanted: str) -> ScenarioFile | None:
    """Return the scenario with this stem, else with this name; None when there is none.

    Raises:
        ScenarioError: Several scenarios have the name.
    """
    for entry in scenarios:
        if wanted in (entry.stem, entry.file):
            return entry
    named = [entry for entry in scenarios if entry.scenario and entry.scenario.name == wanted]
    if len(named) > 1:
        files = ", ".join(entry.file for entry in named)
        raise ScenarioError(
            Problem(
                "ambiguous-scenario",
                "error",
                f'Several scenarios have the name "{wanted}": {files}.',
                "Say which one by its file's name, without .json.",
            )
        )
    return named[0] if named else None


def pick_scenario(scenarios: Sequence[ScenarioFile], wanted: str) -> ScenarioFile:
    """Return the scenario with this stem or name; ScenarioError that lists what there is."""
    found = find_scenario(scenarios, wanted)
    if found is not None:
        return found
    known = ", ".join(entry.stem for entry in scenarios)
    raise ScenarioError(
        Problem(
            "unknown-scenario",
            "error",
            f'There is no scenario "{wanted}".',
            f"The flow has {known}." if known else "The flow has no scenarios.",
        )
    )


def scenario_json(scenario: Scenario) -> bytes:
    """Return the scenario's file: the same scenario always gives the same bytes."""
    return orjson.dumps(
        scenario_document(scenario), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


def scenario_file_name(name: str) -> str:
    """Return the path in a flow folder for a scenario of this name."""
    return f"{FOLDER}/{slug(name)}.json"


def write_scenario(flow_folder: Path, file: str, scenario: Scenario) -> None:
    """Write a scenario below a flow folder in one step.

    Args:
        flow_folder: The folder that holds ``flow.json``.
        file: ``scenarios/<slug>.json``.
        scenario: What to write.

    Raises:
        ScenarioError: ``file`` is no such path, or holds a scenario of a newer format.
        FlowError: The file cannot be written.
    """
    path = PurePosixPath(file)
    if path.parts[:-1] != (FOLDER,) or path.suffix != ".json" or os.sep in path.name:
        message = "A scenario stands directly below scenarios/ and ends in .json."
        raise ScenarioError(Problem("invalid-path", "error", message, "Correct the path.", file))
    root = Path(os.path.realpath(flow_folder))
    if (root / file).is_file():
        before = load_scenario(root / file)
        if before.newer_format is not None:
            raise ScenarioError(*before.problems)
    replace_file(root, file, scenario_json(scenario))
