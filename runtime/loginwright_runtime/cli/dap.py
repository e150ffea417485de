"""``loginwright dap``: the Debug Adapter Protocol on standard input and output."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_adapter.channel import Channel
from loginwright_runtime.cli.debug_adapter.framing import MessageCutter
from loginwright_runtime.cli.debug_adapter.server import DebugAdapter
from loginwright_runtime.cli.debug_adapter.stdio import chunks, take_output, write_all
from loginwright_runtime.cli.debugged_login.opening import refuse_stdin
from loginwright_runtime.cli.engine_parts import engine_options
from loginwright_runtime.cli.exit_status import OK
from loginwright_runtime.cli.workers import worker_pool
from loginwright_runtime.errors import BadInputError, Problem

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import DapArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.engine.options import EngineOptions

_STDIN = 0


def execute(arguments: DapArguments, screen: Screen, early: EarlyWorker) -> int:
    """Serve one client until it disconnects or is gone."""
    if arguments.json:
        message = "Standard output speaks the Debug Adapter Protocol, and prints no document."
        raise BadInputError(Problem("usage", "error", message, "Leave --json away."))
    refuse_stdin(arguments, None)
    options = engine_options(arguments)
    output = take_output()
    try:
        asyncio.run(_serve(arguments, options, screen, early, output))
    finally:
        os.close(output)
    return OK


async def _serve(
    arguments: DapArguments,
    options: EngineOptions,
    screen: Screen,
    early: EarlyWorker,
    output: int,
) -> None:
    cutter = MessageCutter()
    async with worker_pool(options, early) as pool:
        channel = Channel(partial(write_all, output))
        adapter = DebugAdapter(arguments, options, screen, pool, channel)
        try:
            async for chunk in chunks(_STDIN):
                for received in cutter.take(chunk):
                    if not await adapter.take(received):
                        return
        finally:
            await adapter.close()
