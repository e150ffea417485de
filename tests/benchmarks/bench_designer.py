"""The designer's budgets (desktop.md): first frame, restyle, steps, scrub, drag, grid, memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import cast

from benchmarks.table import Row

STARTS = 5
PATIENCE = 900
"""Seconds for one measurement; 1,000 logins take the longest."""

FIRST_FRAME_RATIO = 4
FIRST_FRAME_MS = 400
MEMORY_MB = 110
RESTYLE_MS = 80
STEP_MS = 30
POSITION_MS = 16
FRAME_MS = 1000 / 60
ANSWER_MS = 16
GROWTH_MB = 5
"""What counts as flat over 1,000 logins: less than one kept login in 200."""


async def rows() -> list[Row]:
    """Measure each in a process of its own, with a home of its own and no screen."""
    return [*_first_frame(), _restyle(), _step(), *_scrub(), _drag(), *_grid(), _memory()]


def _told(name: str) -> dict[str, float]:
    """Return what a measurement of ``designer_window`` tells."""
    with tempfile.TemporaryDirectory() as home:
        private = Path(home, "run")
        private.mkdir(mode=0o700)
        folders = {f"XDG_{kind}_HOME": f"{home}/{kind}" for kind in ("CONFIG", "STATE", "DATA")}
        environment = {
            **os.environ,
            **folders,
            "HOME": home,
            "XDG_RUNTIME_DIR": str(private),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "QT_QPA_PLATFORM": "offscreen",
            "STARTED_AT": str(time.time()),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "benchmarks.designer_window", name]
        done = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, timeout=PATIENCE
        )
    return cast("dict[str, float]", json.loads(done.stdout))


def _first_frame() -> list[Row]:
    _told("first_frame")  # bytecode and files come from the cache from now on
    ours, empty = [], []
    for _ in range(STARTS):
        ours.append(_told("first_frame"))
        empty.append(_told("empty_window"))
    floor = median(one["median"] for one in empty) * 1000
    memory, bare = median(one["mb"] for one in ours), median(one["mb"] for one in empty)
    later = median(one["flow_mb"] for one in ours)
    return [
        Row(
            "designer: first frame, cold process",
            median(one["median"] for one in ours) * 1000,
            floor,
            FIRST_FRAME_RATIO,
            f"floor: an empty window; ≤ {FIRST_FRAME_MS} ms; {memory:.0f} MB, empty {bare:.0f} MB",
        ),
        Row(
            "designer: the flow stands in the window",
            median(one["flow"] for one in ours) * 1000,
            floor,
            None,
            f"floor: an empty window; {later:.0f} MB, ≤ {MEMORY_MB} MB",
        ),
    ]


def _against(name: str, told: dict[str, float], budget_ms: float, note: str) -> Row:
    cpu = f"; {told['cpu']:.1f} ms of a core" if "cpu" in told else ""
    worst = f"; at worst {told['worst']:.1f} ms" if "worst" in told else ""
    said = f"floor: the budget; {note}{cpu}{worst}"
    return Row(name, told["median"] * 1000, budget_ms * 1000, 1, said)


def _restyle() -> Row:
    told = _told("restyle")
    return _against("designer: restyle the whole window", told, RESTYLE_MS, "painted")


def _step() -> Row:
    told = _told("step_shown")
    note = f"{told['turns']:.0f} stops of the sample, painted"
    return _against("designer: a step shown after the engine's stop", told, STEP_MS, note)


def _scrub() -> list[Row]:
    told = _told("scrub")
    found = []
    for page in ("variables", "changes", "tokens"):
        one = {kind: told[f"{page}_{kind}"] for kind in ("median", "worst", "cpu")}
        name = f"designer: a position of {told['steps']:,.0f} steps, {page}"
        found.append(_against(name, one, POSITION_MS, "single steps and leaps, painted"))
    return found


def _drag() -> Row:
    told = _told("drag")
    assert told["previewed"], "the lane shows where the card would go"
    return _against("designer: a frame while dragging, 20 actions", told, FRAME_MS, "60 a second")


def _grid() -> list[Row]:
    told = _told("grid")
    found = []
    for word, name in (("first", "the first run"), ("again", "run again")):
        gap = {"median": told[f"{word}_gap"]}
        note = f"500 scenarios in {told[f'{word}_seconds']:.1f} s"
        row = _against(f"designer: longest pause in a grid of 500, {name}", gap, ANSWER_MS, note)
        found.append(row)
    return found


def _memory() -> Row:
    told = _told("memory_of_runs")
    grown, half = told["grown_mb"], told["half_mb"] - told["before_mb"]
    note = f"{grown:+.1f} MB after 1,000 runs, {half:+.1f} MB after 500; flat is ≤ {GROWTH_MB} MB"
    return Row("designer: a login to its end, 1,000 times", told["median"] * 1000, note=note)
