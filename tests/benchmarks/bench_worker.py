"""One warm action in a worker, beside a bare worker and beside plain Node.

The bare worker (``floor_worker.mjs`` and the protocol here) makes the same round trips, waiting
where ours waits, with the same JSON, and does nothing else. Both are measured in turns, a few
handler calls each, so that a noisy machine is noisy for both.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from typing_extensions import override

from benchmarks.table import Row
from loginwright_runtime.api.call import Reply, WorkerCall
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.extension_points import Invocation, Returned
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.hosts.node_command import find_node
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.hosts.process_start import Command, start_process

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

HERE = Path(__file__).parent
WARM_UP = 20
TURNS = 80
IN_A_TURN = 25
TARGET = 1.5
# Long enough for a pool that shared its core to have let go of it.
PAUSE_SECONDS = 0.045
READ_BYTES = 65_536

ROLES = """
exports.onExecutePostLogin = async (event, api) => {
  const namespace = 'https://my-app.example.com';
  if (event.authorization) {
    api.idToken.setCustomClaim(`${namespace}/roles`, event.authorization.roles);
    api.accessToken.setCustomClaim(`${namespace}/roles`, event.authorization.roles);
  }
};
"""
REDIRECT = """
exports.onExecutePostLogin = async (event, api) => {
  const token = api.redirect.encodeToken({
    secret: event.secrets.MY_SHARED_SECRET,
    payload: { email: event.user.email },
  });
  api.redirect.sendUserTo('https://my-app.example.com', { query: { session_token: token } });
};
"""
TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + "e" * 230 + "." + "s" * 43
WAITS = {shape.name: shape.waits for shape in SHAPES}
CALLS_OF_A_CLIENT = 300


def event() -> bytes:
    """Return an event of the usual size, about 3.5 kB."""
    return orjson.dumps(
        {
            "authorization": {"roles": ["admin"]},
            "client": {"client_id": "abc", "name": "My SPA", "metadata": {}},
            "request": {
                "geoip": {"continentCode": "EU", "countryCode": "DE"},
                "query": {f"parameter_{number}": "value " * 5 for number in range(40)},
                "user_agent": "Mozilla/5.0 " + "x" * 100,
            },
            "secrets": {"MY_SHARED_SECRET": "correct horse battery staple and more"},
            "user": {
                "email": "ada@example.com",
                "user_id": "auth0|0123456789abcdef",
                "user_metadata": {f"key_{number}": number for number in range(30)},
                "app_metadata": {"note": "n" * 600},
            },
        }
    )


def answer(call: WorkerCall) -> Reply:
    """Answer without doing anything."""
    return Reply(value=TOKEN) if call.method == "redirect.encodeToken" else Reply()


def invocation(source: str) -> Invocation:
    """Return a handler call of an action with this source."""
    action = Action(id="bench", name="Bench", code="actions/bench.js", language="javascript")
    flow = Flow(
        name="Bench",
        version=f"sha256:{hash(source):x}",
        actions=(action,),
        files={"actions/bench.js": source.encode()},
    )
    return Invocation(
        flow, action, "onExecutePostLogin", event(), 20, 20, answer, lambda _line: None
    )


class FloorProtocol(asyncio.BufferedProtocol):
    """Reads frames, replies where the worker waits, tells when a run is done.

    It has a buffer of its own: what a plain protocol reads into is allocated for each read, 256 kB,
    which takes 3 or 12 µs by what the process did before.
    """

    def __init__(self) -> None:
        self._held = b""
        self._buffer = bytearray(READ_BYTES)
        self._transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    @override
    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    @override
    def buffer_updated(self, nbytes: int) -> None:
        *lines, self._held = (self._held + self._buffer[:nbytes]).split(b"\n")
        for line in lines:
            frame = orjson.loads(line)
            if frame["type"] != "call":
                self.done.set_result(None)
            elif frame["waits"]:
                value = TOKEN if frame["method"] == "redirect.encodeToken" else None
                assert self._transport is not None
                self._transport.write(orjson.dumps({"value": value}) + b"\n")


@dataclass(frozen=True, slots=True)
class BareWorker:
    """A process that makes the given calls, and how to talk to it."""

    pid: int
    ctl: asyncio.Transport
    protocol: FloorProtocol
    frame: bytes

    async def run(self) -> None:
        """Make one handler call."""
        self.protocol.done = asyncio.get_running_loop().create_future()
        self.ctl.write(self.frame)
        await self.protocol.done

    def end(self) -> None:
        """Kill and reap it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


async def start_bare(calls: list[WorkerCall]) -> BareWorker:
    """Start a bare worker that makes these calls in every run."""
    node = find_node()
    assert node is not None
    process = start_process(Command([node, str(HERE / "floor_worker.mjs")], 1024))
    loop = asyncio.get_running_loop()
    _, protocol = await loop.create_connection(FloorProtocol, sock=process.rpc)
    ctl, _ = await loop.create_connection(asyncio.Protocol, sock=process.ctl)
    told: list[JsonValue] = [
        {"method": call.method, "args": call.args, "waits": WAITS[call.method]} for call in calls
    ]
    setup: JsonObject = {"type": "setup", "calls": told}
    ctl.write(orjson.dumps(setup) + b"\n")
    await protocol.done
    head = b'{"type":"run","run":"0123456789abcdef0123456789abcdef","action":"bench",'
    rest = b'"code":"actions/bench.js","handler":"onExecutePostLogin","now":null,"network":"open",'
    tail = b'"fresh":false,"wait":false,"event":' + event() + b"}\n"
    return BareWorker(process.pid, ctl, protocol, head + rest + tail)


async def _turn(run: Callable[[], Awaitable[object]]) -> list[float]:
    times = []
    for _ in range(IN_A_TURN):
        start = time.perf_counter()
        await run()
        times.append(time.perf_counter() - start)
    return times


async def in_turns(*runs: Callable[[], Awaitable[object]]) -> list[float]:
    """Return the median of each, in microseconds, measured in turns."""
    times: list[list[float]] = [[] for _ in runs]
    for turn in range(WARM_UP + TURNS):
        for index, run in enumerate(runs):
            await asyncio.sleep(PAUSE_SECONDS)
            measured = await _turn(run)
            if turn >= WARM_UP:
                times[index] += measured
    return [statistics.median(series) * 1e6 for series in times]


def plain_node(sources: dict[str, str]) -> dict[str, float]:
    """Return the median of each handler when Node itself calls it, in microseconds."""
    node = find_node()
    assert node is not None
    job = {"event": event().decode(), "sources": sources, "rounds": 5000}
    done = subprocess.run(
        [node, str(HERE / "plain_node.mjs"), orjson.dumps(job).decode()],
        check=True,
        capture_output=True,
    )
    medians: dict[str, float] = orjson.loads(done.stdout)
    return medians


async def _calls(pool: WorkerPool, source: str) -> list[WorkerCall]:
    calls: list[WorkerCall] = []

    def note(call: WorkerCall) -> Reply:
        calls.append(call)
        return answer(call)

    asked = invocation(source)
    end = await pool.run(
        Invocation(asked.flow, asked.action, asked.handler, asked.event, 20, 20, note, print)
    )
    assert isinstance(end, Returned), end
    return calls


async def measure(source: str) -> tuple[float, float, float]:
    """Return the medians of a pool, of one that shares its core, and of a bare worker."""
    pool = WorkerPool(SHAPES)
    sharing = WorkerPool(SHAPES, share_core=True)
    bare = await start_bare(await _calls(pool, source))
    asked = invocation(source)
    ours, shared, floor = await in_turns(
        lambda: pool.run(asked), lambda: sharing.run(asked), bare.run
    )
    bare.end()
    await pool.aclose()
    await sharing.aclose()
    return ours, shared, floor


async def calls_a_second(clients: int) -> tuple[float, float]:
    """Return the handler calls a second of that many clients, alone and with ``share_core``."""
    pools = [WorkerPool(SHAPES), WorkerPool(SHAPES, share_core=True)]
    rates: list[list[float]] = [[], []]
    asked = invocation(ROLES)

    async def client(pool: WorkerPool) -> None:
        for _ in range(CALLS_OF_A_CLIENT):
            await pool.run(asked)

    for _ in range(6):
        for pool, measured in zip(pools, rates, strict=True):
            await asyncio.sleep(PAUSE_SECONDS)
            start = time.perf_counter()
            await asyncio.gather(*(client(pool) for _ in range(clients)))
            measured.append(clients * CALLS_OF_A_CLIENT / (time.perf_counter() - start))
    for pool in pools:
        await pool.aclose()
    return statistics.median(rates[0]), statistics.median(rates[1])


async def rows() -> list[Row]:
    """Return the rows of the table."""
    sources = {"two claims": ROLES, "encodeToken and sendUserTo": REDIRECT}
    plain = plain_node(sources)
    table = []
    for name, source in sources.items():
        ours, shared, floor = await measure(source)
        table.append(Row(f"action: {name}", ours, floor, TARGET, "floor: a bare worker"))
        table.append(Row("… on one core", shared, floor, TARGET, "floor: a bare worker"))
        table.append(Row("… on one core", shared, plain[name], None, "floor: plain Node"))
    for clients in (1, 4):
        alone, shared = await calls_a_second(clients)
        note = f"{shared:.0f} calls a second; floor: {alone:.0f} without sharing a core"
        table.append(Row(f"{clients} at once, one core", 1e6 / shared, 1e6 / alone, None, note))
    return table
