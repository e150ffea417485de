"""Requests that move a login on, and through its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.stepper import GoOn, Move
from loginwright_runtime.debugging import LineBreakpoint

if TYPE_CHECKING:
    from loginwright_runtime.cli.debug_adapter.debuggee import Debuggee
    from loginwright_runtime.cli.debugged_login.past import Moment


def go_on(debuggee: Debuggee, how: GoOn) -> None:
    """Go on; in the past a step forward, or to the next breakpoint there, or to now."""
    if debuggee.past is None:
        debuggee.move(Move(how))
        return
    after = debuggee.past + 1
    if how == "run":
        after = next(
            (index for index in range(after, len(debuggee.moments())) if _stops(debuggee, index)),
            len(debuggee.moments()),
        )
    debuggee.look_at(after if after < len(debuggee.moments()) else None)


def step_back(debuggee: Debuggee) -> None:
    """Look at the step before; nothing runs."""
    before = _before(debuggee)
    debuggee.look_at(max(before - 1, 0))


def go_back(debuggee: Debuggee) -> None:
    """Look at the last breakpoint before, else at the first step; nothing runs."""
    before = _before(debuggee)
    hit = (index for index in range(before - 1, -1, -1) if _stops(debuggee, index))
    debuggee.look_at(next(hit, 0))


def _before(debuggee: Debuggee) -> int:
    count = len(debuggee.moments())
    if not count:
        raise RefusedError("Nothing has happened yet.")
    return count if debuggee.past is None else debuggee.past


def _stops(debuggee: Debuggee, index: int) -> bool:
    moment = debuggee.moments()[index]
    return any(
        isinstance(point, LineBreakpoint) and _is_at(point, moment)
        for point in debuggee.points.points()
    )


def _is_at(point: LineBreakpoint, moment: Moment) -> bool:
    return (point.file, point.line) == (moment.file, moment.line) and point.log_message is None
