"""What is wrong with the scenarios of a flow, for ``validate``; nothing runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem, ScenarioError
from loginwright_runtime.simulation.event import simulated_login
from loginwright_runtime.simulation.loading import list_scenarios
from loginwright_runtime.simulation.replies import secret_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation.model import Scenario
    from loginwright_runtime.simulation.reading import ScenarioFile


def scenario_problems(path: Path, flow: Flow | None) -> Iterator[Problem]:
    """Yield the problems of every scenario of a flow folder or bundle.

    Args:
        path: Where the flow stands.
        flow: The flow, None when it cannot be read.
    """
    try:
        files = list_scenarios(path)
    except FlowError:
        return  # the bundle's own problems are told by whoever read the flow
    for entry in files:
        yield from entry.problems
        if entry.scenario is not None:
            yield from _of_scenario(entry, entry.scenario, flow)
    yield from _same_names(files)


def _of_scenario(entry: ScenarioFile, scenario: Scenario, flow: Flow | None) -> Iterator[Problem]:
    try:
        simulated_login(scenario, file=entry.file)
    except ScenarioError as error:
        yield from error.problems
    if flow is None:
        return
    declared = {name for action in flow.actions for name in action.secrets}
    for name in sorted(secret_names(scenario) - declared):
        yield undeclared_secret(name, entry.file)


def undeclared_secret(name: str, file: str | None) -> Problem:
    """Return the problem of a reply that is signed with a secret nobody declares."""
    return Problem(
        "unknown-secret",
        "error",
        f"A reply is signed with the secret {name}, which no action declares.",
        'Name a declared secret, or give the value itself: {"value": "…"}.',
        file,
        path="$.resume",
    )


def _same_names(files: tuple[ScenarioFile, ...]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for entry in files:
        if entry.scenario is None:
            continue
        name = entry.scenario.name
        if name in first:
            message = f'The name "{name}" is also that of {first[name]}.'
            remedy = "Give one of them another name, so that --scenario can tell them apart."
            yield Problem(
                "duplicate-scenario-name", "warning", message, remedy, entry.file, path="$.name"
            )
        first.setdefault(name, entry.file)
