"""What tests of commands in this process need."""

from __future__ import annotations

import pytest

from command_runs import InProcess


@pytest.fixture(autouse=True)
def readable_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the process of the tests readable: the guards look into /proc."""
    monkeypatch.setenv("LOGINWRIGHT_DUMPABLE", "1")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> InProcess:
    """Run commands in this process."""
    return InProcess(capsys)
