"""docs/command-line.md names whatever can be typed."""

from __future__ import annotations

import re
from argparse import ArgumentParser

import pytest

from loginwright_runtime.cli.parser import COMMANDS, Command
from source_tree import ROOT

PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
SHARED = "## Options of `run`, `resume`, `debug`, `dap` and `test`"


def told_of(command: str) -> str:
    """Return what the page says of one command, and of those that run actions."""
    row = re.search(rf"^\| `{command}.*$", PAGE, re.MULTILINE)
    section = re.search(rf"^## {command}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    shared = PAGE.partition(SHARED)[2].partition("\n## ")[0]
    found = [row[0] if row else "", section[1] if section else ""]
    return "\n".join([*found, shared] if f"`{command}`" in SHARED else found)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_option_of_a_command_is_named_where_the_command_is(command: Command) -> None:
    parser = ArgumentParser(add_help=False)
    command.define(parser)
    options = re.findall(r"--[a-z-]+", parser.format_help())
    told = told_of(command.name)
    missing = [one for one in dict.fromkeys(options) if not re.search(rf"{one}(?![a-z-])", told)]
    assert missing == []


@pytest.mark.parametrize("option", ["--help", "--json", "--version"])
def test_options_of_every_command_are_named(option: str) -> None:
    assert f"{option}`" in PAGE
