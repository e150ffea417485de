"""Actions that fight their debugger, and debuggers and workers that go away."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.debugging import EvaluationFailed, ExceptionBreakpoint, Pause, Resume
from loginwright_runtime.hosts.code_session import CodeSession
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing import debugging_programs as programs
from loginwright_runtime.testing.debugged_logins import (
    DebuggedLogins,
    ScriptedDebugger,
    by_line,
    closing,
    locals_of,
)
from loginwright_runtime.testing.debugging_programs import Program, debugged_flow
from loginwright_runtime.testing.line_debugging_story import code_of, point_at, run_to_mark
from worker_watch import processes

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.testing.debugging_programs import Language
    from loginwright_runtime.transaction.outcome import Outcome

MOST_FRAMES = 200
LANGUAGES: tuple[Language, ...] = ("javascript", "python")
EITHER = pytest.mark.parametrize("language", LANGUAGES)

TAMPERING = Program(
    """
const kept = { __proto__: null, constructor: 1, then: 1, call: 1, apply: 1, bind: 1 };
for (const type of [Object, Array, Function, String, Map, Promise]) {
  for (const name of Object.getOwnPropertyNames(type.prototype)) {
    if (kept[name]) continue;
    try { type.prototype[name] = () => { throw new Error('tampered'); }; } catch {}
  }
}
Reflect.ownKeys = Reflect.getOwnPropertyDescriptor = () => { for (;;); };
exports.onExecutePostLogin = async (event, api) => {
  const big = [];
  for (let i = 0; i < 5000; i += 1) big[i] = 1;
  await null; // @before
  const data = { a: big }; // @after
};
""",
    """
import sys, threading, signal
sys.settrace(None)
threading.settrace(None)
sys.breakpointhook = None
class Liar(dict):
    def __getattribute__(self, name):
        while True: pass
    def __iter__(self):
        while True: pass
    items = keys = __len__ = __repr__ = __iter__
async def on_execute_post_login(event, api):
    big = [1] * 5000; liar = Liar(a=1)  # @before
    data = {"a": big}  # @after
""",
)
FLOODING = Program(
    """
exports.onExecutePostLogin = async (event, api) => {
  for (let i = 0; i < 300; i += 1) {
    console.log('flood'.repeat(20));
    debugger;
  }
};
""",
    """
async def on_execute_post_login(event, api):
    for i in range(300):
        print("flood" * 20)
        breakpoint()
""",
)


async def a_run(
    program: Program, language: Language, debugger: ScriptedDebugger, *, seconds: float = 20
) -> Outcome:
    async with closing(WorkerPool(SHAPES)) as host:
        flow = debugged_flow(program, language).flow
        return await DebuggedLogins(flow, host, debugger, leg_seconds=seconds).login()


@EITHER
async def test_code_that_tampers_with_everything_is_stepped_and_looked_into(
    language: Language,
) -> None:
    flow = debugged_flow(TAMPERING, language)
    seen: list[int] = []

    async def look(pause: Pause) -> Resume:
        assert pause.inspection is not None
        for one in (await locals_of(pause)).values():
            if one.handle is not None:
                seen.append(len(await pause.inspection.expand(one.handle)))
        return Resume("run")

    start = run_to_mark(flow, "before")
    debugger = ScriptedDebugger(start, by_line("over"), look)
    outcome = await a_run(TAMPERING, language, debugger)
    assert outcome.status == "allowed", outcome.error and outcome.error.description
    assert debugger.lines == [flow.line("before"), flow.line("after")]
    assert 100 in seen


@EITHER
async def test_flood_of_stops_and_prints_comes_to_an_end(language: Language) -> None:
    debugger = ScriptedDebugger(Resume("run"))
    outcome = await a_run(FLOODING, language, debugger)
    assert outcome.status == "allowed"
    assert len(debugger.pauses) == 100


@EITHER
async def test_flood_can_be_left_at_any_stop(language: Language) -> None:
    debugger = ScriptedDebugger(Resume("run"), Resume("run"), Resume("end"))
    outcome = await a_run(FLOODING, language, debugger)
    assert outcome.status == "failed"


OPENING = """
exports.onExecutePostLogin = async (event, api) => {
  const tries = [
    () => require('inspector').open(0),
    () => new (require('inspector').Session)(),
    () => new (require('inspector/promises').Session)(),
    () => new (require('worker_threads').Worker)('1', { eval: true }),
    async () => (await import('node:inspector')).open(0),
    async () => new (await import('node:worker_threads')).Worker('1', { eval: true }),
  ];
  for (const attempt of tries) {
    try {
      await attempt();
      console.log('went through', String(attempt));
    } catch (error) {
      if (!error.message.includes('not available')) console.log(error.message);
    }
  }
  debugger;
};
"""


async def test_debugged_worker_lends_nobody_its_inspector_or_its_threads() -> None:
    debugger = ScriptedDebugger(Resume("run"), Resume("run"), Resume("run"))
    outcome = await a_run(Program(OPENING, ""), "javascript", debugger)
    assert outcome.status == "allowed"
    assert [log.text for log in outcome.logs] == []


@EITHER
async def test_worker_that_is_killed_at_a_pause_ends_the_login_clearly(language: Language) -> None:
    flow = debugged_flow(programs.CALLS, language)

    async def kill(pause: Pause) -> Resume:
        for pid in processes():
            os.kill(pid, signal.SIGKILL)
        assert pause.inspection is not None
        found = await pause.inspection.evaluate(pause.stack[0].handle, "1")
        assert isinstance(found, EvaluationFailed)
        return Resume("run")

    debugger = ScriptedDebugger(run_to_mark(flow, "first"), kill)
    outcome = await a_run(programs.CALLS, language, debugger)
    assert outcome.status == "failed"
    assert outcome.error is not None
    assert outcome.error.kind == "host"
    assert outcome.error.description.endswith("The worker was killed by SIGKILL.")
    assert processes() == set()


@EITHER
async def test_worker_that_is_killed_as_its_debugging_begins_ends_the_login_clearly(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = debugged_flow(programs.CALLS, language)
    begin = CodeSession.begin

    async def kill(session: CodeSession) -> JsonObject:
        for pid in processes():
            os.kill(pid, signal.SIGKILL)
        return await begin(session)

    monkeypatch.setattr(CodeSession, "begin", kill)
    debugger = ScriptedDebugger(run_to_mark(flow, "first"))
    outcome = await a_run(programs.CALLS, language, debugger)
    assert outcome.error is not None
    assert outcome.error.kind == "host"
    assert outcome.error.description.endswith("The worker was killed by SIGKILL.")


@EITHER
async def test_endless_loop_that_is_debugged_tells_its_line(language: Language) -> None:
    flow = debugged_flow(programs.ENDLESS, language)
    debugger = ScriptedDebugger(run_to_mark(flow, "turn"))
    async with closing(WorkerPool(SHAPES, max_workers=1)) as host:
        outcome = await DebuggedLogins(flow.flow, host, debugger, leg_seconds=0.4).login()
    assert outcome.error is not None
    assert outcome.error.kind == "timeout"
    assert outcome.error.line in (flow.line("turn"), flow.line("count"))
    assert outcome.logs == ()


@EITHER
async def test_login_that_is_ended_while_its_code_stands_goes_no_further(
    language: Language,
) -> None:
    flow = debugged_flow(programs.CALLS, language)

    async def end(_pause: Pause) -> Resume:
        code_of(debugger).end()
        return Resume("run")

    debugger = ScriptedDebugger(run_to_mark(flow, "first"), end)
    outcome = await a_run(programs.CALLS, language, debugger)
    assert_stopped_in_the_debugger(outcome)
    assert debugger.lines == [flow.line("first")]


def assert_stopped_in_the_debugger(outcome: Outcome) -> None:
    assert outcome.error is not None
    assert outcome.error.description == "The login was stopped in the debugger."
    assert [step.calls for step in outcome.steps] == [()]


@EITHER
async def test_login_that_is_given_up_at_a_pause_leaves_no_process(language: Language) -> None:
    flow = debugged_flow(programs.CALLS, language)
    stands = asyncio.Event()

    async def hold(_pause: Pause) -> Resume:
        stands.set()
        await asyncio.Event().wait()
        return Resume("run")

    async with closing(WorkerPool(SHAPES)) as host:
        debugger = ScriptedDebugger(run_to_mark(flow, "first"), hold)
        login = asyncio.create_task(DebuggedLogins(flow.flow, host, debugger).login())
        await stands.wait()
        login.cancel()
        with pytest.raises(asyncio.CancelledError):
            await login
    assert processes() == set()


def listening_sockets(pid: int) -> list[str]:
    rows = Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]
    own = {os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir()}
    cells = [row.split() for row in rows]
    return [cell[1] for cell in cells if cell[3] == "0A" and f"socket:[{cell[9]}]" in own]


async def test_debugged_worker_listens_on_no_port() -> None:
    flow = debugged_flow(programs.CALLS, "javascript")
    listening: list[str] = []
    looked: list[int] = []

    async def look(_pause: Pause) -> Resume:
        for pid in processes():
            looked.append(pid)
            listening.extend(listening_sockets(pid))
        return Resume("run")

    await a_run(programs.CALLS, "javascript", ScriptedDebugger(run_to_mark(flow, "first"), look))
    assert looked
    assert listening == []


@EITHER
async def test_exception_whose_message_cannot_be_read_is_shown(language: Language) -> None:
    program = Program(
        """
exports.onExecutePostLogin = async (event, api) => {
  throw new Proxy(new Error('x'), { get() { throw new Error('get'); } });
};
""",
        """
class Mute(Exception):
    def __str__(self):
        raise self
    __repr__ = __str__
async def on_execute_post_login(event, api):
    raise Mute()
""",
    )
    debugger = ScriptedDebugger(Resume("run", (ExceptionBreakpoint(),)))
    outcome = await a_run(program, language, debugger)
    assert outcome.status == "failed"
    assert [pause.kind for pause in debugger.pauses] == ["exception"]


LYING_TYPES = Program(
    """
exports.onExecutePostLogin = async (event, api) => {
  const down = (left) => {
    if (left > 0) return down(left - 1);
    return left; // @before
  };
  down(3000); // @after
};
""",
    """
class Liar(type):
    def __getattribute__(cls, name):
        while True: pass
    __eq__ = __instancecheck__ = __subclasscheck__ = __getattribute__
    def __hash__(cls):
        while True: pass

class Lie(metaclass=Liar): pass

class Evil(BaseException):
    def __getattribute__(self, name):
        while True: pass

async def on_execute_post_login(event, api):
    lie, kept = Lie(), None
    kind = Lie
    try:
        raise Evil()
    except BaseException as error:
        kept = error
    x = 1  # @before
    y = 2  # @after
""",
)


async def test_types_and_errors_that_never_answer_are_looked_into_all_the_same() -> None:
    flow = debugged_flow(LYING_TYPES, "python")
    seen: list[str] = []

    async def look(pause: Pause) -> Resume:
        seen.extend(await locals_of(pause))
        return Resume("run")

    everything = ExceptionBreakpoint(caught=True, uncaught=True)
    first = Resume("run", (point_at(flow, "before"), everything))
    debugger = ScriptedDebugger(first, look, look)
    async with closing(WorkerPool(SHAPES)) as host:
        outcome = await DebuggedLogins(flow.flow, host, debugger, record_lines=True).login()
    assert outcome.status == "allowed"
    assert {"lie", "kind", "kept"} <= set(seen)


async def test_a_stack_of_thousands_of_frames_is_told_as_far_as_anybody_reads_it() -> None:
    flow = debugged_flow(LYING_TYPES, "javascript")
    depths: list[int] = []

    async def look(pause: Pause) -> Resume:
        depths.append(len(pause.stack))
        return Resume("run")

    point = replace(point_at(flow, "before"), hit_count=1)
    debugger = ScriptedDebugger(Resume("run", (point,)), look)
    async with closing(WorkerPool(SHAPES)) as host:
        outcome = await DebuggedLogins(flow.flow, host, debugger).login()
    assert outcome.status == "allowed"
    assert depths == [MOST_FRAMES]
