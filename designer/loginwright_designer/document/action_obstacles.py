"""Why an action cannot run here, whatever its code says: no Node, or no code to be had."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.flow_files import FLOW_FILE
from loginwright_runtime.hosts.node_command import NODE_VARIABLE, REMEDY, find_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loginwright_runtime.flow.model import Action, Flow

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps an action from running here.

    Attributes:
        short: As its card says it: "Cannot run: no Node".
        message: The same as a sentence.
        remedy: What to do about it, one sentence.
        problem: The problem that says the same, or None.
    """

    short: str
    message: str
    remedy: str
    problem: Problem | None = None


def missing_node() -> Obstacle | None:
    """Return why no JavaScript action can run here; None where there is a Node."""
    path = find_node()
    if path is not None and shutil.which(path) is not None:
        return None
    message = translate("Obstacle", "There is no Node to run JavaScript with.")
    if path is not None:
        text = translate("Obstacle", "{variable} names {path}, where no program is.")
        message = text.format(variable=NODE_VARIABLE, path=path)
    return Obstacle(translate("Obstacle", "Cannot run: no Node"), message, REMEDY)


def obstacle_of(
    flow: Flow, action: Action, problems: Sequence[Problem], node: Obstacle | None
) -> Obstacle | None:
    """Return what keeps an action from running here, or None.

    Args:
        flow: The flow it stands in.
        action: Which.
        problems: All of the flow.
        node: What ``missing_node`` found.
    """
    if action.code in flow.files:
        return node if action.language == "javascript" else None
    own = problems_of(flow, action, problems)
    problem = next((one for one in own if one.severity == "error"), None)
    if problem is None:
        return None
    short = translate("Obstacle", "Cannot run: code not readable")
    if problem.rule == "missing-file":
        short = translate("Obstacle", "Cannot run: no file")
    return Obstacle(short, problem.message, problem.remedy, problem)


def action_with(flow: Flow, problem: Problem) -> Action | None:
    """Return the action whose entry in ``flow.json`` a problem is about, or None."""
    if problem.file != FLOW_FILE:
        return None
    return next((one for one in flow.actions if problems_of(flow, one, (problem,))), None)


def problems_of(flow: Flow, action: Action, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of an action: those of its code, and of its entry in ``flow.json``."""
    listed = f"$.actions[{flow.actions.index(action)}]"
    return tuple(
        problem
        for problem in problems
        if problem.file == action.code
        or problem.path == listed
        or (problem.path or "").startswith((f"{listed}.", f"{listed}["))
    )
