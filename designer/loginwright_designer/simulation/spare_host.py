"""Keeps the workers of the next debugged login ready, so that it need not wait for them."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.errors import HostError

if TYPE_CHECKING:
    from loginwright_designer.simulation.login_inputs import LoginInputs
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.hosts.pool import WorkerPool
    from loginwright_runtime.simulation import SimulationSettings

SOON_SECONDS = 0.2


class SpareHost:
    """One pool whose workers have run nothing yet; every login gets fresh ones.

    They end by themselves when nobody needs them for a while; the pool then starts others.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        """Keep nothing yet.

        Args:
            loop: Where workers are prepared; without one they never are.
        """
        self._loop = loop
        self._due: asyncio.TimerHandle | None = None
        self._pool: WorkerPool | None = None
        self._flow: Flow | None = None

    @property
    def is_ready(self) -> bool:
        """Whether there is one."""
        return self._pool is not None

    async def take(self, inputs: LoginInputs, settings: SimulationSettings) -> WorkerPool:
        """Return the pool that is ready, else one that begins to be; the caller closes it.

        Args:
            inputs: What runs.
            settings: How it is run.
        """
        self._cancel()
        pool, self._pool = self._pool, None
        if pool is not None and self._flow == inputs.flow:
            return pool
        if pool is not None:
            await pool.aclose()
        return debugging_host(inputs, settings)

    def prepare_soon(self, inputs: LoginInputs, settings: SimulationSettings) -> None:
        """Make ready what the same flow will need again, once its outcome has been shown.

        Args:
            inputs: What has run.
            settings: How it was run.
        """
        if self._loop is not None and settings.host is None:
            self._cancel()
            self._due = self._loop.call_later(SOON_SECONDS, self._prepare, inputs, settings)

    def _prepare(self, inputs: LoginInputs, settings: SimulationSettings) -> None:
        self._due = None
        if not _loop_runs():
            self.prepare_soon(inputs, settings)
        elif self._pool is None:
            self._pool = debugging_host(inputs, settings)
            self._flow = inputs.flow

    def _cancel(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    async def close(self) -> None:
        """End what is ready."""
        self._cancel()
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.aclose()


def _loop_runs() -> bool:
    """Whether the event loop is said to run: Qt fires its timers also while it is not."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def debugging_host(inputs: LoginInputs, settings: SimulationSettings) -> WorkerPool:
    """Return a pool that already starts the workers in which a flow is debugged.

    They start beside one another, so that a debugged login is hardly slower than another one.

    Args:
        inputs: What runs.
        settings: How it is run.
    """
    from loginwright_runtime.hosts.pool import WorkerPool

    options = settings.options
    pool = WorkerPool(SHAPES, max_workers=options.max_workers, heap_mb=options.heap_mb)
    with contextlib.suppress(HostError):  # told by the handler that finds no worker
        pool.warm_debugged(inputs.flow)
    return pool
