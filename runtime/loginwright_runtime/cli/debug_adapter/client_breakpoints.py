"""The breakpoints that a client has set, as it set them: by source, by function name, by filter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.sources import source_lines
from loginwright_runtime.debugging import (
    ActionBreakpoint,
    Breakpoint,
    ExceptionBreakpoint,
    LineBreakpoint,
    Meaning,
    MeaningBreakpoint,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.cli.debug_adapter.arguments import RequestArguments
    from loginwright_runtime.cli.debug_adapter.code_sources import CodeSources
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

MOST_BREAKPOINTS = 1000
_HITS = re.compile(r"\s*(?P<sign>>=|>|)\s*(?P<count>\d{1,6})\s*\Z")
_FUNCTION = re.compile(r"(?:(?P<place>before|after|leaving)[ :]+)?(?P<name>[\w-]+)\Z")
MEANINGS: dict[str, tuple[Meaning, str]] = {
    "claim": ("claim_set", "A claim is set"),
    "denied": ("denied", "The login is denied"),
    "metadata": ("metadata_changed", "Metadata change"),
    "mfa": ("mfa_asked", "MFA is asked for"),
}
"""Name of an exception filter and of a function breakpoint: meaning and label."""


def _filter(name: str, label: str) -> JsonObject:
    return {"filter": name, "label": label, "default": name == "uncaught"}


FILTERS: list[JsonValue] = [
    _filter("uncaught", "Uncaught exceptions"),
    _filter("caught", "Caught exceptions"),
    *[_filter(name, label) for name, (_meaning, label) in MEANINGS.items()],
]
"""What the client shows as check boxes."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """One of a client's breakpoints.

    Attributes:
        id: The client's name for it.
        point: What it means; None where it stops nowhere.
        why: Why it stops nowhere, or empty.
        line: The client's line.
    """

    id: int
    point: Breakpoint | None
    why: str = ""
    line: int | None = None

    def told(self) -> JsonObject:
        """Return it as DAP's ``Breakpoint``, its line counted from 1."""
        told: JsonObject = {"id": self.id, "verified": self.point is not None}
        if self.why:
            told["message"] = self.why
        if self.line is not None:
            told["line"] = self.line
        return told


@dataclass(slots=True)
class ClientBreakpoints:
    """The whole set; every request replaces a part of it."""

    _lines: dict[str, tuple[_Kept, ...]] = field(default_factory=dict[str, tuple[_Kept, ...]])
    _functions: tuple[_Kept, ...] = ()
    _thrown: tuple[_Kept, ...] = ()
    _next: int = 1

    def points(self) -> tuple[Breakpoint, ...]:
        """Return what stops the login."""
        return tuple(one.point for one in self._all() if one.point is not None)

    def ids(self, reasons: Sequence[Breakpoint]) -> list[JsonValue]:
        """Return the client's names of breakpoints."""
        return [one.id for one in self._all() if one.point in reasons]

    def are_functions(self, reasons: Sequence[Breakpoint]) -> bool:
        """Tell whether a function breakpoint is among these."""
        return any(one.point in reasons for one in self._functions)

    def set_lines(
        self,
        flow: Flow,
        sources: CodeSources,
        source: RequestArguments,
        wanted: Sequence[RequestArguments],
        first_line: int,
    ) -> list[_Kept]:
        """Replace those of a source.

        Args:
            flow: As it runs.
            sources: Knows its files.
            source: Which one.
            wanted: Its breakpoints.
            first_line: What the client calls the first line: 0 or 1.

        Raises:
            RefusedError: There are too many, or one cannot be read.
        """
        _refuse_many(wanted)
        file = sources.file(source)
        kept: list[_Kept] = []
        for one in wanted:
            line = one.number("line") + 1 - first_line
            if file is None:
                kept.append(self._new(None, "This file is no code of the flow.", line))
            else:
                kept.append(self._line(flow, file, line, one))
        self._lines[file or str(source.members.get("path"))] = tuple(kept)
        return kept

    def _line(self, flow: Flow, file: str, line: int, wanted: RequestArguments) -> _Kept:
        lines = len(source_lines(flow, file))
        if not 1 <= line <= lines:
            return self._new(None, f"The file has {lines} lines.", line)
        hits = wanted.optional_text("hitCondition")
        counted = None if not hits or not hits.strip() else _hit_count(hits)
        if hits and hits.strip() and counted is None:
            return self._new(None, "Write a number of hits, such as 5, >= 5 or > 4.", line)
        point = LineBreakpoint(
            file,
            line,
            condition=_text(wanted, "condition"),
            hit_count=counted,
            log_message=_text(wanted, "logMessage"),
        )
        return self._new(point, line=line)

    def set_functions(self, flow: Flow, names: Sequence[str]) -> list[_Kept]:
        """Replace those that are set by name: a meaning, or an action."""
        _refuse_many(names)
        self._functions = tuple(self._function(flow, name.strip()) for name in names)
        return list(self._functions)

    def _function(self, flow: Flow, name: str) -> _Kept:
        if name in MEANINGS:
            return self._new(MeaningBreakpoint(MEANINGS[name][0]))
        found = _FUNCTION.match(name)
        if found is not None and any(action.id == found["name"] for action in flow.actions):
            match found["place"]:
                case "after" | "leaving" as place:
                    return self._new(ActionBreakpoint(found["name"], place))
                case _:
                    return self._new(ActionBreakpoint(found["name"], "before"))
        known = ", ".join(MEANINGS)
        why = f"Write {known}, or an action's id, also after before, after or leaving."
        return self._new(None, why)

    def set_thrown(self, filters: Sequence[str]) -> list[_Kept]:
        """Replace those that are set by filter; unknown ones are said to be so."""
        _refuse_many(filters)
        caught = "caught" in filters
        exceptions = ExceptionBreakpoint(caught=caught, uncaught="uncaught" in filters or caught)
        kept: list[_Kept] = []
        for name in filters:
            if name in ("caught", "uncaught"):
                kept.append(self._new(exceptions))
            elif name in MEANINGS:
                kept.append(self._new(MeaningBreakpoint(MEANINGS[name][0])))
            else:
                kept.append(self._new(None, "There is no such filter."))
        self._thrown = tuple(kept)
        return kept

    def _new(self, point: Breakpoint | None, why: str = "", line: int | None = None) -> _Kept:
        kept = _Kept(self._next, point, why, line)
        self._next += 1
        return kept

    def _all(self) -> list[_Kept]:
        lines = [one for kept in self._lines.values() for one in kept]
        return [*lines, *self._functions, *self._thrown]


def _hit_count(text: str) -> int | None:
    found = _HITS.match(text)
    if found is None:
        return None
    return max(int(found["count"]) + (1 if found["sign"] == ">" else 0), 1)


def _text(wanted: RequestArguments, name: str) -> str | None:
    text = wanted.optional_text(name)
    return text if text and text.strip() else None


def _refuse_many(wanted: Sequence[object]) -> None:
    if len(wanted) > MOST_BREAKPOINTS:
        raise RefusedError(f"These are more than {MOST_BREAKPOINTS} breakpoints.")
