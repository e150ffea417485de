"""A login whose actions run on hosts that debug code and on hosts that cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson
from typing_extensions import override

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.debugging import ActionBreakpoint, LineBreakpoint, Resume
from loginwright_runtime.extension_points import ActionHost
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import with_version
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing.debugged_logins import DebuggedLogins, ScriptedDebugger, closing

if TYPE_CHECKING:
    from loginwright_runtime.debugging import RunningCode
    from loginwright_runtime.extension_points import Invocation, InvocationEnd

CLAIM = """exports.onExecutePostLogin = async (event, api) => {
  const one = 1;
  api.idToken.setCustomClaim('https://a.example/NAME', one);
};
"""


def two_claims() -> Flow:
    actions = tuple(
        Action(id=name, name=name, code=f"actions/{name}.js", language="javascript")
        for name in ("first", "second")
    )
    files = {action.code: CLAIM.replace("NAME", action.id).encode() for action in actions}
    flow = Flow(name="Two", actions=actions, files=files, version="sha256:" + "0" * 64)
    return with_version(flow)


@dataclass
class DebugsOnly(ActionHost):
    """Debugs the code of one action; runs the others without, as a host may."""

    inner: ActionHost
    action: str

    @override
    async def run(self, invocation: Invocation) -> InvocationEnd:
        if invocation.action.id != self.action:
            invocation = replace(invocation, watcher=None)
        return await self.inner.run(invocation)

    @override
    async def aclose(self) -> None:
        await self.inner.aclose()


async def test_lines_stop_at_their_calls_where_the_code_itself_is_not_debugged() -> None:
    """Also after an action whose code was: there the line itself stops, here the call from it."""
    points = tuple(LineBreakpoint(f"actions/{name}.js", 3) for name in ("first", "second"))
    debugger = ScriptedDebugger(Resume("run", points))
    async with closing(DebugsOnly(WorkerPool(SHAPES), "first")) as host:
        outcome = await DebuggedLogins(two_claims(), host, debugger).login()
    assert outcome.status == "allowed"
    assert [(pause.kind, pause.action_id, pause.line) for pause in debugger.pauses] == [
        ("line", "first", 3),
        ("call", "second", 3),
    ]


async def test_steps_by_lines_go_from_call_to_call_where_the_code_is_not_debugged() -> None:
    point = LineBreakpoint("actions/first.js", 3)
    over = Resume("into", (point,), unit="line")
    debugger = ScriptedDebugger(Resume("run", (point,)), *[over] * 5)
    async with closing(DebugsOnly(WorkerPool(SHAPES), "first")) as host:
        outcome = await DebuggedLogins(two_claims(), host, debugger).login()
    assert outcome.status == "allowed"
    assert ("call", "second") in [(pause.kind, pause.action_id) for pause in debugger.pauses]


@dataclass
class AsksFirst(ActionHost):
    """Tells when it was asked to run code, before it does: a worker may take long to start."""

    inner: ActionHost
    asked: Callable[[], None]

    @override
    async def run(self, invocation: Invocation) -> InvocationEnd:
        self.asked()
        return await self.inner.run(invocation)

    @override
    async def aclose(self) -> None:
        await self.inner.aclose()


def running(debugger: ScriptedDebugger) -> RunningCode:
    assert debugger.code is not None
    return debugger.code


async def test_pause_asked_for_while_a_worker_starts_stops_at_its_first_line() -> None:
    debugger = ScriptedDebugger(Resume("run"), Resume("run"), Resume("run"))
    async with closing(AsksFirst(WorkerPool(SHAPES), lambda: running(debugger).pause())) as host:
        outcome = await DebuggedLogins(two_claims(), host, debugger).login()
    assert outcome.status == "allowed"
    assert [(pause.action_id, pause.line) for pause in debugger.pauses] == [
        ("first", 2),
        ("second", 2),
    ]
    event = orjson.loads(debugger.pauses[1].event)
    assert event["user"]["email"] == "ada@example.com"


async def test_login_ended_while_a_worker_starts_runs_none_of_its_code() -> None:
    debugger = ScriptedDebugger(Resume("run"))
    async with closing(AsksFirst(WorkerPool(SHAPES), lambda: running(debugger).end())) as host:
        outcome = await DebuggedLogins(two_claims(), host, debugger).login()
    assert outcome.status == "failed"
    assert outcome.error is not None
    assert outcome.error.description == "The login was stopped in the debugger."
    assert [(step.action, step.calls) for step in outcome.steps] == [("first", ())]


async def test_breakpoints_replaced_while_code_runs_hold_between_the_actions_too() -> None:
    later = (ActionBreakpoint("second", "before"),)
    debugger = ScriptedDebugger(Resume("run"))
    host = AsksFirst(WorkerPool(SHAPES), lambda: running(debugger).replace_breakpoints(later))
    async with closing(host):
        await DebuggedLogins(two_claims(), host, debugger).login()
    assert [(pause.kind, pause.action_id, pause.reasons) for pause in debugger.pauses] == [
        ("before_handler", "second", later)
    ]
