"""Says where a login stands: paused, away, past or over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_prompt.book import described
from loginwright_runtime.cli.debugged_login.answers import HOW
from loginwright_runtime.cli.debugged_login.happenings import Ended, Paused, WentAway
from loginwright_runtime.cli.debugged_login.sources import handler_line, source_lines
from loginwright_runtime.cli.debugged_login.words import ending, short, stop_text, whereabouts
from loginwright_runtime.cli.screen import shown
from loginwright_runtime.debugging import LineBreakpoint
from loginwright_runtime.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.cli.debug_prompt.conversation import Conversation
    from loginwright_runtime.cli.debugged_login.past import Moment
    from loginwright_runtime.cli.screen import Span

_AROUND = 5


def standing(talk: Conversation) -> Iterator[list[Span]]:
    """Yield the lines that say where the login stands, or where somebody looks."""
    moment = talk.moment
    if moment is not None:
        yield from _past(talk, moment)
        return
    match talk.stand:
        case Paused():
            yield from _paused(talk, talk.stand)
        case WentAway():
            yield from _away(talk, talk.stand)
        case Ended():
            yield from _ended(talk, talk.stand)


def prompt_text(talk: Conversation) -> str:
    """Return what stands before the cursor."""
    if talk.past is not None:
        return f"(past {talk.past + 1}/{len(talk.moments())}) "
    match talk.stand:
        case Paused():
            return "(paused) "
        case WentAway():
            return "(away) "
        case Ended():
            return "(over) "


def _paused(talk: Conversation, stand: Paused) -> Iterator[list[Span]]:
    pause = stand.pause
    name = talk.name(pause.action_id)
    yield [("Paused  ", "warning"), (stop_text(pause, name), "strong")]
    for entry in talk.hits:
        yield [(f"    breakpoint {entry.number}: {shown(described(entry.point))}", "dim")]
    if pause.note:
        yield [(f"    {short(pause.note)}", "warning")]
    yield from current_line(talk)


def _away(talk: Conversation, stand: WentAway) -> Iterator[list[Span]]:
    waits = stand.away.suspension
    where = whereabouts(stand.away)
    name = talk.name(waits.action)
    yield [("Away  ", "away"), (where, "strong"), (f"  {shown(name)}" if name else "", "dim")]
    yield [("    The login is saved, no code is loaded.", "dim")]
    if talk.login.next_reply() is not None:
        yield [("    continue gives the scenario's answer.", "dim")]
    yield [(f"    Another one: {HOW[waits.kind]}.", "dim")]


def _ended(talk: Conversation, stand: Ended) -> Iterator[list[Span]]:
    if stand.outcome is not None:
        names = {action.id: action.name for action in talk.inputs.flow.actions}
        yield from ending(stand.outcome, names)
        return
    yield [("The login could not be run.", "bad")]
    if isinstance(stand.error, BadInputError):
        for problem in stand.error.problems:
            yield [(f"    {shown(str(problem))}", "plain")]


def _past(talk: Conversation, moment: Moment) -> Iterator[list[Span]]:
    number, all_of_them = (talk.past or 0) + 1, len(talk.moments())
    name = talk.name(moment.action)
    where = f"{shown(name)}: " if name else ""
    yield [
        ("Past  ", "changed"),
        (f"step {number} of {all_of_them}, already happened. Nothing runs here.", "plain"),
    ]
    yield [("    ", "plain"), (f"{where}{moment.label}", "strong")]
    yield from current_line(talk)


def current_line(talk: Conversation) -> Iterator[list[Span]]:
    """Yield the line that the login stands at."""
    place = talk.place()
    if place is not None:
        yield from code_lines(talk, place[0], place[1], place[1])


def lines_around(talk: Conversation, file: str, line: int) -> Iterator[list[Span]]:
    """Yield the code around a line."""
    yield from code_lines(talk, file, line - _AROUND, line + _AROUND)


def code_lines(talk: Conversation, file: str, first: int, last: int) -> Iterator[list[Span]]:
    """Yield lines of code; the current one has an arrow, one with a breakpoint its number."""
    current = talk.place()
    marks = {
        point.line: entry.number
        for entry in talk.book.entries
        if (point := _line_of(entry.point)) is not None and point.file == file
    }
    for number, text in enumerate(source_lines(talk.inputs.flow, file), start=1):
        if first <= number <= last:
            here = current == (file, number)
            mark = f"{marks[number]}*" if number in marks else ""
            arrow = "->" if here else "  "
            yield [
                (f"{mark:>4}", "bad"),
                (f" {arrow} ", "warning"),
                (f"{number:>4}  ", "dim"),
                (shown(text.expandtabs(4)).rstrip(), "strong" if here else "plain"),
            ]


def _line_of(point: object) -> LineBreakpoint | None:
    return point if isinstance(point, LineBreakpoint) else None


def start_of(talk: Conversation) -> tuple[str, int] | None:
    """Return where to look for code where none stands still: the handler's first line."""
    if isinstance(talk.stand, Paused):
        pause = talk.stand.pause
        file = talk.code_of(pause.action_id)
        if file is not None:
            return file, handler_line(talk.inputs.flow, file, pause.handler)
    return None
