"""How the workers of one flow version are started and what they are told."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.errors import HostError
from loginwright_runtime.flow.model import Flow, Language
from loginwright_runtime.hosts.code_places import CodePlaces
from loginwright_runtime.hosts.links import leaving_links
from loginwright_runtime.hosts.node_command import (
    NEXT_NODE,
    OLDEST_NODE,
    REMEDY,
    WANTED_NODE,
    find_node,
    node_command,
)
from loginwright_runtime.hosts.outgoing import Setup, encode_setup
from loginwright_runtime.hosts.process_start import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.api.shapes import MethodShape

ROOT = "/loginwright"
_INSPECTOR_MB = 256
_PYTHON_WORKER = Path(__file__).parent / "workers" / "python_worker.py"


@dataclass(frozen=True, slots=True)
class Programs:
    """What runs workers, and how much memory they may use.

    Attributes:
        node: Path of Node; None finds one (LOGINWRIGHT_NODE, then the ``node`` extra).
        python: Path of the Python interpreter; None is this one.
        heap_mb: Megabytes of V8's old space, and four times as much in all for Python.
        memory_mb: Megabytes in all for Node.
    """

    node: str | None
    python: str | None
    heap_mb: int
    memory_mb: int


@dataclass(frozen=True, slots=True)
class Launch:
    """Everything needed to start one more worker of a flow version in one language.

    Attributes:
        command: The program.
        setup: The first frame it gets.
        language: Which language it runs.
        root: Folder in whose name the flow's code runs.
        places: Where its code is, for a debugger; None where it is not debugged.
    """

    command: Command
    setup: bytes = field(repr=False)
    language: Language
    root: str
    places: CodePlaces | None = None


def prepare_launch(
    flow: Flow,
    language: Language,
    programs: Programs,
    methods: Sequence[MethodShape],
    *,
    debugged: bool = False,
) -> Launch:
    """Return how to start workers for ``flow``, such as can be debugged or not.

    Raises:
        HostError: There is no Node, or ``node_modules`` holds a link that leads out of it.
    """
    packages = None
    if language == "javascript" and flow.packages is not None:
        packages = str(flow.packages)
        _refuse_links(flow.packages / "node_modules")
    setup = Setup(
        language=language,
        root=str(flow.root) if flow.root is not None else ROOT,
        packages=packages,
        files=flow.files,
        methods=methods,
    )
    command = _command(language, packages, programs, debugged=debugged)
    places = _places(flow, setup) if debugged else None
    return Launch(command, encode_setup(setup), language, setup.root, places)


def _places(flow: Flow, setup: Setup) -> CodePlaces:
    lines = {path: content.count(b"\n") + 1 for path, content in flow.files.items()}
    return CodePlaces(setup.root, lines, setup.packages)


def _command(
    language: Language, packages: str | None, programs: Programs, *, debugged: bool
) -> Command:
    if language == "python":
        argv = [programs.python or sys.executable, "-I", "-X", "utf8", str(_PYTHON_WORKER)]
        if debugged:
            argv.append("--debugged")
        return Command(argv, programs.heap_mb * 4, debugged)
    node = programs.node or find_node()
    if node is None:
        raise HostError("JavaScript actions need Node, and none was found.", REMEDY)
    memory = programs.memory_mb + (_INSPECTOR_MB if debugged else 0)
    return node_command(node, packages, programs.heap_mb, memory, debugged=debugged)


def _refuse_links(folder: Path) -> None:
    for link in leaving_links(str(folder)):
        raise HostError(
            f"{link} is a link that leads out of node_modules, or nowhere, so an action could read "
            "what lies there.",
            "Install the package itself in its place.",
            file=str(link),
        )


def refuse_other_node(version: str) -> None:
    """Check the version that a JavaScript worker reported.

    Raises:
        HostError: Actions cannot run on it as they should.
    """
    numbers = re.match(r"v(\d{1,4})\.(\d{1,4})\.", version)
    if numbers is None or not OLDEST_NODE <= (int(numbers[1]), int(numbers[2])) < (NEXT_NODE, 0):
        raise HostError(f"Node {version} cannot run actions: they need {WANTED_NODE}.", REMEDY)
