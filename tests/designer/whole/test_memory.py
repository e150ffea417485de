"""Opening and closing flows leaves nothing behind."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from flow_folders import write_folder
from loginwright_designer.document.trust import FolderTrust

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

OPENED = 50
WARM = 10
"""After so many, whatever is made once has been made."""


def test_flows_that_were_closed_are_gone(start: Callable[..., Driver], home: Path) -> None:
    folders = [write_folder(home / name) for name in ("one", "other")]
    for folder in folders:
        FolderTrust().trust(folder)
    desk = start(folders[1])
    gone: list[weakref.ref[QObject]] = []
    counted: list[int] = []

    for number in range(OPENED):
        before = desk.flow
        gone += [weakref.ref(before), weakref.ref(before.session), weakref.ref(before.code)]
        del before
        switch(desk, folders[number % 2])
        if number in {WARM, OPENED - 1}:
            collect()
            counted.append(len(desk.window.findChildren(QObject)))

    collect()
    assert [left for left in (one() for one in gone) if left is not None] == []
    assert counted[1] <= counted[0]


def switch(desk: Driver, folder: Path) -> None:
    """Open a flow instead of the one that is open."""
    desk.inside(lambda: desk.bench.opening.open(folder))
    desk.until(
        lambda: (
            desk.bench.flow is not None
            and desk.flow.session.document.folder.path == folder
            and bool(desk.flow.session.document.problems.facts)
        )
    )
    desk.flow.code.open_file("actions/colour.js")
    desk.turn()


def collect() -> None:
    """Let go of everything that nobody holds."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
