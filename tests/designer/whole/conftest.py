"""The whole application in every state, at its limits, and under whoever means it ill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer import serving
from loginwright_designer.crash_reports import Decision

if TYPE_CHECKING:
    from loginwright_designer.crash_report_text import CrashReport
    from loginwright_designer.main_window.wiring.workbench import Workbench


@pytest.fixture
def crashes(monkeypatch: pytest.MonkeyPatch) -> list[CrashReport]:
    """The failures that were told; their dialog, which waits for somebody, is left out."""
    told: list[CrashReport] = []

    def tell(_: Workbench, report: CrashReport) -> Decision:
        told.append(report)
        return Decision.GO_ON

    monkeypatch.setattr(serving, "tell_crash", tell)
    return told
