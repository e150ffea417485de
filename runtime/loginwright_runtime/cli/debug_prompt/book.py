"""The breakpoints of a prompt, numbered as they were made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.sources import moved_line, source_lines
from loginwright_runtime.debugging import (
    ActionBreakpoint,
    Breakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.flow.model import Flow


@dataclass(frozen=True, slots=True)
class Entry:
    """A breakpoint.

    Attributes:
        number: What people call it.
        point: Where it stops.
        once: It is removed when it has stopped.
    """

    number: int
    point: Breakpoint
    once: bool = False


class BreakpointBook:
    """All breakpoints; changed by whoever types, read by the login's thread."""

    def __init__(self) -> None:
        self._entries: tuple[Entry, ...] = ()
        self._next = 1

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All, by number."""
        return self._entries

    def points(self) -> tuple[Breakpoint, ...]:
        """Return the whole set."""
        return tuple(entry.point for entry in self._entries)

    def add(self, point: Breakpoint, *, once: bool = False) -> Entry:
        """Add one; one at the same place is replaced, and keeps its number."""
        for index, entry in enumerate(self._entries):
            if _place(entry.point) == _place(point):
                new = Entry(entry.number, point, once)
                self._entries = (*self._entries[:index], new, *self._entries[index + 1 :])
                return new
        new = Entry(self._next, point, once)
        self._next += 1
        self._entries = (*self._entries, new)
        return new

    def numbered(self, number: int) -> Entry | None:
        """Return one by its number."""
        return next((one for one in self._entries if one.number == number), None)

    def at(self, point: Breakpoint) -> Entry | None:
        """Return the one at the place of another."""
        return next((one for one in self._entries if _place(one.point) == _place(point)), None)

    def remove(self, entry: Entry) -> None:
        """Remove one."""
        self._entries = tuple(one for one in self._entries if one.number != entry.number)

    def clear(self) -> None:
        """Remove all."""
        self._entries = ()

    def stopped(self, reasons: Sequence[Breakpoint]) -> tuple[Entry, ...]:
        """Return those that stopped the login; those made for once are removed."""
        hit = tuple(entry for entry in self._entries if entry.point in reasons)
        for entry in hit:
            if entry.once:
                self.remove(entry)
        return hit

    def follow(self, before: Flow, after: Flow) -> None:
        """Let breakpoints follow the text of code that was edited."""
        self._entries = tuple(
            replace(entry, point=_moved(entry.point, before, after)) for entry in self._entries
        )


def _moved(point: Breakpoint, before: Flow, after: Flow) -> Breakpoint:
    if not isinstance(point, LineBreakpoint):
        return point
    old, new = source_lines(before, point.file), source_lines(after, point.file)
    return replace(point, line=moved_line(old, new, point.line)) if new else point


def _place(point: Breakpoint) -> tuple[object, ...]:
    match point:
        case LineBreakpoint():
            return "line", point.file, point.line, point.action_id
        case ActionBreakpoint():
            return "action", point.action_id, point.place
        case MeaningBreakpoint():
            return "meaning", point.meaning
        case ExceptionBreakpoint():
            return ("exception",)


def described(point: Breakpoint) -> str:
    """Return a breakpoint in words."""
    match point:
        case LineBreakpoint():
            text = f"{point.file}:{point.line}"
            if point.action_id is not None:
                text += f" in {point.action_id}"
            if point.condition is not None:
                text += f" if {point.condition}"
            if point.hit_count is not None:
                text += f" from hit {point.hit_count} on"
            return f"{text} prints {point.log_message}" if point.log_message is not None else text
        case ActionBreakpoint(place="leaving"):
            return f"before the login leaves from {point.action_id}"
        case ActionBreakpoint():
            return f"{point.place} {point.action_id}"
        case MeaningBreakpoint():
            return MEANINGS[point.meaning]
        case ExceptionBreakpoint(caught=True):
            return "whatever is thrown"
        case ExceptionBreakpoint():
            return "what is thrown and not caught"


MEANINGS = {
    "claim_set": "a claim is set",
    "denied": "the login is denied",
    "metadata_changed": "metadata change",
    "mfa_asked": "MFA is asked for",
}
