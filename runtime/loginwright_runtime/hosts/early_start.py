"""Starts a Node worker before anything heavy is imported, so that both happen at once.

A program that is about to run one login calls ``start_early`` first thing, then imports the engine,
and gives what it got to ``WorkerPool(early=…)``. Node needs about 40 ms to be ready, the imports
more. A process that is handed to nobody ends with this one.
"""

from __future__ import annotations

from typing import NamedTuple

from loginwright_runtime.hosts.node_command import find_node, node_command
from loginwright_runtime.hosts.process_start import Command, StartedProcess, start_process

HEAP_MB = 128
MEMORY_MB = 1024


class EarlyNode(NamedTuple):
    """A Node process that knows no flow yet; ``command`` says for which flows it will do."""

    command: Command
    process: StartedProcess


def start_early(
    packages: str | None = None, *, heap_mb: int = HEAP_MB, memory_mb: int = MEMORY_MB
) -> EarlyNode | None:
    """Start Node for a flow, or return None where that cannot be done (the pool will say why).

    Args:
        packages: The flow's folder when it holds ``node_modules``, as ``Flow.packages`` will be.
        heap_mb: As given to the pool later; a process with other limits is not used.
        memory_mb: As given to the pool later.
    """
    node = find_node()
    if node is None:
        return None
    command = node_command(node, packages, heap_mb, memory_mb)
    try:
        return EarlyNode(command, start_process(command))
    except OSError:
        return None
