"""Starting a worker process while the event loop goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.hosts.process_start import start_in_this_thread
from loginwright_runtime.hosts.restraints import begin_unprivileged

if TYPE_CHECKING:
    import asyncio

    from loginwright_runtime.hosts.process_start import Command, StartedProcess


def start_aside(
    command: Command, loop: asyncio.AbstractEventLoop
) -> asyncio.Future[StartedProcess]:
    """Begin to start a worker in a thread of its own; return what it will be.

    The future fails with ``OSError`` when the program cannot be run. It must be waited for to its
    end, because nothing stops the thread, and the process that comes of it is the caller's to end.
    Where the loop has been closed meanwhile, the thread ends the process itself.
    """
    starting: asyncio.Future[StartedProcess] = loop.create_future()

    def tell(started: StartedProcess | BaseException) -> None:
        try:
            loop.call_soon_threadsafe(_settle, starting, started)
        except RuntimeError:
            if not isinstance(started, BaseException):
                started.discard()

    begin_unprivileged(lambda: start_in_this_thread(command), tell)
    return starting


def _settle(
    starting: asyncio.Future[StartedProcess], started: StartedProcess | BaseException
) -> None:
    if isinstance(started, BaseException):
        starting.set_exception(started)
    else:
        starting.set_result(started)
