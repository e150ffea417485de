"""What the functions of a login held at a recorded step, and which line gave it to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.variables import Mark, Scope, SetAt, Spelled, Variable
from loginwright_runtime.debugging.inspection import Frame
from loginwright_runtime.tracing.record import HandlerBegan, HandlerEnded, LineReached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.debugging.inspection import VariableKind
    from loginwright_runtime.tracing.record import RunRecord

translate = QCoreApplication.translate

_NUMBER = re.compile(r"-?[\d.]+(?:e[+-]?\d+)?n?")
_WORDS: Mapping[str, VariableKind] = {
    "true": "boolean",
    "false": "boolean",
    "True": "boolean",
    "False": "boolean",
    "null": "null",
    "None": "null",
    "undefined": "undefined",
}


@dataclass(frozen=True, slots=True)
class PastVariable:
    """What a variable held.

    Attributes:
        text: As its language writes it.
        set_at: The line that gave it that; None where its function had only just begun.
        is_new: It came with the last line.
        changed: It held something else before the last line.
    """

    text: str = field(repr=False)
    set_at: SetAt | None
    is_new: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class PastFrame:
    """A function that was running.

    Attributes:
        function: Its name; empty for one without.
        file: Path in the flow.
        line: The one that was next.
        variables: By name.
        callers: File, function and line of those below it, nearest first; empty in old records.
    """

    function: str
    file: str
    line: int
    variables: Mapping[str, PastVariable] = field(repr=False)
    callers: tuple[tuple[str, str, int], ...] = ()


def past_frame(record: RunRecord, position: int | None = None) -> PastFrame | None:
    """Return the function that was running at a step; None where no lines of it were recorded.

    Only its own lines are looked at, from the last one back to its first.

    Args:
        record: The login.
        position: ``seq`` of the last entry that counts; None takes all.
    """
    entries = record.entries
    end = len(entries)
    if position is not None:
        end = bisect_right(entries, position, key=lambda entry: entry.seq)
    reading: _Reading | None = None
    for number in range(end - 1, -1, -1):
        entry = entries[number]
        if isinstance(entry, HandlerBegan | HandlerEnded):
            break
        if not isinstance(entry, LineReached):
            continue
        if reading is None:
            reading = _Reading(entry)
        elif not reading.take(entry):
            break
    return None if reading is None else reading.frame()


class _Reading:
    """One running function, read backwards."""

    def __init__(self, last: LineReached) -> None:
        self._last = last
        self._found: dict[str, PastVariable] = {}
        self._open: tuple[str, ...] = ()
        self._newest = frozenset(last.changes)
        self._lines = 0
        self._add(last)

    def take(self, entry: LineReached) -> bool:
        """Read an earlier line; False where the function had not begun yet."""
        last = self._last
        if entry.depth > last.depth:
            return True
        if (entry.depth, entry.function, entry.file) != (last.depth, last.function, last.file):
            return False
        place = SetAt(entry.file, entry.line)
        for name in self._open:
            self._found[name] = replace(self._found[name], set_at=place)
        self._add(entry)
        return True

    def frame(self) -> PastFrame:
        """Return what was read, in the order in which the function got its variables."""
        last = self._last
        names = reversed(self._found)
        variables = {name: self._found[name] for name in names}
        return PastFrame(last.function, last.file, last.line, variables, last.callers)

    def _add(self, entry: LineReached) -> None:
        first = self._lines == 0
        fresh: list[str] = []
        for name, text in entry.changes.items():
            known = self._found.get(name)
            if known is None:
                self._found[name] = PastVariable(text, None, is_new=False)
                fresh.append(name)
            elif name in self._newest and not known.changed:
                self._found[name] = replace(known, changed=True, is_new=False)
        if not first:
            self._newest_were_there(entry)
        self._open = tuple(fresh)
        self._lines += 1

    def _newest_were_there(self, entry: LineReached) -> None:
        """What came with the last line, in a function that had lines before, is new so far."""
        if self._lines == 1:
            for name in self._newest - frozenset(entry.changes):
                one = self._found[name]
                self._found[name] = replace(one, is_new=not one.changed)


def past_stack(frame: PastFrame | None) -> tuple[Frame, ...]:
    """Return the functions that were running, innermost first, as the call stack shows them."""
    if frame is None:
        return ()
    places = ((frame.file, frame.function, frame.line), *frame.callers)
    return tuple(
        Frame(f"past:{below}:{file}:{line}:{function}", function, file, line)
        for below, (file, function, line) in enumerate(places)
    )


def past_scopes(frame: PastFrame | None) -> tuple[Scope, ...]:
    """Return a function's variables as the tree shows them."""
    if frame is None:
        return ()
    rows = tuple(
        Variable(
            name,
            Spelled(one.text, _kind(one.text)),
            (name,),
            Mark.NEW if one.is_new else Mark.CHANGED if one.changed else Mark.NONE,
            set_at=one.set_at,
        )
        for name, one in frame.variables.items()
    )
    return (Scope("lines", translate("Variables", "Local"), frame.function, rows),)


def past_values(frame: PastFrame | None) -> dict[int, str]:
    """Return what stood beside the lines that had given a function its values."""
    found: dict[int, list[str]] = {}
    if frame is not None:
        for name, one in frame.variables.items():
            if one.set_at is not None:
                found.setdefault(one.set_at.line, []).append(f"{name} = {one.text}")
    return {line: "  ".join(texts) for line, texts in found.items()}


def with_places(scopes: Sequence[Scope], frame: PastFrame | None) -> tuple[Scope, ...]:
    """Return scopes of code that stands still with the lines that set their variables.

    Args:
        scopes: As they were read.
        frame: The innermost function, as its lines were recorded.
    """
    if frame is None:
        return tuple(scopes)
    known = frame.variables

    def placed(row: Variable) -> Variable:
        one = known.get(row.name)
        return row if one is None or one.set_at is None else replace(row, set_at=one.set_at)

    return tuple(
        replace(scope, variables=tuple(placed(row) for row in scope.variables))
        if scope.editable
        else scope
        for scope in scopes
    )


def _kind(text: str) -> VariableKind:
    if text[:1] in "\"'`":
        return "string"
    if _NUMBER.fullmatch(text):
        return "number"
    return _WORDS.get(text, "object")
