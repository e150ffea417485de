"""The pool of workers: how many there are, who waits, what happens to those that are gone."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

import pytest

from javascript_actions import MISBEHAVE, handler, javascript_flow, javascript_host
from loginwright_runtime.api.call import Reply
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.errors import HostError
from loginwright_runtime.extension_points import HostFailed, Returned, TimedOut
from loginwright_runtime.hosts.early_start import HEAP_MB, MEMORY_MB
from loginwright_runtime.hosts.lane import Lane
from loginwright_runtime.hosts.node_command import find_node, node_command
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.hosts.process_start import start_in_this_thread
from loginwright_runtime.hosts.start_aside import start_aside
from loginwright_runtime.hosts.starter import Starter
from worker_watch import QUICK, WAITING, processes, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from javascript_actions import JavaScriptHost
    from loginwright_runtime.api.call import WorkerCall
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.hosts.process_start import Command, StartedProcess
    from loginwright_runtime.hosts.worker import Worker


class SlowStarts:
    """Starts of processes that take until they are let."""

    def __init__(self) -> None:
        self._let = threading.Event()
        self.begun: list[int] = []
        self.started: list[int] = []

    def start(self, command: Command) -> StartedProcess:
        """Start a process once that is let."""
        self.begun.append(threading.get_ident())
        assert self._let.wait(60)
        process = start_in_this_thread(command)
        self.started.append(process.pid)
        return process

    def let(self) -> None:
        """Let every start go on."""
        self._let.set()


@pytest.fixture
def slow_starts(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowStarts]:
    slow = SlowStarts()
    monkeypatch.setattr("loginwright_runtime.hosts.start_aside.start_in_this_thread", slow.start)
    yield slow
    slow.let()


# --- How many -------------------------------------------------------------------------------------


async def test_one_worker_and_a_warm_spare_are_kept() -> None:
    async with javascript_host(8) as javascript:
        await javascript.run(QUICK)
        await until(lambda: len(processes()) == 2)
        for _ in range(20):
            await javascript.run(QUICK)
        assert len(processes()) == 2


async def test_a_single_run_of_a_pool_that_spares_one_worker_starts_no_other() -> None:
    async with javascript_host(8, spared=1) as javascript:
        for _ in range(3):
            assert isinstance((await javascript.run(QUICK)).end, Returned)
        assert len(processes()) == 1


async def test_warm_starts_workers_before_anything_runs() -> None:
    async with javascript_host(8) as javascript:
        javascript.pool.warm(QUICK)
        await until(lambda: len(processes()) == 2)
        assert isinstance((await javascript.run(QUICK)).end, Returned)
        assert len(processes()) == 2


async def test_pool_grows_while_runs_wait_and_no_further_than_allowed() -> None:
    begun: list[str] = []
    flow = javascript_flow(handler("console.log('begun'); await new Promise(() => {});"))
    async with javascript_host(3) as javascript:
        busy = [
            asyncio.create_task(javascript.run(flow, listen=lambda line: begun.append(line.text)))
            for _ in range(3)
        ]
        await until(lambda: len(begun) == 3)
        late = await asyncio.gather(*(javascript.run(flow, queue_seconds=0.1) for _ in range(2)))
        assert [ran.end for ran in late] == [TimedOut(waiting=True)] * 2
        assert len(processes()) == 3
        for task in busy:
            task.cancel()
        await asyncio.wait(busy)


async def test_pool_shrinks_when_the_surplus_has_been_idle() -> None:
    asked: list[str] = []
    answered = asyncio.Event()

    async def answer() -> Reply:
        asked.append("once")
        await answered.wait()
        return Reply()

    flow = javascript_flow(handler("api.cache.get('k');"))
    async with javascript_host(4, idle_seconds=0.1) as javascript:
        runs = [
            asyncio.create_task(javascript.run(flow, answer=lambda _call: answer()))
            for _ in range(4)
        ]
        await until(lambda: len(asked) == 4)
        assert len(processes()) == 4
        answered.set()
        await asyncio.wait(runs)
        await until(lambda: len(processes()) == 2)
        assert isinstance((await javascript.run(flow)).end, Returned)


async def test_flow_version_nobody_uses_any_more_gives_its_workers_back() -> None:
    async with javascript_host(8, idle_seconds=0.02) as javascript:
        await javascript.run(WAITING)
        old = processes()
        async with asyncio.timeout(60):
            while old & processes():
                await javascript.run(QUICK)
                await asyncio.sleep(0.01)
        assert isinstance((await javascript.run(WAITING)).end, Returned)


async def test_two_flow_versions_share_what_is_allowed() -> None:
    async with javascript_host(2) as javascript:
        await javascript.run(WAITING)
        await until(lambda: len(processes()) == 2)
        assert isinstance((await javascript.run(QUICK)).end, Returned)
        assert len(processes()) == 2
        assert isinstance((await javascript.run(WAITING)).end, Returned)


async def test_flow_versions_do_not_share_a_worker() -> None:
    first = javascript_flow("globalThis.secret = 'mine';\n" + handler(""))
    second = javascript_flow(handler("console.log(globalThis.secret);"))
    async with javascript_host(2) as javascript:
        await javascript.run(first)
        assert (await javascript.run(second)).texts == ["undefined"]


# --- Waiting --------------------------------------------------------------------------------------


async def test_run_that_gets_no_worker_in_time_did_not_run() -> None:
    async with javascript_host(1) as javascript:
        busy = asyncio.create_task(javascript.run(WAITING, event=MISBEHAVE, budget_seconds=0.4))
        await asyncio.sleep(0)
        late = await javascript.run(WAITING, queue_seconds=0.1)
        assert late.end == TimedOut(waiting=True)
        assert (await busy).end == TimedOut()
        assert isinstance((await javascript.run(WAITING)).end, Returned)


async def test_run_whose_worker_dies_before_it_could_begin_waits_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offer, killed = Lane.offer, list[int]()

    def offer_and_kill(lane: Lane, worker: Worker) -> None:
        waited_for = bool(lane.waiting)
        offer(lane, worker)
        if waited_for and not killed:
            worker.end(None)
            killed.append(worker.pid)

    monkeypatch.setattr(Lane, "offer", offer_and_kill)
    async with javascript_host(1) as javascript:
        ran = await javascript.run(QUICK)
        assert isinstance(ran.end, Returned)
        assert killed


async def test_run_of_a_flow_that_was_long_unused_gets_its_worker() -> None:
    asked = asyncio.Event()

    async def answer() -> Reply:
        asked.set()
        await asyncio.sleep(0.5)
        return Reply()

    flow = javascript_flow(handler("api.cache.get('k');"))
    async with javascript_host(1, idle_seconds=0.02) as javascript:
        await javascript.run(WAITING)
        busy = asyncio.create_task(javascript.run(flow, answer=lambda _call: answer()))
        await asked.wait()
        waited = await javascript.run(WAITING)
        assert isinstance(waited.end, Returned)
        assert isinstance((await busy).end, Returned)


async def test_logins_that_need_workers_of_two_kinds_do_not_end_each_others() -> None:
    seen: set[int] = set()

    async def login(javascript: JavaScriptHost) -> None:
        for flow in (QUICK, WAITING):
            assert isinstance((await javascript.run(flow)).end, Returned)
            seen.update(processes())

    async with javascript_host(2) as javascript:
        for _ in range(10):
            await asyncio.gather(*(login(javascript) for _ in range(8)))
    assert len(seen) < 10


async def test_run_of_another_flow_is_not_shut_out_by_a_queue() -> None:
    slow = javascript_flow(handler("await new Promise((done) => setTimeout(done, 50));"))
    ended: list[str] = []

    async def run(javascript: JavaScriptHost, name: str, flow: Flow) -> None:
        assert isinstance((await javascript.run(flow)).end, Returned)
        ended.append(name)

    async with javascript_host(2) as javascript:
        await javascript.run(slow)
        await until(lambda: len(processes()) == 2)
        queue = [asyncio.create_task(run(javascript, "queued", slow)) for _ in range(60)]
        await asyncio.sleep(0)
        await run(javascript, "other", QUICK)
        assert ended.count("queued") < 60
        await asyncio.gather(*queue)


async def test_run_that_gave_up_waiting_takes_no_workers_room() -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def answer() -> Reply:
        asked.set()
        await answered.wait()
        return Reply()

    flow = javascript_flow(handler("api.cache.get('k');"))
    async with javascript_host(1) as javascript:
        busy = asyncio.create_task(javascript.run(flow, answer=lambda _call: answer()))
        await asked.wait()
        before = processes()
        late = await javascript.run(QUICK, queue_seconds=0.05)
        assert late.end == TimedOut(waiting=True)
        answered.set()
        await busy
        for _ in range(20):
            await asyncio.sleep(0.002)
            await javascript.run(flow)
        assert processes() == before


async def test_time_in_the_queue_is_not_the_handlers() -> None:
    flow = javascript_flow(handler("await new Promise((done) => setTimeout(done, 500));"))
    async with javascript_host(1) as javascript:
        await javascript.run(flow)
        ends = await asyncio.gather(*(javascript.run(flow, budget_seconds=1.4) for _ in range(4)))
        assert all(isinstance(ran.end, Returned) for ran in ends)


async def test_time_to_load_a_module_is_not_the_handlers() -> None:
    slow = "const until = Date.now() + 1000; while (Date.now() < until);\n"
    flow = javascript_flow(slow + handler(slow))
    async with javascript_host(1) as javascript:
        assert isinstance((await javascript.run(flow, budget_seconds=1.9)).end, Returned)


async def test_run_that_is_cancelled_while_it_waits_leaves_the_queue() -> None:
    async with javascript_host(1) as javascript:
        busy = asyncio.create_task(javascript.run(WAITING, event=MISBEHAVE, budget_seconds=0.3))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(javascript.run(WAITING))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert (await busy).end == TimedOut()
        assert isinstance((await javascript.run(WAITING)).end, Returned)


async def test_handlers_that_end_at_once_let_other_tasks_run() -> None:
    turns = 0
    stop = False

    async def other() -> None:
        nonlocal turns
        while not stop:
            turns += 1
            await asyncio.sleep(0)

    async with javascript_host(1) as javascript:
        await javascript.run(QUICK)
        task = asyncio.create_task(other())
        for _ in range(300):
            await javascript.run(QUICK)
        stop = True
        await task
        assert turns > 5


# --- Ends -----------------------------------------------------------------------------------------


async def test_cancelled_run_ends_its_worker_and_the_pool_is_whole_again() -> None:
    async with javascript_host(1) as javascript:
        await javascript.run(WAITING)
        before = processes()
        running = asyncio.create_task(javascript.run(WAITING, event=MISBEHAVE))
        await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait([running])
        assert running.cancelled()
        await until(lambda: not before & processes())
        assert isinstance((await javascript.run(WAITING)).end, Returned)


async def test_worker_that_dies_idle_is_told_and_replaced() -> None:
    async with javascript_host(2) as javascript:
        await javascript.run(QUICK)
        await until(lambda: len(processes()) == 2)
        before = processes()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert "its worker died (The worker was killed by SIGKILL.)" in await javascript.lost()
        await until(lambda: len(processes() - before) == 2)
        assert isinstance((await javascript.run(QUICK)).end, Returned)


async def test_worker_that_somebody_else_has_waited_for_is_gone_all_the_same() -> None:
    async with javascript_host(1) as javascript:
        await javascript.run(WAITING)
        running = asyncio.create_task(javascript.run(WAITING, event=MISBEHAVE))
        await asyncio.sleep(0)
        (pid,) = processes()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)  # noqa: ASYNC222 - before the pool comes to it
        running.cancel()
        await asyncio.wait([running])
        assert isinstance((await javascript.run(WAITING)).end, Returned)


async def test_worker_that_dies_as_soon_as_it_is_ready_is_given_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starts = Starter.start
    killed: list[int] = []

    async def start(starter: Starter, *given: Any) -> Worker:
        worker = await starts(starter, *given)
        if not killed:
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)
            await until(lambda: not worker.usable)
        return worker

    monkeypatch.setattr(Starter, "start", start)
    async with javascript_host(1) as javascript:
        assert isinstance((await javascript.run(QUICK)).end, Returned)
        assert not processes() & {*killed}


async def test_killed_workers_are_replaced_in_the_background() -> None:
    async with javascript_host(4) as javascript:
        await javascript.run(WAITING)
        await until(lambda: len(processes()) == 2)
        ran = await javascript.run(WAITING, event=MISBEHAVE, budget_seconds=0.1)
        assert ran.end == TimedOut()
        await until(lambda: len(processes()) == 2)


async def test_error_of_the_engine_comes_back_to_the_engine() -> None:
    def answer(_call: WorkerCall) -> Reply:
        raise LookupError("the engine's own")

    async def answer_later() -> Reply:
        await asyncio.sleep(0)
        raise LookupError("the engine's own")

    flow = javascript_flow(handler("if (event.misbehave) api.cache.get('k');"))
    async with javascript_host(1) as javascript:
        with pytest.raises(LookupError, match="the engine's own"):
            await javascript.run(flow, event=MISBEHAVE, answer=answer)
        with pytest.raises(LookupError, match="the engine's own"):
            await javascript.run(flow, event=MISBEHAVE, answer=lambda _call: answer_later())
        assert isinstance((await javascript.run(flow)).end, Returned)


async def test_closing_ends_what_runs_and_what_waits() -> None:
    async with javascript_host(1) as javascript:
        await javascript.run(WAITING)
        running = asyncio.create_task(javascript.run(WAITING, event=MISBEHAVE))
        waiting = asyncio.create_task(javascript.run(WAITING))
        await asyncio.sleep(0)
        await javascript.pool.aclose()
        assert (await running).end == HostFailed("The pool of workers was closed.")
        with pytest.raises(HostError, match="closed"):
            await waiting
        with pytest.raises(HostError, match="closed"):
            await javascript.run(QUICK)
        assert processes() == set()


async def test_closing_a_pool_whose_workers_are_being_started_leaves_none() -> None:
    pool = WorkerPool(SHAPES)
    pool.warm(QUICK)
    await asyncio.sleep(0.005)
    await pool.aclose()
    await pool.aclose()
    assert processes() == set()


async def test_closing_that_is_given_up_again_and_again_leaves_no_worker() -> None:
    pool = WorkerPool(SHAPES)
    pool.warm(QUICK)
    await until(lambda: len(processes()) == 2)
    closing = asyncio.create_task(pool.aclose())
    for _ in range(3):
        await asyncio.sleep(0)
        closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    assert processes() == set()


# --- Slow starts ----------------------------------------------------------------------------------


async def test_loop_goes_on_while_a_process_is_being_started(slow_starts: SlowStarts) -> None:
    async with javascript_host(1) as javascript:
        running = asyncio.create_task(javascript.run(QUICK))
        await until(lambda: len(slow_starts.begun) == 1)
        assert threading.get_ident() not in slow_starts.begun
        assert not running.done()
        slow_starts.let()
        assert isinstance((await running).end, Returned)


async def test_closing_ends_a_process_that_is_only_being_started(slow_starts: SlowStarts) -> None:
    pool = WorkerPool(SHAPES)
    pool.warm(QUICK)
    await until(lambda: len(slow_starts.begun) == 2)
    closing = asyncio.create_task(pool.aclose())
    for _ in range(3):
        await asyncio.sleep(0)
        closing.cancel()
    assert not closing.done()
    slow_starts.let()
    with pytest.raises(asyncio.CancelledError):
        await closing
    assert len(slow_starts.started) == 2
    assert processes() == set()


def test_process_whose_loop_was_closed_while_it_was_started_is_ended(
    slow_starts: SlowStarts,
) -> None:
    loop = asyncio.new_event_loop()
    command = node_command(find_node() or "", None, HEAP_MB, MEMORY_MB)

    async def begin() -> None:
        start_aside(command, loop)
        await until(lambda: len(slow_starts.begun) == 1)

    loop.run_until_complete(begin())
    loop.close()
    (starting,) = (one for one in threading.enumerate() if one.ident in slow_starts.begun)
    slow_starts.let()
    starting.join()
    assert len(slow_starts.started) == 1
    assert processes() == set()
