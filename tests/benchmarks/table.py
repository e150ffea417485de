"""The table that ``make bench`` prints: medians of one run, and their ratio to a floor."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADINGS = ("what", "median", "floor", "ratio", "target", "note")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement.

    Attributes:
        name: What was measured.
        median_us: Median of the run, in microseconds.
        floor_us: Median, in the same run, of the least that could do it; None without one.
        target_ratio: What ``median_us / floor_us`` should stay under, or None.
        note: What one has to know to read it.
    """

    name: str
    median_us: float
    floor_us: float | None = None
    target_ratio: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor this takes."""
        return None if self.floor_us is None else self.median_us / self.floor_us

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        ratio = self.ratio
        return (
            self.name,
            _time(self.median_us),
            "" if self.floor_us is None else _time(self.floor_us),
            "" if ratio is None else f"{ratio:.2f}",
            "" if self.target_ratio is None else f"≤ {self.target_ratio:g}",
            self.note,
        )


def _time(microseconds: float) -> str:
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if microseconds >= size:
            return f"{microseconds / size:.3g} {unit}"
    return f"{microseconds:.3g} µs"


def print_table(rows: Sequence[Row], out: TextIO = sys.stdout) -> None:
    """Print the rows in aligned columns."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    for line in lines:
        out.write(_aligned(line, widths).rstrip() + "\n")


def _aligned(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = [
        cell.rjust(width) if 0 < column < len(HEADINGS) - 1 else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded)
