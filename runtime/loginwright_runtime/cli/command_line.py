"""The border of the command line: finds the command, runs it, and turns errors into text."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from loginwright_runtime.cli.early_worker import EarlyWorker
from loginwright_runtime.cli.interrupts import counted_interrupts
from loginwright_runtime.cli.parser import Command, UsageError, parse
from loginwright_runtime.cli.screen import OutputError, Screen
from loginwright_runtime.errors import BadInputError, FaultError, Problem
from loginwright_runtime.hosts.process_privacy import keep_process_private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.cli.arguments import Arguments

BAD_INPUT = 2
BUG = 70
"""EX_SOFTWARE of sysexits.h: the fault is ours."""
INTERRUPTED = 130
BROKEN_PIPE = 141
DEBUG_VARIABLE = "LOGINWRIGHT_DEBUG"


class _CommandModule(Protocol):
    """What the module of a command has."""

    def execute(self, arguments: Arguments, screen: Screen, early: EarlyWorker) -> int:
        """Run the command and return its exit status."""
        ...


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; every error is one readable message.

    Args:
        words: The command and its arguments; those of the process when None.
    """
    keep_process_private()
    _open_closed_streams()
    if words is not None:
        return _run(words)
    status = _run(sys.argv[1:])
    gc.freeze()  # the process ends: looking for garbage would take a tenth of a short run
    return status


def _run(words: Sequence[str]) -> int:
    screen = Screen(json="--json" in words)
    try:
        status = _guarded(words, screen)
        screen.finish()
    except BrokenPipeError:
        _forget_output()
        return BROKEN_PIPE
    except OutputError as error:
        _forget_output()
        message = f"Standard output cannot be written: {error}."
        remedy = "Make room, or send it somewhere else."
        screen.problems((Problem("unwritable-output", "error", message, remedy),))
        return BAD_INPUT
    return status


def _open_closed_streams() -> None:
    """Give a process that was started without standard streams somewhere to write to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


def _guarded(words: Sequence[str], screen: Screen) -> int:
    try:
        command, arguments = parse(words)
        return _execute(command, arguments, screen)
    except SystemExit as done:  # --help and --version
        return done.code if isinstance(done.code, int) else 0
    except UsageError as error:
        screen.invalid((_usage_problem(error),))
        return BAD_INPUT
    except BadInputError as error:
        screen.invalid(error.problems)
        return BAD_INPUT
    except KeyboardInterrupt:
        screen.note("Interrupted.")
        return INTERRUPTED
    except (BrokenPipeError, OutputError):
        raise
    except FaultError as fault:
        screen.invalid((_fault_problem(fault),))
        return BAD_INPUT
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE) == "1":
            raise
        screen.invalid((_bug(error),))
        return BUG


def _execute(command: Command, arguments: Arguments, screen: Screen) -> int:
    with EarlyWorker.for_command(command, arguments) as early:
        return _imported(command).execute(arguments, screen, early)


def _imported(command: Command) -> _CommandModule:
    """Import a command, which takes most of the time of a short one.

    Nothing that an import makes is garbage, so nobody looks for any; and pydantic does not search
    every installed package for plugins. Ctrl-C waits: libraries answer it with errors of their own.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    collecting = gc.isenabled()
    gc.disable()
    try:
        with counted_interrupts() as interrupts:
            module = import_module(f"loginwright_runtime.cli.{command.name}")
    finally:
        if collecting:
            gc.enable()
    if interrupts.take():
        raise KeyboardInterrupt
    return cast("_CommandModule", module)


def _fault_problem(fault: FaultError) -> Problem:
    rule = type(fault).__name__.removesuffix("Error").lower()
    return Problem(rule, "error", fault.reason, fault.remedy, fault.file)


def _usage_problem(error: UsageError) -> Problem:
    message = str(error)
    return Problem("usage", "error", f"{message[:1].upper()}{message[1:]}.", error.usage)


def _bug(error: Exception) -> Problem:
    message = f"Loginwright met an error of its own: {type(error).__name__}."
    remedy = f"Set {DEBUG_VARIABLE}=1 to see where, and please report it."
    return Problem("internal-error", "error", message, remedy)


def _forget_output() -> None:
    """Let nothing be written to a reader that has gone, not even at the end of the process."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
