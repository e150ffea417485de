"""Folds a run record into the console: what actions printed, warnings, and where legs part."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.steps import away_words, place_of
from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    Left,
    LogWritten,
    RecordEntry,
    RunRecord,
    WarningRaised,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

translate = QCoreApplication.translate


class ConsoleLevel(StrEnum):
    """How loud a line is; the levels that are shown and hidden together."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    DEBUG = "debug"


_LEVELS = {
    "error": ConsoleLevel.ERROR,
    "warn": ConsoleLevel.WARNING,
    "log": ConsoleLevel.INFO,
    "info": ConsoleLevel.INFO,
    "debug": ConsoleLevel.DEBUG,
    "trace": ConsoleLevel.DEBUG,
}


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """A line an action printed, or a warning of the engine.

    Attributes:
        seq: Of its entry in the record.
        level: How loud it is.
        text: What it says, with its line ends.
        action: Id of the action, or None for the engine's own.
        name: What people call the action; empty for the engine's own.
        line: In the action's code, where known.
        code: Of a warning, ``claim-namespace``; empty for what was printed.
    """

    seq: int
    level: ConsoleLevel
    text: str = field(repr=False)
    action: str | None
    name: str
    line: int | None
    code: str = ""

    @property
    def place(self) -> str:
        """Where it came from, "Ask favourite colour : 34"; empty where nobody knows."""
        if not self.name:
            return ""
        return self.name if self.line is None else f"{self.name} : {self.line}"

    def has(self, searched: str) -> bool:
        """Tell whether a text, in lower case, stands in what is shown of this line."""
        return searched in f"{self.text}\n{self.place}\n{self.code}".lower()


@dataclass(frozen=True, slots=True)
class LegBreak:
    """Between two lines the login was away.

    Attributes:
        seq: Of the return.
        leg: The stretch that begins.
        host: Where it was.
        away: How long, in words.
    """

    seq: int
    leg: int
    host: str
    away: str


ConsoleRow: TypeAlias = ConsoleLine | LegBreak


class ConsoleFold:
    """The rows of a record that grows; only what is new is read again."""

    def __init__(self) -> None:
        self._record: RunRecord | None = None
        self._names: Mapping[str, str] = {}
        self._left: Left | None = None
        self.rows: list[ConsoleRow] = []
        self.lines = 0

    def take(self, record: RunRecord | None, names: Mapping[str, str]) -> bool:
        """Read a record; True where its rows go on from those of the last one.

        Args:
            record: The login so far, or None.
            names: What people call each action, by id.
        """
        grows = self._goes_on(record, names)
        if not grows:
            self.rows, self._left, self.lines = [], None, 0
        begin = len(self._record.entries) if grows and self._record is not None else 0
        self._record, self._names = record, names
        for entry in record.entries[begin:] if record is not None else ():
            self._take(entry)
        return grows

    def _goes_on(self, record: RunRecord | None, names: Mapping[str, str]) -> bool:
        known = self._record
        if known is None or record is None or names != self._names:
            return known is record and record is not None
        count = len(known.entries)
        if len(record.entries) < count:
            return False
        return count == 0 or record.entries[count - 1] is known.entries[count - 1]

    def _take(self, entry: RecordEntry) -> None:
        match entry:
            case LogWritten():
                level = _LEVELS.get(entry.level, ConsoleLevel.INFO)
                self._add(entry.seq, level, entry.text, entry.action, entry.line)
            case WarningRaised():
                level = ConsoleLevel.WARNING
                self._add(entry.seq, level, entry.message, entry.action, entry.line, entry.code)
            case CallMade(evaluated=True):
                text = translate("Console", "{method} was called by an expression: no effect")
                words = text.format(method=f"api.{entry.method}")
                self._add(entry.seq, ConsoleLevel.DEBUG, words, entry.action, None)
            case Left():
                self._left = entry
            case CameBack():
                self._add_break(entry)
            case _:
                pass

    def _add(
        self,
        seq: int,
        level: ConsoleLevel,
        text: str,
        action: str | None,
        line: int | None,
        code: str = "",
    ) -> None:
        name = "" if action is None else self._names.get(action, action)
        self.rows.append(ConsoleLine(seq, level, text, action, name, line, code))
        self.lines += 1

    def _add_break(self, entry: CameBack) -> None:
        left = self._left
        host = "" if left is None else place_of(left)
        away = "" if left is None else away_words(entry.at - left.at)
        self.rows.append(LegBreak(entry.seq, entry.leg, host, away))


def filtered(
    rows: Sequence[ConsoleRow], searched: str, levels: Collection[ConsoleLevel]
) -> list[ConsoleRow]:
    """Return the rows that a filter leaves; breaks only where lines stand on both sides.

    Args:
        rows: All of them.
        searched: Part of a line, whatever its case.
        levels: Those that are shown.
    """
    wanted = searched.lower().strip()
    kept: list[ConsoleRow] = []
    waiting: LegBreak | None = None
    for row in rows:
        if isinstance(row, LegBreak):
            waiting = row if kept else None
        elif row.level in levels and (not wanted or row.has(wanted)):
            if waiting is not None:
                kept.append(waiting)
                waiting = None
            kept.append(row)
    return kept


def plain_text(rows: Sequence[ConsoleRow]) -> str:
    """Return rows as text, for the clipboard.

    Args:
        rows: Those that are shown.
    """
    return "".join(f"{_text_line(row)}\n" for row in rows)


def _text_line(row: ConsoleRow) -> str:
    if isinstance(row, LegBreak):
        return f"--- {row.host}, {row.away}, leg {row.leg} ---"
    place = f"{row.place}  " if row.place else ""
    code = f"  {row.code}" if row.code else ""
    return f"{row.level:<7}  {place}{row.text}{code}"
