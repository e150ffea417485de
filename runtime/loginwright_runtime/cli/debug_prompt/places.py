"""Reads where a breakpoint shall be: ``ACTION:LINE``, an action, a meaning, exceptions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.sources import source_lines
from loginwright_runtime.debugging import (
    ActionBreakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
)

if TYPE_CHECKING:
    from loginwright_runtime.debugging import Breakpoint, Meaning
    from loginwright_runtime.flow.model import Action, Flow

_LINE = re.compile(r"(?:(?P<where>\S+):)?(?P<line>\d{1,7})(?:\s+if\s+(?P<condition>.+))?\Z", re.S)
_MEANINGS: dict[str, Meaning] = {
    "claim": "claim_set",
    "denied": "denied",
    "metadata": "metadata_changed",
    "mfa": "mfa_asked",
}
WORDS = ("before", "after", "leaving", "exceptions", "exceptions all", *_MEANINGS)
"""What can follow ``break`` beside a line."""


def breakpoint_at(text: str, flow: Flow, current: str | None) -> Breakpoint:
    """Return the breakpoint that a text describes.

    Args:
        text: ``ACTION:LINE [if EXPR]``, ``FILE:LINE``, ``LINE``, ``[before|after|leaving] ACTION``,
            ``claim``, ``denied``, ``metadata``, ``mfa`` or ``exceptions [all]``.
        flow: Whose lines.
        current: The file that the login stands in, for a line alone.

    Raises:
        RefusedError: There is no such place.
    """
    words = text.split()
    match words:
        case ["exceptions"]:
            return ExceptionBreakpoint()
        case ["exceptions", "all"]:
            return ExceptionBreakpoint(caught=True)
        case [("before" | "after" | "leaving") as place, name]:
            return ActionBreakpoint(_action(flow, name).id, place)
        case [word] if word in _MEANINGS:
            return MeaningBreakpoint(_MEANINGS[word])
        case [name] if any(action.id == name for action in flow.actions):
            return ActionBreakpoint(name, "before")
        case _:
            return line_at(text, flow, current)


def line_at(text: str, flow: Flow, current: str | None) -> LineBreakpoint:
    """Return the line that ``ACTION:LINE [if EXPR]`` means.

    Raises:
        RefusedError: There is no such line.
    """
    found = _LINE.match(text.strip())
    if found is None:
        raise RefusedError(
            "Write ACTION:LINE, such as "
            f"{flow.actions[0].id if flow.actions else 'action'}:12, and if EXPR where you like."
        )
    file, action_id = _file(flow, found["where"], current)
    line, lines = int(found["line"]), source_lines(flow, file)
    if not 1 <= line <= len(lines):
        raise RefusedError(f"{file} has {len(lines)} lines, and no line {line}.")
    condition = found["condition"]
    return LineBreakpoint(
        file, line, None if condition is None else condition.strip(), action_id=action_id
    )


def _file(flow: Flow, where: str | None, current: str | None) -> tuple[str, str | None]:
    """Return a file, and the action that alone is meant where several share it."""
    if where is None:
        if current is None:
            raise RefusedError("No code stands still here: write ACTION:LINE.")
        return current, None
    for action in flow.actions:
        if action.id == where:
            shared = sum(other.code == action.code for other in flow.actions) > 1
            return action.code, action.id if shared else None
    if source_lines(flow, where):
        return where, None
    raise _unknown(flow, where)


def _action(flow: Flow, name: str) -> Action:
    for action in flow.actions:
        if action.id == name:
            return action
    raise _unknown(flow, name)


def _unknown(flow: Flow, name: str) -> RefusedError:
    known = ", ".join(action.id for action in flow.actions)
    return RefusedError(f'There is no action or file "{name}". The actions are {known}.')
