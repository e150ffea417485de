"""Clients that send nonsense, or vanish: an answer in words, no crash, no process left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from command_runs import command
from debug_clients import adapter_process, editor, framed
from debugged_flows import COLOUR, SAMPLE, spinning_flow

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
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return file.read().split()


def living(processes: list[str]) -> list[str]:
    """Return those that still run."""
    return [one for one in processes if os.path.exists(f"/proc/{one}/exe")]
