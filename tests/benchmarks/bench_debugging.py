"""What a line step and a recorded line cost, beside the least that a debugger could do."""

from __future__ import annotations

import asyncio
import statistics
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import orjson

from benchmarks.table import Row
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.debugging import LineBreakpoint, Pause, Resume
from loginwright_runtime.hosts.debug_line import DebugLine
from loginwright_runtime.hosts.launch import Programs, prepare_launch
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.hosts.process_start import start_process
from loginwright_runtime.testing.debugged_logins import (
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
    closing,
)
from loginwright_runtime.testing.debugging_programs import Program, debugged_flow
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import LineReached

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.testing.debugging_programs import Language

STEPS = 400
LINES = 2000
_BODY_JS = "    a += i; // @turn\n    b = a * 2;\n    c = `${b}`;\n    d = c.length;\n"
_BODY_PY = "        a += i  # @turn\n        b = a * 2\n        c = str(b)\n        d = len(c)\n"
_TURNS = LINES // 5


def _program(turns: int) -> Program:
    return Program(
        "exports.onExecutePostLogin = async (event, api) => {\n"
        "  let a = 0, b = 0, c = '', d = 0;\n"
        f"  for (let i = 0; i < {turns}; i += 1) {{\n{_BODY_JS}  }}\n}};\n",
        "async def on_execute_post_login(event, api):\n    a = b = d = 0\n    c = ''\n"
        f"    for i in range({turns}):\n{_BODY_PY}",
    )


async def _step_us(language: Language) -> float:
    """Return the median time from one line to the next."""
    flow = debugged_flow(_program(LINES), language)
    point = LineBreakpoint(flow.file, flow.line("turn"))
    times: list[float] = []

    async def step(_pause: Pause) -> Resume:
        times.append(time.perf_counter())
        return by_line("over") if len(times) < STEPS else Resume("end")

    debugger = ScriptedDebugger(Resume("run", (point,)), *[step] * STEPS)
    async with closing(WorkerPool(SHAPES)) as host:
        await DebuggedLogins(flow.flow, host, debugger).login()
    return _median_us(times)


async def _line_us(language: Language) -> tuple[float, float]:
    """Return what a handler takes with every line recorded and without, each per line."""
    flow = debugged_flow(_program(_TURNS), language)
    async with closing(WorkerPool(SHAPES)) as host:
        both: list[float] = []
        lines = 1
        for record in (True, False):
            logins = DebuggedLogins(flow.flow, host, record_lines=record)
            await logins.login()
            began = time.perf_counter()
            outcome = await logins.login()
            both.append(time.perf_counter() - began)
            if record:
                found = record_of(outcome).entries
                lines = sum(isinstance(one, LineReached) for one in found)
    return both[0] / lines * 1e6, both[1] / lines * 1e6


class _Bare:
    """A debugger without anything around it: step, wait until it stands still, step."""

    def __init__(self) -> None:
        self.stopped: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()

    def told(self, message: JsonObject) -> None:
        if message.get("method") in ("Debugger.paused", "stopped") and not self.stopped.done():
            self.stopped.set_result(message)

    async def next_stop(self) -> None:
        await self.stopped
        self.stopped = asyncio.get_running_loop().create_future()


async def _bare_us(language: Language) -> float:
    """Return the median of a bare step: of V8's inspector, or of the worker's tracer."""
    flow = debugged_flow(_program(LINES), language)
    programs = Programs(None, None, 128, 1024)
    launch = prepare_launch(flow.flow, language, programs, SHAPES, debugged=True)
    process = start_process(launch.command)
    assert process.debug is not None
    assert launch.places is not None
    bare = _Bare()
    line = DebugLine(process.debug, bare.told, lambda _reason: None, lambda: None)
    try:
        process.ctl.sendall(launch.setup)
        await asyncio.get_running_loop().run_in_executor(None, process.rpc.recv, 65536)
        place = flow.line("turn")
        if language == "javascript":
            await line.ask("Debugger.enable", {}, 5)
            url = launch.places.url(flow.file)
            at: JsonObject = {"url": url, "lineNumber": place - 1}
            await line.ask("Debugger.setBreakpointByUrl", at, 5)
        else:
            armed: JsonObject = {"places": [[flow.file, place]], "caught": False}
            armed |= {"uncaught": False, "step": "run", "record": False}
            await line.ask("begin", armed, 5)
        run: JsonObject = {
            "type": "run",
            "run": "0" * 32,
            "action": "act",
            "code": flow.file,
            "handler": "onExecutePostLogin",
            "now": None,
            "network": "none",
            "fresh": False,
            "wait": True,
            "event": {"secrets": {}},
            "debugged": {"stops": False},
        }
        process.ctl.sendall(orjson.dumps(run) + b"\n")
        times: list[float] = []
        await bare.next_stop()
        for _ in range(STEPS):
            times.append(time.perf_counter())
            if language == "javascript":
                line.tell("Debugger.stepOver", {})
            else:
                line.tell("go", {"step": "over"})
            await bare.next_stop()
    finally:
        line.close()
        process.discard()
    return _median_us(times)


def _median_us(times: list[float]) -> float:
    gaps = [after - before for before, after in pairwise(times)]
    return statistics.median(gaps) * 1e6


async def rows() -> list[Row]:
    """Measure steps and recorded lines in both languages."""
    found: list[Row] = []
    for language, name in (("javascript", "inspector"), ("python", "tracer")):
        chosen: Language = "python" if language == "python" else "javascript"
        bare, step = await _bare_us(chosen), await _step_us(chosen)
        found.append(Row(f"line step, {language}", step, bare, 2, f"floor: a bare {name} step"))
        recorded, plain = await _line_us(chosen)
        most = "1 ms" if chosen == "javascript" else "50 µs"
        note = f"target: at most {most}; {plain:.2g} µs a line unrecorded"
        found.append(Row(f"recorded line, {language}", recorded, note=note))
    return found
