"""What a debugged worker answers while a pause is on its way; with a real Node."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.hosts.debug_line import DebugLine
from loginwright_runtime.hosts.launch import Programs, prepare_launch
from loginwright_runtime.hosts.process_start import StartedProcess, start_process
from loginwright_runtime.testing.debugging_programs import Program, debugged_flow

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from loginwright_runtime.login.json_values import JsonObject

FLOW = debugged_flow(Program("exports.onExecutePostLogin = () => {};", "", {}), "javascript").flow
SECONDS = 10.0
RUNS = 10
CHANGES = 30
"""How often breakpoints change while one run begins."""


@pytest.fixture
async def process() -> AsyncGenerator[StartedProcess]:
    """A worker that waits for its first run."""
    programs = Programs(None, None, 128, 1024)
    launch = prepare_launch(FLOW, "javascript", programs, SHAPES, debugged=True)
    process = start_process(launch.command)
    process.ctl.sendall(launch.setup)
    await asyncio.to_thread(process.rpc.recv, 65536)
    yield process
    process.discard()


async def test_worker_answers_while_a_run_begins_and_an_earlier_pause_is_on_its_way(
    process: StartedProcess,
) -> None:
    def told(message: JsonObject) -> None:
        if message.get("method") == "Debugger.paused":
            line.tell("Debugger.resume", {})

    assert process.debug is not None
    line = DebugLine(process.debug, told, pytest.fail, lambda: pytest.fail("The worker is gone."))
    await line.ask("Runtime.enable", {}, SECONDS)
    await line.ask("Debugger.enable", {}, SECONDS)
    for _ in range(RUNS):
        line.tell("Debugger.pause", {})
        beginning = asyncio.ensure_future(line.ask("Relay.record", {"files": []}, SECONDS))
        await asyncio.sleep(0)
        for _ in range(CHANGES):
            line.tell("Debugger.setPauseOnExceptions", {"state": "none"})
        await beginning
    line.close()
