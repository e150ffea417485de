"""Fails unless the tests reached every statement and branch of the packages that must have it.

Called by ``make test`` with coverage's JSON report and the names of packages of the runtime. Says
nothing when all is covered, so that pytest's count stays the last line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = "runtime/loginwright_runtime"


class FileCoverage(TypedDict):
    """What coverage's report holds of a file, as far as it is read here."""

    missing_lines: list[int]
    missing_branches: list[tuple[int, int]]


class ReportMeta(TypedDict):
    """What coverage's report says of itself, as far as it is read here."""

    branch_coverage: bool


class Report(TypedDict):
    """Coverage's JSON report, as far as it is read here."""

    meta: ReportMeta
    files: dict[str, FileCoverage]


def main(arguments: list[str]) -> int:
    """Check the report at the first argument for the packages that the others name.

    Returns:
        The exit status: 0 when everything was reached, 1 when not, 2 for bad usage.
    """
    match arguments:
        case [path, *packages] if packages:
            report: Report = json.loads(Path(path).read_text(encoding="utf-8"))
        case _:
            sys.stderr.write("usage: coverage_gate.py REPORT.json PACKAGE…\n")
            return 2
    gaps = list(_gaps(report, packages))
    if gaps:
        sys.stderr.write("Not reached by any test:\n" + "".join(f"  {gap}\n" for gap in gaps))
    return 1 if gaps else 0


def _gaps(report: Report, packages: list[str]) -> Iterator[str]:
    if not report["meta"]["branch_coverage"]:
        yield "any branch: the report was made without branch coverage"
    for package in packages:
        folder = f"{PACKAGES}/{package}/"
        files = {name: found for name, found in report["files"].items() if folder in name}
        if not files:
            yield f"{folder}: the report names no file in it"
        for name, found in sorted(files.items()):
            places = [*_lines(found), *_branches(found)]
            if places:
                yield f"{name}: {', '.join(places)}"


def _lines(found: FileCoverage) -> Iterator[str]:
    """Name the missing lines, neighbours as one range."""
    numbers = sorted(found["missing_lines"])
    while numbers:
        first = last = numbers.pop(0)
        while numbers and numbers[0] == last + 1:
            last = numbers.pop(0)
        yield f"{first}" if first == last else f"{first}-{last}"


def _branches(found: FileCoverage) -> Iterator[str]:
    """Name the missing branches that start in a line that was reached."""
    for start, end in found["missing_branches"]:
        if start not in found["missing_lines"]:
            yield f"{start}->{end if end > 0 else 'exit'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
