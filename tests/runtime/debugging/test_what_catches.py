"""Whether an error that was thrown will be caught: said where it is known, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.debugging import ExceptionBreakpoint, Resume
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing.debugged_logins import (
    DebuggedLogins,
    ScriptedDebugger,
    closing,
)
from loginwright_runtime.testing.debugging_programs import Program, debugged_flow

if TYPE_CHECKING:
    from loginwright_runtime.testing.debugging_programs import Language

EVERYTHING = ExceptionBreakpoint(caught=True, uncaught=True)
UNCAUGHT = ExceptionBreakpoint(caught=False, uncaught=True)
HEAD = """
import asyncio
import contextlib
import json

ERRORS = (TypeError, KeyError)

class Mine(ValueError):
    pass

class Guard:
    def __getattr__(self, name):
        raise AttributeError(name)

def fail(error):
    raise error

def chosen():
    return ValueError

async def on_execute_post_login(event, api):
"""
CAUGHT = (
    "try: fail(ValueError())\nexcept ValueError: pass",
    "try: fail(Mine())\nexcept ValueError as error: pass",
    "try: fail(KeyError())\nexcept ERRORS: pass",
    "try: fail(json.JSONDecodeError('', '', 0))\nexcept (TypeError, json.JSONDecodeError): pass",
    "try: fail(ValueError())\nexcept: pass",
    "try:\n  try: fail(ValueError())\n  finally: api\nexcept ValueError: pass",
    "try:\n  try: fail(KeyError())\n  except KeyError as e: fail(Mine())\nexcept Mine: pass",
    "for _ in (1,):\n  try: fail(ValueError())\n  finally: break",
)
UNCAUGHT_ONES = (
    "fail(ValueError())",
    "try: fail(ValueError())\nexcept TypeError: pass",
    "try: fail(ValueError())\nexcept ERRORS: pass",
    "try: fail(ValueError())\nfinally: api",
    "try: fail(ValueError())\nfinally:\n  for one in (1, 2): one",
    "try: pass\nexcept ValueError: pass\nfail(ValueError())",
    "try: api.nothing_like_it\nexcept TypeError as error: pass\nfinally: api",
)
NOT_KNOWN = (
    "with contextlib.suppress(ValueError): fail(ValueError())",
    "try: fail(ValueError())\nexcept chosen(): pass",
    "hasattr(Guard(), 'anything')",
    "await asyncio.gather(asyncio.to_thread(int), inner(), return_exceptions=True)",
    "with contextlib.nullcontext(): fail(ValueError())",
)
JAVASCRIPT = {
    "try { fail() } catch { }": True,
    "await inner().catch(() => {})": True,
    "try { await inner() } catch { }": True,
    "try { fail() } finally { api }": False,
    "await inner()": False,
    "[1].forEach(fail)": False,
}


async def fates(code: str, language: Language, wanted: ExceptionBreakpoint) -> list[bool | None]:
    """Run a handler of this code; return what was said at each stop of who catches it."""
    lines = "".join(f"    {line}\n" for line in code.splitlines())
    inside = "    async def inner():\n        fail(ValueError())\n"
    program = Program(
        f"exports.onExecutePostLogin = async (event, api) => {{\n  {code};\n}};\n"
        "function fail() { throw new Error('x'); }\nasync function inner() { fail(); }\n",
        f"{HEAD}{inside}{lines}",
    )
    flow = debugged_flow(program, language)
    debugger = ScriptedDebugger(Resume("run", (wanted,)))
    async with closing(WorkerPool(SHAPES)) as host:
        await DebuggedLogins(flow.flow, host, debugger).login()
    return [pause.caught for pause in debugger.pauses]


@pytest.mark.parametrize("code", CAUGHT)
async def test_what_the_code_catches_is_known_to_be_caught(code: str) -> None:
    assert set(await fates(code, "python", EVERYTHING)) == {True}


@pytest.mark.parametrize("code", UNCAUGHT_ONES)
async def test_what_nobody_catches_is_known_where_it_is_thrown(code: str) -> None:
    assert await fates(code, "python", EVERYTHING) == [False]
    assert await fates(code, "python", UNCAUGHT) == [False]


@pytest.mark.parametrize("code", NOT_KNOWN)
async def test_nothing_is_claimed_of_what_nobody_can_know(code: str) -> None:
    assert (await fates(code, "python", EVERYTHING))[0] is None


@pytest.mark.parametrize("code", CAUGHT)
async def test_what_is_caught_does_not_stop_whoever_looks_for_the_uncaught(code: str) -> None:
    assert await fates(code, "python", UNCAUGHT) == []


@pytest.mark.parametrize(
    "code",
    [
        "try: fail(ValueError())\nexcept ValueError:\n  api\n  raise",
        "try: fail(ValueError())\nexcept ValueError as error: raise error",
        "with contextlib.nullcontext():\n  fail(ValueError())",
        "async with contextlib.AsyncExitStack():\n  await inner()",
    ],
)
async def test_what_leaves_the_handler_in_the_end_stops_there(code: str) -> None:
    assert await fates(code, "python", UNCAUGHT) == [False]


@pytest.mark.parametrize("code", JAVASCRIPT)
async def test_v8_says_what_it_knows(code: str) -> None:
    assert await fates(code, "javascript", EVERYTHING) == [JAVASCRIPT[code]]
