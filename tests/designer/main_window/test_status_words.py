"""Which languages the status bar says run the actions: never one that is not there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from loginwright_designer.main_window.wiring.status_words import versions
from loginwright_runtime.hosts.node_command import find_node

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PYTHON = f"Python {sys.version_info.major}.{sys.version_info.minor}"


def test_the_node_that_was_installed_is_said_with_its_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LOGINWRIGHT_NODE", raising=False)
    assert versions() == f"Node 24 · {PYTHON}"


def test_of_a_node_that_somebody_named_no_other_ones_version_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_NODE", find_node() or "")
    assert versions() == f"Node · {PYTHON}"


def test_a_node_that_is_not_there_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_NODE", str(tmp_path / "node"))
    assert versions() == f"No Node · {PYTHON}"
