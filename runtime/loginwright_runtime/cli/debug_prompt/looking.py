"""Commands that look at code, variables and what the login asked for, and change values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_prompt.places import line_at
from loginwright_runtime.cli.debug_prompt.standing import lines_around, standing, start_of
from loginwright_runtime.cli.debugged_login.asked import asked_for, profile_written, token_rows
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.event_paths import (
    event_path,
    json_or_text,
    member,
    path_text,
    with_member,
)
from loginwright_runtime.cli.debugged_login.happenings import Paused
from loginwright_runtime.cli.debugged_login.words import short, value_text
from loginwright_runtime.cli.screen import shown
from loginwright_runtime.debugging import EvaluationFailed, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.cli.debug_prompt.conversation import Conversation
    from loginwright_runtime.cli.screen import Span
    from loginwright_runtime.debugging import Frame, Inspection
    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.tracing import RunRecord

_MOST_MEMBERS = 50
_WIDE = 1000
_LAST_STEP = re.compile(r"(?P<parent>.+?)(?:\.(?P<name>[^\W\d]\w*)|\[(?P<key>[^\[\]]+)\])\Z", re.S)
_PARENTS = frozenset({"object", "list", "error"})


def where(talk: Conversation, _text: str) -> Iterator[list[Span]]:
    """Say where the login stands, with the call stack."""
    if talk.past is None and not isinstance(talk.stand, Paused):
        yield from standing(talk)
        return
    moment = talk.moment
    if moment is not None:
        yield from standing(talk)
        frames = [(one.function, one.file, one.line) for one in moment.stack]
        chosen = 0
    elif isinstance(talk.stand, Paused) and talk.stand.pause.stack:
        frames = [(one.function, one.file, one.line) for one in talk.stand.pause.stack]
        chosen = talk.frame_index
    else:
        yield from standing(talk)
        return
    for index, (function, file, line) in enumerate(frames):
        mark = "->" if index == chosen else "  "
        name = shown(function) or "(no name)"
        yield [(f"{mark} {index}  ", "dim"), (name, "strong"), (f"  {shown(file)}:{line}", "plain")]


def choose_frame(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Look at another function of the call stack."""
    stack = talk.stand.pause.stack if isinstance(talk.stand, Paused) and talk.past is None else ()
    if not stack:
        raise RefusedError("No code stands still here.")
    if not (text.isascii() and text.isdigit() and int(text[:6]) < len(stack)):
        raise RefusedError(f"Which one? Write a number from 0 to {len(stack) - 1}.")
    talk.frame_index, talk.listed = int(text[:6]), None
    yield from where(talk, "")


def list_code(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Show code around the current line, or around another one; once more, what follows."""
    if text:
        place = talk.place()
        point = line_at(text, talk.inputs.flow, None if place is None else place[0])
        file, line = point.file, point.line
    elif talk.listed is not None:
        file, line = talk.listed[0], talk.listed[1] + 11
    else:
        found = talk.place() or start_of(talk)
        if found is None:
            raise RefusedError("No code stands still here. Write list ACTION:LINE.")
        file, line = found
    lines = list(lines_around(talk, file, line))
    if not lines:
        raise RefusedError(f"{file} ends before that.")
    talk.listed = file, line
    yield [(shown(file), "dim")]
    yield from lines


def show_locals(talk: Conversation, _text: str) -> Iterator[list[Span]]:
    """Show the variables of the current function."""
    moment = talk.moment
    if moment is not None:
        variables = moment.stack[0].variables if moment.stack else {}
        if not variables:
            raise RefusedError(
                "No variables were recorded at this step. Start with --record-lines to record them."
            )
        for name, text in variables.items():
            yield [(f"    {shown(name)}", "changed"), (f"  {short(text)}", "plain")]
        return
    frame, inspection = _code(talk)
    for scope in frame.scopes:
        if scope.kind not in ("local", "closure"):
            continue
        yield [(scope.name, "dim")]
        for one in talk.look(inspection.expand(scope.handle)):
            yield _variable(one)


def evaluate(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Evaluate an expression where code stands still; elsewhere look into the event."""
    if not text:
        raise RefusedError("What? Write print EXPR.")
    moment = talk.moment
    if moment is not None:
        if moment.stack and text in moment.stack[0].variables:
            yield [(short(moment.stack[0].variables[text], _WIDE), "plain")]
            return
        yield from _json(member(talk.event(talk.login.masker), event_path(text)))
        return
    if talk.frame() is None:
        yield from _json(member(talk.event(talk.login.masker), event_path(text)))
        return
    frame, inspection = _code(talk)
    found = talk.look(inspection.evaluate(frame.handle, text))
    if isinstance(found, EvaluationFailed):
        raise RefusedError(short(found.message, _WIDE))
    yield [(short(found.text, _WIDE), "plain")]
    if found.handle is not None and found.kind in _PARENTS:
        members = talk.look(inspection.expand(found.handle, 0, _MOST_MEMBERS))
        for one in members:
            yield _variable(one)
        if len(members) == _MOST_MEMBERS:
            yield [("    …", "dim")]


def show_event(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Show the event as the action sees it."""
    path = event_path(text if text.startswith("event") else f"event{text and '.'}{text}")
    yield from _json(member(talk.event(talk.login.masker), path))


def set_value(talk: Conversation, text: str) -> Iterator[list[Span]]:
    """Give a variable another value; before an action, a member of the event."""
    target, equals, expression = text.partition("=")
    target, expression = target.strip(), expression.strip()
    if not equals or not target or not expression:
        raise RefusedError("What, and to which value? Write set NAME = EXPR.")
    if talk.frame() is None:
        path, event = event_path(target), talk.editable_event()
        talk.edited_event = with_member(event, path, json_or_text(expression))
        shown_value = member(talk.login.masker.json(talk.edited_event), path)
        yield [(path_text(path), "changed"), (f"  {value_text(shown_value)}", "plain")]
        return
    frame, inspection = _code(talk)
    holder, name = frame.handle, target
    nested = _LAST_STEP.match(target)
    if nested is not None:
        parent = talk.look(inspection.evaluate(frame.handle, nested["parent"]))
        if not isinstance(parent, Variable) or parent.handle is None:
            raise RefusedError(f"{nested['parent']} has no members.")
        holder = parent.handle
        name = nested["name"] or _key(nested["key"], frame.file)
    found = talk.look(inspection.set_variable(holder, name, expression))
    if isinstance(found, EvaluationFailed):
        raise RefusedError(short(found.message, _WIDE))
    yield [(shown(target), "changed"), (f"  {short(found.text)}", "plain")]


def show_effects(talk: Conversation, _text: str) -> Iterator[list[Span]]:
    """Show what the login has asked for so far, and where."""
    record = _record(talk)
    rows = asked_for(record)
    if not rows:
        yield [("Nothing has been asked for yet.", "plain")]
    for row in rows:
        lost = "  lost: its handler broke off" if row.lost else ""
        yield [(f"    {row.call}", "changed"), (f"  {shown(row.place)}{lost}", "dim")]
        for warning in row.warnings:
            yield [(f"        {short(warning)}", "warning")]
    written = list(profile_written(record))
    if written:
        yield [("Profile written", "strong")]
    for text in written:
        yield [(f"    {shown(text)}", "plain")]


def show_tokens(talk: Conversation, _text: str) -> Iterator[list[Span]]:
    """Show the claims of the tokens, or those asked for so far."""
    issued, rows = token_rows(_record(talk))
    if not issued:
        yield [("No token is issued yet. Custom claims that were asked for:", "plain")]
    for token, name, value in rows:
        yield [(f"    {token:<13}", "dim"), (shown(name), "changed"), (f"  {value}", "plain")]
    if not rows:
        yield [("    none", "plain")]


def _key(typed: str, file: str) -> str:
    """Return a key between brackets as variables are named in the language of a file."""
    key = json_or_text(typed.strip().strip("'"))
    return repr(key) if file.endswith(".py") else str(key)


def _code(talk: Conversation) -> tuple[Frame, Inspection]:
    frame, inspection = talk.frame(), talk.inspection()
    if frame is None or inspection is None:
        raise RefusedError("No code stands still here.")
    return frame, inspection


def _record(talk: Conversation) -> RunRecord:
    record = talk.record
    if record is None:
        raise RefusedError("Nothing has happened.")
    return record


def _variable(one: Variable) -> list[Span]:
    mark = "  changed" if one.changed else ""
    return [
        (f"    {shown(one.name)}", "changed"),
        (f"  {short(one.text)}", "plain"),
        (mark, "warning"),
    ]


def _json(value: JsonValue) -> Iterator[list[Span]]:
    match value:
        case dict() if value:
            for name, one in value.items():
                yield [(f"    {shown(name)}", "changed"), (f"  {value_text(one)}", "plain")]
        case list() if value:
            for index, one in enumerate(value[:_MOST_MEMBERS]):
                yield [(f"    {index}", "changed"), (f"  {value_text(one)}", "plain")]
        case _:
            yield [(value_text(value, _WIDE), "plain")]
