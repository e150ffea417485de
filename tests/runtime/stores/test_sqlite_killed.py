"""A process killed between two steps, inside one, or in the middle of a write loses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sqlite_probe import QUICK_FOLDER

PROCESS = Path(__file__).with_name("killed_process.py")
SEEDS = 1000
AT_ONCE = 250


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_killed_process_leaves_the_state_before_its_step_or_after_it(first: int) -> None:
    with TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        lives = subprocess.run(
            [sys.executable, str(PROCESS), folder, str(first), str(AT_ONCE)],
            stdout=subprocess.PIPE,
            check=True,
            timeout=100,
        )
    result = json.loads(lives.stdout)
    assert result["wrong"] == []
    assert len(result["deaths"]) > AT_ONCE * 0.9
    assert set(range(3, 12)) <= {*result["deaths"]}, "deaths come everywhere in a life"
