"""Clients that send nonsense, or vanish: an answer in words, no crash, no process left."""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
from typing import TYPE_CHECKING

import pytest

from command_runs import PROGRAM, SECRET, command
from debug_clients import SECONDS, Editor, adapter_process, editor, framed
from debugged_flows import COLOUR, SAMPLE, flow_of, spinning_flow
from guards import child_processes

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

ODD: list[JsonValue] = [None, True, -1, 1.5, 2**70, "x", "\u202e\x00", [], [[]], {}, {"a": {}}]
COMMANDS = {
    "initialize": ("linesStartAt1",),
    "launch": ("flow", "scenario", "secrets", "stopOnEntry", "network", "mfa"),
    "setBreakpoints": ("source", "breakpoints", "lines"),
    "setFunctionBreakpoints": ("breakpoints",),
    "setExceptionBreakpoints": ("filters",),
    "stackTrace": ("startFrame", "levels"),
    "scopes": ("frameId",),
    "variables": ("variablesReference", "start", "count"),
    "evaluate": ("expression", "frameId", "context"),
    "setVariable": ("variablesReference", "name", "value"),
    "source": ("source", "sourceReference"),
    "exceptionInfo": (),
    "nonsense": ("anything",),
}


async def test_messages_that_are_none_get_an_error_and_the_next_one_an_answer() -> None:
    async with editor() as client:
        for body in (b"{", b"[]", b"\xff\xfe", b'{"type": "request"}', b"[" * 5000):
            client.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        client.send_bytes(framed({"seq": 99, "type": "request", "command": "threads"}))
        client.send_bytes(framed({"seq": "x", "type": "event", "event": "stopped"}))
        await client.ask("initialize", adapterID="loginwright")
        refused = [one for one in client.messages if one.get("success") is False]
        assert len(refused) == 7
        assert all(one["message"] for one in refused)
        assert await client.leave() == 0


async def test_a_message_that_is_too_long_is_passed_over() -> None:
    async with editor() as client:
        client.send_bytes(b"Content-Length: 5000000\r\n\r\n" + b"x" * 5_000_000)
        await client.ask("initialize", adapterID="loginwright")
        assert "longer than" in str(client.messages[0]["message"])
        assert await client.leave() == 0


@pytest.mark.parametrize("garbage", [b"x" * 10_000, b"Content-Length: x\r\n\r\n", b"\r\n\r\n"])
async def test_bytes_without_messages_end_it(garbage: bytes) -> None:
    async with adapter_process() as process:
        assert process.stdin is not None
        process.stdin.write(garbage)
        assert await process.wait() == 0


async def test_odd_arguments_of_every_request_are_answered() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(COLOUR, 12)
        await client.begin()
        await client.stopped()
        sent = [
            client.send(name, **{member: odd})
            for name, members in COMMANDS.items()
            for member in members
            for odd in ODD
        ]
        for seq in sent:
            await client.response(seq)
        assert await client.evaluate("event.user.email") == '"ada@example.com"'
        assert await client.leave() == 0


async def test_references_of_an_earlier_stop_are_refused() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(COLOUR, 12)
        await client.begin()
        await client.stopped()
        event = (await client.scope("Local"))["event"]["variablesReference"]
        frame = (await client.frames())[0]["id"]
        await client.ask("next", threadId=1)
        await client.stopped()
        await client.refusal("variables", variablesReference=event)
        await client.refusal("scopes", frameId=frame)
        assert await client.leave() == 0


async def test_moving_a_login_that_runs_is_refused(tmp_path: Path) -> None:
    async with editor() as client:
        await client.launch(spinning_flow(tmp_path / "flow"))
        await client.begin()
        await client.event("output")
        assert await client.refusal("next", threadId=1) == "The login runs."
        assert await client.refusal("stackTrace", threadId=1) == "The login runs."
        assert await client.leave() == 0


@pytest.mark.parametrize("spins", [False, True])
async def test_a_client_that_vanishes_ends_login_and_workers(tmp_path: Path, spins: bool) -> None:
    async with editor() as client:
        await client.launch(spinning_flow(tmp_path / "flow"))
        if not spins:
            await client.break_at(tmp_path / "flow" / "actions" / "spins.js", 2)
        await client.begin()
        await (client.event("output") if spins else client.stopped())
        workers = children(client.process.pid)
        assert workers
        assert client.process.stdin is not None
        client.process.stdin.close()
        assert await client.process.wait() == 0
        assert living(workers) == []


def test_json_is_refused_because_standard_output_speaks_the_protocol() -> None:
    result = command("dap", "--json")
    assert result.problems[0]["rule"] == "usage"


def children(pid: int) -> list[str]:
    """Return the processes that a process has started."""
    return [str(child) for child in child_processes(pid)]


def living(processes: list[str]) -> list[str]:
    """Return those that still run."""
    return [one for one in processes if os.path.exists(f"/proc/{one}/exe")]


async def test_a_worker_that_is_killed_at_a_pause_ends_the_login_in_words() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(COLOUR, 12)
        await client.begin()
        await client.stopped()
        for worker in children(client.process.pid):
            os.kill(int(worker), signal.SIGKILL)
        assert (await client.event("exited"))["exitCode"] == 5
        assert "Failed: " in client.outputs("console")
        assert await client.leave() == 0


async def test_an_adapter_that_is_killed_at_a_pause_leaves_no_worker() -> None:
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        "dap",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "LOGINWRIGHT_SECRET_MY_SHARED_SECRET": SECRET},
    )
    client = Editor(process)
    await client.launch(SAMPLE, scenario="first-login")
    await client.break_at(COLOUR, 12)
    await client.begin()
    await client.stopped()
    workers = [os.pidfd_open(int(worker)) for worker in children(process.pid)]
    assert workers
    process.kill()
    await process.wait()
    for worker in workers:
        with selectors.DefaultSelector() as ended:
            ended.register(worker, selectors.EVENT_READ)
            assert ended.select(SECONDS), "the worker lives on"
        os.close(worker)


async def test_no_port_is_opened() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(COLOUR, 12)
        await client.begin()
        await client.stopped()
        for process in [str(client.process.pid), *children(client.process.pid)]:
            assert internet_sockets(process) == []
        await client.leave()


async def test_what_an_action_prints_does_nothing_to_the_editor(tmp_path: Path) -> None:
    code = b"""\
exports.onExecutePostLogin = async (event, api) => {
  const odd = "\\u001b[2J\\u202eabc";
  console.log(odd);
  odd.length;
};
"""
    flow = flow_of(tmp_path / "flow", {"actions/odd.js": code})
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / "odd.js", 4)
        await client.begin()
        await client.stopped()
        assert client.outputs("stdout") == "\\x1b[2J\\u202eabc\n"
        assert "\u202e" not in await client.evaluate("odd")
        await client.leave()


def internet_sockets(process: str) -> list[str]:
    """Return the sockets of a process that could be reached over a network."""
    ours = {
        os.readlink(f"/proc/{process}/fd/{number}") for number in os.listdir(f"/proc/{process}/fd")
    }
    rows: list[str] = []
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        with open(f"/proc/{process}/net/{kind}", encoding="ascii") as table:
            rows += [row for row in table if f"socket:[{row.split()[9]}]" in ours]
    return rows
