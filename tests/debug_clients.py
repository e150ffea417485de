"""Clients of the Debug Adapter Protocol for tests, over the pipes of a real process."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from adapter_messages import judge
from command_runs import PROGRAM, SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from pydantic import JsonValue


SECONDS = 60.0
"""How long a client waits for a message before the test fails."""

Body: TypeAlias = dict[str, Any]
"""Members of a message; ``judge`` has checked them."""


@dataclass(slots=True)
class Editor:
    """Speaks raw messages, as an editor does, and keeps and judges all that comes back.

    Attributes:
        process: The adapter.
        messages: All that came, in order.
    """

    process: asyncio.subprocess.Process
    messages: list[Body] = field(default_factory=list)
    _seq: int = 0
    _seen: int = 0

    def send_bytes(self, data: bytes) -> None:
        """Send what may be no message."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)

    def send(self, command: str, **arguments: JsonValue) -> int:
        """Send a request; return its number."""
        self._seq += 1
        body = {"seq": self._seq, "type": "request", "command": command, "arguments": arguments}
        self.send_bytes(framed(body))
        return self._seq

    async def response(self, seq: int) -> Body:
        """Return the response to a request."""
        while True:
            for message in self.messages:
                if message["type"] == "response" and message["request_seq"] == seq:
                    return message
            await self.receive()

    async def ask(self, command: str, **arguments: JsonValue) -> Body:
        """Send a request; return the body of its response, which has to be a success."""
        response = await self.response(self.send(command, **arguments))
        assert response["success"], response
        body = response.get("body", {})
        assert isinstance(body, dict)
        return body

    async def refusal(self, command: str, **arguments: JsonValue) -> str:
        """Send a request that has to be refused; return the reason."""
        response = await self.response(self.send(command, **arguments))
        assert not response["success"], response
        return str(response["message"])

    async def event(self, name: str) -> Body:
        """Return the body of the next event of a name that was not seen yet."""
        while True:
            while self._seen < len(self.messages):
                message = self.messages[self._seen]
                self._seen += 1
                if message["type"] == "event" and message["event"] == name:
                    body = message.get("body", {})
                    assert isinstance(body, dict)
                    return body
            await self.receive()

    def outputs(self, category: str) -> str:
        """Return all that was shown in the debug console so far."""
        bodies = [one["body"] for one in self.messages if one.get("event") == "output"]
        return "".join(
            str(body["output"])
            for body in bodies
            if isinstance(body, dict) and body["category"] == category
        )

    async def receive(self) -> None:
        """Wait for one message."""
        assert self.process.stdout is not None
        header = await asyncio.wait_for(self.process.stdout.readuntil(b"\r\n\r\n"), SECONDS)
        length = int(header.removeprefix(b"Content-Length: "))
        body = await asyncio.wait_for(self.process.stdout.readexactly(length), SECONDS)
        message: Body = json.loads(body)
        self.messages.append(message)
        judge(message, len(self.messages))

    async def launch(self, flow: Path, **arguments: JsonValue) -> None:
        """Send what VS Code sends first, up to the answer to ``launch``."""
        await self.ask(
            "initialize",
            clientID="vscode",
            clientName="Visual Studio Code",
            adapterID="loginwright",
            pathFormat="path",
            linesStartAt1=True,
            columnsStartAt1=True,
            supportsVariableType=True,
            supportsVariablePaging=True,
            supportsRunInTerminalRequest=True,
            locale="en",
            supportsProgressReporting=True,
            supportsInvalidatedEvent=True,
            supportsMemoryReferences=True,
            supportsArgsCanBeInterpretedByShell=True,
            supportsMemoryEvent=True,
            supportsStartDebuggingRequest=True,
            supportsANSIStyling=True,
        )
        await self.ask(
            "launch",
            name="Debug login",
            type="loginwright",
            request="launch",
            flow=str(flow),
            __configurationTarget=6,
            __sessionId="f2d6c6a8",
            **arguments,
        )
        await self.event("initialized")

    async def break_at(self, file: Path, *lines: int, **more: JsonValue) -> list[Body]:
        """Set the breakpoints of a file as VS Code does; return what came of them."""
        body = await self.ask(
            "setBreakpoints",
            source={"name": file.name, "path": str(file)},
            lines=list(lines),
            breakpoints=[{"line": line, **more} for line in lines],
            sourceModified=False,
        )
        told = body["breakpoints"]
        assert isinstance(told, list)
        return told

    async def begin(self) -> None:
        """Say that all is configured."""
        await self.ask("setFunctionBreakpoints", breakpoints=[])
        await self.ask("setExceptionBreakpoints", filters=["uncaught"], filterOptions=[])
        await self.ask("configurationDone")
        await self.ask("threads")

    async def stopped(self) -> Body:
        """Wait until the login stands still."""
        return await self.event("stopped")

    async def frames(self) -> list[Body]:
        """Return the call stack."""
        body = await self.ask("stackTrace", threadId=1, startFrame=0, levels=20)
        frames = body["stackFrames"]
        assert isinstance(frames, list)
        return [one for one in frames if isinstance(one, dict)]

    async def line(self) -> Any:
        """Return the line that the login stands at."""
        return (await self.frames())[0]["line"]

    async def scope(self, name: str) -> dict[str, Body]:
        """Return the variables of a scope of the innermost frame, by name."""
        frame = (await self.frames())[0]
        body = await self.ask("scopes", frameId=frame["id"])
        scopes = body["scopes"]
        assert isinstance(scopes, list)
        found = [one for one in scopes if isinstance(one, dict) and one["name"] == name]
        assert found, scopes
        return await self.variables(found[0]["variablesReference"])

    async def variables(self, reference: JsonValue) -> dict[str, Body]:
        """Return what a reference expands to, by name."""
        body = await self.ask("variables", variablesReference=reference)
        variables = body["variables"]
        assert isinstance(variables, list)
        return {str(one["name"]): one for one in variables if isinstance(one, dict)}

    async def evaluate(self, expression: str, context: str = "repl") -> Any:
        """Return the result of an expression in the innermost frame."""
        frame = (await self.frames())[0]
        body = await self.ask(
            "evaluate", expression=expression, frameId=frame["id"], context=context
        )
        return body["result"]

    async def leave(self) -> int:
        """Disconnect; return the exit status."""
        await self.ask("disconnect", restart=False, terminateDebuggee=True)
        return await asyncio.wait_for(self.process.wait(), SECONDS)


def framed(members: object) -> bytes:
    """Return a message as it is sent."""
    body = json.dumps(members).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


@asynccontextmanager
async def adapter_process(*options: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """Start ``loginwright dap``; it has to have ended by itself when the block is left."""
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        "dap",
        *options,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "LOGINWRIGHT_SECRET_MY_SHARED_SECRET": SECRET},
        limit=8_000_000,
    )
    assert process.stdin is not None
    assert process.stderr is not None
    try:
        yield process
        process.stdin.close()
        await asyncio.wait_for(process.wait(), SECONDS)
        assert b"Traceback" not in await process.stderr.read()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@asynccontextmanager
async def editor(*options: str) -> AsyncGenerator[Editor]:
    """Start an adapter with an editor at it."""
    async with adapter_process(*options) as process:
        yield Editor(process)
