"""Starts workers and waits until they know their flow."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from loginwright_runtime.errors import HostError
from loginwright_runtime.hosts.launch import Launch, refuse_other_node
from loginwright_runtime.hosts.node_command import REMEDY, WANTED_NODE
from loginwright_runtime.hosts.restraints import MEGABYTE
from loginwright_runtime.hosts.start_aside import start_aside
from loginwright_runtime.hosts.waiting import pause, to_the_end
from loginwright_runtime.hosts.worker import Worker, WorkerTraits

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.hosts.budgets import Budgets
    from loginwright_runtime.hosts.core_sharing import CoreSharing
    from loginwright_runtime.hosts.early_start import EarlyNode
    from loginwright_runtime.hosts.process_start import StartedProcess

READY_SECONDS = 20.0
_LOOK_AGAIN_SECONDS = 0.005
_BAD_OPTION = "bad option"  # What a Node says, of whatever version, to a flag it does not know.


class Starter:
    """Starts workers; the first JavaScript one may have been started early."""

    def __init__(self, early: EarlyNode | None, budgets: Budgets, sharing: CoreSharing) -> None:
        """Keep the early process until a flow comes for which it will do."""
        self._early = early
        self._sharing = sharing
        self._budgets = budgets

    async def start(
        self,
        launch: Launch,
        on_gone: Callable[[Worker], None],
        loop: asyncio.AbstractEventLoop,
    ) -> Worker:
        """Return a worker that is ready.

        Args:
            launch: How it is started.
            on_gone: Called when its process is reaped.
            loop: The one it belongs to.

        Raises:
            HostError: It cannot be started, died, or its language is of another version.
        """
        process = await self._process(launch, loop)
        worker = self._worker(launch, process, on_gone)
        try:
            async with asyncio.timeout(READY_SECONDS):
                version = await worker.connect(launch.setup)
            if launch.language == "javascript":
                refuse_other_node(version)
        except BaseException as error:
            worker.end(None)
            await worker.wait_ended()
            raise _as_host_error(error, launch) from error
        return worker

    def _worker(
        self, launch: Launch, process: StartedProcess, on_gone: Callable[[Worker], None]
    ) -> Worker:
        if launch.places is None:
            return Worker(process, on_gone, self._budgets, _traits(launch))
        # Only where somebody debugs: nothing of it is loaded otherwise.
        from loginwright_runtime.hosts.debugged_worker import Debugged, DebuggedWorker

        debugged = Debugged(launch.language, launch.places)
        return DebuggedWorker(process, on_gone, self._budgets, _traits(launch), debugged)

    def close(self) -> None:
        """End the early process if nobody has needed it."""
        early, self._early = self._early, None
        if early is not None:
            early.process.discard()

    async def _process(self, launch: Launch, loop: asyncio.AbstractEventLoop) -> StartedProcess:
        early = self._early
        if early is not None and launch.language == "javascript":
            self._early = None
            if early.command == launch.command:
                return early.process
            early.process.discard()
        self._sharing.release()  # Or the new process would stay on one core.
        starting = start_aside(launch.command, loop)
        try:
            process = await to_the_end(starting)
            # Qt goes on with tasks between two runs of the loop too; a worker needs one.
            while not loop.is_running():
                await pause(loop, _LOOK_AGAIN_SECONDS)
        except OSError as error:
            raise _as_host_error(error, launch) from error
        except asyncio.CancelledError:
            if starting.exception() is None:
                starting.result().discard()
            raise
        return process


def _traits(launch: Launch) -> WorkerTraits:
    is_limited = sys.platform == "linux"
    return WorkerTraits(
        language=launch.language,
        root=launch.root,
        watched_memory=None if is_limited else launch.command.memory_mb * MEGABYTE,
    )


def _as_host_error(error: BaseException, launch: Launch) -> BaseException:
    if not isinstance(error, (OSError, TimeoutError)):
        return error
    program = launch.command.argv[0]
    if isinstance(error, TimeoutError):
        reason = "It did not become ready."
    else:
        reason = f"{(error.strerror or str(error)).rstrip('. ')}."
        if _BAD_OPTION in reason:
            reason = f"{reason} Actions need {WANTED_NODE}."
    remedy = REMEDY if launch.language == "javascript" else "Check that it is Python 3.11 or later."
    return HostError(f"No worker could be started with {program}: {reason} {remedy}")
