"""Where a login stands, as DAP has it: the reason of the stop, its frames, their scopes."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_adapter.held_values import CodeValue, Held, JsonNode, Rows
from loginwright_runtime.cli.debugged_login.asked import asked_for, token_rows
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.happenings import Paused, WentAway
from loginwright_runtime.cli.debugged_login.sources import handler_line
from loginwright_runtime.cli.debugged_login.words import short, stop_text, whereabouts
from loginwright_runtime.cli.run_report import MOST_CHARACTERS
from loginwright_runtime.debugging import Frame
from loginwright_runtime.tracing.record import CallMade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.cli.debug_adapter.client_breakpoints import ClientBreakpoints
    from loginwright_runtime.cli.debug_adapter.code_sources import CodeSources
    from loginwright_runtime.cli.debugged_login.past import Moment
    from loginwright_runtime.cli.debugged_login.view import LoginView
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation import Away
    from loginwright_runtime.tracing import RunRecord
    from loginwright_runtime.tracing.masking import Masker

THREAD = 1
MOST_OF_A_NOTE = 1000
_LEAVING = ("redirect.", "prompt.", "authentication.challenge", "authentication.enroll")
_MOST_OF_A_SECRET = 12
_OWED = "multifactor.enable"


@dataclass(frozen=True, slots=True)
class ShownFrame:
    """A frame of the call stack.

    Attributes:
        name: What the client shows.
        file: Path in the flow, or None.
        line: From 1.
        column: From 1.
        code: The frame of code that stands still, or None.
        variables: Recorded variables, in the past.
    """

    name: str
    file: str | None = None
    line: int = 0
    column: int = 1
    code: Frame | None = None
    variables: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def stop_of(view: LoginView, points: ClientBreakpoints, last: str) -> JsonObject:
    """Return the body of ``stopped``.

    Args:
        view: Where the login stands.
        points: The client's breakpoints.
        last: What made it stop where nothing else did: ``entry``, ``step``, ``pause``.
    """
    body: JsonObject = {"threadId": THREAD, "allThreadsStopped": True}
    moment = view.moment
    if moment is not None:
        number, count = (view.past or 0) + 1, len(view.moments())
        text = f"Past: step {number} of {count}, already happened. Nothing runs here."
        return {**body, "reason": "step", "description": text, "text": moment.label}
    match view.stand:
        case WentAway(away=away):
            return {**body, "reason": "suspension", "description": away_text(away)}
        case Paused(pause):
            body["description"] = f"Paused: {stop_text(pause, view.name(pause.action_id))}"
            if pause.kind == "exception":
                thrown = (
                    "" if pause.exception is None else short(pause.exception.text, MOST_OF_A_NOTE)
                )
                return {**body, "reason": "exception", "text": thrown}
            if pause.note is not None:
                body["text"] = short(pause.note, MOST_OF_A_NOTE)
            if pause.reasons:
                ids = points.ids(pause.reasons)
                by_name = points.are_functions(pause.reasons)
                reason = "function breakpoint" if by_name else "breakpoint"
                return {**body, "reason": reason, "hitBreakpointIds": ids}
            return {**body, "reason": "pause" if pause.kind == "pause" else last}
        case _:
            return {**body, "reason": last}


def away_text(away: Away) -> str:
    """Return where a login is away, and how it goes on."""
    return f"Away {whereabouts(away)}"


def frames_of(view: LoginView) -> list[ShownFrame]:
    """Return the call stack, innermost first; one frame where no code stands still."""
    moment = view.moment
    if moment is not None:
        return list(_past_frames(view, moment))
    match view.stand:
        case WentAway(away=away, record=record):
            return [_away_frame(view, away, record)]
        case Paused(pause) if pause.stack:
            return [
                ShownFrame(one.function or "(no name)", one.file, one.line, one.column or 1, one)
                for one in pause.stack
            ]
        case Paused(pause):
            name = stop_text(pause, view.name(pause.action_id))
            file = pause.file or view.code_of(pause.action_id)
            if file is None:
                return [ShownFrame(name)]
            line = pause.line or handler_line(view.inputs.flow, file, pause.handler)
            return [ShownFrame(name, file, line)]
        case _:
            raise RefusedError("The login is over.")


def _past_frames(view: LoginView, moment: Moment) -> Iterator[ShownFrame]:
    if not moment.stack:
        file = moment.file
        line = 0 if file is None else handler_line(view.inputs.flow, file, moment.handler)
        yield ShownFrame(moment.label, file, line)
    for one in moment.stack:
        name = f"{one.function or '(no name)'} (past)"
        yield ShownFrame(name, one.file, one.line, variables=tuple(one.variables.items()))


def _away_frame(view: LoginView, away: Away, record: RunRecord) -> ShownFrame:
    """Return the frame of the call that sent the login away."""
    action = away.suspension.action
    for entry in reversed(record.entries):
        if isinstance(entry, CallMade) and not entry.evaluated and _sends_away(entry, action):
            file = view.code_of(entry.action)
            return ShownFrame(away_text(away), file, entry.line or 1)
    return ShownFrame(away_text(away))


def _sends_away(call: CallMade, action: str | None) -> bool:
    if action is None:
        return call.method == _OWED
    return call.action == action and call.method.startswith(_LEAVING) and not call.read


@dataclass(frozen=True, slots=True)
class ShownScope:
    """A group of variables of a frame."""

    name: str
    holds: Held = field(repr=False)
    is_local: bool = False


def scopes_of(view: LoginView, frame: ShownFrame, masker: Masker) -> Iterator[ShownScope]:
    """Yield the scopes of a frame: its variables, the event, what was asked for, the tokens."""
    stand = view.stand
    if frame.code is not None and isinstance(stand, Paused) and stand.pause.inspection is not None:
        python = frame.code.file.endswith(".py")
        for scope in frame.code.scopes:
            value = CodeValue(
                stand.pause.inspection, scope.handle, None, is_scope=True, is_python=python
            )
            yield ShownScope(scope.name, value, is_local=scope.kind == "local")
    if frame.variables:
        yield ShownScope("Recorded variables", Rows(frame.variables), is_local=True)
    if view.moment is None and isinstance(stand, WentAway):
        yield ShownScope("Away", Rows(tuple(_away_rows(stand.away))))
    with contextlib.suppress(RefusedError):
        yield ShownScope("Event", JsonNode(view.event(masker), ()))
    record = view.record
    if record is not None:
        rows = tuple((row.place, row.call) for row in asked_for(record))
        yield ShownScope("Asked for", Rows(rows))
        _, claims = token_rows(record)
        yield ShownScope(
            "Claims", Rows(tuple((f"{token}: {name}", text) for token, name, text in claims))
        )


def _away_rows(away: Away) -> Iterator[tuple[str, str]]:
    waits = away.suspension
    yield "kind", waits.kind
    if waits.url is not None:
        yield "site", away.site
        for name, value in away.sent.items():
            yield name, short(value, _MOST_OF_A_SECRET if name == "state" else MOST_CHARACTERS)
    if waits.factors:
        yield "factors", ", ".join(waits.factors)
    yield "until", str(waits.expires_at)


def frame_body(frame: ShownFrame, number: int, sources: CodeSources, first_line: int) -> JsonObject:
    """Return DAP's ``StackFrame``."""
    body: JsonObject = {"id": number, "name": frame.name, "line": 0, "column": 0}
    if frame.file is None:
        return {**body, "presentationHint": "label"}
    body["source"] = sources.source(frame.file)
    body["line"] = frame.line - 1 + first_line
    body["column"] = frame.column - 1 + first_line
    if frame.file.startswith("node_modules/"):
        body["presentationHint"] = "subtle"
    return body
