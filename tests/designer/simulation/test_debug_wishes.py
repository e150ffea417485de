"""Wishes of a person that come close upon each other, in the designer."""

from __future__ import annotations

import asyncio

from loginwright_designer.simulation.debug_controller import DebugController, Detachable, Move
from loginwright_runtime.debugging import LineBreakpoint, Pause
from loginwright_runtime.tracing.record import RunRecord

POINT = LineBreakpoint("actions/act.js", 3)


def stop(kind: str = "line") -> Pause:
    """Return a stop that a level or a wish decides about."""
    record = RunRecord("t", "f", "v")
    inside = Pause("line", "act", "onExecutePostLogin", None, 3, b"{}", record)
    before = Pause("before_handler", "act", "onExecutePostLogin", None, None, b"{}", record)
    return inside if kind == "line" else before


async def test_breakpoints_right_after_going_on_hold() -> None:
    controller = DebugController(Detachable(), Move())
    stopped = asyncio.ensure_future(controller.paused(stop()))
    await asyncio.sleep(0)
    controller.go_on(Move())
    controller.set_breakpoints((POINT,))
    assert (await stopped).breakpoints == (POINT,)


async def test_pause_of_a_login_that_went_away_does_not_stop_its_next_leg() -> None:
    controller = DebugController(Detachable(), Move())
    controller.pause_soon()
    controller.go_on(Move())
    resume = await controller.paused(stop("before_handler"))
    assert (controller.pause, resume.level) == (None, "into")
