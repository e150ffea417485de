"""Breakpoints in packages that actions use."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import TYPE_CHECKING

import jwt.utils

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.debugging import LineBreakpoint, Resume
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing.debugged_logins import (
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
    closing,
)
from loginwright_runtime.testing.debugging_programs import DebuggedFlow, Program, debugged_flow

if TYPE_CHECKING:
    from pathlib import Path

USES_PACKAGE = Program(
    """
const { shout } = require('@scope/loud words');
exports.onExecutePostLogin = async (event, api) => {
  const said = shout('ada'); // @calls
  api.idToken.setCustomClaim('https://a.example/said', said); // @after
};
""",
    """
from jwt.utils import base64url_encode
async def on_execute_post_login(event, api):
    said = base64url_encode(b"ada").decode()  # @calls
    api.id_token.set_custom_claim("https://a.example/said", said)  # @after
""",
)


PACKAGE = "node_modules/@scope/loud words/index.js"


def with_package(folder: Path, source: str) -> DebuggedFlow:
    """The flow, with its package in a folder."""
    file = folder / PACKAGE
    file.parent.mkdir(parents=True)
    file.write_text(source)
    program = debugged_flow(USES_PACKAGE, "javascript")
    return replace(program, flow=program.flow.model_copy(update={"packages": folder}))


async def test_breakpoint_in_a_javascript_package_stops_and_steps_there(tmp_path: Path) -> None:
    source = "exports.shout = (text) => {\n  const loud = text.toUpperCase();\n  return loud;\n};\n"
    program = with_package(tmp_path, source)
    point = LineBreakpoint(PACKAGE, 2)
    debugger = ScriptedDebugger(Resume("run", (point,)), by_line("over"), by_line("out"))
    async with closing(WorkerPool(SHAPES)) as host:
        outcome = await DebuggedLogins(program.flow, host, debugger).login()
    assert outcome.status == "allowed"
    stops = [(pause.file, pause.line) for pause in debugger.pauses]
    assert stops == [(PACKAGE, 2), (PACKAGE, 3), (program.file, program.line("after"))]


async def test_into_passes_over_a_package(tmp_path: Path) -> None:
    program = with_package(tmp_path, "exports.shout = (text) => text.toUpperCase();\n")
    point = LineBreakpoint(program.file, program.line("calls"))
    debugger = ScriptedDebugger(Resume("run", (point,)), by_line("into"))
    async with closing(WorkerPool(SHAPES)) as host:
        await DebuggedLogins(program.flow, host, debugger).login()
    assert debugger.lines == [program.line("calls"), program.line("after")]


async def test_breakpoint_in_a_python_package_stops() -> None:
    program = debugged_flow(USES_PACKAGE, "python")
    lines, first = inspect.getsourcelines(jwt.utils.base64url_encode)
    line = first + len(lines) - 1
    point = LineBreakpoint("site-packages/jwt/utils.py", line)
    debugger = ScriptedDebugger(Resume("run", (point,)), by_line("out"))
    async with closing(WorkerPool(SHAPES)) as host:
        outcome = await DebuggedLogins(program.flow, host, debugger).login()
    assert outcome.status == "allowed"
    stops = [(pause.file, pause.line) for pause in debugger.pauses]
    assert stops == [("site-packages/jwt/utils.py", line), (program.file, program.line("after"))]
