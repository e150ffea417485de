"""What surrounds the window while it is open."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from flow_folders import write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.serving import keep_what_a_start_leaves

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver
    from loginwright_designer.crash_report_text import CrashReport


def test_the_collector_looks_again_at_what_a_closed_flow_leaves(
    start: Callable[..., Driver], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[None] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(None))
    folder = write_folder(home / "own")
    FolderTrust().trust(folder)
    desk = start(folder)
    opened: list[object] = []
    desk.bench.flow_opened.connect(opened.append)
    keep_what_a_start_leaves(desk.bench)

    for count in (1, 2):
        desk.inside(lambda: desk.bench.opening.open(folder))
        desk.until(lambda count=count: len(opened) == count)  # type: ignore[misc]  # a default argument keeps the count

    assert len(frozen) == 1


@pytest.mark.allow_logs(reason="a failure is logged")
def test_a_failure_in_a_test_waits_for_nobody(
    start: Callable[..., Driver], crashes: list[CrashReport]
) -> None:
    desk = start()

    def fail(_: object) -> None:
        raise RuntimeError("no such luck")

    desk.bench.flow_opened.connect(fail)
    desk.inside(lambda: desk.bench.flow_opened.emit(desk.flow))
    desk.until(lambda: bool(crashes))
    assert "no such luck" in crashes[0].text
