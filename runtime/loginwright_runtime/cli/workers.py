"""The pool of workers that a command runs actions in."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.hosts.pool import SPARED, WorkerPool

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.engine.options import EngineOptions


@asynccontextmanager
async def worker_pool(
    options: EngineOptions, early: EarlyWorker, *, spared: int = SPARED
) -> AsyncGenerator[WorkerPool]:
    """Give a pool that uses the worker started early, and end it with every worker.

    Args:
        options: Of the engine.
        early: Holds the worker that was started early, if one was.
        spared: How many workers are kept ready.
    """
    pool = WorkerPool(
        SHAPES,
        max_workers=options.max_workers,
        heap_mb=options.heap_mb,
        early=early.take(),
        spared=spared,
    )
    try:
        yield pool
    finally:
        await pool.aclose()
