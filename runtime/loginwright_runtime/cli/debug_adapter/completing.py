"""The request ``completions``: names that an expression can go on with; no code runs for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.event_paths import event_path, member
from loginwright_runtime.cli.debugged_login.happenings import Paused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.cli.debug_adapter.arguments import RequestArguments
    from loginwright_runtime.cli.debug_adapter.debuggee import Debuggee
    from loginwright_runtime.debugging import Frame, Inspection, Variable
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_CHAIN = re.compile(r"(?:(?P<holder>[^\W\d][\w$]*(?:\.[^\W\d][\w$]*)*)\.)?(?P<typed>[\w$]*)\Z")
_NAME = re.compile(r"[^\W\d][\w$]*\Z")
_MOST = 200


async def completions(debuggee: Debuggee, asked: RequestArguments, first_column: int) -> JsonObject:
    """Answer ``completions``.

    Args:
        debuggee: Where the login stands.
        asked: The text, and where in it the cursor is.
        first_column: How the client counts columns.
    """
    units = asked.text("text").encode("utf-16-le")[: 2 * (asked.number("column") - first_column)]
    before = units.decode("utf-16-le", "ignore")
    chain = _CHAIN.search(before)
    if chain is None:
        return {"targets": []}
    holder, typed = chain["holder"], chain["typed"]
    names = await _names(debuggee, asked, holder)
    start = len(before[: chain.start("typed")].encode("utf-16-le")) // 2 + first_column
    kind = "property" if holder else "variable"
    targets: list[JsonValue] = [
        {"label": name, "type": kind, "start": start, "length": len(typed.encode("utf-16-le")) // 2}
        for name in sorted(set(names))
        if name.startswith(typed) and _NAME.match(name)
    ]
    return {"targets": targets[:_MOST]}


async def _names(debuggee: Debuggee, asked: RequestArguments, holder: str | None) -> list[str]:
    frames = debuggee.stack()
    frame = frames[0] if "frameId" not in asked.members else debuggee.frame(asked.number("frameId"))
    stand = debuggee.stand
    stands_still = debuggee.moment is None and isinstance(stand, Paused)
    inspection = stand.pause.inspection if isinstance(stand, Paused) else None
    if stands_still and frame.code is not None and inspection is not None:
        try:
            return [one.name for one in await _of_code(inspection, frame.code, holder)]
        except LookupError:
            raise RefusedError("The login has gone on since.") from None
    if holder is None:
        return ["event", *(name for name, _ in frame.variables)]
    try:
        value = member(debuggee.event(debuggee.login.masker), event_path(holder))
    except RefusedError:
        return []
    return list(value) if isinstance(value, dict) else []


async def _of_code(inspection: Inspection, frame: Frame, holder: str | None) -> Sequence[Variable]:
    """Return variables that a frame sees, or members of one; getters are not read."""
    seen: dict[str, Variable] = {}
    for scope in frame.scopes:
        for one in await inspection.expand(scope.handle):
            seen.setdefault(one.name, one)
    if holder is None:
        return list(seen.values())
    first, *steps = holder.split(".")
    found = seen.get(first)
    members = await _members(inspection, found)
    for step in steps:
        found = next((one for one in members if one.name == step), None)
        members = await _members(inspection, found)
    return members


async def _members(inspection: Inspection, value: Variable | None) -> Sequence[Variable]:
    if value is None or value.handle is None or value.kind == "getter":
        return ()
    return await inspection.expand(value.handle)
