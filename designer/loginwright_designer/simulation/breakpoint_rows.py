"""Breakpoints as rows of a list: a key, words, and whether each is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_runtime.debugging import (
    ActionBreakpoint,
    Breakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    Meaning,
    MeaningBreakpoint,
)

if TYPE_CHECKING:
    from loginwright_designer.simulation.breakpoint_set import BreakpointSet
    from loginwright_runtime.flow.model import Flow

translate = QCoreApplication.translate

MEANINGS: tuple[Meaning, ...] = ("claim_set", "denied", "metadata_changed", "mfa_asked")
THROWN = (ExceptionBreakpoint(), ExceptionBreakpoint(caught=True, uncaught=False))
"""What the code throws and nothing catches, and what it catches itself: two rows."""
_PLACES = ("before", "leaving", "line", "after")


@dataclass(frozen=True, slots=True)
class BreakpointRow:
    """A breakpoint in a list.

    Attributes:
        key: Tells it from others; see ``breakpoint_key``.
        text: Where it stops, in words.
        enabled: Whether it does.
        place: Where in the code, or None.
    """

    key: str
    text: str
    enabled: bool
    place: SourcePlace | None = None


@dataclass(frozen=True, slots=True)
class BreakpointList:
    """All that *Breakpoints* shows.

    Attributes:
        rows: Those that somebody set at a place, in the order of the flow.
        meanings: One for each meaning and for what code throws, on or off.
    """

    rows: tuple[BreakpointRow, ...] = ()
    meanings: tuple[BreakpointRow, ...] = ()

    @property
    def count(self) -> int:
        """How many of them stop a login."""
        return sum(row.enabled for row in (*self.rows, *self.meanings))


def breakpoint_list(breakpoints: BreakpointSet, flow: Flow) -> BreakpointList:
    """Return the rows of a set of breakpoints.

    Args:
        breakpoints: Those that are set, turned off or not.
        flow: Whose they are; tells names and order of its actions.
    """
    active = frozenset(breakpoints.active)
    anywhere = (MeaningBreakpoint, ExceptionBreakpoint)
    placed = [one for one in breakpoints.entries if not isinstance(one, anywhere)]
    rows = tuple(
        BreakpointRow(
            breakpoint_key(one), _words(one, flow), _is_on(one, active), _place(one, flow)
        )
        for one in sorted(placed, key=lambda one: _order(one, flow))
    )
    everywhere: tuple[Breakpoint, ...] = (*map(MeaningBreakpoint, MEANINGS), *THROWN)
    meanings = tuple(
        BreakpointRow(breakpoint_key(one), _words(one, flow), one in active) for one in everywhere
    )
    return BreakpointList(rows, meanings)


def breakpoint_key(one: Breakpoint) -> str:
    """Return what tells a breakpoint from others: ``before:add-roles``, ``meaning:denied``."""
    match one:
        case ActionBreakpoint(action_id=action, place=place):
            return f"{place}:{action}"
        case MeaningBreakpoint(meaning=meaning):
            return f"meaning:{meaning}"
        case LineBreakpoint(file=file, line=line):
            return f"line:{file}:{line}"
        case ExceptionBreakpoint(caught=caught):
            return "exception:caught" if caught else "exception:uncaught"
        case _:
            assert_never(one)


def breakpoint_of(breakpoints: BreakpointSet, key: str) -> Breakpoint | None:
    """Return the breakpoint that a key stands for; one without a place need not be set yet."""
    every = (*breakpoints.entries, *map(MeaningBreakpoint, MEANINGS), *THROWN)
    return next((one for one in every if breakpoint_key(one) == key), None)


def turned(breakpoints: BreakpointSet, key: str, *, on: bool) -> BreakpointSet:
    """Return the set with the breakpoint of a row on or off; a meaning is set or taken away."""
    one = breakpoint_of(breakpoints, key)
    if one is None:
        return breakpoints
    if isinstance(one, MeaningBreakpoint | ExceptionBreakpoint):
        return breakpoints.without(one) if not on else breakpoints.added(one)
    return breakpoints.turned(one, on=on)


def removed(breakpoints: BreakpointSet, key: str) -> BreakpointSet:
    """Return the set without the breakpoint of a row."""
    one = breakpoint_of(breakpoints, key)
    return breakpoints if one is None else breakpoints.without(one)


def meaning_words(meaning: Meaning) -> str:
    """Return where a meaning stops a login, in words."""
    match meaning:
        case "claim_set":
            return translate("Breakpoints", "A claim is set")
        case "denied":
            return translate("Breakpoints", "The login is denied")
        case "metadata_changed":
            return translate("Breakpoints", "Metadata change")
        case "mfa_asked":
            return translate("Breakpoints", "MFA is asked for")
        case _:
            assert_never(meaning)


def _is_on(one: Breakpoint, active: frozenset[Breakpoint]) -> bool:
    return one in active and (not isinstance(one, LineBreakpoint) or one.enabled)


def _order(one: Breakpoint, flow: Flow) -> tuple[int, int, int]:
    """Actions in the order of the flow, lines where their action is, the rest behind."""
    place = _place(one, flow)
    ids = [action.id for action in flow.actions]
    known = place is not None and place.action_id in ids
    at = ids.index(place.action_id) if known and place is not None else len(ids)
    match one:
        case ActionBreakpoint(place=where):
            return at, _PLACES.index(where), 0
        case LineBreakpoint(line=line):
            return at, _PLACES.index("line"), line
        case _:
            return len(ids) + 1, 0, 0


def _place(one: Breakpoint, flow: Flow) -> SourcePlace | None:
    match one:
        case ActionBreakpoint(action_id=action):
            return SourcePlace(action)
        case LineBreakpoint(file=file, line=line, action_id=action):
            users = (entry.id for entry in flow.actions if entry.code == file)
            user = action or next(users, None)
            return None if user is None else SourcePlace(user, line)
        case _:
            return None


def _words(one: Breakpoint, flow: Flow) -> str:
    names = {action.id: action.name for action in flow.actions}
    match one:
        case ActionBreakpoint(action_id=action, place=where):
            return _action_words(where, names.get(action, action))
        case LineBreakpoint(file=file, line=line):
            place = _place(one, flow)
            name = file if place is None else names.get(place.action_id, place.action_id)
            text = translate("Breakpoints", "{action}, line {line}")
            words = text.format(action=name, line=line)
            return ", ".join([words, *_conditions(one)])
        case ExceptionBreakpoint(caught=True, uncaught=True):
            return translate("Breakpoints", "The code throws, caught or not")
        case ExceptionBreakpoint(caught=True):
            return translate("Breakpoints", "The code throws and catches it itself")
        case ExceptionBreakpoint():
            return translate("Breakpoints", "The code throws and nothing catches it")
        case MeaningBreakpoint(meaning=meaning):
            return meaning_words(meaning)
        case _:
            assert_never(one)


def _conditions(one: LineBreakpoint) -> list[str]:
    """Return what else a line's breakpoint says."""
    said: list[str] = []
    if one.condition:
        said.append(translate("Breakpoints", "if {condition}").format(condition=one.condition))
    if one.hit_count is not None:
        words = translate("Breakpoints", "from hit {hits} on")
        said.append(words.format(hits=one.hit_count))
    if one.log_message:
        words = translate("Breakpoints", "prints {message}")
        said.append(words.format(message=one.log_message))
    return said


def _action_words(where: str, name: str) -> str:
    match where:
        case "before":
            return translate("Breakpoints", "Before {action}").format(action=name)
        case "after":
            return translate("Breakpoints", "After {action}").format(action=name)
        case _:
            return translate("Breakpoints", "Before it leaves from {action}").format(action=name)
