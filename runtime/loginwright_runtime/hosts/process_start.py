"""Starting a worker process, and the ends of its pipes that stay here; imports nothing heavy."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
from typing import NamedTuple

from loginwright_runtime.hosts.restraints import limit_process, start_unprivileged, tie_leash
from loginwright_runtime.hosts.spawn import spawn

ENVIRONMENT = {"PATH": "", "TZ": "UTC", "LANG": "C.UTF-8"}
# Above every descriptor that the child is given, so that no copy overwrites a source.
_FIRST_SOURCE = 16


class Command(NamedTuple):
    """How a worker is started.

    Attributes:
        argv: Program and arguments.
        memory_mb: Megabytes of memory it may use in all.
        debugged: It gets descriptor 7, over which a debugger talks to it.
    """

    argv: list[str]
    memory_mb: int
    debugged: bool = False


class StartedProcess(NamedTuple):
    """A worker process that has been started and that nobody has talked to yet.

    Attributes:
        pid: Its process id; it must be reaped.
        ctl: The parent's end of descriptor 3.
        rpc: The parent's end of descriptor 4.
        aside: Reads the frames that nobody has to wake up for, not blocking.
        output: Reads what the worker prints, not blocking.
        leash: Kept open as long as the worker may live.
        debug: The parent's end of descriptor 7; None where there is none.
    """

    pid: int
    ctl: socket.socket
    rpc: socket.socket
    aside: int
    output: int
    leash: int
    debug: socket.socket | None = None

    def close(self) -> None:
        """Close every descriptor; the worker then ends by itself."""
        self.ctl.close()
        self.rpc.close()
        if self.debug is not None:
            self.debug.close()
        for descriptor in (self.aside, self.output, self.leash):
            os.close(descriptor)

    def discard(self) -> None:
        """End and reap a process that is not wanted after all."""
        os.kill(self.pid, signal.SIGKILL)
        self.close()
        os.waitpid(self.pid, 0)


def start_process(command: Command) -> StartedProcess:
    """Start a worker with its sockets, a stripped environment, its limits and no privileges.

    Raises:
        OSError: The program cannot be run.
    """
    return start_unprivileged(lambda: start_in_this_thread(command))


def start_in_this_thread(command: Command) -> StartedProcess:
    """Start a worker as ``start_process`` does, with what privileges this thread has.

    Raises:
        OSError: The program cannot be run.
    """
    ctl, ctl_child = socket.socketpair()
    rpc, rpc_child = socket.socketpair()
    aside, aside_child = os.pipe()
    output, output_child = os.pipe()
    leash_child, leash = os.pipe()
    sources = [output_child, ctl_child.detach(), rpc_child.detach(), leash_child, aside_child]
    debug = None
    if command.debugged:
        debug, debug_child = socket.socketpair()
        sources.append(debug_child.detach())
    try:
        pid = _spawn(command, sources)
        tie_leash(pid, leash_child)
    except OSError:
        StartedProcess(0, ctl, rpc, aside, output, leash, debug).close()
        raise
    finally:
        for descriptor in sources:
            os.close(descriptor)
    limit_process(pid, command.memory_mb)
    os.set_blocking(aside, False)
    os.set_blocking(output, False)
    return StartedProcess(pid, ctl, rpc, aside, output, leash, debug)


def _spawn(command: Command, sources: list[int]) -> int:
    """Start the program; ``sources`` become its standard output and its descriptors from 3 on."""
    above = [fcntl.fcntl(source, fcntl.F_DUPFD_CLOEXEC, _FIRST_SOURCE) for source in sources]
    others = ((source, 3 + at) for at, source in enumerate(above[1:]))
    try:
        return spawn(command.argv, ENVIRONMENT, [(above[0], 1), (above[0], 2), *others])
    finally:
        for descriptor in above:
            os.close(descriptor)
