"""``loginwright designer``: replaces itself by the designer."""

from __future__ import annotations

import os
import sys
import sysconfig
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from loginwright_runtime.errors import BadInputError, Problem

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import DesignerArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen

PROGRAM = "loginwright-designer"


def execute(arguments: DesignerArguments, _screen: Screen, _early: EarlyWorker) -> NoReturn:
    """Become the designer; never returns.

    Raises:
        BadInputError: The designer is not installed.
    """
    found = _entry_point()
    if found is None or not _is_importable(found):
        message = "The designer is not installed."
        remedy = 'Install it with: pip install "loginwright[designer]"'
        raise BadInputError(Problem("no-designer", "error", message, remedy))
    command = [*_program(found), *([arguments.flow] if arguments.flow is not None else [])]
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        os.execv(command[0], command)  # noqa: S606 - our own program, found by its entry point
    except OSError as error:
        message = f"The designer cannot be started: {error.strerror}."
        remedy = 'Install it anew with: pip install "loginwright[designer]"'
        raise BadInputError(Problem("no-designer", "error", message, remedy)) from None


def _entry_point() -> EntryPoint | None:
    for group in ("gui_scripts", "console_scripts"):
        for entry in entry_points(group=group, name=PROGRAM):
            return entry
    return None


def _is_importable(entry: EntryPoint) -> bool:
    """Tell whether the designer and what it draws with are there, without importing them."""
    try:
        return find_spec(entry.module) is not None and find_spec("PySide6") is not None
    except ImportError:
        return False


def _program(entry: EntryPoint) -> list[str]:
    script = Path(sysconfig.get_path("scripts"), PROGRAM)
    if script.is_file() and os.access(script, os.X_OK):
        return [str(script)]
    code = f"import sys; from {entry.module} import {entry.attr}; sys.exit({entry.attr}())"
    return [sys.executable, "-c", code]
