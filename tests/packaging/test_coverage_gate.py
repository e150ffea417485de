"""The coverage gate lets only a report pass in which nothing is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

GATE = Path(__file__).parents[2] / "packaging" / "coverage_gate.py"


def judged(
    folder: Path,
    *packages: str,
    lines: tuple[int, ...] = (),
    branches: tuple[tuple[int, int], ...] = (),
    with_branches: bool = True,
) -> tuple[int, str]:
    """Exit status and text of the gate for a report about one module of ``tokens``."""
    report = folder / "coverage.json"
    module = {"missing_lines": lines, "missing_branches": branches}
    content = {
        "meta": {"branch_coverage": with_branches},
        "files": {"runtime/loginwright_runtime/tokens/keys.py": module},
    }
    report.write_text(json.dumps(content), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(GATE), str(report), *packages],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return run.returncode, run.stdout + run.stderr


def test_full_coverage_passes_in_silence(tmp_path: Path) -> None:
    assert judged(tmp_path, "tokens") == (0, "")


def test_missing_lines_are_named_neighbours_together(tmp_path: Path) -> None:
    status, text = judged(tmp_path, "tokens", lines=(3, 7, 8, 9))
    assert (status, "tokens/keys.py: 3, 7-9\n" in text) == (1, True)


def test_missing_branch_of_a_line_that_was_reached_is_named(tmp_path: Path) -> None:
    status, text = judged(tmp_path, "tokens", lines=(9,), branches=((7, 9), (8, -3), (9, 11)))
    assert (status, "tokens/keys.py: 9, 7->9, 8->exit\n" in text) == (1, True)


def test_report_without_branches_is_refused(tmp_path: Path) -> None:
    status, text = judged(tmp_path, "tokens", with_branches=False)
    assert (status, "without branch coverage" in text) == (1, True)


def test_package_that_no_test_imported_is_noticed(tmp_path: Path) -> None:
    status, text = judged(tmp_path, "tokens", "flow")
    assert (status, "flow/: the report names no file" in text) == (1, True)


def test_without_packages_nothing_is_judged(tmp_path: Path) -> None:
    assert judged(tmp_path)[0] == 2
