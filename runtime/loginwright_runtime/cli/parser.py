"""Reads the command line (contract.md, "Command line"); imports nothing heavy."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from typing_extensions import override

from loginwright_runtime.cli.arguments import (
    Arguments,
    DapArguments,
    DebugArguments,
    DesignerArguments,
    ExportArguments,
    KeysArguments,
    NewArguments,
    ResumeArguments,
    RunArguments,
    TestArguments,
    ValidateArguments,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


class UsageError(Exception):
    """The command line itself is wrong.

    Attributes:
        usage: How the command is used.
    """

    def __init__(self, message: str, usage: str) -> None:
        """Keep the usage beside the message."""
        super().__init__(message)
        self.usage = usage


class CommandParser(argparse.ArgumentParser):
    """A parser that raises instead of printing and leaving."""

    @override
    def error(self, message: str) -> NoReturn:
        raise UsageError(message, self.format_usage().strip())


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    Attributes:
        name: What people type; also the module of its ``execute``, imported when it is given.
        summary: One line for the list of commands.
        define: Tells the parser what it takes.
        make: Makes its arguments of what was parsed.
        runs_actions: Whether workers may be started before it is imported.
    """

    name: str
    summary: str
    define: Callable[[argparse.ArgumentParser], None]
    make: Callable[..., Arguments]
    runs_actions: bool = False


_STATE_WITH_HYPHEN = re.compile(r"-[A-Za-z0-9_-]{42}")
_FLOW = "a flow folder, or a bundle made by export"


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", metavar="DIR", help="the folder to make; missing or empty")
    parser.add_argument("--template", metavar="NAME", help="start from a shipped flow or action")
    parser.add_argument(
        "--from",
        dest="from_",
        metavar="FILE",
        nargs="+",
        action="extend",
        default=[],
        help="start around existing actions, in execution order, or from the folder of an "
        "exported tenant",
    )


def _designer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="?", help=_FLOW)


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help=_FLOW)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--scenario", metavar="NAME_OR_FILE", help="the login to simulate, with its answers"
    )
    which.add_argument(
        "--event", metavar="FILE", help="JSON that is merged over the default event; - is stdin"
    )
    parser.add_argument(
        "--store",
        metavar="FILE",
        help="keep user, cache and suspended logins in this file, for resume; the user of this "
        "login replaces the one it holds",
    )
    _trace(parser)
    _engine(parser)


def _resume(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", metavar="FILE", required=True, help="as given to run")
    parser.add_argument(
        "--state",
        metavar="STATE",
        required=True,
        help="of the suspension; also - and @file",
    )
    parser.add_argument("--method", metavar="M", choices=["GET", "POST"], help="GET, or POST")
    for name, what in (("query", "a query parameter"), ("body", "a form member")):
        parser.add_argument(
            f"--{name}",
            metavar="K=V",
            action="append",
            default=[],
            help=f"{what} of the return; V may be - or @file",
        )
    factor = parser.add_mutually_exclusive_group()
    factor.add_argument("--passed", metavar="FACTOR", help="the user passed this factor")
    factor.add_argument("--not-passed", metavar="FACTOR", help="the user did not pass it")
    parser.add_argument(
        "--field", metavar="K=V", action="append", default=[], help="a field of the form"
    )
    parser.add_argument(
        "--request", metavar="FILE", help="JSON of other members of event.request; - is stdin"
    )
    parser.add_argument(
        "--now", metavar="TIME", help="moves the login's clock, such as 2026-11-23T10:05:00Z"
    )
    _trace(parser)
    _engine(parser)


def _debug(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help=_FLOW)
    parser.add_argument(
        "--scenario", metavar="NAME_OR_FILE", help="the login to simulate, with its answers"
    )
    parser.add_argument(
        "--record-lines", action="store_true", help="let back go line by line; slower"
    )
    _engine(parser)


def _test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help=_FLOW)
    parser.add_argument("--junit", metavar="FILE", help="write a JUnit report, too")
    parser.add_argument(
        "--scenario",
        metavar="NAME",
        action="append",
        default=[],
        help="only this one; may be given several times",
    )
    parser.add_argument("--strict", action="store_true", help="fail on warnings too")
    _engine(parser)


def _validate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW_OR_BUNDLE", help=_FLOW)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help=_FLOW)
    parser.add_argument(
        "-o", "--output", metavar="FILE.loginflow", required=True, help="the bundle to write"
    )
    parser.add_argument(
        "--with-scenarios", action="store_true", help="take the scenarios along for tests"
    )


def _keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jwks", action="store_true", help="print a JWK set (RFC 7517)")


def _trace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trace", metavar="FILE", help="write every step to this file, redacted")
    parser.add_argument(
        "--unredacted", action="store_true", help="leave personal data in the trace"
    )


def _engine(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("engine")
    group.add_argument(
        "--secrets", metavar="FILE", help='JSON: {"NAME": "value"}, or one object an action'
    )
    group.add_argument("--secrets-dir", metavar="DIR", help="a folder with one file a secret")
    group.add_argument("--config", metavar="FILE", help="engine options, TOML")
    group.add_argument("--network", choices=["open", "none"], help="what actions can reach")
    group.add_argument(
        "--mfa",
        choices=["pass", "fail", "ask"],
        default="pass",
        help="answer to MFA still owed after the last action (pass)",
    )
    group.add_argument(
        "--signing-key", metavar="FILE", help="private key in PEM; a set issuer needs it"
    )


COMMANDS: Sequence[Command] = (
    Command("new", "make a flow folder", _new, NewArguments),
    Command("designer", "open the designer", _designer, DesignerArguments),
    Command("run", "run one login", _run, RunArguments, runs_actions=True),
    Command("resume", "continue a suspended login", _resume, ResumeArguments, runs_actions=True),
    Command("debug", "step through a login", _debug, DebugArguments),
    Command("dap", "be the debugger of an editor, on stdio", _engine, DapArguments),
    Command("test", "run scenarios and compare", _test, TestArguments, runs_actions=True),
    Command("validate", "find mistakes, run nothing", _validate, ValidateArguments),
    Command("export", "pack a flow into one file", _export, ExportArguments),
    Command("keys", "show the development keys", _keys, KeysArguments),
)


def parse(words: Sequence[str]) -> tuple[Command, Arguments]:
    """Return the command that was given, and its arguments.

    Raises:
        UsageError: There is no such command, or it does not take this.
        SystemExit: Help or the version was asked for, and has been printed.
    """
    top = _top_parser()
    if not words or words[0].startswith("-"):
        top.parse_args(words)
        raise UsageError("a command is missing", top.format_help())
    for command in COMMANDS:
        if command.name == words[0]:
            return command, _arguments(command, words[1:])
    known = ", ".join(command.name for command in COMMANDS)
    message = f"there is no command {words[0]!r}; there are {known}"
    raise UsageError(message, top.format_usage().strip())


def _arguments(command: Command, words: Sequence[str]) -> Arguments:
    parser = CommandParser(
        prog=f"loginwright {command.name}", description=_sentence(command), allow_abbrev=False
    )
    command.define(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return command.make(**vars(parser.parse_args(_with_joined_states(words))))


def _with_joined_states(words: Sequence[str]) -> list[str]:
    """Return words in which a state that begins with a hyphen is not taken for an option."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--state" and _STATE_WITH_HYPHEN.fullmatch(word):
            joined[-1] = f"--state={word}"
        else:
            joined.append(word)
    return joined


def _sentence(command: Command) -> str:
    return f"{command.summary[0].upper()}{command.summary[1:]}."


def _top_parser() -> CommandParser:
    lines = [f"  {command.name:<10}{command.summary}" for command in COMMANDS]
    parser = CommandParser(
        prog="loginwright",
        usage="loginwright COMMAND …",
        description="Run flows of post-login actions on your machine.",
        epilog="\n".join(
            ["commands:", *lines, "", "loginwright COMMAND --help says what a command takes."]
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, help="print the version")
    return parser


class _Version(argparse.Action):
    """Prints the installed version and ends."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:  # noqa: A002 - argparse's name
        super().__init__(option_strings, dest, nargs=0, help=help)

    @override
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        sys.stdout.write(f"loginwright {version('loginwright')}\n")
        parser.exit(0)
