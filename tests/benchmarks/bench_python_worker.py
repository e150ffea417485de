"""One warm Python action in a worker, beside a bare Python worker that makes the same frames."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from benchmarks.bench_worker import BareWorker, FloorProtocol, answer, event, in_turns
from benchmarks.table import Row
from loginwright_runtime.api.methods import METHODS, SHAPES
from loginwright_runtime.extension_points import Invocation, Returned
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.hosts.process_start import Command, start_process

if TYPE_CHECKING:
    from loginwright_runtime.api.call import Reply, WorkerCall

FLOOR = Path(__file__).parent / "floor_worker.py"
TARGET = 2.5
CODE = "actions/bench.py"

SOURCES = {
    "nothing": """
async def on_execute_post_login(event, api):
    pass
""",
    "two claims": """
async def on_execute_post_login(event, api):
    namespace = "https://my-app.example.com"
    if event.authorization:
        api.id_token.set_custom_claim(f"{namespace}/roles", event.authorization.roles)
        api.access_token.set_custom_claim(f"{namespace}/roles", event.authorization.roles)
""",
    "encode_token and send_user_to": """
async def on_execute_post_login(event, api):
    token = api.redirect.encode_token(
        secret=event.secrets["MY_SHARED_SECRET"], payload={"email": event.user.email}
    )
    api.redirect.send_user_to("https://my-app.example.com", query={"session_token": token})
""",
}


def invocation(source: str) -> Invocation:
    """Return a handler call of an action with this source."""
    action = Action(id="bench", name="Bench", code=CODE, language="python")
    flow = Flow(
        name="Bench",
        version=f"sha256:{hash(source):x}",
        actions=(action,),
        files={CODE: source.encode()},
    )
    return Invocation(
        flow, action, "onExecutePostLogin", event(), 20, 20, answer, lambda _line: None
    )


async def calls_of(pool: WorkerPool, asked: Invocation) -> list[WorkerCall]:
    """Run the handler once and return the calls it makes."""
    calls: list[WorkerCall] = []

    def note(call: WorkerCall) -> Reply:
        calls.append(call)
        return answer(call)

    end = await pool.run(replace(asked, answer=note))
    assert isinstance(end, Returned), end
    return calls


async def start_bare(calls: list[WorkerCall]) -> BareWorker:
    """Start a bare worker that makes these calls in every run."""
    process = start_process(Command([sys.executable, "-I", str(FLOOR)], 1024))
    loop = asyncio.get_running_loop()
    _, protocol = await loop.create_connection(FloorProtocol, sock=process.rpc)
    ctl, _ = await loop.create_connection(asyncio.Protocol, sock=process.ctl)
    told = [
        {"method": call.method, "args": call.args, "waits": METHODS[call.method].waits}
        for call in calls
    ]
    ctl.write(orjson.dumps({"type": "setup", "calls": told}) + b"\n")
    await protocol.done
    head = b'{"type":"run","run":"0123456789abcdef0123456789abcdef","action":"bench",'
    rest = b'"code":"actions/bench.py","handler":"onExecutePostLogin","now":null,"network":"open",'
    tail = b'"fresh":false,"wait":false,"event":' + event() + b"}\n"
    return BareWorker(process.pid, ctl, protocol, head + rest + tail)


async def rows() -> list[Row]:
    """Return the rows of the table."""
    table = []
    for name, source in SOURCES.items():
        pool = WorkerPool(SHAPES)
        asked = invocation(source)
        bare = await start_bare(await calls_of(pool, asked))
        ours, floor = await in_turns(partial(pool.run, asked), bare.run)
        bare.end()
        await pool.aclose()
        table.append(Row(f"Python action: {name}", ours, floor, TARGET, "floor: a bare worker"))
    return table
