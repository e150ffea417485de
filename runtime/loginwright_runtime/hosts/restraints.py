"""What keeps a worker process small, short-lived and without privileges (security.md 20).

Nothing here runs in the child, because code between fork and exec is unsafe where there are
threads. ``no_new_privs`` is an attribute of a thread that a child inherits: the process is started
by a thread of its own that has given up privileges for itself, and that then ends. The limits are
set from outside by ``prlimit``, microseconds after the start. The leash is a pipe whose reading end
belongs to the worker: when its parent dies, however it dies, the kernel sends the worker SIGKILL,
so that an action in an endless loop does not outlive its engine. All three are Linux's; elsewhere
the pool watches memory (``memory.py``), and a worker ends when it finds its sockets closed.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

PR_SET_NO_NEW_PRIVS = 38
MEGABYTE = 1024 * 1024

Started = TypeVar("Started")


def start_unprivileged(start: Callable[[], Started]) -> Started:
    """Call ``start`` in a thread without privileges and return what it returns.

    Raises:
        Exception: As ``start`` does.
    """
    ends: list[Started | BaseException] = []
    begin_unprivileged(start, ends.append).join()
    (end,) = ends
    if isinstance(end, BaseException):
        raise end
    return end


def begin_unprivileged(
    start: Callable[[], Started], tell: Callable[[Started | BaseException], None]
) -> threading.Thread:
    """Call ``start`` in a thread without privileges, which then tells what came of it."""

    def work() -> None:
        end: Started | BaseException
        try:
            _give_up_privileges()
            end = start()
        except BaseException as error:  # noqa: BLE001 - the one who waits is told
            end = error
        tell(end)

    thread = threading.Thread(target=work, name="loginwright-start")
    thread.start()
    return thread


def _give_up_privileges() -> None:
    if sys.platform != "linux":
        return
    try:
        import ctypes
    except ImportError:
        return
    ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def limit_process(pid: int, memory_mb: int) -> None:
    """Limit the memory of process ``pid`` and forbid it core dumps; a no-op but on Linux.

    Args:
        pid: A child of this process.
        memory_mb: Megabytes of private memory (RLIMIT_DATA), everything included.
    """
    if sys.platform != "linux":
        return
    import resource

    size = memory_mb * MEGABYTE
    try:
        resource.prlimit(pid, resource.RLIMIT_DATA, (size, size))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    except ProcessLookupError:
        return  # It has ended already, which its sockets tell.


def tie_leash(pid: int, descriptor: int) -> None:
    """Have the kernel kill ``pid`` when the other end of the pipe at ``descriptor`` closes."""
    if sys.platform != "linux":
        return
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, pid)
    fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGKILL)
    flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
    fcntl.fcntl(descriptor, fcntl.F_SETFL, flags | os.O_ASYNC)
