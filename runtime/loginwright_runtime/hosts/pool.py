"""The shipped ``ActionHost``: worker processes, kept warm, killed and replaced."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from loginwright_runtime.errors import HostError
from loginwright_runtime.extension_points import HostFailed, Invocation, InvocationEnd, TimedOut
from loginwright_runtime.hosts.budgets import Budgets
from loginwright_runtime.hosts.core_sharing import CoreSharing
from loginwright_runtime.hosts.early_start import HEAP_MB, MEMORY_MB, EarlyNode
from loginwright_runtime.hosts.home import Home
from loginwright_runtime.hosts.lane import Lane
from loginwright_runtime.hosts.launch import Programs, prepare_launch
from loginwright_runtime.hosts.starter import Starter
from loginwright_runtime.hosts.waiting import to_the_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.api.shapes import MethodShape
    from loginwright_runtime.flow.model import Flow, Language
    from loginwright_runtime.hosts.worker import Worker

IDLE_SECONDS = 30.0
SPARED = 2
_GROWTH_SECONDS = 0.005
_MOST_STARTING = 2
_TURN_SECONDS = 0.001
_SURPLUS_SECONDS = 0.25
_UNUSED_LANE_FACTOR = 10


class WorkerPool:
    """Runs handlers in worker processes (architecture.md, "Workers").

    Workers belong to one flow version and one language. There are two of each as a rule, one more
    whenever runs wait, and fewer again when the surplus has been idle for a while. A pool belongs
    to the process and the event loop in which it first runs something.
    """

    def __init__(
        self,
        methods: Sequence[MethodShape],
        *,
        max_workers: int | None = None,
        heap_mb: int = HEAP_MB,
        memory_mb: int = MEMORY_MB,
        node: str | None = None,
        python: str | None = None,
        idle_seconds: float = IDLE_SECONDS,
        spared: int = SPARED,
        early: EarlyNode | None = None,
        share_core: bool = False,
    ) -> None:
        """Make a pool; nothing is started before ``warm`` or ``run``.

        Args:
            methods: The outline of every api method.
            max_workers: Most processes at once; None is four a core, at least eight.
            heap_mb: Megabytes of a worker's JavaScript heap.
            memory_mb: Megabytes of a Node worker in all.
            node: Path of Node; None finds one.
            python: Path of Python; None is this one.
            idle_seconds: How long a worker that is not needed stays.
            spared: How many workers of a flow and language are kept whatever happens; one will do
                for a program that runs a single login.
            early: A Node that ``start_early`` started.
            share_core: Keep the event loop's thread and the worker on one core while a single
                handler runs (``core_sharing.py``): quicker and steadier, for programs that run
                logins and little else.
        """
        self._methods = tuple(methods)
        self._programs = Programs(node, python, heap_mb, memory_mb)
        self._most = max_workers or max(8, 4 * (os.cpu_count() or 1))
        self._idle_seconds = idle_seconds
        self._spared = spared
        self._budgets = Budgets()
        self._sharing = CoreSharing(wanted=share_core)
        self._starter = Starter(early, self._budgets, self._sharing)
        self._lanes: dict[tuple[str, Language, bool], Lane] = {}
        self._starts: set[asyncio.Task[None]] = set()
        self._workers: dict[Worker, Lane] = {}
        self._closing = False
        self._gave_way = 0.0
        self._growth: asyncio.TimerHandle | None = None
        self._sweep: asyncio.TimerHandle | None = None
        self._home: Home | None = None

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        """The loop of the first run: Qt fires its timers also while it is not said to run."""
        if self._home is None:
            self._home = Home.here()
        return self._home.loop

    def warm(self, flow: Flow) -> None:
        """Start workers for the languages of ``flow`` in the background.

        Raises:
            HostError: No worker can ever be started for it.
        """
        for action in flow.enabled_actions:
            self._keep_up(self._lane(flow, action.language))

    def warm_debugged(self, flow: Flow) -> None:
        """Start a worker in which ``flow`` can be debugged, for each of its languages.

        Raises:
            HostError: No worker can ever be started for it.
        """
        for action in flow.enabled_actions:
            lane = self._lane(flow, action.language, debugged=True)
            if lane.size == 0 and self._may_start():
                self._start(lane)

    async def run(self, invocation: Invocation) -> InvocationEnd:
        """Run one handler to its end; never raises for what the action did.

        Raises:
            HostError: No worker can be started, or the pool belongs to another process or loop.
        """
        if self._home is not None:
            self._home.check()
        debugged = invocation.watcher is not None
        lane = self._lane(invocation.flow, invocation.action.language, debugged=debugged)
        worker = lane.take() or await self._wait_for_usable(lane, invocation.queue_seconds)
        if worker is None:
            return TimedOut(waiting=True)
        self._sharing.began(worker.pid)
        ended = worker.start(invocation)
        try:
            if ended.done():
                await self._let_others_run()
            return await ended
        finally:
            self._sharing.ended()
            self._give_back(lane, worker, ended)

    async def _let_others_run(self) -> None:
        # Handlers that have ended when they were only just started would never give way.
        now = asyncio.get_running_loop().time()
        if now - self._gave_way > _TURN_SECONDS:
            await asyncio.sleep(0)
            self._gave_way = now

    async def aclose(self) -> None:
        """End every worker and wait until they are reaped, also when that is cancelled.

        In a fork of the process that they belong to nothing is ended.

        Raises:
            HostError: They belong to another event loop.
        """
        if self._home is not None:
            if self._home.is_left:
                self._closing = True
                return
            self._home.check()
        await to_the_end(self._end_everything())

    async def _end_everything(self) -> None:
        self._closing = True
        for timer in (self._growth, self._sweep):
            if timer is not None:
                timer.cancel()
        for lane in self._lanes.values():
            lane.refuse(HostError("The pool of workers was closed."))
        for task in self._starts:
            task.cancel()
        await asyncio.gather(*self._starts, return_exceptions=True)
        workers = list(self._workers)
        for worker in workers:
            worker.end(HostFailed("The pool of workers was closed."))
        await asyncio.gather(*(worker.wait_ended() for worker in workers))
        self._starter.close()
        self._sharing.release()
        self._budgets.close()

    # --- Taking and giving back -------------------------------------------------------------------

    def _lane(self, flow: Flow, language: Language, *, debugged: bool = False) -> Lane:
        if self._closing:
            raise HostError("The pool of workers was closed.")
        key = (flow.version, language, debugged)
        lane = self._lanes.get(key)
        if lane is None:
            launch = prepare_launch(
                flow, language, self._programs, self._methods, debugged=debugged
            )
            lane = Lane(launch, 0 if debugged else self._spared)
            self._lanes[key] = lane
            self._plan_sweep()
        return lane

    async def _wait_for_usable(self, lane: Lane, seconds: float) -> Worker | None:
        until = self._loop.time() + seconds
        while True:
            worker = await self._wait(lane, until - self._loop.time())
            if worker is None or worker.usable:
                return worker
            self._put_back(lane, worker)  # It died after it was offered: another one will do.

    async def _wait(self, lane: Lane, seconds: float) -> Worker | None:
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        lane.waiting.append(future)
        if lane.size == 0 and self._may_start():
            self._start(lane)
        self._plan_growth()
        try:
            await asyncio.wait((future,), timeout=seconds)
        except asyncio.CancelledError:
            if not future.done():
                lane.waiting.remove(future)
            elif future.exception() is None:
                self._put_back(lane, future.result())
            raise
        if future.done():
            return future.result()
        lane.waiting.remove(future)
        return None

    def _give_back(self, lane: Lane, worker: Worker, ended: asyncio.Future[InvocationEnd]) -> None:
        if not ended.done() or ended.cancelled():
            worker.end(None)  # Nobody waits for the handler any more, and nothing else stops it.
        lane.used = worker.idle_since
        self._put_back(lane, worker)

    def _put_back(self, lane: Lane, worker: Worker) -> None:
        shut_out = self._shut_out()
        lane.busy.discard(worker)
        if shut_out is not None and lane.size > 0:
            worker.end(None)
            self._start(shut_out)
        elif worker.usable:
            lane.offer(worker)
            if len(self._lanes) > 1 and self._starved():
                self._plan_growth()
        else:
            worker.end(None)
            self._keep_up(lane)

    def _shut_out(self) -> Lane | None:
        """Return a lane with runs, and without a worker or room for one."""
        if len(self._lanes) == 1 or self._closing or self._may_start():
            return None
        return next((lane for lane in self._lanes.values() if lane.waiting and not lane.size), None)

    # --- Growing and shrinking --------------------------------------------------------------------

    def _keep_up(self, lane: Lane) -> None:
        while lane.size < min(lane.spared, self._most) and self._may_start():
            self._start(lane)

    def _may_start(self) -> bool:
        return not self._closing and sum(lane.size for lane in self._lanes.values()) < self._most

    def _start(self, lane: Lane) -> None:
        lane.starting += 1
        task = self._loop.create_task(self._start_one(lane))
        self._starts.add(task)
        task.add_done_callback(self._starts.discard)

    async def _start_one(self, lane: Lane) -> None:
        try:
            worker = await self._starter.start(lane.launch, self._gone, self._loop)
        except HostError as error:
            lane.starting -= 1
            if lane.size == 0:
                lane.refuse(error)
            return
        except BaseException:
            lane.starting -= 1
            raise
        lane.starting -= 1
        self._workers[worker] = lane
        if worker.usable:
            lane.offer(worker)
        else:  # It died as soon as it was ready.
            await worker.wait_ended()
            self._gone(worker)
            self._plan_growth()
        self._keep_up(lane)

    def _gone(self, worker: Worker) -> None:
        lane = self._workers.pop(worker, None)
        if lane is not None:
            lane.forget(worker)
            if lane in self._lanes.values():
                self._keep_up(lane)

    def _starved(self) -> bool:
        return any(lane.waiting for lane in self._lanes.values())

    def _plan_growth(self) -> None:
        if self._growth is None and not self._closing:
            self._growth = self._loop.call_later(_GROWTH_SECONDS, self._grow)

    def _grow(self) -> None:
        self._growth = None
        for lane in self._lanes.values():
            if len(lane.waiting) > lane.starting and lane.starting < _MOST_STARTING:
                if not self._may_start():
                    self._make_room(lane)
                if self._may_start():
                    self._start(lane)
        if self._starved():
            self._plan_growth()

    def _make_room(self, needy: Lane) -> None:
        """End a worker of another lane; one that is merely between two runs only for the first.

        Logins that need both languages would else end each other's workers all the time.
        """
        now = self._loop.time()
        for lane in self._lanes.values():
            if lane is needy or lane.waiting or not lane.idle:
                continue
            if needy.size == 0 or now - lane.idle[0].idle_since > _SURPLUS_SECONDS:
                self._end_idle(lane, lane.idle[0])
                return

    def _plan_sweep(self) -> None:
        if self._sweep is None and not self._closing:
            self._sweep = self._loop.call_later(self._idle_seconds / 2, self._shrink)

    def _shrink(self) -> None:
        self._sweep = None
        now = self._loop.time()
        for key, lane in list(self._lanes.items()):
            unused = now - lane.used > self._idle_seconds * _UNUSED_LANE_FACTOR
            keep = 0 if unused and len(self._lanes) > 1 else lane.spared
            for worker in list(lane.idle):
                if lane.size > keep and now - worker.idle_since > self._idle_seconds:
                    self._end_idle(lane, worker)
            if keep == 0 and lane.size == 0 and not lane.waiting:
                del self._lanes[key]
        self._plan_sweep()

    def _end_idle(self, lane: Lane, worker: Worker) -> None:
        lane.forget(worker)
        worker.end(None)
