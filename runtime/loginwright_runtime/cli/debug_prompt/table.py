"""The prompt's commands: names, short names, what they take and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from loginwright_runtime.cli.debug_prompt import looking, moving, stopping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loginwright_runtime.cli.debug_prompt.conversation import Conversation
    from loginwright_runtime.cli.screen import Span

Moving: TypeAlias = "Callable[[Conversation, str], None]"
Telling: TypeAlias = "Callable[[Conversation, str], Iterable[list[Span]]]"


@dataclass(frozen=True, slots=True)
class MovingCommand:
    """A command after which it is said where the login stands."""

    run: Moving


@dataclass(frozen=True, slots=True)
class TellingCommand:
    """A command that has lines to show; the login stays where it is."""

    run: Telling


@dataclass(frozen=True, slots=True)
class PromptCommand:
    """A command.

    Attributes:
        name: As contract.md has it, where it does.
        short: Shorter names.
        usage: What follows it.
        summary: One line for help.
        does: What it does.
        repeats: An empty line after it does it once more.
    """

    name: str
    short: tuple[str, ...]
    usage: str
    summary: str
    does: MovingCommand | TellingCommand
    repeats: bool = False


def _moves(run: Moving) -> MovingCommand:
    return MovingCommand(run)


def _tells(run: Telling) -> TellingCommand:
    return TellingCommand(run)


COMMANDS: tuple[PromptCommand, ...] = (
    PromptCommand(
        "continue",
        ("c",),
        "",
        "go on to the next breakpoint; away: give the scenario's answer",
        _moves(moving.going("run")),
    ),
    PromptCommand("next", ("n",), "", "go on to the next line", _moves(moving.going("over")), True),
    PromptCommand(
        "step", ("s",), "", "go on, into what is called", _moves(moving.going("into")), True
    ),
    PromptCommand(
        "out", ("o", "finish"), "", "go on to the caller", _moves(moving.going("out")), True
    ),
    PromptCommand(
        "action", ("a",), "", "go on to the next action", _moves(moving.going("action")), True
    ),
    PromptCommand("until", ("u",), "[ACTION:]LINE", "go on to a line", _moves(moving.go_until)),
    PromptCommand(
        "answer",
        (),
        "K=V… | get K=V… | token CLAIM=V… | JSON",
        "answer for the other site, and go on",
        _moves(moving.give_answer),
    ),
    PromptCommand(
        "break",
        ("b",),
        "ACTION:LINE [if EXPR] | [before|after|leaving] ACTION | claim | denied | metadata | mfa "
        "| exceptions [all]",
        "stop there; alone: list breakpoints",
        _tells(stopping.stop_at),
    ),
    PromptCommand("tbreak", ("tb",), "as break", "stop there once", _tells(stopping.stop_once)),
    PromptCommand(
        "condition", (), "N [EXPR]", "stop only where it is true", _tells(stopping.set_condition)
    ),
    PromptCommand("hits", (), "N COUNT", "stop from that hit on", _tells(stopping.ignore_hits)),
    PromptCommand(
        "log",
        (),
        "ACTION:LINE TEXT",
        "print there, with {EXPR} in it, and go on",
        _tells(stopping.print_at),
    ),
    PromptCommand(
        "clear", (), "[N | ACTION:LINE]", "remove a breakpoint, or all", _tells(stopping.clear)
    ),
    PromptCommand("where", ("w", "bt"), "", "say where the login stands", _tells(looking.where)),
    PromptCommand("frame", ("f",), "N", "look at a caller", _tells(looking.choose_frame)),
    PromptCommand("list", ("l",), "[[ACTION:]LINE]", "show code", _tells(looking.list_code), True),
    PromptCommand("locals", (), "", "show variables", _tells(looking.show_locals)),
    PromptCommand("print", ("p",), "EXPR", "evaluate", _tells(looking.evaluate)),
    PromptCommand(
        "set",
        (),
        "NAME = EXPR",
        "change a variable; before an action: event.… = JSON",
        _tells(looking.set_value),
    ),
    PromptCommand("event", (), "[PATH]", "show the event", _tells(looking.show_event)),
    PromptCommand(
        "effects", ("changes", "e"), "", "what was asked for", _tells(looking.show_effects)
    ),
    PromptCommand("tokens", (), "", "the tokens' claims", _tells(looking.show_tokens)),
    PromptCommand("back", (), "[N]", "look at the step before", _moves(moving.go_back), True),
    PromptCommand("forward", (), "[N]", "look at the step after", _moves(moving.go_forward), True),
    PromptCommand("now", (), "", "return from the past", _moves(moving.go_to_now)),
    PromptCommand("restart", (), "", "begin again, with code as it is", _moves(moving.restart)),
    PromptCommand("quit", ("q", "exit"), "", "end the login", _moves(moving.leave)),
)

BY_NAME = {name: one for one in COMMANDS for name in (one.name, *one.short)}


def help_lines() -> Iterable[str]:
    """Yield what there is, a line each."""
    for one in COMMANDS:
        names = ", ".join((one.name, *one.short))
        yield f"  {names:<22}{one.summary}"
        if one.usage:
            yield f"  {'':<22}  {one.name} {one.usage}"
    yield f"  {'help, h':<22}this"
    yield "Ctrl-C stops code that runs; at the prompt it drops what was typed. An empty line"
    yield "repeats a step. In the past, what would run code returns to now and does nothing else."
