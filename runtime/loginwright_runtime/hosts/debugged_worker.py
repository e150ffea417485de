"""A worker whose code can be stopped and looked into."""

from __future__ import annotations

import signal
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.extension_points import HostFailed, Invocation, InvocationEnd
from loginwright_runtime.flow.model import Language
from loginwright_runtime.hosts.active_run import ActiveRun
from loginwright_runtime.hosts.code_adapter import AdapterListener, CodeAdapter, RawStop
from loginwright_runtime.hosts.code_places import CodePlaces
from loginwright_runtime.hosts.code_session import CodeSession
from loginwright_runtime.hosts.debug_line import RequestFailed
from loginwright_runtime.hosts.inspector import Inspector
from loginwright_runtime.hosts.outgoing import encode_run
from loginwright_runtime.hosts.tracer import Tracer
from loginwright_runtime.hosts.worker import Worker, WorkerTraits

if TYPE_CHECKING:
    import asyncio
    import socket
    from collections.abc import Callable, Coroutine

    from loginwright_runtime.debugging.code import LineReached
    from loginwright_runtime.hosts.budgets import Budgets
    from loginwright_runtime.hosts.messages import CallFrame, LineFrame
    from loginwright_runtime.hosts.process_start import StartedProcess


@dataclass(frozen=True, slots=True)
class Debugged:
    """What debugging a worker takes: its language, and where its code is."""

    language: Language
    places: CodePlaces


class DebuggedWorker(Worker):
    """One worker process, for runs that are debugged, one after another."""

    def __init__(
        self,
        process: StartedProcess,
        on_gone: Callable[[Worker], None],
        budgets: Budgets,
        traits: WorkerTraits,
        debugged: Debugged,
    ) -> None:
        """Take over a process that has a descriptor for its debugger."""
        super().__init__(process, on_gone, budgets, traits)
        assert process.debug is not None
        self._session: CodeSession | None = None
        self._callers: tuple[tuple[str, str, int], ...] = ()
        self._adapter = self._new_adapter(process.debug, debugged)

    def _new_adapter(self, sock: socket.socket, debugged: Debugged) -> CodeAdapter:
        listener = AdapterListener(self._stopped, self._record, self._debugger_broke, self._lost)
        if debugged.language == "python":
            return Tracer(sock, self, listener)
        return Inspector(sock, debugged.places, listener)

    @override
    def start(self, invocation: Invocation) -> asyncio.Future[InvocationEnd]:
        run = ActiveRun(self._next_id, invocation, self._loop, self)
        self._next_id = self._ids.fresh()
        watcher = invocation.watcher
        if not self.usable or watcher is None:
            run.finish(HostFailed("The worker died before its handler was called."))
            return run.ended
        self._run = run
        self._session = CodeSession(self._adapter, run, watcher, self._break)
        self._budgets.watch(run)
        run.stand_still()
        self._do(self._begin(run, self._session))
        return run.ended

    async def _begin(self, run: ActiveRun, session: CodeSession) -> None:
        try:
            debugged = await session.begin()
        except (RequestFailed, TimeoutError):
            # Where it has died, its end is under way and says why.
            self._debugger_broke("its debugger could not be prepared")
            return
        except Exception as error:  # noqa: BLE001 - the debugger's own error goes to the engine
            self._break(run, error)
            return
        run.go_on()
        self._connection.tell(encode_run(run.run, run.invocation, debugged))

    def _stopped(self, stop: RawStop) -> None:
        self._connection.read_aside()  # What the code printed before it stopped.
        if self._session is not None and not self._session.over:
            self._do(self._session.stopped(stop))
        else:
            self._adapter.go("run")  # Late work of a handler that has ended.

    def poke(self) -> None:
        """Have a Python worker read what its debugger was told while its code runs."""
        self._connection.signal(signal.SIGUSR2)

    def _do(self, work: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @override
    def _call(self, run: ActiveRun, frame: CallFrame, size: int) -> None:
        if self._adapter.evaluating:
            frame = replace(frame, call=replace(frame.call, evaluated=True))
        super()._call(run, frame, size)

    @override
    def _receive(self, line: bytes) -> None:
        # The debugger was told of a line before the line did anything.
        self._adapter.read()
        super()._receive(line)

    @override
    def _line_reached(self, run: ActiveRun, frame: LineFrame) -> None:
        if frame.callers is not None:
            self._callers = frame.callers
        self._record(replace(frame.line, callers=self._callers))

    def _record(self, line: LineReached) -> None:
        if self._run is not None and self._run.invocation.watcher is not None:
            self._run.invocation.watcher.line_reached(line)

    @override
    def _close(self, run: ActiveRun, end: InvocationEnd) -> None:
        self._end_session()
        super()._close(run, end)

    @override
    def _bury(self, end: InvocationEnd | None, *, kill: bool) -> None:
        self._end_session()
        self._adapter.close()
        super()._bury(end, kill=kill)

    def _end_session(self) -> None:
        if self._session is not None:
            self._session.over = True

    def _debugger_broke(self, reason: str) -> None:
        self.end(HostFailed(f"The worker was ended: {reason}."))
