"""Whole commands: a cold run, 500 scenarios, a validation of 20 actions."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orjson

from benchmarks.bench_worker import ROLES
from benchmarks.table import Row

COMMAND = Path(sys.executable).parent / "loginwright"
COLD_RUN_US = 300_000
SCENARIOS_US = 5_000_000
VALIDATE_US = 1_000_000
LINES_OF_FILLING = 200
LIBRARIES = "import asyncio, jwt, orjson, pydantic"


def a_folder(folder: Path, actions: int, scenarios: int = 0, filling: int = 0) -> Path:
    """Write a flow folder of equal actions."""
    filler = "".join(
        f"// line {number} of an action of the usual length\n" for number in range(filling)
    )
    entries = []
    for number in range(actions):
        path = folder / "actions" / f"a{number}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(filler + ROLES, encoding="utf-8")
        entries.append({"id": f"a{number}", "name": f"A{number}", "code": f"actions/a{number}.js"})
    flow = {"format": "loginwright/flow@1", "name": "Bench", "trigger": "post-login"}
    (folder / "flow.json").write_bytes(orjson.dumps(flow | {"actions": entries}))
    (folder / "scenarios").mkdir(exist_ok=True)
    for number in range(scenarios):
        scenario = {
            "format": "loginwright/scenario@1",
            "name": f"Scenario {number}",
            "event": {"authorization": {"roles": [f"role-{number}"]}},
            "expect": {"status": "allowed"},
        }
        (folder / "scenarios" / f"s{number}.json").write_bytes(orjson.dumps(scenario))
    return folder


def timed(*words: str | Path, times: int) -> float:
    """Return the median of whole runs of a command, in microseconds."""
    taken = []
    for _ in range(times + 1):
        begin = time.perf_counter()
        subprocess.run([COMMAND, *words], check=True, capture_output=True, env=os.environ)
        taken.append((time.perf_counter() - begin) * 1e6)
    return statistics.median(taken[1:])


def imports_alone() -> float:
    """Return the median of a Python that only imports the libraries, in microseconds."""
    taken = []
    for _ in range(7):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", LIBRARIES], check=True)
        taken.append((time.perf_counter() - begin) * 1e6)
    return statistics.median(taken)


async def rows() -> list[Row]:
    """Return the rows of the table; the floors are the targets in seconds."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        one = a_folder(root / "one", 1)
        many = a_folder(root / "many", 3, scenarios=500)
        large = a_folder(root / "large", 20, filling=LINES_OF_FILLING)
        return [
            Row(
                "command: run, one action, cold",
                timed("run", one, "--json", times=7),
                COLD_RUN_US,
                1.0,
                f"floor: the target; importing the libraries alone {imports_alone() / 1000:.0f} ms",
            ),
            Row(
                "command: test, 500 scenarios of 3 actions",
                timed("test", many, times=2),
                SCENARIOS_US,
                1.0,
                "floor: the target",
            ),
            Row(
                "command: validate, 20 actions of 200 lines",
                timed("validate", large, times=3),
                VALIDATE_US,
                1.0,
                "floor: the target",
            ),
        ]
