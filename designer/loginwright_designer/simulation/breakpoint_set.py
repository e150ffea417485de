"""The breakpoints of a flow, as one value that survives the window."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from pydantic import TypeAdapter, ValidationError

from loginwright_runtime.debugging import (
    ActionBreakpoint,
    Breakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import JsonValue

LinePart: TypeAlias = Literal["condition", "hits", "log"]

_KINDS: Mapping[str, TypeAdapter[Breakpoint]] = {
    "action": TypeAdapter(ActionBreakpoint),
    "meaning": TypeAdapter(MeaningBreakpoint),
    "line": TypeAdapter(LineBreakpoint),
    "exception": TypeAdapter(ExceptionBreakpoint),
}
_NAMES = {
    ActionBreakpoint: "action",
    MeaningBreakpoint: "meaning",
    LineBreakpoint: "line",
    ExceptionBreakpoint: "exception",
}


@dataclass(frozen=True, slots=True)
class BreakpointSet:
    """Where somebody wants a login to stop.

    Attributes:
        entries: In the order in which they were set, each once.
        off: Those of them that are turned off and kept.
    """

    entries: tuple[Breakpoint, ...] = ()
    off: frozenset[Breakpoint] = frozenset()

    @property
    def active(self) -> tuple[Breakpoint, ...]:
        """What a debugger is to stop at."""
        return tuple(entry for entry in self.entries if entry not in self.off)

    def __contains__(self, entry: object) -> bool:
        return entry in self.entries

    def added(self, entry: Breakpoint) -> BreakpointSet:
        """Return the set with one more; a line has one breakpoint at most."""
        rest = self.without(entry)
        if isinstance(entry, LineBreakpoint):
            rest = rest._without_line(entry.file, entry.line)
        return replace(rest, entries=(*rest.entries, entry))

    def without(self, entry: Breakpoint) -> BreakpointSet:
        """Return the set without one."""
        kept = tuple(one for one in self.entries if one != entry)
        return BreakpointSet(kept, self.off & frozenset(kept))

    def toggled(self, entry: Breakpoint) -> BreakpointSet:
        """Return the set with it where it is missing, without it where it is there."""
        return self.without(entry) if entry in self.entries else self.added(entry)

    def turned(self, entry: Breakpoint, *, on: bool) -> BreakpointSet:
        """Return the set with one of them turned on or off."""
        if entry not in self.entries:
            return self
        return replace(self, off=self.off - {entry} if on else self.off | {entry})

    def line_at(self, file: str, line: int) -> LineBreakpoint | None:
        """Return the breakpoint of a line, None where there is none."""
        for entry in self.entries:
            if isinstance(entry, LineBreakpoint) and (entry.file, entry.line) == (file, line):
                return entry
        return None

    def lines_of(self, file: str) -> tuple[LineBreakpoint, ...]:
        """Return the line breakpoints of a file, in the order of its lines."""
        found = [one for one in self.entries if isinstance(one, LineBreakpoint)]
        return tuple(sorted((one for one in found if one.file == file), key=lambda one: one.line))

    def with_line(self, file: str, line: int, *, wanted: bool) -> BreakpointSet:
        """Return the set with a plain breakpoint on a line, or with none there."""
        if wanted and self.line_at(file, line) is not None:
            return self
        return self.added(LineBreakpoint(file, line)) if wanted else self._without_line(file, line)

    def with_part(self, file: str, line: int, part: LinePart, text: str) -> BreakpointSet:
        """Return the set with a part of a line's breakpoint as somebody typed it; it is on then.

        Args:
            file: The source.
            line: From 1; where it has no breakpoint yet, one is set.
            part: Which part.
            text: Empty takes it away.
        """
        before = self.line_at(file, line) or LineBreakpoint(file, line)
        match part:
            case "condition":
                after = replace(before, condition=text or None)
            case "hits":
                after = replace(before, hit_count=int(text) if text.isdecimal() else None)
            case "log":
                after = replace(before, log_message=text or None)
            case _:
                assert_never(part)
        if before not in self.entries:
            return self if not text else self.added(after)
        entries = tuple(after if one == before else one for one in self.entries)
        return BreakpointSet(entries, self.off - {before})

    def moved(self, file: str, lines: Collection[int]) -> BreakpointSet:
        """Return the set after an edit moved a file's lines; what it says of each stays.

        Args:
            file: The source.
            lines: The lines that have breakpoints now, as many or fewer than before.
        """
        before, after = self.lines_of(file), sorted(lines)
        if len(before) != len(after):
            kept = self
            for entry in before:
                if entry.line not in after:
                    kept = kept._without_line(file, entry.line)
            for line in after:
                kept = kept.with_line(file, line, wanted=True)
            return kept
        places: dict[Breakpoint, Breakpoint] = {
            entry: replace(entry, line=line) for entry, line in zip(before, after, strict=True)
        }
        return BreakpointSet(
            tuple(places.get(entry, entry) for entry in self.entries),
            frozenset(places.get(entry, entry) for entry in self.off),
        )

    def known_in(self, actions: Collection[str], files: Collection[str]) -> BreakpointSet:
        """Return what still means something after actions or files have gone."""
        kept = self
        for entry in self.entries:
            gone = isinstance(entry, ActionBreakpoint) and entry.action_id not in actions
            if gone or (isinstance(entry, LineBreakpoint) and entry.file not in files):
                kept = kept.without(entry)
        return kept

    def to_json(self) -> JsonValue:
        """Return the set as a file keeps it."""
        return [
            {"kind": _NAMES[type(entry)], "off": entry in self.off, **asdict(entry)}
            for entry in self.entries
        ]

    @classmethod
    def from_json(cls, value: JsonValue) -> BreakpointSet:
        """Return the set that a file holds; what cannot be read is left out."""
        found = cls()
        for item in value if isinstance(value, list) else []:
            if not isinstance(item, dict):
                continue
            adapter = _KINDS.get(str(item.get("kind")))
            if adapter is None:
                continue
            members = {key: part for key, part in item.items() if key not in {"kind", "off"}}
            try:
                entry = adapter.validate_python(members)
            except ValidationError:
                continue
            found = found.added(entry).turned(entry, on=item.get("off") is not True)
        return found

    def _without_line(self, file: str, line: int) -> BreakpointSet:
        entry = self.line_at(file, line)
        return self if entry is None else self.without(entry)
