"""The command line: ``loginwright COMMAND``."""

from loginwright_runtime.cli.command_line import main

__all__ = ["main"]
