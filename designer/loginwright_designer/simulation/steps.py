"""Folds a run record into the steps strip: one cell a step, grouped under its action."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LineReached,
    LoginEnded,
    ProfileWritten,
    RecordEntry,
    RunRecord,
    TokensIssued,
)

GroupKind: TypeAlias = Literal["action", "return", "away", "end"]

translate = QCoreApplication.translate

_CONTINUE = "onContinuePostLogin"


class Glyph(StrEnum):
    """The drawing in a cell, by its icon's name (notes.md, "Icons")."""

    ENTER = "log-in"
    LEAVE = "log-out"
    READ = "eye"
    ENCODE_TOKEN = "ticket"  # noqa: S105 - an icon's name, no password
    SEND_USER = "send"
    AWAY = "globe"
    RETURN = "corner-down-right"
    SET = "pencil"
    LINE = "circle-dot"
    PROFILE = "save"
    TOKENS = "badge-check"
    DENIED = "octagon-x"
    FAILED = "triangle-alert"


_METHOD_GLYPHS = {
    "redirect.encodeToken": Glyph.ENCODE_TOKEN,
    "redirect.sendUserTo": Glyph.SEND_USER,
    "access.deny": Glyph.DENIED,
    "validation.error": Glyph.DENIED,
}


@dataclass(frozen=True, slots=True)
class StepCell:
    """One step.

    Attributes:
        number: Its place among all steps, from 1; what people count.
        seq: Of its entry in the record.
        until: ``seq`` of the last entry that belongs to it: what it printed, how it was judged.
        glyph: Its drawing.
        label: What it is: "sendUserTo", "onExecutePostLogin begins".
        action: Id of the action, or None for the engine's own steps.
        line: Source line, where known.
        breadcrumb: Where it is, from the outside in.
        file: Of the line, where it need not be the action's own.
    """

    number: int
    seq: int
    until: int
    glyph: Glyph
    label: str
    action: str | None
    line: int | None = None
    breadcrumb: tuple[str, ...] = ()
    file: str | None = None

    @property
    def is_line(self) -> bool:
        """Whether it is a line of code, one level below the calls."""
        return self.glyph is Glyph.LINE


@dataclass(frozen=True, slots=True)
class StepGroup:
    """Cells under one heading; the time away is a group of one cell.

    Attributes:
        kind: An action's handler, one that the login came back to, the time away, or the end.
        title: What stands above it.
        action: Id of the action, or None.
        leg: The stretch between suspensions it belongs to.
        cells: In order.
        note: What stands below it: the duration, or how long the login was away.
        duration_ms: Of the handler; None while it runs, and for other groups.
    """

    kind: GroupKind
    title: str
    action: str | None
    leg: int
    cells: tuple[StepCell, ...]
    note: str = ""
    duration_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """The whole strip.

    Attributes:
        groups: In order.
        cells: Every cell in order, those of the groups.
        legs: How many stretches the login has had.
    """

    groups: tuple[StepGroup, ...] = ()
    cells: tuple[StepCell, ...] = ()
    legs: int = 0

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(self.cells)

    def at(self, seq: int) -> StepCell | None:
        """Return the cell that an entry of the record belongs to; None before the first."""
        index = bisect_right(self.cells, seq, key=lambda cell: cell.seq)
        return self.cells[index - 1] if index else None

    def numbered(self, number: int) -> StepCell | None:
        """Return the cell with this number, or None."""
        return self.cells[number - 1] if 0 < number <= len(self.cells) else None


def steps(record: RunRecord, names: Mapping[str, str] | None = None) -> Steps:
    """Return the strip of a record.

    Args:
        record: The login so far.
        names: What people call each action, by id; an id stands for itself.
    """
    folding = _Folding(names or {})
    for entry in record.entries:
        folding.take(entry)
    return folding.done()


def milliseconds(duration: float) -> str:
    """Return a handler's duration as the strip shows it: ``0.15 ms``, ``2.4 s``."""
    if duration < 1000:
        return translate("Steps", "{number} ms").format(number=f"{duration:.2f}")
    return translate("Steps", "{number} s").format(number=f"{duration / 1000:.1f}")


def away_words(seconds: float) -> str:
    """Return how long a login was away on its own clock; a fixed clock shows no time."""
    whole = round(seconds)
    if whole <= 0:
        return translate("Steps", "login clock fixed")
    if whole < 120:
        return translate("Steps", "{number} s").format(number=whole)
    if whole < 7200:
        return translate("Steps", "{number} min").format(number=whole // 60)
    return translate("Steps", "{number} h").format(number=whole // 3600)


@dataclass(slots=True)
class _Folding:
    """The strip while it is folded."""

    names: Mapping[str, str]
    groups: list[StepGroup] = field(default_factory=list[StepGroup])
    starts: list[int] = field(default_factory=list[int])
    cells: list[StepCell] = field(default_factory=list[StepCell])
    left: Left | None = None
    last_seq: int = 0
    legs: int = 0

    def take(self, entry: RecordEntry) -> None:
        """Add what an entry shows."""
        self.legs = max(self.legs, entry.leg)
        match entry:
            case HandlerBegan():
                self._began(entry)
            case CallMade(evaluated=False):
                label = entry.method.partition(".")[2] or entry.method
                self._cell(entry, call_glyph(entry), label, entry.action, entry.line)
            case LineReached():
                self._line(entry)
            case HandlerEnded():
                self._ended(entry)
            case Left():
                self._left(entry)
            case CameBack():
                self._came_back(entry)
            case ProfileWritten():
                self._end_group(entry)
                self._cell(entry, Glyph.PROFILE, translate("Steps", "Profile written"), None)
            case TokensIssued():
                self._end_group(entry)
                self._cell(entry, Glyph.TOKENS, translate("Steps", "Tokens issued"), None)
            case LoginEnded(status="denied" | "failed"):
                self._end_group(entry)
                denied = entry.status == "denied"
                glyph = Glyph.DENIED if denied else Glyph.FAILED
                word = translate("Steps", "Denied") if denied else translate("Steps", "Failed")
                self._cell(entry, glyph, word, None)
            case _:
                pass
        self.last_seq = entry.seq

    def done(self) -> Steps:
        """Return the strip; every cell reaches to the next one."""
        ends = [*(cell.seq - 1 for cell in self.cells[1:]), self.last_seq]
        cells = [replace(cell, until=end) for cell, end in zip(self.cells, ends, strict=False)]
        borders = [*self.starts[1:], len(cells)]
        groups = tuple(
            replace(group, cells=tuple(cells[start:end]))
            for group, start, end in zip(self.groups, self.starts, borders, strict=False)
        )
        return Steps(groups, tuple(cells), self.legs)

    def _name(self, action: str | None) -> str:
        return _mfa_at_end() if action is None else self.names.get(action, action)

    def _returning(self, action: str) -> str:
        return translate("Steps", "{action}, return").format(action=self._name(action))

    def _open(self, group: StepGroup) -> None:
        self.groups.append(group)
        self.starts.append(len(self.cells))

    def _began(self, entry: HandlerBegan) -> None:
        last = self.groups[-1] if self.groups else None
        came_back = last is not None and last.kind == "return" and last.action == entry.action
        if not came_back:
            back = entry.handler == _CONTINUE
            kind: GroupKind = "return" if back else "action"
            title = self._returning(entry.action) if back else self._name(entry.action)
            self._open(StepGroup(kind, title, entry.action, entry.leg, ()))
        begins = translate("Steps", "{handler} begins").format(handler=entry.handler)
        self._cell(entry, Glyph.ENTER, begins, entry.action)

    def _ended(self, entry: HandlerEnded) -> None:
        glyph = Glyph.LEAVE if entry.how == "returned" else Glyph.FAILED
        self._cell(entry, glyph, _ending(entry), entry.action)
        if self.groups and self.groups[-1].action == entry.action:
            note = milliseconds(entry.duration_ms)
            self.groups[-1] = replace(self.groups[-1], note=note, duration_ms=entry.duration_ms)

    def _line(self, entry: LineReached) -> None:
        self._cell(entry, Glyph.LINE, _line_words(entry.line), entry.action, entry.line)
        self.cells[-1] = replace(self.cells[-1], file=entry.file)

    def _left(self, entry: Left) -> None:
        self.left = entry
        title, note = translate("Steps", "Away"), translate("Steps", "waiting")
        self._open(StepGroup("away", title, entry.action, entry.leg, (), note))
        self._cell(entry, Glyph.AWAY, place_of(entry), entry.action)

    def _came_back(self, entry: CameBack) -> None:
        if self.left is not None and self.groups and self.groups[-1].kind == "away":
            note = away_words(entry.at - self.left.at)
            self.groups[-1] = replace(self.groups[-1], note=note)
        title = self._returning(entry.action) if entry.action else _mfa_at_end()
        self._open(StepGroup("return", title, entry.action, entry.leg, ()))
        self._cell(entry, Glyph.RETURN, translate("Steps", "Came back"), entry.action)

    def _end_group(self, entry: RecordEntry) -> None:
        if not self.groups or self.groups[-1].kind != "end":
            self._open(StepGroup("end", translate("Steps", "End"), None, entry.leg, ()))

    def _cell(
        self,
        entry: RecordEntry,
        glyph: Glyph,
        label: str,
        action: str | None,
        line: int | None = None,
    ) -> None:
        if not self.groups:  # a trace that was cut at its beginning
            self._open(StepGroup("action", self._name(action), action, entry.leg, ()))
        crumbs = [translate("Steps", "Flow")]
        if action is not None:
            crumbs.append(self._name(action))
        crumbs.append(label if line is None else _line_words(line))
        number = len(self.cells) + 1
        self.cells.append(
            StepCell(number, entry.seq, entry.seq, glyph, label, action, line, tuple(crumbs))
        )


def call_glyph(call: CallMade) -> Glyph:
    """Return the drawing of an api call."""
    known = _METHOD_GLYPHS.get(call.method)
    if known is not None:
        return known
    return Glyph.READ if call.read else Glyph.SET


def _mfa_at_end() -> str:
    return translate("Steps", "MFA at the end")


def _line_words(line: int) -> str:
    return translate("Steps", "line {line}").format(line=line)


def _ending(entry: HandlerEnded) -> str:
    """Return how a handler ended: "onExecutePostLogin returns"."""
    text = {
        "returned": translate("Steps", "{handler} returns"),
        "threw": translate("Steps", "{handler} threw"),
        "timed_out": translate("Steps", "{handler} timed out"),
        "host_failed": translate("Steps", "{handler} host failed"),
        "missing": translate("Steps", "{handler} missing"),
    }[entry.how]
    return text.format(handler=entry.handler)


def place_of(left: Left) -> str:
    """Return where a login left for: the site's host, else what it waits for."""
    if left.kind != "redirect":
        return {
            "challenge": translate("Steps", "a second factor"),
            "enrollment": translate("Steps", "an enrolment"),
            "form": translate("Steps", "a form"),
        }[left.kind]
    another = translate("Steps", "another site")
    try:
        return urlsplit(left.url or "").hostname or another
    except ValueError:
        return another
