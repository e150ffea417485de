"""Workers whose process is there when Qt's events are handled outside a run of the loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from javascript_actions import JavaScriptHost
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.extension_points import Returned
from loginwright_runtime.hosts.pool import WorkerPool
from patience import PATIENCE
from worker_watch import QUICK, processes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

TURNS = 500
"""Enough for the thread that starts a process to be heard."""


def test_a_worker_is_ready_although_its_process_came_while_the_loop_stood_still(
    qapp: QApplication, qt_loop: QEventLoop
) -> None:
    host = JavaScriptHost(WorkerPool(SHAPES, max_workers=1))

    async def warm() -> None:
        host.pool.warm(QUICK)
        await asyncio.sleep(0)

    async def run() -> None:
        assert isinstance((await host.run(QUICK)).end, Returned)
        await host.pool.aclose()

    qt_loop.run_until_complete(warm())
    while not processes():
        qapp.processEvents()
    for _ in range(TURNS):
        qapp.processEvents()
    qt_loop.run_until_complete(asyncio.wait_for(run(), PATIENCE))
