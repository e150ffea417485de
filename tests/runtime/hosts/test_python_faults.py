"""Whatever a Python action does wrong ends its own run, with its line, and nobody else's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.api.call import Reply
from loginwright_runtime.extension_points import HostFailed, Returned, Threw, TimedOut
from python_actions import PythonHost, handler, python_flow, python_host

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.login.json_values import JsonObject

BUDGET = 1.0
"""Long enough for a busy machine to come to what is looked for, of which each test waits it out."""
SHORT: JsonObject = {"user": {"user_id": "auth0|ada", "user_metadata": {"mode": "misbehave"}}}


def misbehaving(body: str, before: str = "") -> str:
    """A module whose handler is well-behaved but for events whose user's metadata ask for it."""
    return (
        f"{before}\nasync def misbehave(event, api):\n"
        + "".join(f"    {line}\n" for line in body.strip().splitlines())
        + handler(
            """
            if event.user.user_metadata.get("mode"):
                await misbehave(event, api)
            """
        )
    )


LOOPS = {
    "loop": ("while True:\n    pass", {3, 4}),
    "loop after await": ("import asyncio\nawait asyncio.sleep(0)\nwhile True: pass", {5}),
    "loop in a task": (
        """
import asyncio
async def spin():
    while True: pass
asyncio.create_task(spin())
await asyncio.sleep(60)
""",
        {5},
    ),
    "loop in a callback": (
        """
import asyncio
def spin():
    while True: pass
asyncio.get_running_loop().call_soon(spin)
await asyncio.sleep(60)
""",
        {5},
    ),
    "sleep": ("import time\n\ntime.sleep(60)", {5}),
    "await without end": ("import asyncio\nawait asyncio.Event().wait()", {4}),
    "future without end": (
        "import asyncio\nawait asyncio.get_running_loop().create_future()",
        {4},
    ),
    "api calls without end": ("while True: api.cache.get('k')", {3}),
    "microtasks without end": ("import asyncio\nwhile True: await asyncio.sleep(0)", {4}),
}


@pytest.mark.parametrize("name", LOOPS)
async def test_handler_without_end_is_stopped_and_its_line_told(
    python: PythonHost, name: str
) -> None:
    body, lines = LOOPS[name]
    flow = python_flow(misbehaving(body))
    ran = await python.run(flow, event=SHORT, budget_seconds=BUDGET)
    if name == "api calls without end" and isinstance(ran.end, HostFailed):
        assert "made more than" in ran.end.reason
    else:
        assert isinstance(ran.end, TimedOut)
        assert ran.end.line in lines
    after = await python.run(flow)
    assert isinstance(after.end, Returned)


async def test_loop_in_c_is_stopped_and_its_line_told(python: PythonHost, tmp_path: Path) -> None:
    flow = python_flow(misbehaving("n = 10**12\nsum(range(n))"), root=tmp_path / "Käufer (neu) 買")
    ran = await python.run(flow, event=SHORT, budget_seconds=BUDGET)
    assert ran.end == TimedOut(line=4)
    assert ran.logs == []
    assert isinstance((await python.run(flow)).end, Returned)


async def test_module_without_end_is_stopped_and_its_line_told(python: PythonHost) -> None:
    ran = await python.run("x = 1\nwhile True: pass\n", budget_seconds=BUDGET)
    assert ran.end == TimedOut(line=2)


async def test_loop_in_another_file_tells_the_line_that_called_it(python: PythonHost) -> None:
    flow = python_flow(
        "import lib.spin\n" + handler("lib.spin.spin()"),
        {"lib/spin.py": "def spin():\n    while True: pass\n"},
    )
    ran = await python.run(flow, budget_seconds=BUDGET)
    assert ran.end == TimedOut(line=3)


async def test_budget_begins_anew_with_the_handler(python: PythonHost) -> None:
    source = "import time\ntime.sleep(1.5)\n" + handler("import time\ntime.sleep(1.5)")
    ran = await python.run(source, budget_seconds=2.9)
    assert isinstance(ran.end, Returned)


async def test_memory_bomb_is_a_memory_error_or_the_end_of_the_worker(python: PythonHost) -> None:
    flow = python_flow(misbehaving("held = []\nwhile True: held.append(bytearray(10_000_000))"))
    ran = await python.run(flow, event=SHORT)
    assert isinstance(ran.end, Threw)
    assert (ran.end.name, ran.end.line) == ("MemoryError", 4)
    assert isinstance((await python.run(flow)).end, Returned)


async def test_endless_recursion_is_an_error(python: PythonHost) -> None:
    flow = python_flow(misbehaving("def down(): return down()\ndown()"))
    ran = await python.run(flow, event=SHORT)
    assert isinstance(ran.end, Threw)
    assert ran.end.name == "RecursionError"
    assert ran.end.line == 3
    assert len(ran.end.stack) == 50
    assert isinstance((await python.run(flow)).end, Returned)


async def test_replies_stay_with_their_calls_when_the_stack_overflows(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            def down(depth):
                try:
                    down(depth + 1)
                except RecursionError:
                    pass
                for shift in range(3):
                    try:
                        answer = api.cache.get(f"{depth}.{shift}")
                    except RecursionError:
                        continue
                    if answer != f"{depth}.{shift}":
                        print("wrong", depth, shift, answer)
            down(0)
            print(api.cache.get("last"))
            """
        ),
        answer=lambda call: Reply(call.args[0]),
    )
    assert isinstance(ran.end, Returned)
    assert ran.texts == ["last"]


async def test_stack_overflow_kills_only_its_worker(python: PythonHost) -> None:
    flow = python_flow(
        misbehaving(
            """
import sys
sys.setrecursionlimit(10**9)
def nested(): return nested.__class__.__call__(nested)
deep = []
for _ in range(10**6): deep = [deep]
repr(deep)
            """
        )
    )
    ran = await python.run(flow, event=SHORT)
    assert isinstance(ran.end, HostFailed | Threw)
    assert isinstance((await python.run(flow)).end, Returned)


@pytest.mark.parametrize(
    ("code", "name", "message"),
    [
        ("raise ValueError('no')", "ValueError", "no"),
        ("raise ValueError", "ValueError", ""),
        ("{}['key']", "KeyError", "'key'"),
        ("import sys; sys.exit(3)", "SystemExit", "The action raised SystemExit(3)"),
        ("exit()", "SystemExit", "The action raised SystemExit(None)"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", "The action raised KeyboardInterrupt()"),
        ("raise GeneratorExit", "GeneratorExit", "The action raised GeneratorExit()"),
        (
            "import asyncio; raise asyncio.CancelledError",
            "CancelledError",
            "The action raised CancelledError()",
        ),
        (
            "class Odd(BaseException): ...\n    raise Odd('odd')",
            "Odd",
            "The action raised Odd(odd)",
        ),
        ("raise ExceptionGroup('g', [ValueError('one')])", "ValueError", "one"),
        (
            "raise ExceptionGroup('g', [ValueError('one'), KeyError('two')])",
            "ExceptionGroup",
            "g (2 sub-exceptions)",
        ),
    ],
)
async def test_whatever_is_raised_is_told(
    python: PythonHost, code: str, name: str, message: str
) -> None:
    flow = python_flow(f"async def misbehave():\n    {code}\n" + handler("await misbehave()"))
    for _ in range(2):
        ran = await python.run(flow)
        assert isinstance(ran.end, Threw)
        assert ran.end.name == name
        assert ran.end.message.startswith(message)
        assert ran.end.line in {2, 3, 4}


async def test_exception_whose_message_cannot_be_read_is_told(python: PythonHost) -> None:
    ran = await python.run(
        "class Odd(Exception):\n    def __str__(self): raise SystemExit\n" + handler("raise Odd")
    )
    assert isinstance(ran.end, Threw)
    assert (ran.end.name, ran.end.message) == ("Odd", "(its message cannot be read)")


async def test_message_of_any_length_is_told_in_part(python: PythonHost) -> None:
    ran = await python.run(handler("raise ValueError('x' * 5_000_000)"))
    assert isinstance(ran.end, Threw)
    assert len(ran.end.message) == 20_000


async def test_handler_that_cancels_itself_ends_alone(python: PythonHost) -> None:
    flow = python_flow(
        misbehaving("import asyncio\nasyncio.current_task().cancel()\nawait asyncio.sleep(0)")
    )
    ran = await python.run(flow, event=SHORT)
    assert isinstance(ran.end, Threw)
    assert ran.end.name == "CancelledError"
    assert isinstance((await python.run(flow)).end, Returned)


async def test_handler_that_cancels_itself_and_returns_has_returned(python: PythonHost) -> None:
    flow = python_flow(misbehaving("import asyncio\nasyncio.current_task().cancel()"))
    assert isinstance((await python.run(flow, event=SHORT)).end, Returned)
    assert isinstance((await python.run(flow)).end, Returned)


async def test_loop_stopped_by_an_action_goes_on(python: PythonHost) -> None:
    flow = python_flow(
        handler("import asyncio\nasyncio.get_running_loop().stop()\nawait asyncio.sleep(0.01)")
    )
    assert isinstance((await python.run(flow)).end, Returned)
    assert isinstance((await python.run(flow)).end, Returned)


# --- What nobody awaits ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "asyncio.create_task(fail())",
        "asyncio.create_task(fail())\nawait asyncio.sleep(0.01)",
        "asyncio.get_running_loop().call_soon(divide)\nawait asyncio.sleep(0.01)",
        "asyncio.create_task(leave())\nawait asyncio.sleep(0.01)",
    ],
)
async def test_error_in_code_that_nobody_awaits_ends_the_handler(
    python: PythonHost, body: str
) -> None:
    before = (
        "import asyncio\ndef divide(): 1 / 0\nasync def fail(): divide()\n"
        "async def leave(): raise SystemExit"
    )
    flow = python_flow(misbehaving(body, before))
    ran = await python.run(flow, event=SHORT)
    assert isinstance(ran.end, Threw)
    assert ran.end.name in {"ZeroDivisionError", "SystemExit"}
    assert ran.end.line in {2, 4}
    assert isinstance((await python.run(flow)).end, Returned)


async def test_error_in_a_task_that_the_handler_looks_at_is_its_own_affair(
    python: PythonHost,
) -> None:
    ran = await python.run(
        handler(
            """
            import asyncio
            async def fail(): raise ValueError("seen")
            task = asyncio.create_task(fail())
            await asyncio.sleep(0)
            try:
                await task
            except ValueError as error:
                print(error)
            print(await asyncio.gather(fail(), return_exceptions=True))
            """
        )
    )
    assert isinstance(ran.end, Returned)
    assert ran.texts == ["seen", "[ValueError('seen')]"]


async def test_task_group_tells_its_tasks_error(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import asyncio
            async def fail(): raise ValueError("told")
            async with asyncio.TaskGroup() as group:
                group.create_task(fail())
            """
        )
    )
    assert isinstance(ran.end, Threw)
    assert (ran.end.name, ran.end.message, ran.end.line) == ("ValueError", "told", 3)


async def test_task_begun_at_the_end_has_its_first_turn(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import asyncio
            async def later(): api.access.deny("no")
            asyncio.create_task(later())
            """
        )
    )
    assert isinstance(ran.end, Returned)
    assert ran.args == [["no"]]


async def test_exception_in_a_thread_is_a_log(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import threading
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
            """
        )
    )
    assert isinstance(ran.end, Returned)
    assert [(log.level, log.text, log.line) for log in ran.logs] == [
        ("error", "A thread ended with ZeroDivisionError: division by zero", 3)
    ]


# --- What comes late (security.md 22) -------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        """
        async def later():
            await asyncio.sleep(0.3)
            api.access.deny("late")
        asyncio.create_task(later())
        """,
        """
        def later():
            time.sleep(0.3)
            api.access.deny("late")
        threading.Thread(target=later).start()
        """,
        """
        asyncio.get_running_loop().call_later(0.3, api.access.deny, "late")
        """,
    ],
)
async def test_call_after_the_handler_has_no_effect_and_is_noted(
    python: PythonHost, body: str
) -> None:
    flow = python_flow("import asyncio, threading, time\n" + handler(body))
    ran = await python.run(flow)
    note = await python.lost()
    assert isinstance(ran.end, Returned)
    assert ran.calls == []
    assert "api.access.deny() was called" in note


async def test_waiting_call_after_the_handler_raises(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import asyncio
            async def later():
                await asyncio.sleep(0.3)
                api.cache.get("key")
            asyncio.create_task(later())
            """
        )
    )
    assert isinstance(ran.end, Returned)
    assert "api.cache.get() was called" in await python.lost()


@pytest.mark.parametrize(
    "body",
    [
        """
        async def later():
            await asyncio.sleep(0.3)
            1 / 0
        asyncio.create_task(later())
        """,
        """
        def later():
            time.sleep(0.3)
            1 / 0
        threading.Thread(target=later).start()
        """,
        """
        asyncio.get_running_loop().call_later(0.3, divmod, 1, 0)
        """,
    ],
)
async def test_error_after_the_handler_is_noted(python: PythonHost, body: str) -> None:
    flow = python_flow("import asyncio, threading, time\n" + handler(body))
    ran = await python.run(flow)
    assert isinstance(ran.end, Returned)
    assert "code of the action threw ZeroDivisionError" in await python.lost()


async def test_late_call_does_not_reach_the_run_that_came_after(python: PythonHost) -> None:
    flow = python_flow(
        "kept = []\n"
        + handler(
            """
            kept.append(api)
            kept[0].id_token.set_custom_claim("https://a/b", event.user.user_id)
            """
        )
    )
    first = await python.run(flow)
    second = await python.run(flow, event={"user": {"user_id": "auth0|eve"}})
    assert first.args == [["https://a/b", "auth0|ada"]]
    assert second.calls == []
    assert "api.idToken.setCustomClaim() was called" in await python.lost()


# --- Lies and death -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("import signal\nsignal.raise_signal(signal.SIGKILL)", "SIGKILL"),
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
        ("import os\nos.closerange(3, 40)\napi.access.deny('no')", "descriptors were closed"),
        ("import os\nos.closerange(3, 40)\nwhile True: pass", "descriptors were closed"),
        ("import os\nos.write(4, b'garbage\\n')\nos.read(4, 1)", "no JSON"),
        ("import os\nos.write(4, b'{}\\n')\nos.read(4, 1)", "no known type"),
        (
            """
import os
os.write(4, b'{"type":"done","run":"%s","duration_ms":1}\\n' % (b"0" * 32))
os.read(4, 1)
""",
            "id of no run",
        ),
        (
            "import os\nfor _ in range(40): os.write(4, b'x' * 65536)\nos.read(4, 1)",
            "longer than",
        ),
    ],
)
async def test_worker_that_dies_or_lies_is_ended_and_replaced(
    python: PythonHost, body: str, reason: str
) -> None:
    flow = python_flow(misbehaving(body))
    ran = await python.run(flow, event=SHORT)
    assert isinstance(ran.end, HostFailed)
    assert reason in ran.end.reason
    assert isinstance((await python.run(flow)).end, Returned)


async def test_replaced_builtins_and_json_do_not_reach_the_worker(python: PythonHost) -> None:
    flow = python_flow(
        handler(
            """
            import asyncio, builtins, json, os, sys
            for name in ("len", "isinstance", "print", "str", "type", "callable", "getattr"):
                setattr(builtins, name, None)
            json.loads = json.dumps = os.read = os.write = sys._getframe = None
            asyncio.Task = asyncio.sleep = None
            api.access.deny(event.user.email)
            api.cache.get("key")
            """
        )
    )
    for _ in range(2):
        ran = await python.run(flow)
        assert isinstance(ran.end, Returned), ran.end
        assert ran.args == [["ada@example.com"], ["key"]]


async def test_finalizer_that_calls_during_a_call_does_not_hang(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import gc, threading
            class Loud:
                def __init__(self): self.me = self
                def __del__(self): print("gone")
            gc.set_threshold(1)
            for _ in range(200):
                Loud()
                api.cache.get("key")
            gc.set_threshold(700)
            """
        ),
        budget_seconds=10.0,
    )
    assert isinstance(ran.end, Returned)
    assert ran.texts.count("gone") > 100


async def test_other_runs_go_on_while_one_is_killed() -> None:
    async with python_host(max_workers=2) as python:
        flow = python_flow(misbehaving("while True: pass"))
        stuck = asyncio.create_task(python.run(flow, event=SHORT, budget_seconds=BUDGET))
        others = [await python.run(flow) for _ in range(20)]
        assert all(isinstance(ran.end, Returned) for ran in others)
        assert isinstance((await stuck).end, TimedOut)


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_an_iterator_without_more_items_has_its_line(python: PythonHost, kind: str) -> None:
    code = f"\n{kind} on_execute_post_login(event, api):\n    next(iter([]))\n"
    told = await python.run(python_flow(code))
    assert isinstance(told.end, Threw)
    assert told.end.line == 3
    assert told.end.stack == ("actions/greet.py:3",)
