"""Prints one table of every ``bench_*.py`` beside this file.

``PYTHONPATH=tests python -m benchmarks [NAME…]``; each module has ``async def rows()``, which
returns its rows, and names on the command line choose among them.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from benchmarks.table import Row, print_table

if TYPE_CHECKING:
    from collections.abc import Awaitable


class Benchmark(Protocol):
    """A module of this folder."""

    def rows(self) -> Awaitable[list[Row]]:
        """Measure and return what is to be printed."""
        ...


def _modules(wanted: list[str]) -> list[str]:
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in names if not wanted or name.removeprefix("bench_") in wanted]


async def _measure(names: list[str]) -> list[Row]:
    rows: list[Row] = []
    for name in names:
        sys.stderr.write(f"measuring {name.removeprefix('bench_')} …\n")
        module = cast("Benchmark", importlib.import_module(f"benchmarks.{name}"))
        rows.extend(await module.rows())
    return rows


def main() -> None:
    """Measure everything, or what the command line names, and print it."""
    print_table(asyncio.run(_measure(_modules(sys.argv[1:]))))


if __name__ == "__main__":
    main()
