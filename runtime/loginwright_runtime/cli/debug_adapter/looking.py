"""Requests that look: stack, scopes, variables, expressions, exceptions, sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_adapter.held_values import CodeValue, JsonNode, json_text
from loginwright_runtime.cli.debug_adapter.stops import THREAD, ShownFrame, frame_body, scopes_of
from loginwright_runtime.cli.debugged_login.answers import is_answer, typed_answer
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.event_paths import (
    event_path,
    json_or_text,
    member,
    with_member,
)
from loginwright_runtime.cli.debugged_login.happenings import Paused, WentAway
from loginwright_runtime.cli.debugged_login.stepper import Move
from loginwright_runtime.debugging import EvaluationFailed

if TYPE_CHECKING:
    from loginwright_runtime.cli.debug_adapter.arguments import RequestArguments
    from loginwright_runtime.cli.debug_adapter.debuggee import Debuggee
    from loginwright_runtime.debugging import Evaluated, Inspection
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_HOVERED = re.compile(r"[^\W\d][\w$]*(?:\.[^\W\d][\w$]*|\[(?:\d+|\"[^\"\\]*\"|'[^'\\]*')\])*\Z")
_ASSIGNED = re.compile(r"(?P<target>event(?:[.\[].*?)?)\s*=(?![=>])\s*(?P<value>.+)\Z", re.S)


def threads() -> JsonObject:
    """Answer ``threads``: a login is one."""
    return {"threads": [{"id": THREAD, "name": "Login"}]}


def stack_trace(debuggee: Debuggee, asked: RequestArguments, first_line: int) -> JsonObject:
    """Answer ``stackTrace``."""
    frames = debuggee.stack()
    start, levels = asked.number("startFrame", 0), asked.number("levels", 0)
    end = start + levels if levels else len(frames)
    shown: list[JsonValue] = [
        frame_body(frame, debuggee.first_frame + index, debuggee.sources, first_line)
        for index, frame in enumerate(frames)
        if start <= index < end
    ]
    return {"stackFrames": shown, "totalFrames": len(frames)}


def scopes(debuggee: Debuggee, asked: RequestArguments) -> JsonObject:
    """Answer ``scopes``."""
    frame = debuggee.frame(asked.number("frameId"))
    shown: list[JsonValue] = []
    for scope in scopes_of(debuggee, frame, debuggee.login.masker):
        body: JsonObject = {
            "name": scope.name,
            "variablesReference": debuggee.held.hold(scope.holds),
            "expensive": False,
        }
        if scope.is_local:
            body["presentationHint"] = "locals"
        shown.append(body)
    return {"scopes": shown}


async def variables(debuggee: Debuggee, asked: RequestArguments) -> JsonObject:
    """Answer ``variables``, by pages where the client asks for pages."""
    number = asked.number("variablesReference")
    start, count = asked.number("start", 0), asked.number("count", 0)
    return {"variables": list(await debuggee.held.expand(number, start, count))}


async def evaluate(debuggee: Debuggee, asked: RequestArguments) -> JsonObject:
    """Answer ``evaluate``; at a suspension an expression typed by a person is its answer."""
    expression, context = asked.text("expression").strip(), asked.optional_text("context") or "repl"
    if not expression:
        raise RefusedError("There is nothing to evaluate.")
    frames = debuggee.stack()
    frame_id = asked.members.get("frameId")
    frame = frames[0] if frame_id is None else debuggee.frame(asked.number("frameId"))
    if context == "hover" and not _HOVERED.match(expression):
        raise RefusedError("Only a name and its members are looked at by hovering.")
    inspection = _inspection(debuggee, frame)
    if inspection is not None and frame.code is not None:
        found = await _looked(inspection, frame.code.handle, expression)
        holder = CodeValue(inspection, "", expression, is_python=frame.code.file.endswith(".py"))
        return _result(debuggee, found, holder)
    stand = debuggee.stand
    if debuggee.moment is None and context == "repl":
        if isinstance(stand, WentAway) and is_answer(expression):
            return _answered(debuggee, stand, expression)
        assigned = _ASSIGNED.match(expression)
        if assigned is not None:
            return change_event(debuggee, assigned["target"], assigned["value"])
    recorded = dict(frame.variables)
    if expression in recorded:
        return {"result": recorded[expression], "variablesReference": 0}
    path = event_path(expression)
    return _of_json(debuggee, JsonNode(member(debuggee.event(debuggee.login.masker), path), path))


def _answered(debuggee: Debuggee, stand: WentAway, expression: str) -> JsonObject:
    text = expression.removeprefix("answer").strip() if _says_answer(expression) else expression
    debuggee.answer(typed_answer(text, stand.away, debuggee.login.next_reply()), Move("run"))
    return {"result": "Answered. The login goes on.", "variablesReference": 0}


def _says_answer(expression: str) -> bool:
    return expression.split(maxsplit=1)[0] == "answer"


def change_event(debuggee: Debuggee, target: str, value: str) -> JsonObject:
    """Change a member of the event that the next handler will see."""
    path = event_path(target)
    debuggee.edited_event = with_member(debuggee.editable_event(), path, json_or_text(value))
    shown = member(debuggee.login.masker.json(debuggee.edited_event), path)
    return _of_json(debuggee, JsonNode(shown, path))


def _of_json(debuggee: Debuggee, node: JsonNode) -> JsonObject:
    told = debuggee.held.json("", node)
    return {"result": told["value"], "variablesReference": told["variablesReference"]}


async def set_variable(debuggee: Debuggee, asked: RequestArguments) -> JsonObject:
    """Answer ``setVariable``: in code, or in the event before a handler."""
    held = debuggee.held.get(asked.number("variablesReference"))
    name, value = asked.text("name"), asked.text("value")
    match held:
        case CodeValue():
            try:
                found = await held.inspection.set_variable(held.handle, name, value)
            except LookupError:
                raise RefusedError("The login has gone on since.") from None
            told = _result(debuggee, found, held)
            return {"value": told.pop("result"), **told}
        case JsonNode(path=path) if path is not None:
            step: str | int = int(name) if isinstance(held.value, list) and name.isdigit() else name
            event = with_member(debuggee.editable_event(), (*path, step), json_or_text(value))
            debuggee.edited_event = event
            return {"value": json_text(member(debuggee.login.masker.json(event), (*path, step)))}
        case _:
            raise RefusedError("This cannot be changed.")


async def set_expression(debuggee: Debuggee, asked: RequestArguments) -> JsonObject:
    """Answer ``setExpression``: assigns to a name or a member, as the language does it."""
    target, value = asked.text("expression").strip(), asked.text("value").strip()
    frame = debuggee.frame(asked.number("frameId")) if "frameId" in asked.members else None
    frame = frame or debuggee.stack()[0]
    inspection = _inspection(debuggee, frame)
    if inspection is None or frame.code is None:
        told = change_event(debuggee, target, value)
        return {"value": told.pop("result"), **told}
    if not _HOVERED.match(target):
        raise RefusedError("Only a name and its members can be assigned to.")
    is_python = frame.code.file.endswith(".py")
    if target.isidentifier():
        try:
            found = await inspection.set_variable(frame.code.handle, target, value)
        except LookupError:
            raise RefusedError("The login has gone on since.") from None
    else:
        found = await _looked(inspection, frame.code.handle, f"{target} = ({value}\n)")
        if not isinstance(found, EvaluationFailed):
            found = await _looked(inspection, frame.code.handle, target)
    told = _result(debuggee, found, CodeValue(inspection, "", target, is_python=is_python))
    return {"value": told.pop("result"), **told}


def exception_info(debuggee: Debuggee) -> JsonObject:
    """Answer ``exceptionInfo``."""
    stand = debuggee.stand
    if debuggee.runs or not isinstance(stand, Paused) or stand.pause.exception is None:
        raise RefusedError("Nothing was thrown here.")
    text = stand.pause.exception.text
    name = text.partition(":")[0]
    name = name if name.isidentifier() else "Error"
    return {
        "exceptionId": name,
        "description": text,
        "breakMode": "unhandled" if stand.pause.caught is False else "always",
        "details": {"message": text, "typeName": name},
    }


def _inspection(debuggee: Debuggee, frame: ShownFrame) -> Inspection | None:
    stand = debuggee.stand
    if frame.code is None or debuggee.moment is not None or not isinstance(stand, Paused):
        return None
    return stand.pause.inspection


async def _looked(inspection: Inspection, frame: str, expression: str) -> Evaluated:
    try:
        return await inspection.evaluate(frame, expression)
    except LookupError:
        raise RefusedError("The login has gone on since.") from None


def _result(debuggee: Debuggee, found: Evaluated, parent: CodeValue) -> JsonObject:
    if isinstance(found, EvaluationFailed):
        raise RefusedError(found.message)
    told = debuggee.held.variable(found, parent)
    result: JsonObject = {"result": told["value"]}
    for name in ("type", "variablesReference", "indexedVariables", "presentationHint"):
        if name in told:
            result[name] = told[name]
    return result
