"""Commands that make, change and remove breakpoints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_prompt.book import Entry, described
from loginwright_runtime.cli.debug_prompt.places import breakpoint_at, line_at
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.screen import shown
from loginwright_runtime.debugging import LineBreakpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.cli.debug_prompt.conversation import Conversation
    from loginwright_runtime.cli.screen import Span


def stop_at(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Make a breakpoint, or list all of them."""
    if text:
        yield _told(_added(talk, text, once=False))
        return
    if not talk.book.entries:
        yield [("There are no breakpoints.", "plain")]
    for entry in talk.book.entries:
        yield _told(entry)


def stop_once(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Make a breakpoint that is removed when it has stopped."""
    yield _told(_added(talk, text, once=True))


def set_condition(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Give a breakpoint a condition, or take it away."""
    number, _, condition = text.partition(" ")
    entry, point = _line_entry(talk, number)
    yield _told(_changed(talk, entry, replace(point, condition=condition.strip() or None)))


def ignore_hits(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Let a breakpoint stop from a certain hit on."""
    number, _, hits = text.partition(" ")
    entry, point = _line_entry(talk, number)
    if not (hits.isascii() and hits.isdigit() and int(hits[:9]) > 0):
        raise RefusedError("From which hit on? Write hits NUMBER COUNT.")
    yield _told(_changed(talk, entry, replace(point, hit_count=int(hits[:9]))))


def print_at(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Make a log point."""
    where, _, message = text.partition(" ")
    if not message.strip():
        raise RefusedError("What shall be printed? Write log ACTION:LINE TEXT with {EXPR} in it.")
    point = replace(line_at(where, talk.inputs.flow, _file(talk)), log_message=message.strip())
    entry = talk.book.add(point)
    talk.breakpoints_changed()
    yield _told(entry)


def clear(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Remove a breakpoint, or all."""
    if not text:
        talk.book.clear()
        talk.breakpoints_changed()
        yield [("There are no breakpoints any more.", "plain")]
        return
    numbered = talk.book.numbered(int(text)) if text.isascii() and text.isdigit() else None
    entry = numbered or talk.book.at(breakpoint_at(text, talk.inputs.flow, _file(talk)))
    if entry is None:
        raise RefusedError("There is no such breakpoint. break lists them.")
    talk.book.remove(entry)
    talk.breakpoints_changed()
    yield [(f"Breakpoint {entry.number} is removed.", "plain")]


def _added(talk: Conversation, text: str, *, once: bool) -> Entry:
    if not text and talk.place() is None:
        raise RefusedError("Where? Write ACTION:LINE.")
    place = talk.place()
    wanted = text or (str(place[1]) if place is not None else "")
    entry = talk.book.add(breakpoint_at(wanted, talk.inputs.flow, _file(talk)), once=once)
    talk.breakpoints_changed()
    return entry


def _changed(talk: Conversation, entry: Entry, point: LineBreakpoint) -> Entry:
    changed = talk.book.add(point, once=entry.once)
    talk.breakpoints_changed()
    return changed


def _line_entry(talk: Conversation, number: str) -> tuple[Entry, LineBreakpoint]:
    found = talk.book.numbered(int(number)) if number.isascii() and number.isdigit() else None
    if found is None or not isinstance(found.point, LineBreakpoint):
        raise RefusedError("Of which breakpoint? Give the number of one on a line.")
    return found, found.point


def _file(talk: Conversation) -> str | None:
    place = talk.place()
    return None if place is None else place[0]


def _told(entry: Entry) -> list[Span]:
    kind = "Log point" if _prints(entry) else "Breakpoint"
    once = ", once" if entry.once else ""
    return [(f"{kind} {entry.number}: {shown(described(entry.point))}{once}", "plain")]


def _prints(entry: Entry) -> bool:
    return isinstance(entry.point, LineBreakpoint) and entry.point.log_message is not None
