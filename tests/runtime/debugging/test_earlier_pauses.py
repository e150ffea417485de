"""A pause that the code has left behind is not looked into any more, however it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.debugging import Pause, Resume
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing import debugging_programs as programs
from loginwright_runtime.testing.debugged_logins import DebuggedLogins, ScriptedDebugger, closing
from loginwright_runtime.testing.debugging_programs import debugged_flow
from loginwright_runtime.testing.line_debugging_story import run_to_mark

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loginwright_runtime.debugging.inspection import Inspection
    from loginwright_runtime.testing.debugging_programs import Language

LOOKS: dict[str, Callable[[Inspection, str], Awaitable[object]]] = {
    "expand": lambda inspection, frame: inspection.expand(frame),
    "evaluate": lambda inspection, frame: inspection.evaluate(frame, "1 + 1"),
    "set_variable": lambda inspection, frame: inspection.set_variable(frame, "a", "1"),
}


@pytest.mark.parametrize("language", ["javascript", "python"])
@pytest.mark.parametrize(("left", "status"), [("run", "allowed"), ("end", "failed")])
async def test_a_pause_that_was_left_says_that_the_code_has_gone_on(
    language: Language, left: str, status: str
) -> None:
    pauses: list[Pause] = []

    async def leave(pause: Pause) -> Resume:
        assert pause.inspection is not None
        await pause.inspection.evaluate(pause.stack[0].handle, "1 + 1")
        pauses.append(pause)
        return Resume("end") if left == "end" else Resume("run")

    flow = debugged_flow(programs.CALLS, language)
    debugger = ScriptedDebugger(run_to_mark(flow, "first"), leave)
    async with closing(WorkerPool(SHAPES)) as host:
        outcome = await DebuggedLogins(flow.flow, host, debugger).login()
    assert outcome.status == status
    [pause] = pauses
    assert pause.inspection is not None
    for look in LOOKS.values():
        with pytest.raises(LookupError, match="The code has gone on since"):
            await look(pause.inspection, pause.stack[0].handle)
