"""The designer outlives whoever presses anything in any order (issue 3, 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from random_walk import Walk, stay_inside

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver
    from loginwright_designer.crash_report_text import CrashReport

WALKS = 8
"""Of 150 steps each; ``pytest --walk-steps=1250`` makes it the 10,000 of a release."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(WALKS))
def test_no_command_in_any_order_loses_focus_primary_or_status(
    start: Callable[..., Driver],
    crashes: list[CrashReport],
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    with monkeypatch.context() as patch:
        stay_inside(patch)
        Walk(start(), seed).go(request.config.getoption("--walk-steps"))

    assert [report.text for report in crashes] == []
