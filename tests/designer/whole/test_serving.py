"""What surrounds the window while it is open."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from flow_folders import write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.serving import keep_what_a_start_leaves

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from designer_driver import Driver


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
