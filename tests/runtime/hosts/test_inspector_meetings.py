"""Requests to JavaScript that meet other events on their way, as V8 would tell of them."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from loginwright_runtime.hosts import inspector
from loginwright_runtime.hosts.code_adapter import AdapterListener, Arming, RawStop
from loginwright_runtime.hosts.code_places import CodePlaces
from loginwright_runtime.hosts.inspector import Inspector

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from pydantic import JsonValue

Params: TypeAlias = "dict[str, JsonValue]"

FILE = "actions/act.js"
PLACES = CodePlaces("/flow", {FILE: 20}, None)
FLOW, OWN, NODE = "1", "2", "3"
"""Scripts: the flow's file, one of the worker itself, one of Node."""
OWN_URL = (Path(inspector.__file__).parent / "workers" / "node_worker.mjs").as_uri()


class Worker:
    """The other end of the line: says what V8 says, and keeps what it is asked.

    Attributes:
        stops: What the inspector told of.
        broken: Why nothing sensible comes any more.
    """

    def __init__(self, ours: socket.socket, theirs: socket.socket) -> None:
        self._sock = theirs
        theirs.setblocking(False)
        self.stops: list[RawStop] = []
        self.broken: list[str] = []
        listener = AdapterListener(
            self.stops.append,
            lambda _line: None,
            self.broken.append,
            lambda: self.broken.append("lost"),
        )
        self.inspector = Inspector(ours, PLACES, listener)

    def asked(self) -> list[str]:
        """Return the methods that were asked for since the last time; answer each."""
        try:
            data = self._sock.recv(1_000_000)
        except BlockingIOError:
            return []
        requests = [json.loads(line) for line in data.splitlines()]
        for request in requests:
            self._say({"id": request["id"], "result": {"result": {"objectId": "tools"}}})
        return [
            request["method"]
            for request in requests
            if request["method"] != "Runtime.releaseObjectGroup"
        ]

    def tells(self, method: str, **params: JsonValue) -> None:
        """Tell of something."""
        self._say({"method": method, "params": params})

    def pauses(self, line: int, *frames: Params, reason: str = "other", hit: int = 0) -> None:
        """Stand still at a line of the flow, or where ``frames`` are; ``hit``: whose breakpoint."""
        ids: list[JsonValue] = [f"1:{hit - 1}:0:{PLACES.url(FILE)}"] if hit else []
        stack: list[JsonValue] = list(frames or (frame(FLOW, line),))
        self.tells("Debugger.paused", reason=reason, hitBreakpoints=ids, callFrames=stack)

    def goes_on(self) -> None:
        """Run."""
        self.tells("Debugger.resumed")

    def _say(self, message: Params) -> None:
        self._sock.sendall(json.dumps(message).encode() + b"\n")
        self.inspector.read()


def frame(script: str, line: int, function: str = "act") -> Params:
    """Return a frame as V8 tells of it."""
    place: Params = {"scriptId": script, "lineNumber": line - 1, "columnNumber": 2}
    start: Params = {"scriptId": script, "lineNumber": 0, "columnNumber": 0}
    return {
        "callFrameId": f"{script}:{line}",
        "functionName": function,
        "location": place,
        "functionLocation": {**start, "functionName": function},
        "scopeChain": [],
    }


@pytest.fixture
def sockets() -> Generator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
async def worker(sockets: tuple[socket.socket, socket.socket]) -> AsyncGenerator[Worker]:
    """A worker in which the flow's file is loaded and a run has begun."""
    worker = Worker(*sockets)
    await begun(worker)
    worker.tells("Debugger.scriptParsed", scriptId=FLOW, url=PLACES.url(FILE))
    worker.tells("Debugger.scriptParsed", scriptId=OWN, url=OWN_URL)
    yield worker
    worker.inspector.close()


async def begun(worker: Worker) -> None:
    """Begin a run."""
    begin = worker.inspector.begin("run", Arming(), "run", record=False)
    beginning = asyncio.ensure_future(begin)
    while not beginning.done():
        worker.asked()
        await asyncio.sleep(0)


async def asks(worker: Worker, method: str) -> None:
    """Wait until something is asked for."""
    async with asyncio.timeout(10):
        while method not in worker.asked():  # noqa: ASYNC110 - a timer of the loop is due
            await asyncio.sleep(0)


def at(*lines: int) -> Arming:
    """Return breakpoints at lines."""
    return Arming(frozenset((FILE, line) for line in lines))


async def test_breakpoint_that_was_removed_when_it_was_met_does_not_stop(worker: Worker) -> None:
    worker.inspector.arm(at(3))
    worker.inspector.arm(at(5))
    worker.asked()
    worker.pauses(3, hit=3)
    assert worker.stops == []
    assert worker.asked() == ["Debugger.resume"]


async def test_breakpoint_that_was_removed_does_not_hide_the_end_of_a_step(worker: Worker) -> None:
    worker.inspector.arm(at(2, 3))
    worker.pauses(2, hit=2)
    worker.inspector.arm(at(2))
    worker.inspector.go("over")
    worker.goes_on()
    worker.pauses(3, hit=3)
    assert [stop.kind for stop in worker.stops] == ["place", "step"]


async def test_step_ends_with_its_run(worker: Worker) -> None:
    worker.inspector.arm(at(2))
    worker.pauses(2, hit=2)
    worker.inspector.go("over")
    worker.goes_on()
    await begun(worker)
    worker.inspector.arm(at(2))
    worker.pauses(2, hit=2)
    assert [stop.ends_step for stop in worker.stops] == [False, False]


async def test_breakpoint_that_is_removed_where_code_stands_is_gone_after_the_step(
    worker: Worker,
) -> None:
    worker.inspector.arm(at(2))
    worker.pauses(2, hit=2)
    worker.asked()
    worker.inspector.arm(at())
    worker.inspector.go("over")
    assert worker.asked() == ["Debugger.stepOver"]
    worker.goes_on()
    worker.pauses(3, reason="step")
    worker.inspector.go("run")
    assert worker.asked() == ["Debugger.removeBreakpoint", "Debugger.resume"]


async def test_breakpoint_that_is_set_again_before_it_was_gone_stops(worker: Worker) -> None:
    worker.inspector.arm(at(2))
    worker.pauses(2, hit=2)
    worker.inspector.arm(at())
    worker.inspector.arm(at(2))
    worker.inspector.go("run")
    assert "Debugger.removeBreakpoint" not in worker.asked()
    worker.goes_on()
    worker.pauses(2, hit=2)
    assert [stop.kind for stop in worker.stops] == ["place", "place"]


async def test_step_out_from_an_api_call_leaves_the_function_that_called(worker: Worker) -> None:
    worker.pauses(0, frame(OWN, 9, "answer"), frame(FLOW, 2))
    worker.inspector.arm(at(4))
    worker.inspector.go("out")
    worker.goes_on()
    worker.pauses(4, hit=4)
    assert [(stop.kind, stop.ends_step) for stop in worker.stops][1:] == [("place", False)]


async def test_step_over_a_wait_that_was_given_up_does_not_stop_in_the_end(worker: Worker) -> None:
    worker.inspector.arm(at(3))
    worker.pauses(3, hit=3)
    worker.inspector.go("run")
    worker.goes_on()
    worker.pauses(9, reason="step")  # V8 has not forgotten where a function went on waiting.
    assert [stop.kind for stop in worker.stops] == ["place"]
    assert worker.asked()[-1] == "Debugger.resume"


async def test_statement_of_the_code_itself_stops(worker: Worker) -> None:
    worker.pauses(4)
    assert [stop.kind for stop in worker.stops] == ["statement"]


# --- A pause that somebody asks for ---------------------------------------------------------------


async def test_pause_asked_for_while_a_run_begins_stops_in_its_handler(worker: Worker) -> None:
    beginning = asyncio.ensure_future(worker.inspector.begin("run", Arming(), "run", record=False))
    await asyncio.sleep(0)
    worker.inspector.interrupt()
    while not beginning.done():
        worker.asked()
        await asyncio.sleep(0)
    worker.pauses(0, frame(OWN, 9, "callHandler"))
    assert worker.asked() == ["Debugger.stepInto"]
    worker.goes_on()
    worker.pauses(2, reason="step")
    assert [stop.kind for stop in worker.stops] == ["pause"]


async def test_breakpoints_set_before_the_debugger_is_on_are_not_taken_for_set(
    sockets: tuple[socket.socket, socket.socket],
) -> None:
    worker = Worker(*sockets)
    worker.inspector.arm(at(3))
    assert worker.asked() == []
    await begun(worker)
    worker.inspector.arm(at(3))
    assert worker.asked() == ["Debugger.setBreakpointByUrl"]
    worker.inspector.close()


async def test_pause_before_the_handler_is_called_waits_for_it(worker: Worker) -> None:
    worker.inspector.interrupt()
    worker.asked()
    worker.pauses(0, frame(NODE, 9))
    assert worker.asked() == ["Debugger.resume"]
    worker.goes_on()
    worker.pauses(0, frame(OWN, 9, "callHandler"))
    assert worker.asked() == ["Debugger.stepInto"]


async def test_pause_outside_the_flows_code_is_asked_for_again_in_the_end(worker: Worker) -> None:
    worker.pauses(0, frame(OWN, 9, "callHandler"))
    worker.goes_on()
    worker.inspector.interrupt()
    worker.asked()
    ways: list[str] = []
    while "Debugger.resume" not in ways:
        worker.pauses(0, frame(NODE, 9))
        ways += worker.asked()
        worker.goes_on()
    assert ways[0] == "Debugger.stepInto"
    await asks(worker, "Debugger.pause")
    worker.pauses(3)
    assert [stop.kind for stop in worker.stops] == ["pause"]


async def test_pause_inside_node_leaves_it_step_by_step(worker: Worker) -> None:
    worker.inspector.interrupt()
    worker.asked()
    worker.pauses(0, frame(NODE, 9), frame(FLOW, 3))
    worker.goes_on()
    assert worker.asked() == ["Debugger.setPauseOnExceptions", "Debugger.stepOut"]


async def test_pause_asked_for_where_a_stop_is_told_stops_once(worker: Worker) -> None:
    worker.inspector.arm(at(2))
    worker.pauses(2, hit=2)
    worker.inspector.interrupt()
    worker.asked()
    worker.inspector.go("run")
    worker.goes_on()
    assert worker.asked() == ["Debugger.resume"]


async def test_pause_asked_for_after_code_was_told_to_go_on_stops(worker: Worker) -> None:
    worker.inspector.arm(at(2))
    worker.pauses(2, hit=2)
    worker.inspector.go("run")
    worker.inspector.interrupt()
    worker.asked()
    worker.goes_on()
    assert worker.asked() == ["Debugger.pause"]
