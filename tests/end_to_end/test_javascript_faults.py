"""Whatever a JavaScript action does wrong ends its own run, with its line, and nobody else's."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import guards
from javascript_actions import (
    MISBEHAVE,
    JavaScriptHost,
    handler,
    javascript_flow,
    javascript_host,
    misbehaving,
)
from loginwright_runtime.api.call import Reply
from loginwright_runtime.extension_points import HostFailed, Returned, Threw, TimedOut

if TYPE_CHECKING:
    from pathlib import Path

BUDGET = 1.0
"""Long enough for a busy machine to come to what is looked for, of which each test waits it out."""


ENDLESS: dict[str, tuple[str, int | None]] = {
    "loop": ("while (true) {}", 3),
    "loop after await": ("await null;\nwhile (true) {}", 4),
    "loop in a microtask": (
        "await new Promise(() =>\nqueueMicrotask(() => { while (true) {} }))",
        4,
    ),
    "loop in a timer": ("await new Promise(() => setTimeout(() => {\nfor (;;) {} }, 1))", 4),
    "regular expression": ("const a = 'a'.repeat(40);\n/^(a+)+$/.test(a + 'b')", 4),
    "blocking wait": ("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", 3),
    "loop in a callback of Node's": ("[1].forEach(() => {\nfor (;;) {} })", 4),
    # Node says nothing of who called code that is made of text.
    "code that is made of text": ("new Function('for (;;) {}')()", None),
    # No code of the action runs, so there is no line.
    "promise that never settles": ("await new Promise(() => {})", None),
    "thenable that never settles": ("return { then() {} }", None),
    "timers without end": ("await new Promise(() => setInterval(() => {}, 1))", None),
}


@pytest.mark.parametrize("name", ENDLESS)
async def test_handler_without_end_is_stopped_and_its_line_told(
    javascript: JavaScriptHost, name: str
) -> None:
    body, line = ENDLESS[name]
    flow = javascript_flow(misbehaving(body))
    assert isinstance((await javascript.run(flow)).end, Returned)
    ran = await javascript.run(flow, event=MISBEHAVE, budget_seconds=BUDGET)
    assert ran.end == TimedOut(line=line)
    assert ran.logs == []
    assert isinstance((await javascript.run(flow)).end, Returned)


async def test_microtasks_without_end_are_stopped(javascript: JavaScriptHost) -> None:
    body = "const again = () => queueMicrotask(again);\nawait new Promise(again)"
    ran = await javascript.run(handler(body), budget_seconds=BUDGET)
    assert isinstance(ran.end, TimedOut)
    assert ran.end.line in (2, None)  # Mostly it is Node's own code that runs.


async def test_module_without_end_is_stopped_and_its_line_told(javascript: JavaScriptHost) -> None:
    ran = await javascript.run("let n = 0;\nfor (;;) n += 1;", budget_seconds=BUDGET)
    assert ran.end == TimedOut(line=2)


async def test_loop_in_another_file_tells_the_line_that_called_it(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    flow = javascript_flow(
        "const { spin } = require('../lib/spin');\n" + handler("spin();"),
        {"lib/spin.js": "exports.spin = () => {\n  for (;;) {}\n};"},
        root=tmp_path / "Käufer (neu)",
    )
    assert (await javascript.run(flow, budget_seconds=BUDGET)).end == TimedOut(line=3)


async def test_loop_that_nothing_interrupts_is_stopped_without_a_line(
    javascript: JavaScriptHost,
) -> None:
    body = "process.on('SIGINT', () => {});\nfor (;;) {}"
    assert (await javascript.run(handler(body), budget_seconds=BUDGET)).end == TimedOut()


async def test_stack_that_an_action_prints_names_no_line(javascript: JavaScriptHost) -> None:
    printed = "    at x (/loginwright/actions/greet.js:99:1)\\n"
    body = f"require('fs').writeSync(2, '{printed}');\nfor (;;) {{}}"
    ran = await javascript.run(handler(body), budget_seconds=BUDGET)
    assert ran.end == TimedOut(line=3)
    assert ran.texts == [printed.removesuffix("\\n")]


async def test_api_calls_without_end_are_stopped(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("for (;;) api.user.setUserMetadata('k', 1)"))
    assert isinstance(ran.end, HostFailed)
    assert "more than 10000 api calls" in ran.end.reason
    assert len(ran.calls) == 10_000


async def test_large_api_calls_are_stopped_before_they_fill_the_memory(
    javascript: JavaScriptHost,
) -> None:
    ran = await javascript.run(handler("for (;;) api.user.setUserMetadata('k', 'x'.repeat(1e6))"))
    assert isinstance(ran.end, HostFailed)
    assert "more than 4194304 bytes" in ran.end.reason
    assert len(ran.calls) == 4


async def test_large_answers_are_stopped_before_they_fill_the_memory(
    javascript: JavaScriptHost,
) -> None:
    large = Reply(value="x" * 100_000)
    ran = await javascript.run(handler("for (;;) api.cache.get('k')"), answer=lambda _call: large)
    assert isinstance(ran.end, HostFailed)
    assert "more than 4194304 bytes" in ran.end.reason


async def test_waiting_api_calls_without_end_are_stopped(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("for (;;) api.cache.get('k')"), budget_seconds=BUDGET)
    assert isinstance(ran.end, TimedOut | HostFailed)


async def test_signal_that_comes_while_a_reply_is_awaited_is_no_error_of_the_actions(
    javascript: JavaScriptHost,
) -> None:
    def wake_before_its_watchdog(worker: int) -> None:
        with suppress(OSError):
            for thread in os.listdir(f"/proc/{worker}/task"):
                os.sched_setaffinity(int(thread), {min(os.sched_getaffinity(0))})

    async def answer() -> Reply:
        for worker in guards.child_processes():
            wake_before_its_watchdog(worker)
        # Nobody outside is told that a worker has come to wait, nor that the signal woke it. Where
        # the time is too short for either, the reply comes as ever, and another round has both.
        await asyncio.sleep(0.02)
        for worker in guards.child_processes():
            os.kill(worker, signal.SIGINT)
        await asyncio.sleep(0.1)
        return Reply()

    body = "try { api.cache.get('k'); } catch (error) { require('fs').writeSync(2, error.code); }"
    for _ in range(8):
        ran = await javascript.run(handler(body), answer=lambda _call: answer())
        assert not [text for text in ran.texts if "EINTR" in text]


async def test_calls_and_lines_before_an_endless_loop_are_told(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler("console.log('so far');\napi.access.deny('no');\nfor (;;) {}"),
        budget_seconds=BUDGET,
    )
    assert ran.end == TimedOut(line=4)
    assert ran.texts == ["so far"]
    assert ran.args == [["no"]]


async def test_heap_without_end_is_a_dead_worker(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(misbehaving("const all = []; for (;;) all.push({ all: [...all] })"))
    ran = await javascript.run(flow, event=MISBEHAVE, budget_seconds=90)
    assert ran.end == HostFailed("The worker ran out of memory.")
    assert isinstance((await javascript.run(flow)).end, Returned)


async def test_buffers_without_end_are_refused(javascript: JavaScriptHost) -> None:
    body = "const all = [];\nfor (;;) all.push(Buffer.alloc(64 * 1024 * 1024, 1));"
    flow = javascript_flow(misbehaving(body))
    ran = await javascript.run(flow, event=MISBEHAVE)
    assert isinstance(ran.end, Threw | HostFailed)
    if isinstance(ran.end, Threw):
        assert (ran.end.name, ran.end.line) == ("RangeError", 4)
    assert isinstance((await javascript.run(flow)).end, Returned)


THROWN = {
    "error": ("throw new TypeError('wrong')", "TypeError", "wrong", 2),
    "reference": ("nobody.knows()", "ReferenceError", "nobody is not defined", 2),
    "after await": ("await null;\nthrow new Error('late')", "Error", "late", 3),
    "rejected": ("return Promise.reject(new RangeError('far'))", "RangeError", "far", 2),
    "own class": ("class Sad extends Error {}\nthrow new Sad('so')", "Sad", "so", 3),
    "string": ("throw 'plain'", "Error", "plain", None),
    "object": ("throw { code: 7 }", "Error", "{ code: 7 }", None),
    "object with a message": (
        "throw { message: 'no answer', config: { headers: { authorization: 'x' } } }",
        "Error",
        "no answer",
        None,
    ),
    "undefined": ("throw undefined", "Error", "undefined", None),
    "null": ("throw null", "Error", "null", None),
    "stack overflow": (
        "const deep = () => deep();\ndeep();",
        "RangeError",
        "Maximum call stack size exceeded",
        2,
    ),
    "error without a stack": (
        "const e = new Error('bare'); delete e.stack; e.stack = 5; throw e",
        "Error",
        "bare",
        None,
    ),
    "error that cannot be shown": (
        "throw Object.defineProperty(new Error('x'), 'message', { get() { throw 1 } })",
        "Error",
        "Something was thrown that cannot be shown.",
        None,
    ),
    "thenable that throws": ("return { get then() { throw new Error('got') } }", "Error", "got", 2),
}


@pytest.mark.parametrize("name", THROWN)
async def test_whatever_is_thrown_is_told(javascript: JavaScriptHost, name: str) -> None:
    body, kind, message, line = THROWN[name]
    ran = await javascript.run(handler(body))
    assert (ran.thrown.name, ran.thrown.message, ran.thrown.line) == (kind, message, line)
    if line is not None:
        assert ran.thrown.stack[0].startswith(f"actions/greet.js:{line}:")


async def test_worker_is_kept_after_a_throw(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "let runs = 0;\n" + handler("runs += 1;\nif (runs < 2) throw new Error(runs);")
    )
    assert (await javascript.run(flow)).thrown.message == "1"
    assert isinstance((await javascript.run(flow)).end, Returned)


async def test_syntax_error_tells_its_line(javascript: JavaScriptHost) -> None:
    ran = await javascript.run("const a = 1;\nconst b = = 2;\n")
    assert (ran.thrown.name, ran.thrown.line) == ("SyntaxError", 2)
    assert ran.thrown.stack == ("actions/greet.js:2",)


async def test_module_that_throws_tells_its_line_every_time(javascript: JavaScriptHost) -> None:
    flow = javascript_flow("\nthrow new Error('at load');\n")
    for _ in range(2):
        ran = await javascript.run(flow)
        assert (ran.thrown.message, ran.thrown.line) == ("at load", 2)


UNSEEN = {
    "floating rejection": "Promise.reject(new Error('unseen'));",
    "floating rejection awaited elsewhere": "Promise.reject(new Error('unseen')); await null;",
    "async function nobody awaits": "(async () => { throw new Error('unseen') })();",
    "next tick": "process.nextTick(() => { throw new Error('unseen') });",
    "timer during the handler": (
        "setTimeout(() => { throw new Error('unseen') }); await new Promise(() => {});"
    ),
    "event emitter": (
        "const e = new (require('events'))(); setTimeout(() => e.emit('error', "
        "new Error('unseen'))); await new Promise(() => {});"
    ),
}


@pytest.mark.parametrize("name", UNSEEN)
async def test_error_that_nobody_awaits_fails_the_run(
    javascript: JavaScriptHost, name: str
) -> None:
    flow = javascript_flow(misbehaving(UNSEEN[name]))
    ran = await javascript.run(flow, event=MISBEHAVE)
    assert (ran.thrown.message, ran.thrown.line) == ("unseen", 3)
    assert isinstance((await javascript.run(flow)).end, Returned)


async def test_timer_that_throws_later_is_told_to_the_login_that_set_it(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(misbehaving("setTimeout(() => { throw new Error('late') }, 1)"))
    assert isinstance((await javascript.run(flow, event=MISBEHAVE)).end, Returned)
    assert "threw Error: late" in await javascript.lost()
    assert isinstance((await javascript.run(flow)).end, Returned)


async def test_late_throw_does_not_fail_the_login_that_runs_meanwhile(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(
        handler(
            """
            if (event.misbehave) setTimeout(() => { Promise.reject(new Error('late')) }, 20);
            else await new Promise((done) => setTimeout(done, 60));
            """
        )
    )
    notes: list[str] = []
    await javascript.run(flow, event=MISBEHAVE, lost_call=notes.append)
    other = await javascript.run(flow, lost_call=lambda _note: pytest.fail("Not this login's."))
    assert isinstance(other.end, Returned)
    assert len(notes) == 1


async def test_late_call_is_refused_and_told(javascript: JavaScriptHost) -> None:
    body = "setTimeout(() => { try { api.access.deny('late') } catch (e) { throw e } }, 1);"
    ran = await javascript.run(handler(body))
    assert isinstance(ran.end, Returned)
    assert "api.access.deny() was called" in await javascript.lost()
    assert ran.calls == []


async def test_api_kept_by_another_login_is_refused(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "let kept;\n"
        + handler(
            """
            kept ??= api;
            try { kept.cache.get('mine'); } catch (error) { console.log(error.message); }
            """
        )
    )
    first = await javascript.run(flow)
    second = await javascript.run(flow)
    assert first.args == [["mine"]]
    assert second.calls == []
    assert second.texts == ["This api call came after its handler had ended; it has no effect."]
    assert "api.cache.get() was called" in await javascript.lost()


async def test_late_line_is_told_and_not_another_logins(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(misbehaving("setTimeout(() => console.log('late'), 1)"))
    ran = await javascript.run(flow, event=MISBEHAVE)
    assert "printed a line" in await javascript.lost()
    assert (await javascript.run(flow)).logs == ran.logs == []


async def test_worker_that_is_killed_from_outside_is_told_and_replaced(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(handler("if (event.misbehave) await new Promise(() => {})"))
    await javascript.run(flow)
    (worker,) = guards.child_processes()
    running = asyncio.create_task(javascript.run(flow, event=MISBEHAVE))
    await asyncio.sleep(0)
    os.kill(worker, signal.SIGKILL)
    assert (await running).end == HostFailed("The worker was killed by SIGKILL.")
    assert isinstance((await javascript.run(flow)).end, Returned)


async def test_other_logins_run_on_while_one_loops_and_one_dies() -> None:
    flow = javascript_flow(
        handler(
            """
            if (event.mode === 'loop') for (;;) {}
            if (event.mode === 'die') require('fs').closeSync(4);
            await new Promise((done) => setTimeout(done, 5));
            """
        )
    )
    async with javascript_host(4) as javascript:
        await javascript.run(flow)
        bad = [
            asyncio.create_task(javascript.run(flow, event={"mode": mode}, budget_seconds=BUDGET))
            for mode in ("loop", "die")
        ]
        good = [await javascript.run(flow) for _ in range(20)]
        assert all(isinstance(ran.end, Returned) for ran in good)
        ends = [(await task).end for task in bad]
        assert ends[0] == TimedOut(line=2)
        assert isinstance(ends[1], HostFailed)
        after = await asyncio.gather(*(javascript.run(flow) for _ in range(8)))
        assert all(isinstance(ran.end, Returned) for ran in after)
