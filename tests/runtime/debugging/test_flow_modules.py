"""Breakpoints in the modules that the actions of a flow share."""

from __future__ import annotations

import pytest

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.debugging import LineBreakpoint, Resume
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing.debugged_logins import (
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
    closing,
)
from loginwright_runtime.testing.debugging_programs import Program, debugged_flow

MODULES = {
    "lib/loud.mjs": (
        "await import('../lib/loud.mjs')",
        "export function shout(text) {\n  const loud = text.toUpperCase();\n  return loud;\n}\n",
    ),
    "lib/loud.js": (
        "require('actions:Loud')",
        "exports.shout = (text) => {\n  const loud = text.toUpperCase();\n  return loud;\n};\n",
    ),
}


@pytest.mark.parametrize("file", MODULES)
async def test_breakpoint_in_a_module_stops_and_steps_there(file: str) -> None:
    load, source = MODULES[file]
    program = debugged_flow(
        Program(
            f"""
exports.onExecutePostLogin = async (event, api) => {{
  const {{ shout }} = {load};
  const said = shout('ada');
  api.idToken.setCustomClaim('https://a.example/said', said); // @after
}};
""",
            "",
        ),
        "javascript",
    )
    files = {**program.flow.files, file: source.encode()}
    flow = program.flow.model_copy(update={"files": files})
    point = LineBreakpoint(file, 2)
    debugger = ScriptedDebugger(Resume("run", (point,)), by_line("over"), by_line("out"))
    async with closing(WorkerPool(SHAPES)) as host:
        outcome = await DebuggedLogins(flow, host, debugger).login()
    assert outcome.status == "allowed"
    stops = [(pause.file, pause.line) for pause in debugger.pauses]
    assert stops == [(file, 2), (file, 3), (program.file, program.line("after"))]
