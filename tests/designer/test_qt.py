"""Qt, as it is installed, does what the designer relies on."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

EMITS = 50

WARNING_TEST = """
from PySide6.QtCore import qWarning

def test_nothing_is_wrong_but_qt_warns(qapp):
    qWarning("a slot is missing")
"""


class Bell(QObject):
    """Rings with what it is given."""

    rung = Signal(object)  # the value


def test_values_sent_by_signals_are_neither_lost_nor_kept(qtbot: QtBot) -> None:
    bell = Bell()
    heard = [0]

    def hear(value: object) -> None:
        heard[0] += value is not None

    bell.rung.connect(hear)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(EMITS):
        bell.rung.emit(True)
        bell.rung.emit(None)
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert heard == [EMITS]
    drift = [late - early for early, late in zip(before, after, strict=True)]
    assert all(abs(change) < EMITS / 2 for change in drift), drift


def test_a_warning_of_qt_fails_the_test_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "test_warning.py").write_text(WARNING_TEST, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\n", encoding="utf-8"
    )
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "1 failed" in run.stdout
    assert "a slot is missing" in run.stdout
